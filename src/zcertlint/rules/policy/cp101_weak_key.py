"""CP101: the key of a certificate in use, or of a CA above it, is too small or of a kind that is given up."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate, Key, KeyKind, OwnerKind
from zcertlint.model.deployment import Stack, TokenIssuer
from zcertlint.rules.policy._keys import alias_places, in_use, key_gap

__all__ = ["weak_key"]

_RSA, _EC = 2048, 224
_RSA_REFUSED = _DSA_REFUSED = 1024  # jdk.certpath.disabledAlgorithms, and System SSL's PeerMinRsaKeySize
_CURVES = {KeyKind.EC, KeyKind.BRAINPOOL}
_JAVA = {Stack.JSSE, Stack.CLIENT4, Stack.CLIENT5}


@rule("CP101", on=Certificate)
def weak_key(certificate: Certificate, ctx: Context) -> Verdict:
    """A key that signs tokens is LK101, which asks for more and has the same repair."""
    if not in_use(certificate, ctx) or _signs_tokens(certificate, ctx):
        return Holds()
    key = certificate.key
    if key is None or (key.bits is None and key.kind in {KeyKind.RSA, *_CURVES}):
        return key_gap(certificate) or Holds()
    if not _weak(key):
        return Holds({"certificate": certificate.id, "key": str(key)})
    users = ctx.users(certificate.id)
    refused = _refused(certificate, key, ctx)
    if isinstance(refused, Unknown):
        return refused
    of_a_user = certificate.owner is not None and certificate.owner.kind is OwnerKind.ID
    return Fails(
        {"certificate": certificate.id, "key": str(key)},
        primary=certificate.span("key"),
        related=alias_places(users),
        subjects=(certificate.id,),
        severity=Severity.ERROR if refused else Severity.WARNING,
        confidence=ctx.confidence(*users),
        fix=FixHint("rekey-rsa", {"certificate": certificate.id}) if users and of_a_user else None,
        variant="refused" if refused else None,
    )


def _weak(key: Key) -> bool:
    bits = key.bits or 0
    if key.kind is KeyKind.RSA:
        return bits < _RSA
    return key.kind is KeyKind.DSA or (key.kind in _CURVES and bits < _EC)


def _refused(certificate: Certificate, key: Key, ctx: Context) -> bool | Unknown:
    """Whether a client of the deployment refuses it: RSA below 1024 everybody does, the rest Java."""
    bits = key.bits or 0
    if key.kind is KeyKind.RSA:
        return bits < _RSA_REFUSED
    met = [
        judged.link.stack
        for link in ctx.deployment.links.values()
        if (judged := ctx.judged(link)).chain is not None
        and (
            any(certificate.id == one.id for one in judged.chain.path)
            or (judged.certificate is not None and judged.certificate.id == certificate.id)
        )
    ]
    return any(stack in _JAVA for stack in met) and (key.kind in _CURVES or 0 < bits < _DSA_REFUSED)


def _signs_tokens(certificate: Certificate, ctx: Context) -> bool:
    """Whether LK101 speaks of this key: z/OSMF's only where it issues the tokens or may."""
    for token_key in ctx.deployment.token_keys:
        idle = token_key.issuer is TokenIssuer.ZOWE or token_key.decided_by is None
        if token_key.certificate == certificate.id and not (token_key.id == "zosmf" and idle):
            return True
    return False
