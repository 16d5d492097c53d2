"""What the readers of RACF and network transcripts share: the lines, which were used, and what was found."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zcertlint.model.facts import Answer, AnswerKind, Facts, Problem, Unread
from zcertlint.model.security import Security
from zcertlint.text.envelope import Exchange
from zcertlint.text.source import Source, Span

__all__ = ["UNDERSTOOD", "UNREAD", "Sheet", "lost_columns", "unechoed", "verb_of"]

UNDERSTOOD, UNREAD = 1, 2
_CARRIAGE_CONTROL = 2  # SDSF shows from column 2 when column 1 is carriage control


class Sheet:
    """One input while it is read; ``marks`` holds one byte for each line."""

    __slots__ = ("_restored", "_texts", "_widths", "answers", "lines", "marks", "problems", "source")

    def __init__(self, source: Source, texts: Sequence[str]) -> None:
        self.source = source
        self.lines = source.lines
        self._texts = texts
        self._restored: dict[int, str] = {}
        self._widths: dict[tuple[int, int], int] = {}
        self.marks = bytearray(len(source.lines))
        self.answers: list[Answer] = []
        self.problems: list[Problem] = []

    def text(self, index: int) -> str:
        """A line without margins and marks of quotation."""
        text = self._texts[index] or self._restored.get(index, "")
        return text.lstrip("> \t") if text[:1] == ">" else text

    def restore(self, index: int) -> None:
        """Give back a line that was taken for a command."""
        self._restored[index] = self.lines[index].strip()

    def use(self, *indexes: int) -> None:
        """Lines that were understood."""
        for index in indexes:
            self.marks[index] = UNDERSTOOD

    def echo(self, exchange: Exchange) -> None:
        """The lines of a command that is understood."""
        self.use(*range(exchange.at, exchange.start))

    def strange(self, index: int) -> None:
        """A line inside a listing that was not understood."""
        self.marks[index] = UNREAD

    def whole(self, index: int, start: int, end: int) -> bool:
        """Whether the end of a line is surely its end.

        A line as long as the longest of its answer may have been cut there with all others.
        """
        if (start, end) not in self._widths:
            rows = (len(self.lines[here].rstrip()) for here in range(start, end))
            self._widths[start, end] = max(rows, default=0)
        return len(self.lines[index].rstrip()) < self._widths[start, end]

    def span(self, index: int, text: str | None = None) -> Span:
        """The place of a line, or of a text in it (index from 0)."""
        column = None if text is None else self.lines[index].find(text) + 1 or None
        return Span(self.source.path, index + 1, column, text)

    def cut(self, index: int, expected: str, hint: str) -> None:
        """A listing that does not reach its end."""
        where = self.span(index, self.lines[index].strip())
        self.problems.append(Problem("IN002", where, f"expected {expected}", hint, fatal=False))

    def answer(
        self,
        kind: AnswerKind,
        index: int,
        exchange: Exchange,
        *,
        name: str | None,
        message: str,
        function: str,
    ) -> None:
        """A message in place of a listing."""
        span = self.span(index, self.text(index))
        self.answers.append(Answer(kind, None, name, message, exchange.command, span, function))

    def facts(self, kind: str, security: Security) -> Facts:
        """Everything found, with the account of the lines."""
        understood, unread = self.marks.count(UNDERSTOOD), self.marks.count(UNREAD)
        places = (index for index, mark in enumerate(self.marks) if mark == UNREAD) if unread else ()
        return Facts(
            kind,
            self.source.path,
            answers=tuple(self.answers),
            problems=tuple(self.problems),
            unread=tuple(Unread(Span(self.source.path, index + 1)) for index in places),
            lines=(understood, len(self.marks) - understood - unread, unread),
            security=security if security != Security() else None,
            marks=bytes(self.marks),
        )


def verb_of(exchange: Exchange) -> str:
    """The first word of an echoed command, in upper case; "" without an echo."""
    words = (exchange.command or "").split(None, 1)
    return words[0].upper() if words else ""


def unechoed(sheet: Sheet, exchange: Exchange, heading: re.Pattern[str]) -> Exchange:
    """The exchange with its first line, where READY stands above an answer whose command was not echoed."""
    if exchange.command is None or not heading.match(exchange.command):
        return exchange
    for index in range(exchange.at, exchange.start):
        sheet.restore(index)
    return replace(exchange, command=None, start=exchange.at)


def lost_columns(sheet: Sheet, exchange: Exchange) -> bool:
    """Whether SDSF shows that the left of an answer is missing: then nothing in it can be trusted."""
    if exchange.lost_columns is None or exchange.first_column <= _CARRIAGE_CONTROL:
        return False
    for index in range(exchange.start, exchange.end):
        if sheet.text(index):
            sheet.strange(index)
    sheet.cut(
        exchange.lost_columns,
        f"a listing from column 1, SDSF shows it from column {exchange.first_column}",
        "Scroll to the left (LEFT MAX) and copy it again, or print the output to a data set",
    )
    return True
