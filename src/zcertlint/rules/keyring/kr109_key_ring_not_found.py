"""KR109: a ring that is asked for is shown not to exist."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.rules.keyring._stores import links_of, users_of, whole
from zcertlint.trust.needs import need_store, usual_user
from zcertlint.trust.selection import near_rings, slip_of_pen

__all__ = ["key_ring_not_found"]


@rule("KR109", on=Store)
def key_ring_not_found(store: Store, ctx: Context) -> Verdict:
    """Only IRRD114I, IRRD115I or an echoed and answered LISTRING(*) prove it."""
    users = users_of(store, ctx)
    if store.kind is not StoreKind.KEY_RING or not users or store.shown or not whole(store):
        return Holds()
    facts = {"owner": store.owner, "ring": store.name}
    if store.state is StoreState.NOT_SHOWN:
        ends = {user.id for user in users}
        waiting = tuple(
            link.id for link in ctx.deployment.links.values() if ends & {link.client, link.server}
        )
        return Unknown(facts, (need_store(store),), waiting)
    if near_rings(store, ctx.deployment):
        return Holds()  # KR110 names the right one
    return Fails(
        facts,
        primary=store.span,
        related=tuple((user.span, f"{user.id} uses it") for user in users if user.span),
        subjects=(store.id,),
        confidence=ctx.confidence(*users),
        links=links_of(store, "KR109", ctx),
        note=_hint(store, ctx),
    )


def _hint(store: Store, ctx: Context) -> str | None:
    """The ring of this owner that is there and was probably meant."""
    for other in ctx.deployment.database.stores.values():
        same = other.kind is StoreKind.KEY_RING and other.shown and other.owner == store.owner
        if same and slip_of_pen(store.name, other.name):
            return f"{other.title} is there, and differs by a slip of the pen."
    return usual_user(store) if store.namesakes is not None else None
