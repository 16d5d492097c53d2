"""KR104: a ring that is used holds no certificate at all."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import StoreState
from zcertlint.rules.keyring._stores import links_of, store_gap, whole
from zcertlint.trust.chain import ChainReason

__all__ = ["empty_key_ring"]


@rule("KR104", on=Endpoint)
def empty_key_ring(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A ring that does not exist is KR109."""
    for ident in dict.fromkeys((endpoint.keystore, endpoint.truststore)):
        store = ctx.deployment.store(ident)
        if store is not None and store.shown and not store.connections and whole(store):
            alias = endpoint.alias.span if endpoint.alias and ident == endpoint.keystore else None
            place = alias or endpoint.span
            return Fails(
                {"store": store.title, "endpoint": endpoint.id},
                primary=store.span,
                related=((place, f"{endpoint.id} uses it"),) if place else (),
                subjects=(store.id,),
                confidence=ctx.confidence(endpoint),
                links=links_of(store, "KR104", ctx),
            )
    served = ctx.deployment.store(endpoint.keystore)
    if served is not None and served.state is StoreState.NOT_SHOWN:
        return store_gap(endpoint, served, ctx)
    links = [link for link in ctx.deployment.links.values() if link.client == endpoint.id]
    waiting = [
        judged
        for judged in map(ctx.judged, links)
        if judged.chain is not None and judged.chain.reason is ChainReason.STORE_NOT_SHOWN
    ]
    return ctx.unknown("CH101", waiting) or Holds()
