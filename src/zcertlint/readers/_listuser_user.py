"""One user as LISTUSER shows it. Source: facts on RACF formats, 12."""

import re

from zcertlint.model.security import User
from zcertlint.readers._listuser_draft import DATA_LINES, Draft
from zcertlint.readers._security_sheet import Sheet
from zcertlint.text.envelope import Exchange

__all__ = ["UserDraft"]

_DEFAULT = re.compile(r"DEFAULT-GROUP=(?P<group>\S+)(?P<more>\s+PASS.*)?\Z", re.IGNORECASE)
_PASS = re.compile(r"(?:PASS-INTERVAL|PASSDATE|PHRASEDATE)=|(?:PASSWORD|PHRASE) ENVELOPED", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"ATTRIBUTES=(?P<words>.*)\Z", re.IGNORECASE)
_DATES = re.compile(
    r"(?:REVOKE DATE=(?P<revoke>.*?))?(?:(?:\A|\s+)RESUME DATE=(?P<resume>.*))?\Z", re.IGNORECASE
)
_CONNECTION = re.compile(r"CONNECT ATTRIBUTES=(?P<words>.*)\Z", re.IGNORECASE)
_GROUP = re.compile(r"GROUP=(?P<group>\S+)(?P<more>\s+AUTH=.*)?\Z", re.IGNORECASE)
_BLOCK = (
    re.compile(r"CONNECTS=", re.IGNORECASE),
    re.compile(r"CONNECT ATTRIBUTES=", re.IGNORECASE),
    re.compile(r"REVOKE DATE=", re.IGNORECASE),
)
_WRAPPED = re.compile(r"(?:CONNECT-OWNER|CONNECT-DATE|LAST-CONNECT|UACC|CREATED)=", re.IGNORECASE)
_NOISE = re.compile(
    r"LAST-ACCESS=|NO-INSTALLATION-DATA\Z|NO-MODEL-NAME\Z|MODEL-NAME=|LOGON ALLOWED\b|-{5,}\Z"
    r"|(?:ANYDAY|WEEKDAYS|(?:SUN|MON|TUE|WED|THU|FRI|SAT)[A-Z]*)\b.*",
    re.IGNORECASE,
)
_CLASSES = re.compile(r"CLASS AUTHORIZATIONS=", re.IGNORECASE)
_DATA = re.compile(r"INSTALLATION-DATA=", re.IGNORECASE)
_DATA_END = re.compile(r"(?:NO-)?MODEL-NAME\b|LOGON ALLOWED\b", re.IGNORECASE)
_NAMES = re.compile(r"[A-Z0-9$#@]{1,8}(?:\s+[A-Z0-9$#@]{1,8})*\Z", re.IGNORECASE)
_LEVEL = re.compile(r"SECURITY-LEVEL=", re.IGNORECASE)
_CATEGORY = re.compile(r"CATEGORY-AUTHORIZATION\b", re.IGNORECASE)
_LABEL = re.compile(r"SECURITY-LABEL=", re.IGNORECASE)
_FIELD = re.compile(r"[A-Z][A-Z0-9 ./()-]*=", re.IGNORECASE)
_OMVS = re.compile(
    r"(?:HOME|PROGRAM|CPUTIMEMAX|ASSIZEMAX|FILEPROCMAX|PROCUSERMAX|THREADSMAX|MMAPAREAMAX|MEMLIMIT|SHMEMMAX)=",
    re.IGNORECASE,
)


class UserDraft(Draft):
    """A user while its lines are read; what its listing does not surely show stays None."""

    _NUMBER = "UID="
    _DATA_END = _DATA_END

    def __init__(self, sheet: Sheet, exchange: Exchange, index: int, ident: str) -> None:
        super().__init__(sheet, exchange, index, ident)
        self._name: str | None = None
        self._owner: str | None = None
        self._base = False
        self._default: str | None = None
        self._words: list[str] | None = None
        self._words_sure = True
        self._dates: list[str | None] = [None, None]
        self._groups: list[str] = []
        self._groups_sure = True
        self._revoked_groups: list[str] = []
        self._dated_groups: list[str] = []
        self._stage = len(_BLOCK)  # how many lines of the group at hand were seen
        self._ended = False  # SECURITY-LEVEL, which follows the last group
        self._hanging: str = ""  # the list that may go on in the next line

    def base(self, name: str, owner: str | None, *, whole: bool) -> None:
        """The first line shows the name, and the owner when it is not cut."""
        self._base = True
        if owner is not None and whole:
            self._name, self._owner = name.strip() or None, owner

    def _enter(self, found: re.Match[str]) -> None:
        self._hanging = ""
        super()._enter(found)

    def _is_field(self, text: str) -> bool:
        return _FIELD.match(text) is not None

    def _is_omvs(self, text: str) -> bool:
        return _OMVS.match(text) is not None

    def _base_line(self, index: int, text: str) -> bool:
        if not self._base:
            return False
        hanging, self._hanging = self._hanging, ""
        self._data = 0
        if _LEVEL.match(text):
            self._groups_sure = self._groups_sure and self._stage == len(_BLOCK)
            self._ended = True
            return True
        if _CATEGORY.match(text):
            self._hanging = "categories"
            return True
        if _LABEL.match(text):
            return True
        if found := _GROUP.match(text):
            self._group(found)
            return True
        if not self._groups and not self._ended and any(pattern.match(text) for pattern in _BLOCK[:2]):
            self._groups_sure = False  # the line that names the first group is missing
            self._groups.append("")
            self._stage = 0
        if self._groups and not self._ended:
            return self._block_line(text)
        if found := _DEFAULT.match(text):
            self._default = found["group"] if found["more"] else None
            return True
        if found := _ATTRIBUTES.match(text):
            self._attributes(index, found["words"])
            return True
        if found := _dates(text):
            self._dates = [found["revoke"] or self._dates[0], found["resume"] or self._dates[1]]
            return True
        return self._other_line(text, hanging)

    def _other_line(self, text: str, hanging: str) -> bool:
        if _CLASSES.match(text):
            self._hanging = "classes"
            return True
        if _DATA.match(text):
            self._data = DATA_LINES
            return True
        if _NOISE.match(text) or _PASS.match(text) or _WRAPPED.match(text):
            return True
        if hanging == "categories" or (hanging == "classes" and _NAMES.match(text)):
            self._hanging = hanging
            return True
        return False

    def _attributes(self, index: int, words: str) -> None:
        self._words = [*(self._words or ()), *words.upper().split()]
        if not self._sheet.whole(index, self._exchange.start, self._exchange.end):
            self._words_sure = False

    def _group(self, found: re.Match[str]) -> None:
        if self._stage != len(_BLOCK) or not found["more"] or self._ended:
            self._groups_sure = False
        self._stage = 0
        self._groups.append(found["group"].upper())

    def _block_line(self, text: str) -> bool:
        self._connection(text)
        for number, pattern in enumerate(_BLOCK):
            if pattern.match(text):
                if number != self._stage:
                    self._groups_sure = False  # a line between is missing: perhaps a group, too
                self._stage = number + 1
                return True
        return _WRAPPED.match(text) is not None or text.upper().startswith("RESUME DATE=")

    def _connection(self, text: str) -> None:
        """Whether the connection to the group at hand is revoked, or a date decides about that."""
        if (found := _CONNECTION.match(text)) and "REVOKED" in found["words"].upper().split():
            self._revoked_groups.append(self._groups[-1])
        dates = _dates(text)
        if dates and any(date.strip().upper() not in {"", "NONE"} for date in dates.groups("")):
            self._dated_groups.append(self._groups[-1])

    def finish(self) -> User:
        """What is certain; a listing without its end is told."""
        if self._base and not self._ended:
            self._sheet.cut(
                self._last,
                f"the listing of user {self.ident} up to SECURITY-LEVEL",
                "Give the whole answer to LISTUSER",
            )
        words = None
        if self._words and self._words_sure and self._dates[0] is not None:
            words = frozenset(self._words) - {"NONE"}
        groups: tuple[str, ...] | None = None
        if self._ended and self._groups_sure and self._groups and self._default in self._groups:
            groups = tuple(self._groups)
        return User(
            self.ident,
            self._sheet.span(self._index, self.ident),
            name=None if self._name == "UNKNOWN" else self._name,
            owner=self._owner,
            attributes=words,
            revoked=self._revoked(words),
            protected=None if words is None else "PROTECTED" in words,
            default_group=self._default,
            groups=groups,
            uid=self._number,
            revoked_groups=tuple(one for one in self._revoked_groups if one not in self._dated_groups),
            dated_groups=tuple(self._dated_groups),
        )

    def _revoked(self, words: frozenset[str] | None) -> bool | None:
        """Whether the user is revoked; what a date decides is unknown."""
        revoke, resume = ((value or "").strip().upper() for value in self._dates)
        if words is None:
            return None
        if "REVOKED" in words:
            return True if resume == "NONE" else None
        return False if revoke == "NONE" else None


def _dates(text: str) -> re.Match[str] | None:
    found = _DATES.match(text)
    return found if found and (found["revoke"] is not None or found["resume"] is not None) else None
