"""What the listings of a user (LISTUSER) and of a group (LISTGRP) have in common. Source: facts on RACF formats, 12."""

import re
from abc import ABC, abstractmethod
from typing import ClassVar

from zcertlint.model.certificate import Absent
from zcertlint.readers._security_sheet import Sheet
from zcertlint.text.envelope import Exchange
from zcertlint.text.patterns import lazy

__all__ = ["DATA_LINES", "Draft"]

_SEGMENT = lazy(r"(?P<none>NO )?(?P<name>[A-Z0-9]+(?: [A-Z]+){0,3}) INFORMATION\Z", re.IGNORECASE)
_DIGITS = 10  # a UID or GID is printed with leading zeros
_LARGEST = 2**31 - 1
DATA_LINES = 7
"""What an installation writes: 255 characters in lines of some fifty."""


class Draft(ABC):
    """A user or a group while its lines are read."""

    _NUMBER: ClassVar[str]
    """What stands in front of the number of its OMVS segment."""
    _DATA_END: ClassVar[re.Pattern[str]]
    """The line behind what the installation wrote."""

    def __init__(self, sheet: Sheet, exchange: Exchange, index: int, ident: str) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._index = self._last = index
        self.ident = ident
        self._data = 0  # lines of installation data that may still come
        self._segment: str | None = None
        self._number: int | Absent | None = None

    @property
    def in_data(self) -> bool:
        """Whether the next line may be what the installation wrote."""
        return self._data > 0

    def line(self, index: int, text: str, *, after_blank: bool) -> bool:
        """Whether a line of this listing is understood."""
        if self._data and not self._DATA_END.match(text):
            self._data -= 1
            used = True
        elif found := _SEGMENT.match(text):
            self._enter(found)
            used = True
        elif self._segment is not None:
            used = self._segment_line(index, text, after_blank=after_blank)
        else:
            used = self._base_line(index, text)
        if used:
            self._last = index
        return used

    def _enter(self, found: re.Match[str]) -> None:
        """The heading of a segment, or the line that says that there is none."""
        self._data = 0
        name = found["name"].upper()
        self._segment = "" if found["none"] else name
        if found["none"] and name == "OMVS":
            self._number = Absent.ABSENT

    def _segment_line(self, index: int, text: str, *, after_blank: bool) -> bool:
        if set(text) == {"-"}:
            return True
        if self._segment != "OMVS":
            return bool(self._segment) and (self._is_field(text) or not after_blank)
        if text.upper().startswith(self._NUMBER):
            self._number = self._identity(index, text[len(self._NUMBER) :].strip())
            return self._number is not None
        return self._is_omvs(text)

    def _identity(self, index: int, value: str) -> int | Absent | None:
        """A UID or GID as printed: a number, NONE, or something that cannot be told."""
        if value.upper() == "NONE":
            return Absent.ABSENT
        if not (value.isascii() and value.isdigit()) or len(value) > _DIGITS or int(value) > _LARGEST:
            return None
        sure = len(value) == _DIGITS or self._sheet.whole(index, self._exchange.start, self._exchange.end)
        return int(value) if sure else None

    @abstractmethod
    def _base_line(self, index: int, text: str) -> bool:
        """Whether a line above the segments is understood."""

    @abstractmethod
    def _is_field(self, text: str) -> bool:
        """Whether a line of another segment, which holds what no rule asks for, looks like one."""

    @abstractmethod
    def _is_omvs(self, text: str) -> bool:
        """Whether it is another line of the OMVS segment."""
