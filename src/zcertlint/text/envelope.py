"""What surrounds an answer: READY and echoed commands, screens, carriage control, quoting.

Nothing here knows a command's answer; readers get commands and the lines that answer them. Text that belongs
to no answer is left where it is: it is noise, never an error.
"""

import re
from collections.abc import Iterable, Sequence

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["Exchange", "Transcript", "masked", "transcript", "transcript_of"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A command and the lines that answer it; indexes count the lines of the input from 0.

    Attributes:
        command: as echoed, continuations joined, passwords masked; None where none was echoed.
        at: the index of the command's first line (the command goes up to ``start``), or ``start``.
        start, end: the answer is the lines ``start`` to ``end`` without ``end``.
        closed: whether a READY, END or another command shows that the answer ended there.
        lost_columns: index of an SDSF heading that shows that columns of this answer are missing.
        first_column: the first column that SDSF shows in it (1 when nothing is missing).
    """

    command: str | None
    at: int
    start: int
    end: int
    closed: bool
    lost_columns: int | None = None
    first_column: int = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """An input as commands and answers.

    Attributes:
        texts: every line without margins and quote marks; lines that belong to the envelope are empty.
        exchanges: in their order; together they cover every line that may belong to an answer.
    """

    texts: Sequence[str]
    exchanges: tuple[Exchange, ...]


# Lines that may belong to the envelope begin with one of these; all others are passed at once.
_FIRST = frozenset("RrEeSsCc*`<01-+TtLlNnZz\"'$#%=>Pp")
_BLANKS = re.compile(
    r"\*\*\*\Z|\*+\s*(?:TOP|BOTTOM) OF DATA\b.*\Z|COMMAND INPUT ===>.*\Z|```.*\Z"
    r"|</?(?:pre|code|div|p)\b[^>]*>\Z|PF\s?\d+=.*\Z",
    re.IGNORECASE,
)
_READY = re.compile(r"[01+-]?\s*READY\Z")
_SDSF = lazy(r"(?:SDSF\b|.{0,79}\bLINE\b).*\bCOLUMNS\s+(\d+)\s*-\s*\d+", re.IGNORECASE)
# A quick look before the exact ones: most lines of a listing end here.
_CANDIDATE = re.compile(
    r"[*`<01+\-$#%=>]|READY|END|SDSF|COMM|PF|.{0,160}\b(?:COLUMNS|RACDCERT|TSO|CMD|TSOCMD)\b"
    r"|RLIST|SETR|L(?:IST)?U|LISTG|SEAR|NETS|PERM|RDEF|RALT",
    re.IGNORECASE,
).match
_ASA = lazy(r"[01+-](?=(?:READY|Digital |Mapping |IRR[A-Z]\d|ICH\d|RACDCERT\b))")
# Without READY in front, only these are taken for commands, with an operand that prose does not have.
_COMMAND = re.compile(
    r"(?:(?:\S*[$#%]|===>|COMMAND ===>|zowe tso\b.*?)\s*)?(?:tsocmd\s+|tso\s+|cmd\s+)?[\"']?\s*"
    r"(?P<command>RACDCERT\s+(?:ID\s*\(|CERTA|SITE\b|MULTIID\b|LIST|GEN|ADD|ALT|DEL|EXPORT|CONNECT\b"
    r"|REMOVE\b|MAP|ROLLOVER|REKEY|CHECKCERT|BIND|UNBIND|IMPORT).*"
    r"|RLIST\s+\w+\s+\S+.*|SETROPTS\s+(?:LIST|RACLIST).*|LISTUSER\s+\S+.*|LU\s+\w+\s*(?:\w+)?|LISTGRP\s+\S+.*"
    r"|SEARCH\s+(?:CLASS|FILTER|MASK)\s*\(.*|NETSTAT\s+[A-Z(].*|PERMIT\s+\S+\s+CLASS\s*\(.*"
    r"|RDEF(?:INE)?\s+\w+\s+\S+.*|RALT(?:ER)?\s+\w+\s+\S+.*)\Z",
    re.IGNORECASE,
)
# After READY, a line is the command unless it is plainly an answer.
_ANSWER = re.compile(r"(?:Digital|Mapping)\s\w+\sinformation|Mapping information|[A-Z]{3,4}\d{3,5}[A-Z]\b")
_PASSWORD = lazy(r"(PASSWORD|PHRASE|PW)\s*\((?:[^)']|'(?:[^']|'')*(?:'|\Z))*\)?", re.IGNORECASE)
_QUOTED = lazy(
    r"^\s*(?:>\s?)+\s*(?:Digital (?:certificate|ring) information|Mapping information|Label:|Ring:|READY\s*$)",
    re.MULTILINE,
)


def masked(command: str) -> str:
    """A command without the passwords in it."""
    return _PASSWORD.sub(r"\1(...)", command)


_last: list[tuple[Source, Transcript]] = []


def transcript_of(source: Source) -> Transcript:
    """The commands and answers of an input; several readers share one, so nobody may change it."""
    if not (_last and _last[0][0] is source):
        _last[:] = [(source, transcript(source.lines))]
    return _last[0][1]


def transcript(lines: Sequence[str]) -> Transcript:
    """The commands and answers in the lines of an input."""
    texts = [line.strip() for line in lines]
    _unquote(lines, texts)
    builder = _Builder(texts)
    for index, text in enumerate(texts):
        if text and text[0] in _FIRST and _CANDIDATE(text):
            builder.boundary(index, text)
    return builder.finish()


class _Builder:
    """Cuts the lines into exchanges while it blanks what belongs to the envelope."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._exchanges: list[Exchange] = []
        self._command: str | None = None
        self._at = 0
        self._start = 0
        self._lost: int | None = None
        self._first_column = 1
        self._done = -1  # the last line that a command took

    def boundary(self, index: int, text: str) -> None:
        """Look at a line that may belong to the envelope."""
        if index <= self._done:
            return
        texts = self._texts
        if _ASA.match(text):
            text = texts[index] = text[1:]
        if _BLANKS.match(text):
            texts[index] = ""
        elif _READY.match(text):
            texts[index] = ""
            self._close(index, closed=True)
            self._after_ready(index + 1)
        elif text == "END":
            texts[index] = ""
            self._close(index, closed=True)
            self._open(index + 1, index + 1)
        elif found := _SDSF.match(text):
            texts[index] = ""
            column = int(found[1])
            if column > 1 and self._lost is None:
                self._lost, self._first_column = index, column
        elif found := _COMMAND.match(text):
            self._close(index, closed=True)
            self._take_command(index, found["command"])

    def _after_ready(self, index: int) -> None:
        """The next line that is not blank is the echoed command, unless the answer stands there."""
        texts = self._texts
        here = index
        while here < len(texts) and not texts[here]:
            here += 1
        if here < len(texts):
            text = texts[here]
            if not (_READY.match(text) or text == "END" or _BLANKS.match(text) or _ANSWER.match(text)):
                found = _COMMAND.match(text)
                self._take_command(here, found["command"] if found else text)
                return
        self._open(index, index)

    def _take_command(self, index: int, command: str) -> None:
        here = index
        texts = self._texts
        texts[here] = ""
        while command.endswith(("-", "+")) and here + 1 < len(texts):
            here += 1
            command = f"{command[:-1].rstrip()} {texts[here]}"
            texts[here] = ""
        self._open(index, here + 1)
        self._command = masked(command.strip().rstrip("\"'") if command.count('"') % 2 else command.strip())
        self._done = here

    def _open(self, at: int, start: int) -> None:
        self._command = None
        self._at, self._start = at, start
        self._lost, self._first_column = None, 1

    def _close(self, end: int, *, closed: bool) -> None:
        if self._command is not None or any(self._texts[self._start : end]) or self._lost is not None:
            self._exchanges.append(
                Exchange(self._command, self._at, self._start, end, closed, self._lost, self._first_column)
            )

    def finish(self) -> Transcript:
        """Everything up to the last line."""
        self._close(len(self._texts), closed=False)
        return Transcript(self._texts, tuple(self._exchanges))


def _unquote(lines: Sequence[str], texts: list[str]) -> None:
    """Take one quote mark off each run of lines that all have one and hold a heading (Markdown, e-mail)."""
    if not _QUOTED.search("\n".join(text for text in texts if text[:1] == ">")):
        return
    for start, end in _runs(texts):
        run = texts[start:end]
        if _QUOTED.search("\n".join(run)):
            for index in range(start, end):
                texts[index] = texts[index][1:].strip()
            _unquote_again(lines, texts, start, end)


def _unquote_again(lines: Sequence[str], texts: list[str], start: int, end: int) -> None:
    """A quoted quote: as deep as the heading is."""
    part = texts[start:end]
    _unquote(lines, part)
    texts[start:end] = part


def _runs(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    start: int | None = None
    for index, text in enumerate(texts):
        if text[:1] == ">":
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(texts)
