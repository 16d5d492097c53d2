"""A label, or a DEFAULT, that a server is told to use and that is connected as a CA."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["connected_as_ca"]


def connected_as_ca(code: str, endpoint: Endpoint, ctx: Context) -> Verdict:
    """The verdict of KR107 (it is a CA) and KR108 (it is a server's): what the certificate is decides which."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None:
        return Holds()
    label = endpoint.alias.value if endpoint.alias else None
    selection = select(store, label)
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    if selection.reason is not SelectionReason.IS_A_CA:
        return ctx.unknown("KR105", judged) or Holds()
    row = selection.connection
    if row is None or ctx.judge.choice_code(endpoint) != code:
        return Holds()
    return Fails(
        {
            "store": store.title,
            "endpoint": endpoint.id,
            "label": label or row.label,
            "usage": row.usage.value,
        },
        primary=row.span,
        related=((endpoint.alias.span, "asked for here"),) if endpoint.alias and endpoint.alias.span else (),
        subjects=(store.id, label or row.label or row.certificate),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing(code, judged),
    )
