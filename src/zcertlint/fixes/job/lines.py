"""Text that is put together from lines and still knows where each of its characters stands."""

from bisect import bisect_right

from zcertlint.model.change import Slip, SlipKind, Step
from zcertlint.records import dataclass
from zcertlint.text.secrets import mask
from zcertlint.text.source import Span

__all__ = ["CommandText", "Job", "JobLine", "Note", "Unreadable", "squeezed"]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A line, or the part of one from ``column`` on."""

    number: int
    text: str
    column: int = 1


@dataclass(frozen=True, slots=True)
class CommandText:
    """One command as TSO gets it.

    Attributes:
        text: the words, joined over continued lines.
        pieces: (offset in ``text``, line, column) of each piece, ascending.
        path: of the file. slips: of its lines. step: that runs it. when: the conditions in force.
        unresolved: symbols and variables in it whose value is not known.
        unreached: why it is never run; "" when it may be.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    path: str
    slips: tuple[Slip, ...] = ()
    step: Step | None = None
    when: "tuple[Guard, ...]" = ()
    unresolved: tuple[str, ...] = ()
    unreached: str = ""

    @property
    def line(self) -> int:
        """The first line."""
        return self.pieces[0][1]

    def span(self, offset: int = 0, text: str | None = None) -> Span:
        """The place of the character at ``offset``."""
        index = max(0, bisect_right([piece[0] for piece in self.pieces], offset) - 1)
        start, line, column = self.pieces[index]
        return Span(self.path, line, column + offset - start if text is not None else None, text)

    def slip(self, kind: SlipKind, offset: int, text: str = "") -> Slip:
        """A slip at ``offset``."""
        return Slip(kind, self.span(offset, text or None), text)


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a step: ``IF`` with its expression, or ``COND``.

    Attributes:
        text: as written. negated: the ELSE branch of an IF. cond: whether it is the parameter COND, which is true
            when the step is *left out*.
    """

    text: str
    negated: bool = False
    cond: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of a job that could not be read, and why; its commands are not played."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the job runs and no input shows: a question that stays open.

    Attributes:
        runs: whether it may change anything; False for what is told and never run.
    """

    span: Span
    text: str
    command: str | None = None
    runs: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A job, a CLIST, a REXX exec or pasted commands.

    Attributes:
        path: of the file. kind: in a user's words. submitter: the user of the JOB statement, when it names one.
        commands: in order. unreadable, notes: what was not read, and what is not shown.
        around: how many lines stand around the commands: prose of a mail, fences, an editor's banners.
    """

    path: str
    kind: str
    commands: tuple[CommandText, ...]
    submitter: str | None = None
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Note, ...] = ()
    steps: tuple[tuple[Step, "tuple[Guard, ...]"], ...] = ()
    slips: tuple[Slip, ...] = ()
    around: int = 0


def squeezed(text: str) -> str:
    """A command on one line: blanks outside apostrophes squeezed, secrets masked."""
    kept: list[str] = []
    quoted = False
    for char in text:
        if char == "'":
            quoted = not quoted
        if char.isspace() and not quoted:
            if kept and kept[-1] != " ":
                kept.append(" ")
        else:
            kept.append(char)
    return mask("".join(kept).strip())[0]
