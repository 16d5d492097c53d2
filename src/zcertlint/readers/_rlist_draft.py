"""A profile while its listing is read, and the sections that such a listing has."""

import re
from enum import Enum, auto

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Access, Level, Profile, Signon, Started
from zcertlint.text.source import Span

__all__ = ["HEADINGS", "LEVELS", "LEVEL_HEADING", "Draft", "Section", "generic_of", "level_of"]

LEVEL_HEADING = "LEVELOWNERUNIVERSALACCESSYOURACCESSWARNING"
LEVELS = {level.value: level for level in Level}


class Section(Enum):
    """A part of a listing, by its heading."""

    NAME = auto()
    GROUP_CLASS = auto()
    LEVEL = auto()
    MEMBERS = auto()
    APP_DATA = auto()
    REMARK = auto()  # shown by RLIST, of no use here: one value, or several lines of one
    FIGURES = auto()  # dates and counts
    ACCESS = auto()
    CONDITIONAL = auto()
    SIGNON = auto()
    STARTED = auto()
    SEGMENT = auto()  # any other segment


# Without blanks: spacing is lost in copies, and narrow screens break a heading in two.
HEADINGS = {
    "CLASSNAME": Section.NAME,
    "GROUPCLASSNAME": Section.GROUP_CLASS,
    "MEMBERCLASSNAME": Section.REMARK,
    "RESOURCESINGROUP": Section.MEMBERS,
    "RESOURCEGROUPS": Section.REMARK,
    LEVEL_HEADING: Section.LEVEL,
    "INSTALLATIONDATA": Section.REMARK,
    "APPLICATIONDATA": Section.APP_DATA,
    "SECLEVEL": Section.REMARK,
    "SECURITYLEVEL": Section.REMARK,
    "CATEGORIES": Section.REMARK,
    "SECLABEL": Section.REMARK,
    "AUDITING": Section.REMARK,
    "GLOBALAUDIT": Section.REMARK,
    "GLOBALAUDITING": Section.REMARK,
    "NOTIFY": Section.REMARK,
    "CREATIONDATELASTREFERENCEDATELASTCHANGEDATE": Section.FIGURES,
    "ALTERCOUNTCONTROLCOUNTUPDATECOUNTREADCOUNT": Section.FIGURES,
    "USERACCESS": Section.ACCESS,
    "USERACCESSACCESSCOUNT": Section.ACCESS,
    "IDACCESS": Section.ACCESS,
    "IDACCESSACCESSCOUNT": Section.ACCESS,
    "IDACCESSCLASSENTITYNAME": Section.CONDITIONAL,
    "IDACCESSACCESSCOUNTCLASSENTITYNAME": Section.CONDITIONAL,
    "STDATAINFORMATION": Section.STARTED,
    "SSIGNONINFORMATION": Section.SIGNON,
    "CDTINFOINFORMATION": Section.SEGMENT,
    "CFDEFINFORMATION": Section.SEGMENT,
    "DLFDATAINFORMATION": Section.SEGMENT,
    "EIMINFORMATION": Section.SEGMENT,
    "ICSFINFORMATION": Section.SEGMENT,
    "ICTXINFORMATION": Section.SEGMENT,
    "IDTPARMSINFORMATION": Section.SEGMENT,
    "JESINFORMATION": Section.SEGMENT,
    "KERBINFORMATION": Section.SEGMENT,
    "MFAINFORMATION": Section.SEGMENT,
    "MFPOLICYINFORMATION": Section.SEGMENT,
    "PROXYINFORMATION": Section.SEGMENT,
    "SESSIONINFORMATION": Section.SEGMENT,
    "SIGVERINFORMATION": Section.SEGMENT,
    "SVFMRINFORMATION": Section.SEGMENT,
    "TMEINFORMATION": Section.SEGMENT,
}
_SEVERAL = frozenset((Section.REMARK, Section.FIGURES, Section.SEGMENT))
_BEFORE_LEVEL = frozenset(("NAME", "GROUP_CLASS", "MEMBERS", "MEMBERCLASSNAME", "RESOURCEGROUPS"))
_LEVEL_ROW = re.compile(r"\d{1,2}\s+(\S+)\s+(\S+)(?:\s+(\S+))?(?:\s+(\S+))?\Z")
_FORMS = ("KEYMASKED", "KEYENCRYPTED")
_PAIRS = re.compile(r"(?:(?:EPT)?KEY ?LABEL|TYPE|TIMEOUT|REPLAY)\s*[=:]", re.IGNORECASE)


def level_of(word: str | None) -> Level | None:
    """The level that a word names."""
    return LEVELS.get(word.upper()) if word else None


def generic_of(name: str) -> bool | None:
    """Whether a name that was printed without ``(G)`` is generic; a copy may have lost it."""
    return None if any(char in name for char in "*%&") else False


class Draft:
    """A profile while its listing is read; a list is None until it is shown, and again when a part is missing."""

    __slots__ = (
        "access", "app_data", "class_name", "conditional", "forms", "generic", "grouped", "index", "members",
        "name", "owner", "pairs", "seen", "signon", "started", "universal", "warning",
    )  # fmt: skip

    def __init__(self, class_name: str, name: str, index: int, *, generic: bool | None) -> None:
        self.class_name, self.name, self.index, self.generic = class_name, name, index, generic
        self.seen = {Section.NAME.name}
        self.owner: str | None = None
        self.universal: Level | None = None
        self.warning: bool | None = None
        self.grouped: str | None = None
        self.app_data: str | Absent | None = None
        self.access: list[Access] | None = None
        self.conditional: list[Access] | None = None
        self.members: list[str] | None = None
        self.forms: list[str] = []
        self.pairs: dict[str, str] = {}
        self.signon: Absent | None = None
        self.started: dict[str, str] | Absent | None = None

    def follows(self, heading: str) -> bool:
        """Whether a section may follow in this profile; else a heading of another profile was lost."""
        section = HEADINGS[heading]
        key = heading if section in _SEVERAL else section.name
        if key in self.seen or (section is Section.LEVEL and self.seen - _BEFORE_LEVEL):
            return False
        if Section.LEVEL.name in self.seen and key in {"GROUP_CLASS", "MEMBERCLASSNAME"}:
            return False
        self.seen.add(key)
        return True

    def begin(self, section: Section) -> None:
        """A list is shown."""
        if section is Section.ACCESS:
            self.access = []
        elif section is Section.CONDITIONAL:
            self.conditional = []
        elif section is Section.MEMBERS:
            self.members = []

    def leave_open(self, section: Section) -> bool:
        """Nothing is known of a list any more; whether something was."""
        if section is Section.ACCESS and self.access is not None:
            self.access = None
        elif section is Section.CONDITIONAL and self.conditional is not None:
            self.conditional = None
        elif section is Section.MEMBERS and self.members is not None:
            self.members = None
        else:
            return False
        return True

    def take_level(self, text: str, rest: str) -> bool:
        """Owner, universal access and warning; ``rest`` is the line below, where a narrow screen puts the end."""
        found = _LEVEL_ROW.match(text)
        if found is None:
            return False
        self.owner, self.universal = found[1], level_of(found[2])
        last = (found[4] or found[3] or "").upper()
        if last not in {"YES", "NO"}:
            last = rest.upper()
        self.warning = {"YES": True, "NO": False}.get(last)
        return True

    def take_signon(self, text: str) -> bool:
        """A line of the SSIGNON segment; never the text of a key."""
        words = text.upper().split()
        if words[0] in _FORMS and (len(words) == 1 or words[1:3] == ["DATA", "NOT"] or words[1:2] == ["KEY"]):
            self.forms.append(words[0])
            label = re.search(r"KEY\s*LABEL\s*[=:]\s*(\S+)\s*\Z", text, re.IGNORECASE)
            if label:
                self.pairs.setdefault("KEYLABEL", label[1])
            return True
        starts = [found.start() for found in _PAIRS.finditer(text)]
        if not starts or starts[0] != 0:
            return False
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            key, _, value = text[start:end].replace(":", "=", 1).partition("=")
            name, value = "".join(key.upper().split()), value.strip()
            if len(value.split()) > 1:
                return False
            if value and value.upper() != "NONE":
                self.pairs[name] = value
                if name.endswith("LABEL") and name not in self.forms:
                    self.forms.append(name)
        return True

    def take_started(self, text: str) -> bool:
        """A line of the STDATA segment."""
        key, equals, value = text.partition("=")
        key = key.strip().upper()
        if not equals or key not in {"USER", "GROUP", "TRUSTED", "PRIVILEGED", "TRACE"}:
            return False
        if self.started is None or self.started is Absent.ABSENT:
            self.started = {}
        self.started[key] = value.strip()
        return True

    def profile(self, span: Span, asked: str | None) -> Profile:
        """What was read; ``asked`` is the one resource of the command, and a generic profile its answer."""
        covers = asked is not None and asked != self.name.upper() and self.generic is not False
        return Profile(
            self.class_name,
            self.name,
            span,
            self.generic,
            self.owner,
            self.universal,
            self.warning,
            self.app_data,
            None if self.access is None else tuple(self.access),
            None if self.conditional is None else tuple(self.conditional),
            None if self.members is None else tuple(self.members),
            self.grouped,
            self._signon(),
            self._started(),
            frozenset((asked,)) if asked is not None and covers else frozenset(),
        )

    def _signon(self) -> Signon | Absent | None:
        if not self.forms and not self.pairs:
            return self.signon
        seconds = self.pairs.get("TIMEOUT", "")
        return Signon(
            " ".join(self.forms) or None,
            self.pairs.get("EPTKEYLABEL", self.pairs.get("KEYLABEL")),
            self.pairs.get("TYPE"),
            int(seconds) if seconds.isdecimal() and len(seconds) <= 10 else None,  # noqa: PLR2004
            _yes(self.pairs.get("REPLAY")),
        )

    def _started(self) -> Started | Absent | None:
        found = self.started
        if found is None or isinstance(found, Absent):
            return found
        # An empty USER= is shown: no user.
        return Started(
            found.get("USER"), found.get("GROUP"), _yes(found.get("TRUSTED")), _yes(found.get("PRIVILEGED"))
        )


def _yes(word: str | None) -> bool | None:
    return {"YES": True, "NO": False}.get((word or "").upper())
