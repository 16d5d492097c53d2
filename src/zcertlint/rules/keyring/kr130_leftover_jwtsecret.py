"""KR130: an entry of Zowe v1 is left on the key ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Store, Usage
from zcertlint.rules.keyring._rows import places, served_from, used_ring

__all__ = ["leftover_jwtsecret"]


@rule("KR130", on=Store)
def leftover_jwtsecret(store: Store, ctx: Context) -> Verdict:
    """Zowe v1 made it for its tokens, so there it is right; and whoever names it as alias means it."""
    users = tuple(e for e in served_from(store, ctx) if e.product == "zowe")
    if not used_ring(store, ctx) or not users or ctx.deployment.zowe_major == 1:
        return Holds()
    if any(e.alias is not None and e.alias.value == "jwtsecret" for e in users):
        return Holds()
    row = next((r for r in store.connections if r.label == "jwtsecret" and r.usage is Usage.PERSONAL), None)
    if row is None:
        return Holds()
    return Fails(
        {"store": store.title},
        primary=row.span,
        related=places(users[:1], "serves from this ring"),
        subjects=(store.id, row.certificate),
    )
