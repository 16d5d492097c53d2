"""KR116: an expired CA is still connected beside its successor."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Connection, Store, Usage
from zcertlint.rules.keyring._stores import users_of

__all__ = ["superseded_ca_connected"]


@rule("KR116", on=Store)
def superseded_ca_connected(store: Store, ctx: Context) -> Verdict:
    """Where a link fails at the old one, that link tells (CE105, CH104)."""
    if not store.shown or "&" in store.id or not users_of(store, ctx):
        return Holds()
    cas = [
        (row, certificate)
        for row in store.connections
        if row.usage is not Usage.PERSONAL and (certificate := ctx.deployment.certificate(row.certificate))
    ]
    found: list[tuple[Connection, Certificate, Connection]] = []
    for row, old in cas:
        if old.subject is None or old.not_after is None or old.not_after.before(ctx.as_of) is not True:
            continue
        for beside, new in cas:
            same = new.subject is not None and new.subject.same_as(old.subject) and new.id != old.id
            if same and new.not_after is not None and new.not_after.before(ctx.as_of) is False:
                found.append((row, old, beside))
                break
    told = {
        judged.chain.culprit.id
        for judged in map(ctx.judged, ctx.deployment.links.values())
        if judged.chain is not None and judged.chain.answer is False and judged.chain.culprit is not None
    }
    found = [one for one in found if one[1].id not in told]
    if not found:
        return Holds()
    row, old, beside = found[0]
    return Fails(
        {"store": store.title, "ca": old.id, "end": str(old.not_after), "new": beside.certificate},
        primary=row.span,
        related=(
            (beside.span, "its successor"),
            *((other.span, "expired too") for other, _, _ in found[1:]),
            (old.span("not_after"), "its end"),
        ),
        subjects=(store.id, *(ca.id for _, ca, _ in found)),
    )
