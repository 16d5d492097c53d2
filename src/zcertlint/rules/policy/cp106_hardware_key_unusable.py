"""CP106: a private key in ICSF where Zowe cannot use it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint, Stack, TokenIssuer, TokenKey
from zcertlint.model.settings import Setting

__all__ = ["hardware_key_unusable"]

_SOFTWARE = "JCERACFKS"


@rule("CP106", on=Certificate)
def hardware_key_unusable(certificate: Certificate, ctx: Context) -> Verdict:
    """The store type decides for Java; behind AT-TLS only the signing of tokens is left to it."""
    if certificate.hardware_key is None:
        return Holds()
    users = ctx.users(certificate.id)
    java = [user for user in users if user.product == "zowe" and user.stack is Stack.JSSE and not user.attls]
    typed = next((entry for user in java if (entry := _software_type(user, ctx)) is not None), None)
    token = next((key for key in ctx.deployment.token_keys if _zowe_signs(key, certificate)), None)
    facts = {"certificate": certificate.id, "label": certificate.hardware_key}
    if typed is None and token is None:
        return Holds(facts)
    related = [(certificate.span("hardware_key"), "its private key is in ICSF")]
    if token is not None and token.decided_by is not None and token.decided_by.span is not None:
        related.append((token.decided_by.span, "decides who issues the tokens"))
    place = token.label.span if token is not None and token.label is not None else None
    open_issuer = typed is None and token is not None and token.issuer is TokenIssuer.UNKNOWN
    return Fails(
        {**facts, "type": _SOFTWARE},
        primary=typed.span if typed is not None else place or certificate.span("hardware_key"),
        related=tuple(related),
        subjects=(certificate.id,),
        links=ctx.failing("CP106", ctx.serving(certificate.id)),
        confidence=Confidence.LIKELY if open_issuer else ctx.confidence(*java),
        variant=None if typed is not None else "tokens",
        note="With another type Zowe could still not sign tokens (JWT) with it." if typed and token else None,
    )


def _zowe_signs(key: TokenKey, certificate: Certificate) -> bool:
    return key.id == "zowe" and key.certificate == certificate.id and key.issuer is not TokenIssuer.ZOSMF


def _software_type(user: Endpoint, ctx: Context) -> Setting | None:
    """The setting of the keystore's type where it is the one for keys in the RACF database."""
    settings = ctx.deployment.zowe
    if settings is None:
        return None
    name = user.id.removeprefix("zowe.").partition("@")[0]
    path = ("certificate", "keystore", "type")
    entry = settings.at("components", name, *path) or settings.at("zowe", *path)
    return entry if entry is not None and entry.value == _SOFTWARE and not entry.template else None
