"""What surrounds an answer: READY and echoed commands, screens, carriage control, quoting.

Nothing here knows a command's answer beyond its heading; readers get commands and the lines that answer them.
Text that belongs to no answer is left where it is: it is noise, never an error.
"""

import re
from collections.abc import Sequence

from zcertlint.errors import InputError
from zcertlint.records import dataclass
from zcertlint.text.commands import echoed, family, heading, is_row, masked
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import joined
from zcertlint.text.source import Source
from zcertlint.text.stripped import Stripped

__all__ = ["EXCHANGE_LIMIT", "Exchange", "Transcript", "masked", "transcript", "transcript_of"]

EXCHANGE_LIMIT = 200_000
"""A job that lists every ring of a large system one by one has fewer commands."""


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


# Blanks and what str.strip() takes for them in ASCII.
_WHITE = r"[ \t\x0b\x0c\x1c-\x1f]*+"
_END = r"(?=\s*\n)"
# Lines that may belong to the envelope begin with one of these; a listing has few of them.
_SPOT = lazy(
    (
        rf"\n{_WHITE}(?:"
        # Margins: quoted headings, carriage control, escaped signs. (First, as rows are the most frequent lines.)
        r">[> \t]*(?:Digital |Mapping |Label:|Ring:|READY_|CLASS +NAME_|ATTRIBUTES = |USER=|MVS TCP|Home addr"
        r"|Certificate Label|(?:RACDCERT|RLIST|SETROPTS|LISTUSER|LISTGRP|SEARCH|NETSTAT|TSS) |racdcert\b|KEYRING LABEL"
        r"|IRR[A-Z]?\d|ICH\d|ACF[0-9]|TSS\d)|> \S(?![^\n]*<_)"
        r"|S(?:DSF|ET[R ]|etr|EARCH |R |HOW )"
        r"|I(?:SPF|NSERT |NFORMATION FOR|RRD\d)"
        r"|C(?:HKCERT|HANGE |OMMAND|ommand|MD |ONNECT |O |LASS +NAME_)|E(?:ND_|DIT|Z[ZD]\d)"
        r"|L(?:[UuGg] |IST[UG ]|ist[ug])|D(?:igital | TCPIP|ISPLAY TCPIP)|P(?:ERMIT|E |F ?\d)|KEYRING LABEL"
        r"|R(?:EADY_|ACD|acd|LIST|list|L |l |DEF|ALT|O )"
        r"|[*`~<{\[=$#%\"'/a-z]|1 *J(?:ES2 JOB| *E *S *2 )"
        r"|[01+-] ?(?:READY|Digital |Mapping |IRR[A-Z]\d|ICH\d|RACDCERT)"
        r"|A(?:CF_|LTUSER|LU |DDUSER|U |TTRIBUTES = |CCESSORID)|F\d(?!:)|M(?:apping |VS TCP)|N(?:ETSTAT|etstat )"
        r"|T(?:SS |SO)|ONETSTAT|USER=|VIEW|BROWSE|Zowe |\\[>*]|&gt;)"
    ).replace("_", _END)
)
# What may stand anywhere in a line of the envelope.
_INSIDE = ("tsocmd", "COLUMNS ")
_MARGINS = frozenset(">\\&<1")  # what such a line may begin with when there is a margin to be taken off
_BLANKS = lazy(
    r"\*\*\*\Z|\*[*\s]*(?:TOP|BOTTOM) OF DATA\b.*\Z|(?:\w+ )?COMMAND(?: INPUT)? ===>.*\Z|```.*\Z|~~~.*\Z"
    r"|(?:</?(?:pre|code|div|p|td|tr|table|html|body|samp|details|summary)\b[^<>]*>\s*)+\Z|P?F\s?\d+=.*\Z"
    r"|\{(?:noformat|code)(?::[^}]*)?\}\Z|\[/?(?:code|quote|pre)\]\Z",
    re.IGNORECASE,
)
# Where a frame around an answer ends; a fence and {code} begin it, too.
_FENCE = lazy(r"(```|~~~|\{noformat|\{code)")
_FRAME_ENDS = lazy(
    r"\*[*\s]*BOTTOM OF DATA\b|</(?:pre|code|div|td|samp)>|\[/(?:code|quote|pre)\]", re.IGNORECASE
)
_FIRST_LINE = lazy(r"\bLINE\s+0+\b", re.IGNORECASE)
_NO_BREAK = "\N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{NARROW NO-BREAK SPACE}"
_READY = lazy(r"[01+-]?\s*READY\Z")
# SDSF says the first column behind COLUMNS; ISPF's BROWSE, VIEW and EDIT have their own words.
_SCREEN = lazy(
    r"(?:SDSF\b|.{0,79}\bLINE\b).*\bCOLUMNS\s+(\d+)\s*-\s*\d+"
    r"|(?:BROWSE|VIEW|EDIT)\s.*\b(?:COLS?|COLUMNS)\s+(\d+)\s+\d+\s*\Z",
    re.IGNORECASE,
)
_ASA = lazy(r"[01+-](?=(?:READY|Digital |Mapping |IRR[A-Z]\d|ICH\d|RACDCERT\b))")
_JCL = lazy(
    r"//(?:[A-Z$#@][\w$#@.]{0,16})?\s+(?:JOB|EXEC|DD|PROC|PEND|SET|JCLLIB|OUTPUT|INCLUDE|IF|ELSE|ENDIF)(?:\s|\Z)"
)
_INSTREAM = lazy(r"//\S*\s+DD\s+(?:\*|DATA)(?:[,\s]|\Z)")
# After READY, a line is the command unless it is plainly an answer.
_ANSWER = lazy(
    r"(?:Digital|Mapping)\s\w+\sinformation|Mapping information|[A-Z]{3,4}\d{3,5}[A-Z]\b|Label:|Ring:\Z"
    r"|Certificate Label Name\b|KEYRING LABEL\s*="
)
_ACF = lazy(r"(?:LIST|CHKCERT|SET|SHOW|CHANGE|INSERT)\b", re.IGNORECASE)
_SAMPLE = 1 << 16
_SECOND = 2  # the column from which SDSF shows a data set with carriage control
_LONGEST_COMMAND = 1000  # lines; TSO takes 32,760 characters

_Texts = list[str] | Stripped
_last: list[tuple[Source, Transcript]] = []


def transcript_of(source: Source) -> Transcript:
    """The commands and answers of an input; several readers share one, so nobody may change it.

    Raises:
        InputError: it holds more than :data:`EXCHANGE_LIMIT` of them.
    """
    if not (_last and _last[0][0] is source):
        found = transcript(_with_blanks(source), joined(source))
        if len(found.exchanges) > EXCHANGE_LIMIT:
            line = found.exchanges[EXCHANGE_LIMIT].at + 1
            expected = f"at most {EXCHANGE_LIMIT} commands with answers were expected in one file"
            raise InputError(source.path, line, expected, "Split the file")
        _last[:] = [(source, found)]
    return _last[0][1]


def _with_blanks(source: Source) -> Sequence[str]:
    """A copy from a web page or an office document has no-break spaces where blanks were."""
    encoding, lines = source.encoding or "", source.lines
    if encoding.startswith("cp") or source.data.isascii():
        return lines
    table = str.maketrans(dict.fromkeys(_NO_BREAK, " "))
    return [line if line.isascii() else line.translate(table) for line in lines]


def transcript(lines: Sequence[str], text: str | None = None) -> Transcript:
    """The commands and answers in the lines of an input.

    Args:
        lines: of the input.
        text: the lines joined, where that is at hand; then no line is stripped before somebody looks at it.
    """
    texts: _Texts
    # Padded lines are stripped anyway.
    if text is not None and text.isascii() and " \n" not in text[:_SAMPLE]:
        texts = Stripped(lines, text if text.endswith("\n") else f"{text}\n")
        spots = _spots(f"\n{texts.whole}")
        if any(texts[index][:1] in _MARGINS for index in spots):
            return transcript(lines)
    else:
        texts = list(map(str.strip, lines))
        spots = _spots("\n".join(["", *texts, ""]))
        if any(texts[index][:1] in _MARGINS for index in spots):
            from zcertlint.text.margins import clean  # noqa: PLC0415 (few inputs have one)

            clean(lines, texts)
            spots = _spots("\n".join(["", *texts, ""]))
    builder = _Builder(lines, texts)
    for index in spots:
        builder.boundary(index)
    return builder.finish()


def _spots(whole: str) -> list[int]:
    """The indexes of the lines that may belong to the envelope, in their order.

    Args:
        whole: the lines joined, with a line feed in front of each and behind the last.
    """
    places = [found.start() for found in _SPOT.finditer(whole)]
    for word in _INSIDE:
        place = whole.find(word)
        while place >= 0:
            places.append(whole.rfind("\n", 0, place))
            place = whole.find(word, whole.find("\n", place))
    indexes: list[int] = []
    index = last = 0
    for place in sorted(set(places)):
        index += whole.count("\n", last, place)
        last = place
        indexes.append(index)
    return indexes


class _Builder:
    """Cuts the lines into exchanges while it blanks what belongs to the envelope."""

    def __init__(self, lines: Sequence[str], texts: _Texts) -> None:
        self._lines = lines
        self._texts = texts
        self._exchanges: list[Exchange] = []
        self._command: str | None = None
        self._family: str | None = None
        self._prompted = False  # READY stands in front of the command
        self._acf = False  # between ACF and its END every line is a subcommand or an answer
        self._fence = ""  # the mark of the frame that is open
        self._instream = False  # in the data of a job that is shown, not run
        self._at = 0
        self._start = 0
        self._lost: int | None = None
        self._first_column = 1
        self._control = False  # column 1 of what SDSF shows is carriage control
        self._done = -1  # the last line that a command took

    def boundary(self, index: int) -> None:
        """Look at a line that may belong to the envelope."""
        texts = self._texts
        text = texts[index]
        if index <= self._done or not text or is_row(text):
            return
        if _ASA.match(text):
            text = texts[index] = text[1:].strip()
        if _READY.match(text):
            texts[index] = ""
            self._whole_line()
            self._close(index, closed=True)
            self._after_ready(index + 1)
        elif text == "END" and self._family != "SEARCH":  # a user may be called so
            texts[index] = ""
            self._acf = False
            self._close(index, closed=True)
            self._open(index + 1, index + 1)
        elif text.startswith("//") or self._instream:
            self._job(index, text)
        elif _BLANKS.match(text):
            texts[index] = ""
            self._frame(index, text)
        elif found := _SCREEN.match(text):
            texts[index] = ""
            if _FIRST_LINE.search(text):
                self._end_frame(index)
                self._control = False
            column = int(found[1] or found[2])
            if column > (_SECOND if self._control else 1) and self._lost is None:
                self._lost, self._first_column = index, column
        elif other := heading(text):
            self._whole_line()
            self._head(index, other)
        elif (self._acf and _ACF.match(text)) or (command := echoed(text)) is not None:
            self._close(index, closed=True)
            self._take_command(index, text if self._acf else command or text)

    def _whole_line(self) -> None:
        """A line that begins in the first column of a listing is whole: what SDSF left out was carriage control."""
        if self._first_column == _SECOND:
            self._lost, self._first_column = None, 1
            self._control = True

    def _frame(self, index: int, text: str) -> None:
        """Where a frame ends, so does an answer in it; a command alone is answered in the next."""
        ends = _FRAME_ENDS.match(text) is not None
        if (fence := _FENCE.match(text)) is not None:
            ends = self._fence == fence[1]
            self._fence = "" if ends else fence[1]
        if ends:
            self._end_frame(index)

    def _end_frame(self, index: int) -> None:
        if self._has_text(index):
            self._close(index, closed=False)
            self._open(index, index)

    def _has_text(self, end: int) -> bool:
        """Whether one of the lines since the last command is not blank."""
        return any(self._texts[index] for index in range(self._start, end))

    def _job(self, index: int, text: str) -> None:
        """JCL: the commands in it were not run here."""
        if text.startswith(("//", "/*")):
            if _JCL.match(text):
                self._instream = _INSTREAM.match(text) is not None
                self._texts[index] = ""
            elif text == "/*":
                self._instream = False
        elif heading(text):
            self._instream = False
            self.boundary(index)
        elif echoed(text) is not None:
            self._texts[index] = ""

    def _head(self, index: int, other: str) -> None:
        """A heading: where it cannot answer the command, nobody knows what it answers."""
        if self._command is not None and self._family != other:
            self._close(index, closed=False)
            self._open(index, index)

    def _after_ready(self, index: int) -> None:
        """The next line that is not blank is the echoed command, unless the answer stands there."""
        texts = self._texts
        self._instream = False
        here = index
        while here < len(texts) and not texts[here]:
            here += 1
        if here < len(texts):
            text = texts[here]
            if not (
                _READY.match(text)
                or text == "END"
                or _BLANKS.match(text)
                or _ANSWER.match(text)
                or heading(text)
                or _ASA.match(text)
            ):
                self._take_command(here, echoed(text) or text)
                self._prompted = True
                self._acf = self._acf or text.upper() == "ACF"
                return
        self._open(index, index)

    def _take_command(self, index: int, command: str) -> None:
        here = index
        texts, lines = self._texts, self._lines
        margin = len(lines[here]) - len(lines[here].lstrip())
        texts[here] = ""
        parts = [command]
        stop = min(len(texts), index + _LONGEST_COMMAND)
        while parts[-1][-1:] in {"-", "+"} and here + 1 < stop and not self._is_answer(texts[here + 1]):
            here += 1
            text = texts[here]
            if parts[-1][-1] == "-" and text:
                # A minus keeps the blanks in front of the next line, a plus drops them.
                raw = lines[here]
                text = " " * max(len(raw) - len(raw.lstrip()) - margin, 0) + text
            parts[-1] = parts[-1][:-1]
            parts.append(text)
            texts[here] = ""
        parts[-1] = parts[-1].rstrip("+-")
        joined = parts[0].strip() if len(parts) == 1 else _closed_up("".join(parts))
        self._open(index, here + 1)
        self._command = masked(joined)
        self._family = family(self._command)
        self._done = here

    @staticmethod
    def _is_answer(text: str) -> bool:
        return bool(_READY.match(text) or _ANSWER.match(text) or heading(text))

    def _open(self, at: int, start: int) -> None:
        self._command = self._family = None
        self._prompted = False
        self._at, self._start = at, start
        self._lost, self._first_column = None, 1

    def _close(self, end: int, *, closed: bool) -> None:
        answered = self._has_text(end)
        # A command that stands in a text, with nothing below it, was not answered here.
        if answered or self._prompted or self._lost is not None:
            self._exchanges.append(
                Exchange(self._command, self._at, self._start, end, closed, self._lost, self._first_column)
            )

    def finish(self) -> Transcript:
        """Everything up to the last line."""
        self._close(len(self._texts), closed=False)
        return Transcript(self._texts, tuple(self._exchanges))


def _closed_up(command: str) -> str:
    """One blank for several, but not within apostrophes."""
    parts = command.split("'")
    parts[::2] = [re.sub(r"\s+", " ", part) for part in parts[::2]]
    return "'".join(parts).strip()
