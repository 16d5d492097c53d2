"""One user as LISTUSER shows it. Source: facts on RACF formats, 12."""

import re

from zcertlint.model.certificate import Absent
from zcertlint.model.security import User
from zcertlint.readers._security_sheet import Sheet
from zcertlint.text.envelope import Exchange

__all__ = ["SEGMENT", "UserDraft", "identity"]

_DEFAULT = re.compile(r"DEFAULT-GROUP=(?P<group>\S+)(?P<more>\s+PASS.*)?\Z", re.IGNORECASE)
_PASS = re.compile(r"(?:PASS-INTERVAL|PASSDATE|PHRASEDATE)=|(?:PASSWORD|PHRASE) ENVELOPED", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"ATTRIBUTES=(?P<words>.*)\Z", re.IGNORECASE)
_DATES = re.compile(
    r"(?:REVOKE DATE=(?P<revoke>.*?))?(?:(?:\A|\s+)RESUME DATE=(?P<resume>.*))?\Z", re.IGNORECASE
)
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
_DATA_LINES = 7  # 255 characters in lines of some fifty
_NAMES = re.compile(r"[A-Z0-9$#@]{1,8}(?:\s+[A-Z0-9$#@]{1,8})*\Z", re.IGNORECASE)
_LEVEL = re.compile(r"SECURITY-LEVEL=", re.IGNORECASE)
_CATEGORY = re.compile(r"CATEGORY-AUTHORIZATION\b", re.IGNORECASE)
_LABEL = re.compile(r"SECURITY-LABEL=", re.IGNORECASE)
SEGMENT = re.compile(r"(?P<none>NO )?(?P<name>[A-Z0-9]+(?: [A-Z]+){0,3}) INFORMATION\Z", re.IGNORECASE)
_FIELD = re.compile(r"[A-Z][A-Z0-9 ./()-]*=", re.IGNORECASE)
_OMVS = re.compile(
    r"(?:HOME|PROGRAM|CPUTIMEMAX|ASSIZEMAX|FILEPROCMAX|PROCUSERMAX|THREADSMAX|MMAPAREAMAX|MEMLIMIT|SHMEMMAX)=",
    re.IGNORECASE,
)
_DIGITS = 10  # a UID or GID is printed with leading zeros
_LARGEST = 2**31 - 1


def identity(sheet: Sheet, exchange: Exchange, index: int, value: str) -> int | Absent | None:
    """A UID or GID as printed: a number, NONE, or something that cannot be told."""
    if value.upper() == "NONE":
        return Absent.ABSENT
    if not (value.isascii() and value.isdigit()) or len(value) > _DIGITS or int(value) > _LARGEST:
        return None
    sure = len(value) == _DIGITS or sheet.whole(index, exchange.start, exchange.end)
    return int(value) if sure else None


class UserDraft:
    """A user while its lines are read; what its listing does not surely show stays None."""

    def __init__(self, sheet: Sheet, exchange: Exchange, index: int, ident: str) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._index = self._last = index
        self.ident = ident
        self._name: str | None = None
        self._owner: str | None = None
        self._base = False
        self._default: str | None = None
        self._words: list[str] | None = None
        self._words_sure = True
        self._dates: list[str | None] = [None, None]
        self._groups: list[str] = []
        self._groups_sure = True
        self._stage = len(_BLOCK)  # how many lines of the group at hand were seen
        self._ended = False  # SECURITY-LEVEL, which follows the last group
        self._data = 0  # lines of installation data that may still come
        self._hanging: str = ""  # the list that may go on in the next line
        self._segment: str | None = None
        self._uid: int | Absent | None = None

    def base(self, name: str, owner: str | None, *, whole: bool) -> None:
        """The first line shows the name, and the owner when it is not cut."""
        self._base = True
        if owner is not None and whole:
            self._name, self._owner = name.strip() or None, owner

    @property
    def in_data(self) -> bool:
        """Whether the next line may be what the installation wrote."""
        return self._data > 0

    def line(self, index: int, text: str, *, after_blank: bool) -> bool:
        """Whether a line of this user is understood."""
        if self._data and not _DATA_END.match(text):
            self._data -= 1
            used = True
        elif found := SEGMENT.match(text):
            self._enter(found)
            used = True
        elif self._segment is not None:
            used = self._segment_line(index, text, after_blank=after_blank)
        elif self._base:
            used = self._base_line(index, text)
        else:
            used = False
        if used:
            self._last = index
        return used

    def _enter(self, found: re.Match[str]) -> None:
        self._data, self._hanging = 0, ""
        name = found["name"].upper()
        self._segment = "" if found["none"] else name
        if found["none"] and name == "OMVS":
            self._uid = Absent.ABSENT

    def _segment_line(self, index: int, text: str, *, after_blank: bool) -> bool:
        if set(text) == {"-"}:
            return True
        if self._segment == "OMVS":
            if text.upper().startswith("UID="):
                self._uid = identity(self._sheet, self._exchange, index, text[4:].strip())
                return self._uid is not None
            return _OMVS.match(text) is not None
        # Other segments hold what no rule asks for.
        return bool(self._segment) and (_FIELD.match(text) is not None or not after_blank)

    def _base_line(self, index: int, text: str) -> bool:
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
            self._data = _DATA_LINES
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
        for number, pattern in enumerate(_BLOCK):
            if pattern.match(text):
                if number != self._stage:
                    self._groups_sure = False  # a line between is missing: perhaps a group, too
                self._stage = number + 1
                return True
        return _WRAPPED.match(text) is not None or text.upper().startswith("RESUME DATE=")

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
            uid=self._uid,
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
