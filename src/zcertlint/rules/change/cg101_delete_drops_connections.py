"""CG101: what is taken off key rings and not connected again."""

from collections.abc import Iterable

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import LostRow, Played
from zcertlint.model.store import Usage
from zcertlint.rules.change._played import confidence, the_change
from zcertlint.rules.change._rows import connected_here, hidden_rings, missed, unsure_of
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["delete_drops_connections"]

_FUNCTIONS = frozenset(("DELETE", "DELRING", "REMOVE"))


@rule("CG101", on=Played)
def delete_drops_connections(played: Played, ctx: Context) -> Verdict:
    """A ring that has the successor afterwards (same subject, same usage) has lost nothing."""
    if not played.carried_out or (played.function not in _FUNCTIONS and played.verb != "DELUSER"):
        return Holds()
    change = the_change(ctx)
    open_ = _not_told(played)
    there = [row for row in played.lost if not connected_here(row, change)]
    answers = [(row, missed(row, change, ctx)) for row in there]
    gone = [row for row, answer in answers if answer is True]
    hidden = hidden_rings(played, ctx)
    if not gone and not hidden:
        unsure = [row for row, answer in answers if answer is None]
        return _unknown(unsure, ctx) if unsure else (open_ or Holds())
    return _fails(played, gone, hidden, ctx)


def _not_told(played: Played) -> Unknown | None:
    """A deleted certificate of which no input shows on which rings it is."""
    for certificate in played.deleted:
        if certificate.rings is None and certificate.owner is not None and certificate.label is not None:
            text = f"On which key rings is {certificate.id}? DELETE takes it off all of them."
            ask = list_certificate(certificate.owner, certificate.label)
            return Unknown({"subject": certificate.id}, (Need(certificate.id, text, ask),))
    return None


def _unknown(rows: Iterable[LostRow], ctx: Context) -> Unknown:
    found = []
    for lost in rows:
        ring = ctx.deployment.store(lost.ring)
        title = lost.ring.partition(":")[2]
        text = f"Does what the job connects to {title} take the place of {lost.row.certificate}?"
        asks = unsure_of(lost, the_change(ctx), ctx)
        ask = asks[0] if asks else ring.list_command if ring is not None else None
        found.append(Need(lost.ring, text, ask))
    return Unknown({"subject": found[0].subject}, tuple(found))


def _fails(played: Played, gone: list[LostRow], hidden: list[tuple[str, Certificate]], ctx: Context) -> Fails:
    change = the_change(ctx)
    rings = list(dict.fromkeys((*(row.ring for row in gone), *(ring for ring, _ in hidden))))
    names = list(dict.fromkeys((*(row.row.certificate for row in gone), *(one.id for _, one in hidden))))
    labels = list(
        dict.fromkeys((*(row.row.label or "" for row in gone), *(one.label or "" for _, one in hidden)))
    )
    links = tuple(link for link, number in change.broken.items() if number == played.number)
    return Fails(
        {
            "ring": " and ".join(ring.partition(":")[2] for ring in rings),
            "lose": "lose" if len(rings) > 1 else "loses",
            "get": "get" if len(rings) > 1 else "gets",
            "label": "', '".join(labels),
            "it": "them" if len(labels) > 1 else "it",
        },
        primary=played.span,
        related=tuple((row.row.span, "connected until then") for row in gone),
        subjects=(*names, *rings),
        severity=_severity(played, names, links, ctx),
        confidence=confidence(played),
        links=links,
        breaks=None if any(row.row.usage is not Usage.PERSONAL for row in gone) else (),
    )


def _severity(played: Played, names: list[str], links: tuple[str, ...], ctx: Context) -> Severity:
    """REMOVE and DELRING say what they do: without a user it is a warning; so is the end of what has expired."""
    change = the_change(ctx)
    used = bool(links) or any(name in change.in_use for name in names)
    ended = all(
        (one := change.before.get(name)) is not None
        and one.not_after is not None
        and one.not_after.before(ctx.as_of) is True
        for name in names
    )
    mild = not used and (played.function in {"REMOVE", "DELRING"} or ended)
    return Severity.WARNING if mild else Severity.ERROR
