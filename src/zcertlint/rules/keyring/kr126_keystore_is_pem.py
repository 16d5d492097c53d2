"""KR126: the file that is configured as a PKCS12 store is PEM."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._rows import places
from zcertlint.trust.stores import pem_in_place

__all__ = ["keystore_is_pem"]


@rule("KR126", on=Endpoint)
def keystore_is_pem(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Told by an input of the store's file name; a name that ends with .pem proves nothing."""
    for ident in dict.fromkeys((endpoint.keystore, endpoint.truststore)):
        store = ctx.deployment.store(ident)
        place = pem_in_place(store, ctx.deployment)
        if store is None or place is None:
            continue
        links = [
            link.id
            for link in ctx.deployment.links.values()
            if ctx.judged(link).failing("KR126")
            and store.id in {ctx.server(link).keystore, ctx.client(link).truststore}
        ]
        return Fails(
            {"store": store.title, "endpoint": endpoint.id},
            primary=store.span,
            related=((place, "PEM begins here"), *places((endpoint,), "uses it")),
            subjects=(store.id,),
            confidence=ctx.confidence(endpoint),
            links=tuple(links),
        )
    return Holds()
