"""KR104: a ring that is used holds no certificate at all."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["empty_key_ring"]


@rule("KR104", on=Endpoint)
def empty_key_ring(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A ring that does not exist is KR109."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None:
        return Holds()
    label = endpoint.alias.value if endpoint.alias else None
    selection = select(store, label)
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    if selection.reason is not SelectionReason.EMPTY:
        return ctx.unknown("KR104", judged) or Holds()
    links = [link for link in ctx.deployment.links.values() if endpoint.id in {link.client, link.server}]
    return Fails(
        {"store": store.title, "endpoint": endpoint.id},
        primary=store.span,
        related=((endpoint.alias.span, "asked for here"),) if endpoint.alias and endpoint.alias.span else (),
        subjects=(store.id,),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR104", [ctx.judged(link) for link in links]),
    )
