"""Rows that a change takes off key rings: which of them are missed afterwards."""

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change, LostRow, Played
from zcertlint.model.store import StoreState, ring_id
from zcertlint.rules.change._played import later
from zcertlint.trust.needs import list_certificate

__all__ = ["connected_here", "hidden_rings", "missed", "unsure_of"]


def connected_here(lost: LostRow, change: Change) -> bool:
    """Whether the change itself has connected it: before, it was not on the ring."""
    for one in change.commands:
        if (lost.ring, lost.row.certificate) in one.gained:
            return True
        if any(row.ring == lost.ring and row.row.certificate == lost.row.certificate for row in one.lost):
            return False
    return False


def missed(lost: LostRow, change: Change, ctx: Context) -> bool | None:
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


def unsure_of(lost: LostRow, change: Change, ctx: Context) -> list[str]:
    """The commands that show the subject of what the change has connected, or of what it takes the place of.

    A listing of the key ring cannot: it shows labels, not subjects.
    """
    ring = ctx.deployment.store(lost.ring)
    rows = [row for row in ring.connections if row.usage is lost.row.usage] if ring is not None else []
    found = []
    for row in rows:
        new = ctx.deployment.certificate(row.certificate)
        gained = any((lost.ring, row.certificate) in one.gained for one in change.commands)
        if not gained or (new is not None and new.subject is not None):
            continue
        source = [
            one.reads for one in change.commands if one.made is not None and one.made.id == row.certificate
        ]
        if source and source[-1] is not None:
            found.append(f"RACDCERT CHECKCERT('{source[-1]}')")
        elif row.owner is not None and row.label is not None:
            found.append(list_certificate(row.owner, row.label))
    old = change.before.get(lost.row.certificate)
    if (old is None or old.subject is None) and lost.row.owner is not None and lost.row.label is not None:
        found.append(list_certificate(lost.row.owner, lost.row.label))
    return found


def _follows(new: Certificate | None, old: Certificate | None) -> bool:
    if new is None or old is None or new.subject is None or old.subject is None:
        return False
    return new.subject.same_as(old.subject)


def _valid(certificate: Certificate | None, ctx: Context) -> bool:
    end = certificate.not_after if certificate is not None else None
    return end is not None and end.before(ctx.as_of) is False


def hidden_rings(played: Played, ctx: Context) -> list[tuple[str, Certificate]]:
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
