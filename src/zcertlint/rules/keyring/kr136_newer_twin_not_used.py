"""KR136: a newer certificate of the same subject is there, and a label still names the old one."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Located
from zcertlint.model.store import Store
from zcertlint.rules.keyring._rows import served_from
from zcertlint.trust.stores import newer_twin

__all__ = ["newer_twin_not_used"]


@rule("KR136", on=Store)
def newer_twin_not_used(store: Store, ctx: Context) -> Verdict:
    """Before the end of the old one; after it, that is the error (CE101)."""
    days = timedelta(days=ctx.number("KR136", "days"))
    for who, label, ident in _named(store, ctx):
        old = ctx.deployment.certificate(ident)
        if old is None or old.not_after is None or old.not_after.before(ctx.as_of) is not False:
            continue
        if old.not_after.at - ctx.as_of > days:
            continue
        new = _twin(old, store, ctx)
        if new is None or label.span is None:
            continue
        row = next((row for row in store.connections if row.certificate == new.id), None)
        return Fails(
            {
                "endpoint": who,
                "old": old.id,
                "new": new.id,
                "days": (old.not_after.at - ctx.as_of).days,
                "store": store.title,
            },
            primary=label.span,
            related=(
                (old.span("not_after"), "the end of the old one"),
                (row.span, "the newer one is connected")
                if row is not None
                else (new.span(), "the newer one"),
            ),
            subjects=(store.id, old.id),
            variant=None if row is not None else "elsewhere",
        )
    return Holds()


def _named(store: Store, ctx: Context) -> list[tuple[str, Located, str]]:
    """Who names a certificate of this store by a label: endpoints, and what signs tokens."""
    found = [
        (e.id, e.alias, e.certificate)
        for e in served_from(store, ctx)
        if e.alias is not None and e.certificate is not None
    ]
    keys = ctx.deployment.token_keys
    return found + [
        (f"the token key of {key.id}", key.label, key.certificate)
        for key in keys
        if key.store == store.id and key.label is not None and key.certificate is not None
    ]


def _twin(old: Certificate, store: Store, ctx: Context) -> Certificate | None:
    """What may take its place: on the same ring, or under the same owner."""
    connected = {row.certificate for row in store.connections}
    others = (
        other
        for other in ctx.judge.certificates.values()
        if other.id in connected or (old.owner is not None and other.owner == old.owner)
    )
    return newer_twin(old, others, ctx.as_of)
