"""KR102: the DEFAULT of a key ring is a CA."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.store import Store, Usage
from zcertlint.rules.keyring._rows import places, row_title, served_from, used_ring

__all__ = ["default_is_a_ca"]


@rule("KR102", on=Store)
def default_is_a_ca(store: Store, ctx: Context) -> Verdict:
    """An error for who serves the DEFAULT; else a trap for the next one who names no label."""
    servers = served_from(store, ctx)
    if not used_ring(store, ctx) or not servers:
        return Holds()
    row = next((row for row in store.connections if row.default and row.usage is not Usage.PERSONAL), None)
    codes = {server.id: ctx.judge.choice_code(server) for server in servers}
    if row is None or {"KR103", "KR107", "KR108"} & set(codes.values()):
        return Holds()
    broken = tuple(server for server in servers if codes[server.id] == "KR102")
    judged = tuple(
        ctx.judged(link) for link in ctx.deployment.links.values() if link.server in {e.id for e in broken}
    )
    return Fails(
        {"store": store.title, "label": row_title(row), "usage": row.usage.value},
        primary=row.span,
        related=places(
            broken or servers, "serves the DEFAULT" if broken else "serves from this ring, by a label"
        ),
        subjects=(store.id,),
        severity=Severity.ERROR if broken else Severity.WARNING,
        confidence=ctx.confidence(*(broken or servers)),
        links=ctx.failing("KR102", judged),
    )
