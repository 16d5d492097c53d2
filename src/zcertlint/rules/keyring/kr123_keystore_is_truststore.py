"""KR123: one PKCS12 file is keystore and trust store."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import StoreKind
from zcertlint.rules.keyring._rows import places

__all__ = ["keystore_is_truststore"]


@rule("KR123", on=Endpoint, hardening=True)
def keystore_is_truststore(endpoint: Endpoint, ctx: Context) -> Verdict:
    """For a key ring it is the shipped form."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None or store.kind is not StoreKind.PKCS12 or endpoint.truststore != store.id:
        return Holds()
    return Fails(
        {"store": store.title, "endpoint": endpoint.id},
        primary=store.span,
        related=places((endpoint,), "uses it as both"),
        subjects=(store.id,),
    )
