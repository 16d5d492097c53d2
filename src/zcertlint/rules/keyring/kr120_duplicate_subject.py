"""KR120: several connected certificates have one subject."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Connection, Store, StoreState
from zcertlint.rules.keyring._rows import places
from zcertlint.rules.keyring._stores import users_of

__all__ = ["duplicate_subject"]


@rule("KR120", on=Store)
def duplicate_subject(store: Store, ctx: Context) -> Verdict:
    """Normal while a renewal goes on, so a hint; an expired one of the two has rules of its own."""
    if store.state is not StoreState.SHOWN or "&" in store.id or not users_of(store, ctx):
        return Holds()
    groups: dict[str, list[tuple[Connection, Certificate]]] = {}
    for row in store.connections:
        certificate = ctx.deployment.certificate(row.certificate)
        if certificate is None or certificate.subject is None or certificate.subject.empty:
            continue
        if certificate.not_after is not None and certificate.not_after.before(ctx.as_of) is False:
            groups.setdefault(certificate.subject.key, []).append((row, certificate))
    for rows in groups.values():
        if len({certificate.id for _, certificate in rows}) > 1:
            (last, newest), others = rows[-1], rows[:-1]
            return Fails(
                {"store": store.title, "subject": str(newest.subject), "count": len(rows)},
                primary=last.span,
                related=(
                    *((row.span, "has this subject too") for row, _ in others),
                    *places(users_of(store, ctx)[:1], "uses the ring"),
                ),
                subjects=(store.id, *sorted({certificate.id for _, certificate in rows})),
            )
    return Holds()
