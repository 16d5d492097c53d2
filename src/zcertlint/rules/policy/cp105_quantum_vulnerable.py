"""CP105: a certificate is valid longer than its kind of key is to be trusted."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, Key, KeyKind
from zcertlint.rules.policy._keys import in_use

__all__ = ["quantum_vulnerable"]

# NIST IR 8547: 112 bits of security until the end of 2030, every RSA and elliptic-curve key until that of 2035.
_FIRST, _LAST = 2030, 2035
_RSA_128, _EC_128 = 3072, 256


@rule("CP105", on=Certificate, hardening=True)
def quantum_vulnerable(certificate: Certificate, ctx: Context) -> Verdict:
    """A certificate can be renewed with another key before; the long-lived CAs are what to plan for."""
    key, end = certificate.key, certificate.not_after
    if key is None or end is None or not in_use(certificate, ctx):
        return Holds()
    limit = _limit(key)
    facts = {"certificate": certificate.id, "key": str(key), "end": str(end), "limit": limit}
    if limit is None or end.at.year <= limit:
        return Holds(facts)
    return Fails(facts, primary=certificate.span("not_after"), subjects=(certificate.id,))


def _limit(key: Key) -> int | None:
    """The last year for a key; None for a kind that is not known to be vulnerable."""
    if key.kind is KeyKind.OTHER:
        return None
    if key.bits is None:
        return _LAST
    small = _RSA_128 if key.kind in {KeyKind.RSA, KeyKind.DSA} else _EC_128
    edwards = key.kind in {KeyKind.ED25519, KeyKind.ED448}
    return _FIRST if key.bits < small and not edwards else _LAST
