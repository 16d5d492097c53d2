"""LK107: members of one HA group sign tokens with different keys."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment, Endpoint, TokenIssuer
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need, export_command
from zcertlint.trust.signature import same_key

__all__ = ["ha_signing_keys_differ"]

_SIGNERS = ("zowe.apiml", "zowe.zaas", "zowe.gateway")


@rule("LK107", on=Deployment)
def ha_signing_keys_differ(deployment: Deployment, _ctx: Context) -> Verdict:
    """Two certificates may hold one key (a renewal); only keys that are shown to differ count."""
    token = next((key for key in deployment.token_keys if key.id == "zowe"), None)
    if token is None or token.issuer is TokenIssuer.ZOSMF:
        return Holds()
    signers = _signers(deployment)
    held = [(end, c) for end in signers if (c := deployment.certificate(end.certificate)) is not None]
    for end, certificate in held[1:]:
        first, other = held[0]
        if other.id == certificate.id:
            continue
        same = _one_key(other, certificate)
        if same is None:
            return _unknown(other, certificate)
        if not same:
            return Fails(
                {
                    "one": first.id,
                    "certificate": other.id,
                    "other": end.id,
                    "second": certificate.id,
                },
                primary=_place(end, certificate),
                related=((_place(first, other), f"{first.id} signs with {other.id}"),),
                subjects=(other.id, certificate.id),
                confidence=Confidence.LIKELY if token.issuer is TokenIssuer.UNKNOWN else None,
            )
    return Holds()


def _signers(deployment: Deployment) -> list[Endpoint]:
    for base in _SIGNERS:
        found = [end for end in deployment.endpoints.values() if end.id.partition("@")[0] == base]
        if found:
            return found
    return []


def _one_key(one: Certificate, other: Certificate) -> bool | None:
    if one.der is not None and other.der is not None:
        return same_key(one.der, other.der)
    if isinstance(one.subject_key_id, str) and isinstance(other.subject_key_id, str):
        return one.subject_key_id == other.subject_key_id
    if one.key is not None and other.key is not None:
        if one.key.kind is not other.key.kind:
            return False
        if one.key.bits is not None and other.key.bits is not None and one.key.bits != other.key.bits:
            return False
    return None


def _place(end: Endpoint, certificate: Certificate) -> Span:
    return end.alias.span if end.alias is not None and end.alias.span is not None else certificate.span()


def _unknown(one: Certificate, other: Certificate) -> Unknown:
    text = f"Do {one.id} and {other.id} hold one key? Both sign the tokens of one HA group."
    needs = tuple(Need(c.id, text, export_command(c)) for c in (one, other) if c.der is None)
    return Unknown({}, needs or (Need(one.id, text, None),))
