"""KR105: the configured alias is not in the store, and nothing is nearly it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["label_not_on_ring"]


@rule("KR105", on=Endpoint)
def label_not_on_ring(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Labels are compared exactly, as RACF and Java do."""
    store = ctx.deployment.store(endpoint.keystore)
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    if store is None:
        return ctx.unknown("KR105", judged) or Holds()
    label = endpoint.alias.value if endpoint.alias else None
    selection = select(store, label)
    if selection.reason is not SelectionReason.NOT_ON_RING or ctx.judge.choice_code(endpoint) != "KR105":
        return ctx.unknown("KR105", judged) or Holds()
    where = endpoint.alias.span if endpoint.alias and endpoint.alias.span else store.span
    return Fails(
        {"store": store.title, "endpoint": endpoint.id, "label": label},
        primary=where,
        related=tuple((row.span, "is on the ring") for row in store.connections[:5])
        or ((store.span, "the ring"),),
        subjects=(store.id, label or ""),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR105", judged),
    )
