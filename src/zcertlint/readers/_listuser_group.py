"""One group as LISTGRP shows it."""

import re

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Group
from zcertlint.readers._listuser_user import SEGMENT, identity
from zcertlint.readers._security_sheet import Sheet
from zcertlint.text.envelope import Exchange

__all__ = ["GroupDraft"]

_NAME = r"[A-Z0-9$#@]{1,8}"
_BASE = re.compile(
    r"SUPERIOR GROUP=|OWNER=|CREATED=|NO INSTALLATION DATA\Z|NO MODEL DATA SET\Z|MODEL DATA SET|(?:NO )?TERMUACC\Z",
    re.IGNORECASE,
)
_DATA = re.compile(r"INSTALLATION DATA=", re.IGNORECASE)
_DATA_END = re.compile(r"(?:NO )?MODEL DATA SET|(?:NO )?TERMUACC\Z", re.IGNORECASE)
_DATA_LINES = 7
_UNIVERSAL = re.compile(r"UNIVERSAL\b(?! ACCESS)", re.IGNORECASE)
_SUBGROUPS = re.compile(r"SUBGROUP\(S\)=|NO SUBGROUPS\Z", re.IGNORECASE)
_NAMES = re.compile(rf"{_NAME}(?:,?\s+{_NAME})*\Z", re.IGNORECASE)
_USERS = re.compile(r"USER\(S\)=", re.IGNORECASE)
_NO_USERS = re.compile(r"NO USERS\Z", re.IGNORECASE)
_USER = re.compile(rf"(?P<user>{_NAME})\s+(?:USE|CREATE|CONNECT|JOIN)\s+\d+\s+\S+\Z", re.IGNORECASE)
_BLOCK = (
    re.compile(r"CONNECT\s+ATTRIBUTES=", re.IGNORECASE),
    re.compile(r"REVOKE DATE=", re.IGNORECASE),
)


class GroupDraft:
    """A group while its lines are read."""

    def __init__(self, sheet: Sheet, exchange: Exchange, index: int, ident: str) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._index = self._last = index
        self.ident = ident
        self._gid: int | Absent | None = None
        self._users: list[str] | None = None
        self._sure = True
        self._stage = len(_BLOCK)
        self._data = 0
        self._subgroups = False  # whether the list of groups may go on in the next line
        self._segment: str | None = None

    @property
    def in_data(self) -> bool:
        """Whether the next line may be what the installation wrote."""
        return self._data > 0

    def line(self, index: int, text: str, *, after_blank: bool) -> bool:
        """Whether a line of this group is understood."""
        if self._data and not _DATA_END.match(text):
            self._data -= 1
            used = True
        elif found := SEGMENT.match(text):
            self._data = 0
            name = found["name"].upper()
            self._segment = "" if found["none"] else name
            if found["none"] and name == "OMVS":
                self._gid = Absent.ABSENT
            used = True
        elif self._segment is not None:
            used = self._segment_line(index, text, after_blank=after_blank)
        else:
            used = self._base_line(text)
        if used:
            self._last = index
        return used

    def _segment_line(self, index: int, text: str, *, after_blank: bool) -> bool:
        if set(text) == {"-"}:
            return True
        if self._segment == "OMVS":
            if text.upper().startswith("GID="):
                self._gid = identity(self._sheet, self._exchange, index, text[4:].strip())
                return self._gid is not None
            return False
        return bool(self._segment) and ("=" in text or not after_blank)

    def _base_line(self, text: str) -> bool:
        subgroups, self._subgroups = self._subgroups, False
        self._data = 0
        if _USERS.match(text):
            self._users = []
            return True
        if self._users is not None:
            return self._user_line(text)
        if _NO_USERS.match(text):
            self._users = []
            return True
        if _UNIVERSAL.match(text):
            self._sure = False  # of a universal group LISTGRP shows only users with more than USE
            return True
        if _SUBGROUPS.match(text):
            self._subgroups = True
            return True
        if _DATA.match(text):
            self._data = _DATA_LINES
            return True
        if _BASE.match(text):
            return True
        self._subgroups = subgroups and _NAMES.match(text) is not None
        return self._subgroups

    def _user_line(self, text: str) -> bool:
        for number, pattern in enumerate(_BLOCK):
            if pattern.match(text):
                if number != self._stage:
                    self._sure = False
                self._stage = number + 1
                return True
        if found := _USER.match(text):
            if self._stage != len(_BLOCK):
                self._sure = False
            self._stage = 0
            if self._users is not None:
                self._users.append(found["user"].upper())
            return True
        if text.upper().startswith("RESUME DATE="):
            return True
        self._sure = False
        return False

    def finish(self, *, open_end: bool) -> Group:
        """What is certain.

        Nothing marks the end of the list of users: it is whole when a segment, another command or another
        listing follows.
        """
        partial = self._stage != len(_BLOCK)
        if partial:
            self._sheet.cut(
                self._last,
                f"the listing of group {self.ident} up to its end",
                "Give the whole answer to LISTGRP",
            )
        known = self._sure and not partial and self._users is not None
        if open_end and self._segment is None:
            known = False
        return Group(
            self.ident,
            self._sheet.span(self._index, self.ident),
            self._gid,
            tuple(self._users) if known and self._users is not None else None,
        )
