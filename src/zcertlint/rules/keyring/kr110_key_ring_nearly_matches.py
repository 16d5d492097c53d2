"""KR110: a ring that is asked for is not shown, and one of nearly that name is."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.rules.keyring._stores import links_of, users_of, whole
from zcertlint.trust.needs import need_store
from zcertlint.trust.selection import near_rings

__all__ = ["key_ring_nearly_matches"]


@rule("KR110", on=Store)
def key_ring_nearly_matches(store: Store, ctx: Context) -> Verdict:
    """Likely as long as no LISTRING(*) proves that the ring itself is absent."""
    users = users_of(store, ctx)
    if store.kind is not StoreKind.KEY_RING or not users or store.shown or not whole(store):
        return Holds()
    near = near_rings(store, ctx.deployment)
    if not near:
        if store.state is StoreState.MISSING:
            return Holds()
        return Unknown({"owner": store.owner, "ring": store.name}, (need_store(store),))
    likely = store.state is StoreState.NOT_SHOWN or any(user.assumed for user in users)
    places = {user.span: f"{user.id} asks for {store.title}" for user in reversed(users) if user.span}
    return Fails(
        {"there": near[0].title, "asked": store.title},
        primary=store.span,
        related=(*((other.span, "this ring is there") for other in near), *places.items()),
        subjects=(store.id,),
        confidence=Confidence.LIKELY if likely else None,
        links=links_of(store, "KR110", ctx),
    )
