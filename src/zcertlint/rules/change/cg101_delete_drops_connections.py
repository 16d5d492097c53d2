"""CG101: what is taken off key rings and not connected again."""

from collections.abc import Iterable

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change, LostRow, Played
from zcertlint.model.store import StoreState, Usage, ring_id
from zcertlint.rules.change._played import confidence, later, the_change
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
    there = [row for row in played.lost if not _new(row, change)]
    answers = [(row, _missed(row, change, ctx)) for row in there]
    gone = [row for row, answer in answers if answer is True]
    hidden = _hidden_rings(played, ctx)
    if not gone and not hidden:
        unsure = [row for row, answer in answers if answer is None]
        return _unknown(unsure, ctx) if unsure else (open_ or Holds())
    return _fails(played, gone, hidden, ctx)


def _new(lost: LostRow, change: Change) -> bool:
    """Whether the change itself has connected it: before, it was not on the ring."""
    for one in change.commands:
        if (lost.ring, lost.row.certificate) in one.gained:
            return True
        if any(row.ring == lost.ring and row.row.certificate == lost.row.certificate for row in one.lost):
            return False
    return False


def _missed(lost: LostRow, change: Change, ctx: Context) -> bool | None:
    """Whether the ring lacks the certificate, and its successor, afterwards; None when that is not shown."""
    ring = ctx.deployment.store(lost.ring)
    if ring is None or ring.state is not StoreState.SHOWN:
        return True
    rows = [row for row in ring.connections if row.usage is lost.row.usage]
    if any(row.certificate == lost.row.certificate for row in rows):
        return False
    old = change.before.get(lost.row.certificate)
    answer: bool | None = True
    for row in rows:
        new = ctx.deployment.certificate(row.certificate)
        if not any((ring.id, row.certificate) in one.gained for one in change.commands):
            known = (
                new is not None and old is not None and new.subject is not None and old.subject is not None
            )
            if known and _follows(new, old) and _valid(new, ctx):
                return False
            continue
        if new is None or old is None or new.subject is None or old.subject is None:
            answer = None
        elif _follows(new, old):
            return False
    return answer


def _follows(new: Certificate | None, old: Certificate | None) -> bool:
    if new is None or old is None or new.subject is None or old.subject is None:
        return False
    return new.subject.same_as(old.subject)


def _valid(certificate: Certificate | None, ctx: Context) -> bool:
    end = certificate.not_after if certificate is not None else None
    return end is not None and end.before(ctx.as_of) is False


def _hidden_rings(played: Played, ctx: Context) -> list[tuple[str, Certificate]]:
    """Key rings that LIST names, whose contents no input shows, and to which nothing is connected again."""
    found = []
    for certificate in played.deleted:
        for owner, name in certificate.rings or ():
            ident = ring_id(owner, name)
            ring = ctx.deployment.store(ident)
            shown = ring is not None and ring.state is not StoreState.NOT_SHOWN
            again = any(
                one.function == "CONNECT" and one.ring == ident and one.label == certificate.label
                for one in later(ctx, played)
            )
            if not shown and not again and all(row.ring != ident for row in played.lost):
                found.append((ident, certificate))
    return found


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
        found.append(Need(lost.ring, text, ring.list_command if ring is not None else None))
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
