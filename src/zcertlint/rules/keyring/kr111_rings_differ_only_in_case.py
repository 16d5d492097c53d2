"""KR111: two key rings of one owner differ only in upper and lower case."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Store
from zcertlint.rules.keyring._rows import places, used_ring
from zcertlint.rules.keyring._stores import users_of

__all__ = ["rings_differ_only_in_case"]


@rule("KR111", on=Store)
def rings_differ_only_in_case(store: Store, ctx: Context) -> Verdict:
    """Told once, of the used one; of two used ones, of the first."""
    if not used_ring(store, ctx):
        return Holds()
    twins = [
        other
        for other in ctx.deployment.database.stores.values()
        if other.shown
        and other.id != store.id
        and "&" not in other.id
        and other.owner == store.owner
        and other.name.casefold() == store.name.casefold()
    ]
    if not twins or any(used_ring(other, ctx) and other.id < store.id for other in twins):
        return Holds()
    return Fails(
        {"store": store.title, "other": twins[0].title},
        primary=twins[0].span,
        related=((store.span, "this one is used"), *places(users_of(store, ctx), "uses it")[:1]),
        subjects=tuple(sorted((store.id, *(other.id for other in twins)))),
    )
