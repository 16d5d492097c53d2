"""KR136: a newer certificate of the same subject is there, and a label still names the old one."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Store
from zcertlint.rules.keyring._labels import superseded_label

__all__ = ["newer_twin_not_used"]


@rule("KR136", on=Store)
def newer_twin_not_used(store: Store, ctx: Context) -> Verdict:
    """Before the end of the old one; after it, that is the error (CE101)."""
    found = superseded_label(store, ctx)
    if found is None or found.old.not_after is None:
        return Holds()
    old, new = found.old, found.new
    row = next((row for row in store.connections if row.certificate == new.id), None)
    return Fails(
        {
            "endpoint": found.who,
            "old": old.id,
            "new": new.id,
            "days": (found.old.not_after.at - ctx.as_of).days,
            "store": store.title,
        },
        primary=found.place,
        related=(
            (old.span("not_after"), "the end of the old one"),
            (row.span, "the newer one is connected") if row is not None else (new.span(), "the newer one"),
        ),
        subjects=(store.id, old.id),
        variant=None if row is not None else "elsewhere",
    )
