"""The answers to SEARCH. Source: facts on RACF formats, 7 and 12."""

import re

from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Search, Security
from zcertlint.readers._security_sheet import Sheet, lost_columns, verb_of
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.source import Source

__all__ = ["is_search", "read_searches"]

_OPERAND = re.compile(r"(?P<word>[A-Z]+)(?:\s*\((?P<value>(?:'[^']*'|[^()'])*)\)?)?", re.IGNORECASE)
_CLASS = "CLASS"
_SHORTEST = 3  # TSO takes CLA for CLASS; CL may also begin CLIST, C several others
_UNLIMITED = frozenset(("NOMASK", "ALL", "LIST", "CLIST"))  # operands that leave no profile out
_NAME = re.compile(r"(?P<name>\S+)(?:\s+\((?P<mark>G|UNUSABLE)\))?\Z")
_MESSAGE = re.compile(r"[A-Z]{3,4}\d{3,5}[A-Z]\b")
_NONE = "ICH31005I"
_FOREIGN = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|CLASS\s+NAME\Z|USER=\S|INFORMATION FOR GROUP"
    r"|ATTRIBUTES = |Home address list|(?:\S+\s+)?(?:MVS TCP/IP\s+)?O?NETSTAT CS\b|Certificate Label Name",
    re.IGNORECASE,
)
_WIDTH = 71  # lines of this length may go on in the next one


def is_search(exchange: Exchange) -> bool:
    """Whether SEARCH was echoed."""
    return verb_of(exchange) in {"SEARCH", "SR"}


def read_searches(kind: str, source: Source) -> Facts:
    """Every list of names."""
    scripts = transcript_of(source)
    sheet = Sheet(source, scripts.texts)
    searches: list[Search] = []
    for exchange in scripts.exchanges:
        if is_search(exchange):
            found = _Reader(sheet, exchange).read()
            if found is not None:
                searches.append(found)
        elif exchange.command is None:
            _message_alone(sheet, exchange)
    return sheet.facts(kind, Security(searches=tuple(searches)))


def _message_alone(sheet: Sheet, exchange: Exchange) -> None:
    """Without the command nobody knows which class has no entries."""
    for index in range(exchange.start, exchange.end):
        if sheet.text(index).upper().startswith(_NONE):
            sheet.use(index)
            sheet.answer(AnswerKind.NO_ENTRIES, index, exchange, name=None, message=_NONE, function="SEARCH")


class _Reader:
    """One command and its answer."""

    def __init__(self, sheet: Sheet, exchange: Exchange) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._class, self._filter, self._limited = _operands(exchange.command or "")
        self._names: list[str] = []
        self._generic: set[str] = set()
        self._complete = exchange.closed and not self._limited

    def read(self) -> Search | None:
        sheet, exchange = self._sheet, self._exchange
        sheet.echo(exchange)
        if lost_columns(sheet, exchange) or self._class is None:
            self._leave(exchange.start)
            return None
        rows = self._rows()
        skip = False
        for index in rows:
            text = sheet.text(index)
            if skip:
                sheet.strange(index)
                self._complete = skip = False
            elif _MESSAGE.match(text):
                if self._message(index, text):
                    return None
            elif len(sheet.lines[index].rstrip()) >= _WIDTH:
                sheet.strange(index)  # the rest of the name may stand in the next line
                self._complete, skip = False, True
            else:
                self._row(index, text)
        if not self._names:
            return None
        names = tuple(self._names)
        return Search(self._class, names, frozenset(self._generic), self._complete, sheet.span(exchange.at))

    def _row(self, index: int, text: str) -> None:
        sheet = self._sheet
        found = _NAME.match(text)
        if found is None:
            sheet.strange(index)
            self._complete = False
            return
        sheet.use(index)
        if found["mark"] == "UNUSABLE":
            return  # defined before its class was generic: it protects nothing
        self._names.append(found["name"])
        if found["mark"] == "G":
            self._generic.add(found["name"])

    def _message(self, index: int, text: str) -> bool:
        """Whether a message ends the answer."""
        sheet = self._sheet
        ident = text[:9].upper()
        if ident != _NONE:
            if ident.startswith("ICH31"):
                sheet.use(index)
            else:
                sheet.strange(index)
            self._complete = False
            return False
        if self._names:
            sheet.strange(index)  # names and none: two answers lie in each other
            self._complete = False
            return False
        sheet.use(index)
        self._leave(index + 1)
        name = self._class
        if self._limited:
            name = f"{name}/{self._filter}" if self._filter else None
        sheet.answer(
            AnswerKind.NO_ENTRIES, index, self._exchange, name=name, message=_NONE, function="SEARCH"
        )
        return True

    def _rows(self) -> list[int]:
        """The lines that are names: up to a gap where READY does not show that all belongs to the answer.

        A copy in which every row is followed by a blank line has no gaps.
        """
        sheet, exchange = self._sheet, self._exchange
        rows: list[int] = []
        gaps: list[int] = []
        for index in range(exchange.start, exchange.end):
            text = sheet.text(index)
            if not text:
                continue
            if text[0] == "|" or _FOREIGN.match(text):
                self._complete = False
                break
            # A prompt between two screens is blank in the texts and no gap.
            if rows and any(not sheet.lines[here].strip() for here in range(rows[-1] + 1, index)):
                gaps.append(len(rows))
            rows.append(index)
        if exchange.closed or not gaps or len(gaps) == len(rows) - 1:
            return rows
        for index in rows[gaps[0] :]:
            sheet.strange(index)
        self._complete = False
        return rows[: gaps[0]]

    def _leave(self, start: int) -> None:
        for index in range(start, self._exchange.end):
            if self._sheet.text(index):
                self._sheet.strange(index)


def _operands(command: str) -> tuple[str | None, str | None, bool]:
    """The class, the filter or mask, and whether anything limits the list.

    The class is DATASET where none is named, and None where it cannot be told.
    """
    words = command.split(None, 1)
    class_name: str | None = "DATASET"
    pattern: str | None = None
    limited = False
    for found in _OPERAND.finditer(words[1] if len(words) > 1 else ""):
        word, value = found["word"].upper(), (found["value"] or "").strip().upper()
        if _CLASS.startswith(word):
            known = re.fullmatch(r"[A-Z0-9$#@]{1,8}", value) and len(word) >= _SHORTEST
            class_name = value if known else None
        elif word in {"FILTER", "MASK"}:
            pattern, limited = value or None, True
        elif word not in _UNLIMITED:
            limited = True
    return class_name, pattern, limited
