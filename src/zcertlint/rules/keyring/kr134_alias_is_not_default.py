"""KR134: one user of a ring names a label, another one serves the DEFAULT, and these are two certificates."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Store, Usage
from zcertlint.rules.keyring._rows import (
    default_users,
    places,
    row_title,
    served_from,
    superseded_default,
    used_ring,
)

__all__ = ["alias_is_not_default"]


@rule("KR134", on=Store)
def alias_is_not_default(store: Store, ctx: Context) -> Verdict:
    """Only where an input shows the user of the DEFAULT; an older DEFAULT of the same subject is KR112."""
    users = default_users(store, ctx)
    row = next((row for row in store.connections if row.default and row.usage is Usage.PERSONAL), None)
    if not used_ring(store, ctx) or row is None or not users or superseded_default(store, ctx) is not None:
        return Holds()
    named = tuple(
        e
        for e in served_from(store, ctx)
        if e.alias is not None and e.certificate not in {None, row.certificate}
    )
    if not named or named[0].alias is None:
        return Holds()
    return Fails(
        {
            "store": store.title,
            "label": named[0].alias.value,
            "default": row_title(row),
            "user": users[0].id,
            "endpoint": named[0].id,
        },
        primary=row.span,
        related=(*places(named[:1], "names another label"), *places(users, "serves the DEFAULT")),
        subjects=(store.id,),
        confidence=ctx.confidence(*users),
    )
