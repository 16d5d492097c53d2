"""KR112: the DEFAULT is the older of two certificates with one subject."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.store import Store
from zcertlint.rules.keyring._rows import default_users, places, served_from, superseded_default

__all__ = ["default_is_superseded"]


@rule("KR112", on=Store)
def default_is_superseded(store: Store, ctx: Context) -> Verdict:
    """Where a label names the old one too, the label is the place of the repair (KR136)."""
    found, users = superseded_default(store, ctx), default_users(store, ctx)
    if found is None:
        return Holds()
    row, old, new = found
    expired = old.not_after is not None and old.not_after.before(ctx.as_of) is True
    judged = tuple(
        ctx.judged(link) for link in ctx.deployment.links.values() if link.server in {e.id for e in users}
    )
    return Fails(
        {"store": store.title, "old": old.id, "new": new.id, "end": str(old.not_after)},
        primary=row.span,
        related=(
            *((other.span, "the newer one") for other in store.connections if other.certificate == new.id),
            *places(users, "serves the DEFAULT"),
        ),
        subjects=(store.id, old.id),
        severity=Severity.ERROR if expired and users else Severity.WARNING,
        confidence=ctx.confidence(*(users or served_from(store, ctx))),
        links=ctx.failing("CE101", judged),
    )
