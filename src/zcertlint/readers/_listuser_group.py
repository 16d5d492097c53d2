"""One group as LISTGRP shows it."""

import re

from zcertlint.model.security import Group
from zcertlint.readers._listuser_draft import DATA_LINES, Draft
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
_REVOKED = re.compile(r"\bREVOKED\b|\bRE(?:VOKE|SUME) DATE=(?!\s*NONE\b|\s*\Z)", re.IGNORECASE)


class GroupDraft(Draft):
    """A group while its lines are read."""

    _NUMBER = "GID="
    _DATA_END = _DATA_END

    def __init__(self, sheet: Sheet, exchange: Exchange, index: int, ident: str) -> None:
        super().__init__(sheet, exchange, index, ident)
        self._users: list[str] | None = None
        self._sure = True
        self._stage = len(_BLOCK)
        self._subgroups = False  # whether the list of groups may go on in the next line

    def _is_field(self, text: str) -> bool:
        return "=" in text

    def _is_omvs(self, text: str) -> bool:
        del text
        return False  # of a group it holds the GID alone

    def _base_line(self, index: int, text: str) -> bool:
        del index
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
            self._data = DATA_LINES
            return True
        if _BASE.match(text):
            return True
        self._subgroups = subgroups and _NAMES.match(text) is not None
        return self._subgroups

    def _user_line(self, text: str) -> bool:
        self._sure = self._sure and _REVOKED.search(text) is None  # then it is nobody's group, or may be
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
            self._number,
            tuple(self._users) if known and self._users is not None else None,
        )
