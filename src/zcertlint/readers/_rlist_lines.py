"""What the readers of RLIST and SETROPTS LIST share: the lines, which of them were used, and whose they are."""

import re
from collections.abc import Callable, Iterator, Sequence

from zcertlint.model.facts import Answer, AnswerKind, Facts, Problem, Unread
from zcertlint.model.security import Security
from zcertlint.records import dataclass
from zcertlint.text.envelope import Exchange, Transcript
from zcertlint.text.source import Source, Span

__all__ = ["DASHES", "UNDERSTOOD", "UNREAD", "Lines", "Part", "denied", "message_id", "parts", "squashed"]

UNDERSTOOD, UNREAD = 1, 2
DASHES = re.compile(r"-[-\s]*\Z")
_MESSAGE = re.compile(r"([A-Z]{3,5}\d{3,5}[A-Z])\b")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#x27": "'"}
_ENTITY = re.compile(rf"&({'|'.join(_SIGNS)});")
_DENIED = re.compile(r"NOT\s+AUTHORI[SZ]ED|INSUFFICIENT\s+(?:ACCESS\s+)?AUTHORITY", re.IGNORECASE)
_CARRIAGE_CONTROL = 2  # SDSF shows from column 2 when column 1 is carriage control


@dataclass(frozen=True, slots=True)
class Part:
    """An answer of ours, or lines that may hold one; indexes count the lines of the input from 0.

    Attributes:
        command: the command that is ours; None where none was echoed.
        start, end: the answer is the lines ``start`` to ``end`` without ``end``.
        closed: whether something shows that the answer ended there.
        open_end: a READY stands in front of the command and none behind the answer: its end is lost.
    """

    command: str | None
    start: int
    end: int
    closed: bool
    open_end: bool


class Lines:
    """One input while it is read; ``marks`` holds one byte for each line."""

    __slots__ = ("answers", "marks", "problems", "source", "texts")

    def __init__(self, source: Source, texts: Sequence[str]) -> None:
        self.source = source
        self.texts = texts
        self.marks = bytearray(len(source.lines))
        self.problems: list[Problem] = []
        self.answers: list[Answer] = []

    def text(self, index: int) -> str:
        """A line without margins and quote marks; empty where it belongs to the envelope."""
        text = self.texts[index]
        if "&" in text:  # a web page; RACF prints no such thing
            text = _ENTITY.sub(lambda found: _SIGNS[found[1]], text)
        return text.lstrip("> \t") if text[:1] == ">" else text

    def following(self, index: int, end: int) -> str:
        """The next line behind ``index`` that is not blank; empty when there is none."""
        return next((text for here in range(index + 1, end) if (text := self.text(here))), "")

    def width(self, index: int) -> int:
        """The length of a line as it stands in the input, without trailing blanks."""
        return len(self.source.lines[index].rstrip())

    def understood(self, *indexes: int) -> None:
        """These lines were used."""
        for index in indexes:
            self.marks[index] = UNDERSTOOD

    def span(self, index: int, text: str | None = None) -> Span:
        """The place of ``text`` in a line."""
        column = self.source.lines[index].find(text) + 1 if text else 0
        return Span(self.source.path, index + 1, column or None, text)

    def cut(
        self, index: int, expected: str, hint: str = "Copy or print the listing again, to its end"
    ) -> None:
        """Something is missing, and what it could change was left open."""
        self.problems.append(Problem("IN002", self.span(index), f"expected {expected}", hint, fatal=False))

    def answer(
        self,
        kind: AnswerKind,
        index: int,
        function: str,
        command: str | None,
        name: str | None,
        message: str = "",
    ) -> None:
        """A message in place of a listing."""
        self.answers.append(Answer(kind, None, name, message, command, self.span(index), function))

    def settle(self, unknown: Sequence[int], last: int, *, everything: bool) -> None:
        """Decide about lines that were not understood; ``last`` is the last one that was.

        What stands inside, or directly below, belongs to the listing; what follows after a blank line is text
        that somebody put there, unless ``everything`` up to the end is known to be the command's answer.
        """
        below = last + 1
        for index in unknown:
            if everything or index < last or index == below:
                self.marks[index] = UNREAD
            below += index == below

    def facts(self, kind: str, security: Security | None) -> Facts:
        """What was read."""
        marks = self.marks
        understood, unread = marks.count(UNDERSTOOD), marks.count(UNREAD)
        return Facts(
            kind,
            self.source.path,
            answers=tuple(self.answers),
            problems=tuple(self.problems),
            unread=tuple(
                Unread(Span(self.source.path, index + 1))
                for index, mark in enumerate(marks)
                if mark == UNREAD
            ),
            lines=(understood, len(marks) - understood - unread, unread),
            security=security,
            marks=bytes(marks),
        )


def squashed(text: str) -> str:
    """A heading without its blanks, in upper case: however it was spaced, it stays the same."""
    return "".join(text.split()).upper()


def message_id(text: str) -> str | None:
    """The id of a message that begins on this line."""
    found = _MESSAGE.match(text)
    return found[1] if found else None


def denied(text: str) -> bool:
    """Whether a message refuses the command."""
    return _DENIED.search(text) is not None


def parts(
    lines: Lines,
    transcript: Transcript,
    ours: Callable[[str], bool],
    begins: Callable[[str], bool],
    function: str,
) -> Iterator[Part]:
    """What may hold answers of ours; the answers to other commands are left alone.

    Args:
        lines: the input.
        transcript: its commands and answers.
        ours: whether a command is ours.
        begins: whether an answer of ours begins with such a line.
        function: the name of the command.
    """
    for exchange in transcript.exchanges:
        command = exchange.command
        if command is not None and not ours(command):
            continue
        if command is not None:
            lines.understood(*range(exchange.at, exchange.start))
        if exchange.lost_columns is not None and _columns_are_missing(lines, exchange, begins):
            if command is not None:
                _lost(lines, exchange, function)
            continue
        above = (lines.source.lines[here].strip() for here in range(exchange.at - 1, -1, -1))
        open_end = not exchange.closed and next(filter(None, above), "").endswith("READY")
        yield Part(command, exchange.start, exchange.end, exchange.closed, open_end)


def _columns_are_missing(lines: Lines, exchange: Exchange, begins: Callable[[str], bool]) -> bool:
    """Whether SDSF shows that the left of the answer is cut off."""
    if exchange.first_column > _CARRIAGE_CONTROL:
        return True
    return not any(begins(lines.text(index)) for index in range(exchange.start, exchange.end))


def _lost(lines: Lines, exchange: Exchange, function: str) -> None:
    index = exchange.lost_columns or 0
    lines.cut(
        index,
        f"a listing from column 1, SDSF shows it from column {exchange.first_column}",
        "Scroll to the left (LEFT MAX) and copy it again, or print the output to a data set",
    )
    lines.answer(AnswerKind.TRUNCATED, index, function, exchange.command, None)
