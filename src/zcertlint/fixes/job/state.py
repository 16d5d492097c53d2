"""What is known while a job is played, and what every command has in common."""

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import datetime

from zcertlint.fixes.commands.base import (
    Failure,
    FailureKind,
)
from zcertlint.fixes.job.conditions import ANY, FAILED, Codes
from zcertlint.fixes.job.lines import CommandText
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.tso import verb_of
from zcertlint.model.change import Ending, LostRow, Missing, Played, Slip, SlipKind, Trouble
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "TROUBLE",
    "Playing",
    "behind",
    "equal",
    "may_depend",
    "not_known",
    "question",
    "refused",
    "slips_of",
]

TROUBLE = {
    FailureKind.MISSING: Trouble.MISSING,
    FailureKind.EXISTS: Trouble.EXISTS,
    FailureKind.REFUSED: Trouble.REFUSED,
}


@dataclass(slots=True)
class Playing:
    """The state of a rehearsal.

    Attributes:
        database: as it is now. commands: what was played.
        opaque: lines that may have changed what is not known, with the labels and key rings that they name; none
            names everything.
        zos: the release of z/OS, None when not told.
        shown: the texts of the commands of this job without secrets, by the identity of each.
        states: the database behind each command that changed it, by number; the first one is number 0.
    """

    database: Database
    on: datetime
    commands: list[Played] = field(default_factory=list)
    states: dict[int, Database] = field(default_factory=dict)
    lost: list[LostRow] = field(default_factory=list)
    codes: dict[str, Codes | None] = field(default_factory=dict)
    submitter: str | None = None
    zos: str | None = None
    shown: dict[int, str] = field(default_factory=dict)
    opaque: list[tuple[Span, frozenset[str]]] = field(default_factory=list)


def refused(base: Played, why: str, trouble: Trouble) -> tuple[Played, Codes]:
    """It fails, and why."""
    return replace(base, ending=Ending.FAILS, effect="fails", reason=why, trouble=trouble), FAILED


def slips_of(one: CommandText, found: Iterable[tuple[SlipKind, int, str]]) -> tuple[Slip, ...]:
    """The slips of the lines, and those of the operands."""
    return (*one.slips, *(one.slip(kind, offset, text) for kind, offset, text in found))


def behind(one: CommandText) -> int:
    """The offset behind the verb."""
    return len(one.text) - len(one.text.lstrip()) + len(verb_of(one.text))


def not_known(playing: Playing, base: Played, error: Refused) -> tuple[Played, Codes]:
    """An operand that is not known here: what the command does cannot be told."""
    playing.opaque.append((base.span, frozenset()))
    needs = Missing(base.text, f"{error}: whether RACF takes it cannot be told.", None)
    return replace(base, effect=f"not played: {error}", missing=(needs,)), ANY


def equal(before: Database, after: Database) -> bool:
    """Whether nothing that is judged differs."""
    return (
        before.stores == after.stores
        and before.certificates == after.certificates
        and before.filters == after.filters
        and before.security == after.security
    )


def question(failure: Failure) -> str:
    """What is missing, as a sentence."""
    text = failure.text[:1].upper() + failure.text[1:]
    return f"{text}." if text[-1:] not in ".?" else text


def may_depend(playing: Playing, base: Played, names: frozenset[str]) -> int | None:
    """A line before this one of which nobody knows whether it has made, or deleted, what the command names."""
    for span, touched in playing.opaque:
        later = span.path == base.span.path and (span.line or 0) >= (base.span.line or 0)
        if not later and (not touched or touched & names):
            return span.line
    return None
