"""Labels that name a certificate for which a newer one is there."""

from datetime import timedelta

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Located
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.rules.keyring._rows import served_from
from zcertlint.text.source import Span
from zcertlint.trust.stores import newer_twin

__all__ = ["SupersededLabel", "superseded_label"]


@dataclass(frozen=True, slots=True)
class SupersededLabel:
    """Who names the old certificate, where, and the newer one."""

    who: str
    place: Span
    old: Certificate
    new: Certificate


def superseded_label(store: Store, ctx: Context) -> SupersededLabel | None:
    """The label of an endpoint that serves from the store, or of a token key in it, that ends soon; None for none."""
    days = timedelta(days=ctx.number("KR136", "days"))
    for who, label, ident in _named(store, ctx):
        old = ctx.deployment.certificate(ident)
        if old is None or old.not_after is None or old.not_after.before(ctx.as_of) is not False:
            continue
        if old.not_after.at - ctx.as_of > days:
            continue
        new = _twin(old, store, ctx)
        if new is not None and label.span is not None:
            return SupersededLabel(who, label.span, old, new)
    return None


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
