"""LK101: the key that signs tokens is no RSA key of 2048 bits."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, FixHint, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate, KeyKind
from zcertlint.model.deployment import TokenIssuer, TokenKey
from zcertlint.model.store import StoreState
from zcertlint.trust.needs import Need, list_certificate, need_store

__all__ = ["jwt_key_not_rsa"]

_BITS = 2048


@rule("LK101", on=TokenKey)
def jwt_key_not_rsa(token_key: TokenKey, ctx: Context) -> Verdict:
    """Who issues the tokens decides how bad it is: Zowe itself, or z/OSMF."""
    if token_key.id == "zosmf" and (token_key.issuer is TokenIssuer.ZOWE or token_key.decided_by is None):
        return Holds()  # nobody asks z/OSMF for tokens
    certificate = ctx.deployment.certificate(token_key.certificate)
    if certificate is None or certificate.key is None:
        return _unknown(token_key, ctx)
    key = certificate.key
    if key.kind is KeyKind.RSA and key.bits is not None and key.bits >= _BITS:
        return Holds({"key": str(key)})
    if key.kind is KeyKind.RSA and key.bits is None:
        return _unknown(token_key, ctx)
    idle = token_key.id == "zowe" and token_key.issuer is TokenIssuer.ZOSMF
    decided = token_key.decided_by
    note = None
    if token_key.issuer is TokenIssuer.UNKNOWN:
        fails, works = ("ltpa Zowe", "jwt z/OSMF") if token_key.id == "zowe" else ("jwt z/OSMF", "ltpa Zowe")
        note = (
            f"Who issues the tokens is not known: with jwtAutoconfiguration {fails} does, and logon fails; with "
            f"{works} does, and logon works."
        )
    related = [(certificate.span("key"), f"its key is {key}")]
    if decided is not None and decided.span is not None:
        related.append((decided.span, "decides who issues the tokens"))
    label = token_key.label
    return Fails(
        {
            "issuer": "z/OSMF" if token_key.id == "zosmf" else "Zowe",
            "certificate": certificate.id,
            "key": str(key),
        },
        primary=label.span if label is not None and label.span is not None else certificate.span("key"),
        related=tuple(related),
        subjects=(certificate.id,),
        severity=Severity.WARNING if idle else Severity.ERROR,
        confidence=Confidence.LIKELY if token_key.issuer is TokenIssuer.UNKNOWN else None,
        fix=_hint(certificate, token_key),
        variant="idle" if idle else None,
        note=note,
        breaks=("ZWEAO500E",) if idle else None,
    )


def _hint(certificate: Certificate, token_key: TokenKey) -> FixHint | None:
    if certificate.owner is None or token_key.id != "zowe":
        return None
    return FixHint("rekey-rsa", {"certificate": certificate.id})


def _unknown(token_key: TokenKey, ctx: Context) -> Verdict:
    store = ctx.deployment.store(token_key.store)
    certificate = ctx.deployment.certificate(token_key.certificate)
    if store is not None and store.state is StoreState.NOT_SHOWN and certificate is None:
        return Unknown({}, (need_store(store),))
    rows = store.connections if store is not None else ()
    row = next((r for r in rows if r.certificate == token_key.certificate), None)
    if row is None or row.owner is None or row.label is None:
        return Holds()  # no certificate is chosen: the key ring's own finding
    text = f"What kind of key has {row.certificate}? It signs tokens."
    return Unknown({}, (Need(row.certificate, text, list_certificate(row.owner, row.label)),))
