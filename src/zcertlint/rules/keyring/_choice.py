"""Which certificate a server is told to use: by the label that is configured, else the DEFAULT."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.trust.judgement import LinkJudgement
from zcertlint.trust.selection import Selection, SelectionReason, select

__all__ = ["Choice", "choice_of", "connected_as_ca"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a server is told, what it finds, and the links to it."""

    store: Store
    label: str | None
    selection: Selection
    judged: tuple[LinkJudgement, ...]


def choice_of(endpoint: Endpoint, ctx: Context) -> Choice | None:
    """The choice of a server; None where nothing tells its store."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None:
        return None
    label = endpoint.alias.value if endpoint.alias else None
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    return Choice(store, label, select(store, label), judged)


def connected_as_ca(code: str, endpoint: Endpoint, ctx: Context) -> Verdict:
    """The verdict of KR107 (it is a CA) and KR108 (it is a server's): what the certificate is decides which."""
    choice = choice_of(endpoint, ctx)
    if choice is None:
        return Holds()
    store, label, selection = choice.store, choice.label, choice.selection
    if selection.reason is not SelectionReason.IS_A_CA:
        return ctx.unknown("KR105", choice.judged) or Holds()
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
        links=ctx.failing(code, choice.judged),
    )
