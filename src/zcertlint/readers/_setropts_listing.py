"""Reads the answers to SETROPTS LIST: lists of classes over several lines, and statements between them."""

import re

from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import ClassOptions, Security
from zcertlint.readers._rlist_lines import Lines, Part, denied, message_id, parts
from zcertlint.text.envelope import transcript_of
from zcertlint.text.source import Source

__all__ = ["read_listings"]

_ECHO = re.compile(r"SETR(?:OPTS)?\s+(?:\S.*\s)?LIST\b", re.IGNORECASE)
_LIST = re.compile(
    r"(?P<title>STATISTICS|GLOBAL\s*=\s*YES\s+RACLIST\s+ONLY|[A-Z][A-Z \"]{0,40}\bCLASSES)\s*=\s*(?P<names>.*)\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(r"ATTRIBUTES\s*=", re.IGNORECASE)
_CLASS = re.compile(r"[A-Z@#$][A-Z0-9@#$]{2,7}\Z", re.IGNORECASE)
# No class has such a name: a line with one of them is a sentence.
_VERBS = frozenset(("IS", "ARE", "NOT", "BE", "BEING", "WILL", "IN", "NO", "OF", "BY", "TO"))
_FIELDS = {
    "ACTIVECLASSES": "active",
    "SETRRACLISTCLASSES": "raclist",
    "GENERICPROFILECLASSES": "generic",
    "GENERICCOMMANDCLASSES": "generic_commands",
    "GLOBALCHECKINGCLASSES": "global_checking",
    "GLOBAL=YESRACLISTONLY": "global_raclist",
}
_STATEMENT = re.compile(
    r"[A-Z][A-Z0-9 -]*\s*[=:](?:\s|\Z)"  # X = Y, X : Y, TITLE:
    r"|\S.*\b(?:IS|ARE|BEING|WILL|ACTIVE|INACTIVE|ALLOWED|EFFECT|OPTIONS?|ATTEMPTS|DAYS)\b"
    r"|RULE\s+\d+\b|[A-Z$*]-[A-Z]{3}",
    re.IGNORECASE,
)
# How the statements end: one that ends otherwise was cut, or is one that we do not know.
_WHOLE = re.compile(
    r".*(?:\b(?:EFFECT|(?:IN)?ACTIVE|DAYS|FUNCTION|DONE|GDGS|MAINTAINED|PRESENT|REVOKED|ALLOWED|LEGACY|KDFAES"
    r"|ANYTHING|NATIONAL|SPECIAL|\w*ALL|AUDITED)|[:,*?+\d\"])\.?\Z",
    re.IGNORECASE,
)
_GROUP_LISTS = re.compile(r"LIST OF GROUPS ACCESS CHECKING IS (?P<off>IN)?ACTIVE\b", re.IGNORECASE)
_TITLES = (*_FIELDS, "AUDITCLASSES", "GENLISTCLASSES", "LOGOPTIONS")
_DONE = "ICH14063I"
_OTHERS = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information for|Label:|Ring:|-----BEGIN |USER=\S*\s+NAME="
    r"|INFORMATION FOR (?:GROUP|DATASET)|CLASS\s+NAME\Z|MVS TCP/IP|Home address list",
    re.IGNORECASE,
)
_EVERYWHERE = 3  # so many lists end in one column only where the columns were cut
_EDGES = frozenset((40, 60, 64, 70, 71, 72, 76))
_WIDE = 80  # RACF breaks its lists before column 80
_MESSAGE_LINES = 8
_FULL = 58  # a line of a list that leaves no room for another class may go on


def read_listings(kind: str, source: Source) -> Facts:
    """Every list of classes of an input."""
    script = transcript_of(source)
    lines = Lines(source, script.texts)
    found: list[ClassOptions] = []
    for part in parts(lines, script, _ours, _begins, "SETROPTS"):
        _Answer(lines, part, found).run()
    return lines.facts(kind, Security(classes=tuple(found)) if found else None)


def _ours(command: str) -> bool:
    return _ECHO.match(command) is not None


def _begins(text: str) -> bool:
    """Whether an answer to SETROPTS LIST begins with this line, or has it near its beginning."""
    found = _LIST.match(text)
    return _FIRST.match(text) is not None or (found is not None and _title(found) in _FIELDS)


def _title(found: re.Match[str]) -> str:
    return "".join(found["title"].split()).upper()


class _List:
    """One list of classes while it is read."""

    __slots__ = ("broken", "lines", "names", "title")

    def __init__(self, title: str, index: int, words: list[str]) -> None:
        self.title = title
        self.lines = [index]
        self.broken = False  # it holds what does not belong there, or lost a part
        self.names: list[str] = []
        self.add(words)

    def add(self, words: list[str]) -> None:
        """Classes of one line."""
        if words == ["NONE"] and not self.names and len(self.lines) == 1:
            return
        if not words:
            self.broken = True
        if any(_CLASS.match(word) is None for word in words):
            self.broken = True
        # Classes stand in the order of their EBCDIC names: a new beginning is another list that lost its heading.
        if self.names and words and _order(words[0]) < _order(self.names[-1]):
            self.broken = self.broken or words[0][0] != self.names[-1][0]
        if len(self.lines) > 1 and (not self.names or set(words) & set(self.names)):
            self.broken = True
        self.names += words


def _order(name: str) -> bytes:
    return name.encode("cp037", "replace")


class _Answer:
    """One answer, or lines without a command that may hold some."""

    def __init__(self, lines: Lines, part: Part, found: list[ClassOptions]) -> None:
        self._lines = lines
        self._part = part
        self._found = found
        self._on = part.command is not None
        self._listed = False  # a part of a listing was shown
        self._begin(part.start)

    def _begin(self, index: int) -> None:
        self._first: int | None = None
        self._lists: list[_List] = []
        self._open: _List | None = None
        self._sentences: list[int] = []
        self._last = index - 1
        self._unknown: list[int] = []

    def run(self) -> None:
        """Read it."""
        lines, part = self._lines, self._part
        for index in range(part.start, part.end):
            if text := lines.text(index):
                self._line(index, text)
            elif self._on and lines.source.lines[index].lstrip().startswith("```"):
                self._finish(ended=True)
                self._on = part.command is not None
        self._finish(ended=part.closed)

    def _line(self, index: int, text: str) -> None:
        words = text.upper().split()
        goes_on = self._open is not None and _are_classes(words) and self._like_the_others(text)
        ident = None if goes_on else message_id(text)
        if ident is not None and self._on:
            self._message(ident, index, text)
            return
        first = _FIRST.match(text) is not None
        found = None if first else _LIST.match(text)
        if first or (found is not None and any(_title(found) == one.title for one in self._lists)):
            self._finish(ended=True)
            self._begin(index)
        if first or (found is not None and (self._on or _title(found) in _FIELDS)):
            self._on = True
            self._first = index if self._first is None else self._first
            self._use(index)
            title = "" if found is None else _title(found)
            if self._open is not None and title not in _TITLES and title.endswith(_TITLES):
                self._open.broken = True  # its last line and this heading were joined
            self._open = None
            if found is not None:
                self._open = _List(_title(found), index, found["names"].upper().split())
                self._lists.append(self._open)
            return
        if not self._on:
            return
        if self._part.command is None and _OTHERS.match(text):
            self._finish(ended=True)
            self._begin(index)
            self._on = False
            return
        if self._open is not None and goes_on:
            self._open.lines.append(index)
            self._open.add(words)
            self._use(index)
        elif self._first is not None and _STATEMENT.match(text) and (text.isupper() or _is_plain(text)):
            self._open = None
            self._sentences.append(index)
            self._use(index)
        else:
            self._unknown.append(index)
            if self._open is not None and not _blank_above(self._lines, index):
                self._open.broken = True

    def _like_the_others(self, text: str) -> bool:
        """Whether a line is in capitals where the listing is: a remark of two words is not."""
        one = self._open
        return one is None or text.isupper() or not self._lines.text(one.lines[0]).isupper()

    def _use(self, index: int) -> None:
        self._lines.understood(index)
        self._last = index

    def _message(self, ident: str, index: int, text: str) -> None:
        """A message in place of the listing, or below it."""
        below = self._lines.text(index + 1) if index + 1 < self._part.end else ""
        if self._open is not None and self._goes_on(index):
            self._open.broken = True  # the message of something else, in the middle of a list
        self._finish(ended=True)
        if (
            self._part.command is not None
            and not self._listed
            and (denied(text) or denied(f"{text} {below}"))
        ):
            self._lines.answer(AnswerKind.DENIED, index, "SETROPTS", self._part.command, None, ident)
            self._lines.understood(index)
        elif ident == _DONE:
            self._lines.understood(index)
        elif self._part.command is not None:
            self._unknown.append(index)
        self._begin(index + 1)
        self._on = self._part.command is not None

    def _goes_on(self, index: int) -> bool:
        """Whether classes follow below a message, in front of the next statement."""
        for here in range(index + 1, min(index + _MESSAGE_LINES, self._part.end)):
            text = self._lines.text(here)
            if _LIST.match(text) or _FIRST.match(text):
                return False
            if text and _are_classes(text.split()):
                return True
        return False

    def _finish(self, *, ended: bool) -> None:
        """The listing at hand is done; ``ended`` when something shows that it goes no further."""
        part = self._part
        if self._first is not None:
            self._listed = True
            if self._open is not None and not ended:
                self._open.broken = True  # it may go on where the input ends
            self._keep_open_what_is_cut()
            lists = {_FIELDS[one.title]: _classes(one) for one in self._lists if one.title in _FIELDS}
            for one in self._lists:
                if one.broken and one.title in _FIELDS:
                    what = (
                        f"the whole list of {' '.join(self._lines.text(one.lines[0]).split('=')[0].split())}"
                    )
                    self._lines.cut(one.lines[-1], what, "Give the whole answer to SETROPTS LIST")
            if lists:
                span = self._lines.span(self._first)
                self._found.append(ClassOptions(span, **lists, group_lists=self._group_lists()))
        everything = part.command is not None and part.closed
        self._lines.settle(self._unknown, self._last, everything=everything)
        self._begin(self._last + 1)

    def _group_lists(self) -> bool | None:
        """Whether list-of-groups checking is said to be active."""
        said = {
            found["off"] is None
            for index in self._sentences
            if (found := _GROUP_LISTS.match(self._lines.text(index)))
        }
        return said.pop() if len(said) == 1 else None

    def _keep_open_what_is_cut(self) -> None:
        """Lists of which a line ends at the edge of a copy, or of which only the first line was copied."""
        lines = self._lines
        widths = [lines.width(index) for one in self._lists for index in one.lines]
        others = [*self._sentences, *(index for index in self._unknown if index < self._last)]
        widest = max([0, *widths, *map(lines.width, others)])
        count = widths.count(widest)
        # The blank at the edge is lost with the blanks behind it.
        unfinished = any(
            lines.width(index) >= widest - 1 and _WHOLE.match(lines.text(index)) is None for index in others
        )
        if (
            unfinished
            or self._broken_name(widest)
            or (count >= _EVERYWHERE and widest in _EDGES)
            or (count > 2 * _EVERYWHERE and widest < _WIDE)
        ):
            for one in self._lists:
                one.broken = one.broken or any(lines.width(index) >= widest - 1 for index in one.lines)
        # Only the lines with headings: someone searched for them, and the rest of each list is missing.
        if not self._sentences and all(len(one.lines) == 1 for one in self._lists):
            for one in self._lists:
                one.broken = one.broken or len(lines.text(one.lines[0])) >= _FULL

    def _broken_name(self, widest: int) -> bool:
        """Whether a name at the edge is the beginning of one that another list has in full."""
        lines = self._lines
        names = {name for one in self._lists for name in one.names}
        at_edge = [index for one in self._lists for index in one.lines if lines.width(index) >= widest - 1]
        last = {words[-1].upper() for index in at_edge if (words := lines.text(index).split())}
        return any(name != piece and name.startswith(piece) for piece in last for name in names)


def _are_classes(words: list[str]) -> bool:
    """Whether a line goes on with a list: names of classes only, and no beginning of a title."""
    if _VERBS.intersection(words) or not all(map(_CLASS.match, words)):
        return False
    together = "".join(words)
    return not any(title.startswith(together) for title in _TITLES)


def _classes(one: _List) -> frozenset[str] | None:
    return None if one.broken else frozenset(one.names)


def _is_plain(text: str) -> bool:
    """Whether small letters stand only where RACF has them (the legend of the password rules, ``days``)."""
    return re.sub(r"\b[a-z]-|\bdays\b", "", text).upper() == re.sub(r"\b[a-z]-|\bdays\b", "", text)


def _blank_above(lines: Lines, index: int) -> bool:
    """Whether the line above is blank."""
    return index > 0 and not lines.text(index - 1)
