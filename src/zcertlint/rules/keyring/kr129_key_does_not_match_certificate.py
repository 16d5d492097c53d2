"""KR129: pem.certificate and the keystore's certificate have different keys."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.model.settings import Setting
from zcertlint.model.store import StoreKind
from zcertlint.rules.keyring._rows import places
from zcertlint.trust.signature import same_key
from zcertlint.trust.stores import base_name

__all__ = ["key_does_not_match_certificate"]


@rule("KR129", on=Endpoint)
def key_does_not_match_certificate(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A renewed certificate with the old key is a pair as well; a private key is never looked at."""
    store, certificate = (
        ctx.deployment.store(endpoint.keystore),
        ctx.deployment.certificate(endpoint.certificate),
    )
    setting = _setting(endpoint, ctx)
    if store is None or store.kind is not StoreKind.PKCS12 or certificate is None or setting is None:
        return Holds()
    filed = _first_of(str(setting.value), ctx)
    if filed is None or filed.der is None or certificate.der is None:
        return Holds()
    if same_key(filed.der, certificate.der) is not False:
        return Holds()
    return Fails(
        {
            "file": str(setting.value),
            "store": store.title,
            "label": endpoint.alias.value if endpoint.alias else "",
        },
        primary=setting.span,
        related=(
            (filed.span("subject"), "this certificate is in it"),
            *places((endpoint,), "serves from the keystore"),
        ),
        subjects=(store.id, certificate.id, filed.id),
        confidence=Confidence.LIKELY,
    )


def _setting(endpoint: Endpoint, ctx: Context) -> Setting | None:
    """``pem.certificate`` of a component, else of Zowe; None when it is empty or a template."""
    zowe, name = ctx.deployment.zowe, endpoint.id.removeprefix("zowe.").partition("@")[0]
    if zowe is None or endpoint.product != "zowe":
        return None
    own = zowe.at("components", name, "certificate", "pem", "certificate")
    found = own or zowe.at("zowe", "certificate", "pem", "certificate")
    return found if found is not None and not found.template and found.value else None


def _first_of(path: str, ctx: Context) -> Certificate | None:
    """The first certificate of the only input with this file name: the one that a server presents."""
    wanted, found = base_name(path), {}
    for certificate in ctx.deployment.database.certificates.values():
        for ident in certificate.files:
            name, _, number = ident.removeprefix("file:").rpartition("#")
            if base_name(name) == wanted and number == "1":
                found[name] = certificate
    return next(iter(found.values())) if len(found) == 1 else None
