"""ZW124: users may log on with certificates; by which CAs' certificates."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.model.settings import Setting
from zcertlint.model.store import Store, Usage
from zcertlint.rules.zowe._auth import auth_settings

__all__ = ["no_client_ca_for_x509"]

_CORE = ("zowe.gateway", "zowe.apiml")


@rule("ZW124", on=Deployment)
def no_client_ca_for_x509(deployment: Deployment, ctx: Context) -> Verdict:
    """A declared client whose CA is not trusted is CH102's finding, on its link."""
    settings = deployment.zowe
    switch = _switch(deployment)
    if (
        settings is None
        or switch is None
        or any(ident.startswith("client:") for ident in deployment.endpoints)
    ):
        return Holds()
    gateway = next((e for e in deployment.endpoints.values() if e.id.partition("@")[0] in _CORE), None)
    store = deployment.store(gateway.truststore) if gateway is not None else None
    if gateway is None or store is None or not store.shown:
        return Holds()  # the store is a gap of the links already
    names = _cas(store, gateway, ctx)
    return Fails(
        {"store": store.title, "cas": ", ".join(names) or "none"},
        primary=switch.span,
        related=((store.span, "the CAs that the gateway trusts"),),
        subjects=(gateway.id, store.id),
        severity=Severity.INFO if names else Severity.ERROR,
        variant=None if names else "none",
    )


def _switch(deployment: Deployment) -> Setting | None:
    if deployment.zowe is None:
        return None
    found = next(auth_settings(deployment.zowe, "x509", "enabled"), None)
    return found if found is not None and str(found.value).lower() == "true" else None


def _cas(store: Store, gateway: Endpoint, ctx: Context) -> list[str]:
    """The CAs on the store, by label; the gateway's own certificate is none."""
    names = []
    for row in store.connections:
        known = ctx.deployment.certificate(row.certificate)
        if row.certificate == gateway.certificate or (known is not None and known.is_ca is False):
            continue
        if row.usage is Usage.CERTAUTH or (known is not None and known.is_ca):
            names.append(row.label or row.certificate)
    return names
