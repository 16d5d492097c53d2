"""KR120: several connected certificates have one subject."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Connection, Store, StoreState
from zcertlint.rules.keyring._labels import superseded_label
from zcertlint.rules.keyring._rows import places, superseded_default
from zcertlint.rules.keyring._stores import users_of
from zcertlint.trust.stores import is_ca

__all__ = ["duplicate_subject"]


@rule("KR120", on=Store)
def duplicate_subject(store: Store, ctx: Context) -> Verdict:
    """Normal while a renewal goes on, so a hint; an expired one of the two has rules of its own.

    Nothing more is told of two of which KR112 or KR136 tells that the old one is used, nor of a server's certificate
    that bears the name of its CA (CE118, ZW126).
    """
    if store.state is not StoreState.SHOWN or "&" in store.id or not users_of(store, ctx):
        return Holds()
    groups: dict[str, list[tuple[Connection, Certificate]]] = {}
    for row in store.connections:
        certificate = ctx.deployment.certificate(row.certificate)
        if certificate is None or certificate.subject is None or certificate.subject.empty:
            continue
        if certificate.not_after is not None and certificate.not_after.before(ctx.as_of) is False:
            groups.setdefault(certificate.subject.key, []).append((row, certificate))
    told = _told(store, ctx)
    for rows in groups.values():
        idents = {certificate.id for _, certificate in rows}
        kinds = {is_ca(certificate) for _, certificate in rows}
        if len(idents) > 1 and not idents <= told and not kinds >= {True, False}:
            (last, newest), others = rows[-1], rows[:-1]
            return Fails(
                {"store": store.title, "subject": str(newest.subject), "count": len(rows)},
                primary=last.span,
                related=(
                    *((row.span, "has this subject too") for row, _ in others),
                    *places(users_of(store, ctx)[:1], "uses the ring"),
                ),
                subjects=(store.id, *sorted(idents)),
            )
    return Holds()


def _told(store: Store, ctx: Context) -> set[str]:
    """The pair of which another rule says that the old one is used."""
    default, label = superseded_default(store, ctx), superseded_label(store, ctx)
    if default is not None:
        return {default[1].id, default[2].id}
    return {label.old.id, label.new.id} if label is not None else set()
