"""The profile at hand in an answer to RLIST, and the section of it that is being read."""

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Access, Profile
from zcertlint.readers._rlist_draft import (
    HEADINGS,
    LEVEL_HEADING,
    LEVELS,
    Draft,
    Section,
    generic_of,
    level_of,
)
from zcertlint.readers._rlist_edges import Edges
from zcertlint.readers._rlist_lines import DASHES, Lines, squashed
from zcertlint.readers._rlist_patterns import (
    CONDITION,
    EMPTY,
    FIGURES,
    NAME,
    NAME_REST,
    NO_SEGMENT,
    PAIR,
    ROW,
    WHO,
)

__all__ = ["CLASS_NAME", "Sections"]

CLASS_NAME = "CLASSNAME"
_LISTS = frozenset((Section.ACCESS, Section.CONDITIONAL, Section.MEMBERS))
_LINE_ENDS = frozenset((b"\n", b"\r", b"\x15", b"\x25", b"\x85", b"\x00"))


class Sections:
    """The profile at hand.

    Attributes:
        draft: the profile, None when the listing shows no name for what stands there.
        section, heading: what is being read. values: its lines so far, without heading and dashes.
        blank: whether a blank line stands above the line at hand.
        last: the last line that was understood. unknown: the lines that were not, since.
        asked: the one resource that the command asks for by its name, whichever profile covers it.
    """

    def __init__(self, lines: Lines, start: int, end: int, names: list[str], profiles: list[Profile]) -> None:
        self._lines = lines
        self._end = end
        self._names = names  # of the command
        self._profiles = profiles
        self.draft: Draft | None = None
        self.section: Section | None = None
        self.heading = ""
        self.values = 0
        self.blank = False
        self.last = start - 1
        self.unknown: list[int] = []
        self.asked: str | None = None
        self._table = ""  # the list that was closed by a line that was not understood
        self._edges = Edges(lines, start, end)

    def open(self, heading: str, index: int, behind: int) -> None:
        """A heading: what was open before is done."""
        self.poison_if_empty()
        section = HEADINGS[heading]
        if section is Section.NAME:
            self.finish()
        elif self.draft is None or not self.draft.follows(heading):
            if self.draft is not None or heading == LEVEL_HEADING:
                hint = "Copy the listing from its start"
                self._lines.cut(index, "CLASS and NAME of the profile above this line", hint)
            self.finish()
            self.section = None
            self.unknown += range(index, behind)
            return
        self.use(*range(index, behind))
        self.section, self.heading, self.values, self._table = section, heading, 0, ""
        if self.draft is not None:
            self.draft.begin(section)

    def use(self, *indexes: int) -> None:
        """These lines were understood."""
        self._lines.understood(*indexes)
        self.last = max(indexes)

    def take(self, index: int, text: str) -> bool:
        """A line of the section at hand."""
        section, draft = self.section, self.draft
        if section is Section.NAME:
            return self._take_name(index, text)
        if draft is None:
            return False
        first = self.values == 0
        match section:
            case Section.LEVEL:
                below = self._lines.text(index + 1) if index + 1 < self._end else ""
                if first:
                    return draft.take_level(text, below)
                return self.values == 1 and text.upper() in {"YES", "NO"}
            case Section.GROUP_CLASS:
                if first and len(text.split()) == 1:
                    draft.grouped = text
                return first
            case Section.APP_DATA:
                return self._take_app_data(index, text)
            case Section.REMARK:
                return first or not self.blank
            case Section.FIGURES:
                return FIGURES.match(text) is not None
            case Section.MEMBERS | Section.ACCESS | Section.CONDITIONAL:
                return self._take_entry(index, text)
            case Section.SIGNON:
                return draft.take_signon(text)
            case Section.STARTED:
                return draft.take_started(text)
            case _:
                return PAIR.match(text) is not None

    def _take_name(self, index: int, text: str) -> bool:
        """Class and name; a long name may go on in the next line."""
        draft = self.draft
        if draft is not None:  # the rest of a name that was longer than the line
            if draft.generic and text in {")", "G)"} and not self.blank:
                return True
            rest = NAME_REST.fullmatch(text)
            if rest is None or self.blank or draft.generic or not self._edges.may_wrap(index - 1):
                return False
            draft.name += rest[1]
            draft.generic = True if rest[2] else generic_of(draft.name)
            return True
        found = NAME.match(text)
        if found is None:
            return False
        name = found["name"]
        if not found["generic"] and self._edges.may_cut(index) and name not in self._names:
            hint = "Copy it from a wider screen"
            self._lines.cut(index, "the whole name of a profile, it may be cut at the edge", hint)
            return False
        generic = True if found["generic"] else generic_of(name)
        self.draft = Draft(found["cls"].upper(), name, index, generic=generic)
        return True

    def bare_name(self, index: int, text: str) -> bool:
        """The next profile of the class without the heading CLASS NAME (some copies show it once only)."""
        if self.draft is None or not self.blank:
            return False
        found = NAME.match(text)
        if found is None or found["cls"].upper() != self.draft.class_name:
            return False
        if squashed(self._lines.following(index, self._end)) not in {LEVEL_HEADING, "GROUPCLASSNAME"}:
            return False
        self.poison_if_empty()
        self.finish()
        self.section, self.heading, self.values = Section.NAME, CLASS_NAME, 0
        if self._take_name(index, text):
            self.use(index)
            self.values = 1
            return True
        return False

    def _take_app_data(self, index: int, text: str) -> bool:
        draft = self.draft
        if draft is None or (self.values and self.blank):
            return False
        above = index - 1
        if self.values == 0:
            cut = self._edges.may_cut(index)
            draft.app_data = Absent.ABSENT if text.upper() == "NONE" else (None if cut else text)
        elif isinstance(draft.app_data, str) and self._edges.is_full(above):
            draft.app_data += text
        else:  # where the value was broken, and whether a blank stood there, cannot be seen
            draft.app_data = None
        return True

    def is_row(self, text: str) -> bool:
        """Whether the line is a row of the list at hand; some user IDs look like the id of a message."""
        row = ROW.match(text) or CONDITION.match(text) if self.section in _LISTS else None
        return row is not None and row[2].upper() in LEVELS

    def _take_entry(self, index: int, text: str) -> bool:
        """A row of a list, or what is no row in one."""
        draft, section = self.draft, self.section
        if draft is None:
            return False
        if section is Section.MEMBERS:
            words = text.split()
            if self.blank and self.values and not (len(words) == 1 and text.isupper()):
                return False
            if draft.members is not None and words != ["NONE"]:
                draft.members += words
            return True
        if section is Section.ACCESS:
            found = ROW.match(text)
            entries, condition = draft.access, None
        else:
            found = CONDITION.match(text)
            entries, condition = draft.conditional, f"{found[3].upper()} {found[4]}" if found else None
            if found and self._edges.may_cut(index):
                found = None
        # A remark, a page's heading or half a row of two words looks like a row, too.
        if found is None or found[2].upper() not in LEVELS or WHO.fullmatch(found[1]) is None:
            return False
        if entries is not None:
            entries.append(Access(found[1], level_of(found[2]), self._lines.span(index, found[1]), condition))
        return True

    def empty(self, index: int, text: str) -> bool:
        """A line that says that a list or a segment is empty."""
        draft = self.draft
        if draft is None or text[:2].upper() != "NO":
            return False
        if found := EMPTY.match(text):
            self.use(index)
            self.values += 1
            if (found[1] or "").upper() == "CONDITIONAL":
                draft.conditional = draft.conditional or []
            elif not draft.access:
                draft.access = []
            return True
        found = NO_SEGMENT.match(text)
        if found is None or (self.section is Section.REMARK and not self.values):
            return False
        name = found[1].upper()
        if f"{name}INFORMATION" not in HEADINGS:
            return False
        self.use(index)
        self.values += 1
        if name == "SSIGNON":
            draft.signon = Absent.ABSENT
        elif name == "STDATA" and draft.started is None:
            draft.started = Absent.ABSENT
        return True

    def interrupted(self, index: int, behind: int) -> bool:
        """Whether a message stands inside a list, which goes on below it: then the list stays open."""
        for here in range(behind, self._end):
            text = self._lines.text(here)
            if squashed(text) in HEADINGS:
                return False
            if self.is_row(text):
                self.poison(index)
                return True
        return False

    def puzzle(self, index: int, text: str) -> None:
        """A line that was not understood: a list in which it stands may hold more than was read."""
        self.unknown.append(index)
        if (
            self.section is Section.NAME
            and self.draft is not None
            and (DASHES.match(text) or NAME.match(text))
        ):
            # What was taken for the name stood in front of it: the heading of a page, or a remark.
            self._lines.cut(self.draft.index, "the name of a profile, two lines may be it")
            self.draft = self.section = None
            return
        row = ROW.match(text) or CONDITION.match(text)
        if self.section in _LISTS and (
            not self.blank or (row and (row[2].upper() in LEVELS or text.isupper()))
        ):
            self.poison(index)
        elif self._table and row and row[2].upper() in LEVELS:
            self.poison(index, self._table)
        if self.blank and self.section is not Section.NAME:
            self._table = self.heading if self.section in _LISTS else self._table
            self.section = None

    def poison(self, index: int, heading: str | None = None) -> None:
        """Leave a list open of which a part was not understood."""
        if self.draft is not None and self.draft.leave_open(HEADINGS[heading or self.heading]):
            self._lines.cut(index, "a row of the list above; what the list holds stays open")

    def poison_if_empty(self) -> None:
        """A table without a row, and without the words that it has none, lost them."""
        if self.section in _LISTS and self.values == 0:
            self.poison(self.last)

    def finish(self) -> None:
        """The profile at hand is done."""
        draft, self.draft = self.draft, None
        if draft is not None:
            self._profiles.append(draft.profile(self._lines.span(draft.index, draft.name), self.asked))

    def torn(self, *, open_end: bool) -> None:
        """The answer has lost its end, or may have: what its last line may only begin is left open."""
        draft, last, section = self.draft, self.last, self.section
        if draft is None:
            return
        if section is Section.NAME:
            self._lines.cut(last, "more of this profile")
            self.draft = None
            return
        if section in _LISTS and open_end:
            self.poison(last)
        text = self._lines.text(last)
        row = ROW.match(text)
        if section is Section.ACCESS and row and row[2].upper() not in LEVELS:
            self.poison(last)
        source = self._lines.source
        ended = (
            last + 1 < len(source.lines) or source.data[-1:] in _LINE_ENDS or EMPTY.match(text) is not None
        )
        if section is Section.GROUP_CLASS:
            draft.grouped = None
        elif section is Section.APP_DATA:
            draft.app_data = None
        elif section in {Section.CONDITIONAL, Section.MEMBERS} and not ended:
            self.poison(last)
        elif section is Section.STARTED and isinstance(draft.started, dict):
            key = text.partition("=")[0].strip().upper()
            if key in {"USER", "GROUP"}:
                del draft.started[key]
        elif section is Section.SIGNON and not ended and draft.pairs:
            draft.pairs.popitem()
