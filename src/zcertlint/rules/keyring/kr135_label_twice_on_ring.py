"""KR135: two certificates of different owners bear one label on one ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Connection, Store
from zcertlint.rules.keyring._rows import places, used_ring
from zcertlint.rules.keyring._stores import users_of

__all__ = ["label_twice_on_ring"]


@rule("KR135", on=Store)
def label_twice_on_ring(store: Store, ctx: Context) -> Verdict:
    """Programs ask for a label alone: which of the two they get is the order of the ring."""
    if not used_ring(store, ctx):
        return Holds()
    rows: dict[str, list[Connection]] = {}
    for row in store.connections:
        if row.label is not None and row.owner is not None:
            rows.setdefault(row.label, []).append(row)
    twice = [found for found in rows.values() if len({str(row.owner) for row in found}) > 1]
    if not twice:
        return Holds()
    first, second = twice[0][:2]
    named = tuple(e for e in users_of(store, ctx) if e.alias is not None and e.alias.value == first.label)
    return Fails(
        {"store": store.title, "label": first.label, "one": str(first.owner), "other": str(second.owner)},
        primary=second.span,
        related=((first.span, "the same label"), *places(named[:1], "asks for it")),
        subjects=(store.id, first.label or ""),
    )
