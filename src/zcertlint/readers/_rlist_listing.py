"""Reads the answers to RLIST: one profile after another, and the messages in place of one."""

import re

from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Profile, Security
from zcertlint.readers._rlist_draft import HEADINGS, LEVEL_HEADING
from zcertlint.readers._rlist_lines import DASHES, Lines, Part, denied, message_id, parts, squashed
from zcertlint.readers._rlist_sections import CLASS_NAME, Sections
from zcertlint.text.commands import family
from zcertlint.text.envelope import transcript_of
from zcertlint.text.source import Source

__all__ = ["read_listings"]

_ECHO = re.compile(
    r"RL(?:I(?:S(?:T)?)?)?\s+(?P<cls>[A-Z@#$]\S*)\s+(?P<names>\([^)]*\)?|\S+)(?P<rest>.*)", re.IGNORECASE
)
# Some copies name the class in it, and people write remarks behind it.
_NOT_FOUND = re.compile(
    r"ICH13003I\s+(?:PROFILE\s+(?:(?P<cls>[A-Z@#$][A-Z0-9@#$]{0,7})\s+)?)?(?P<name>\S+)\s+NOT\s+FOUND\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\bTO\s+LIST\s+(\S+?)\.?\Z", re.IGNORECASE)
_REFUSAL = re.compile(r".*(?:\bCL\(|\bACCESS\b|\bAUTHORITY\b|\bAUTHORI[SZ]ED\b|\bUSER\()", re.IGNORECASE)
# The headings and first lines of other listings, which may follow without a command between.
_OTHERS = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information for|Label:|Ring:|-----BEGIN |USER=\S*\s+NAME="
    r"|INFORMATION FOR (?:GROUP|DATASET)|(?:ATTRIBUTES|STATISTICS|ACTIVE CLASSES)\s*=|MVS TCP/IP|Home address list",
    re.IGNORECASE,
)


def read_listings(kind: str, source: Source) -> Facts:
    """Every profile and every refusal of an input."""
    script = transcript_of(source)
    lines = Lines(source, script.texts)
    profiles: list[Profile] = []
    for part in parts(lines, script, _ours, _begins, "RLIST"):
        _Answer(lines, part, profiles).run()
    return lines.facts(kind, Security(profiles=tuple(profiles)) if profiles else None)


def _ours(command: str) -> bool:
    return family(command) == "RLIST"


def _begins(text: str) -> bool:
    """Whether an answer to RLIST begins with this line."""
    return _heading(text) in {CLASS_NAME, LEVEL_HEADING} or text.upper().startswith("ICH13")


def _heading(text: str) -> str:
    """A line as a heading, without the carriage control that some tools keep."""
    return squashed(text[1:] if text[:2] in {"0C", "1C", "0L"} else text)


class _Answer:
    """One answer, or lines without a command that may hold some."""

    def __init__(self, lines: Lines, part: Part, profiles: list[Profile]) -> None:
        self._lines = lines
        self._part = part
        self._on = part.command is not None  # whether the line at hand belongs to a listing
        self._listed = False  # a part of a listing was shown
        asked = _ECHO.search(part.command) if part.command else None
        self._class = asked["cls"].upper() if asked else None
        self._names = re.split(r"[\s,()]+", asked["names"].strip("() ").upper()) if asked else []
        self._options = asked["rest"].upper().split() if asked else []
        self._at = Sections(lines, part.start, part.end, self._names, profiles)
        name = self._only()
        if name is not None and not self._half() and not any(sign in name for sign in "*%&"):
            self._at.asked = name

    def run(self) -> None:
        """Read it."""
        lines, index, end = self._lines, self._part.start, self._part.end
        while index < end:
            text = lines.text(index)
            if text:
                index = self._line(index, text)
                self._at.blank = False
            else:
                if self._on and lines.source.lines[index].lstrip().startswith("```"):
                    self._leave()
                self._at.blank = True
                index += 1
        if not self._part.closed:
            self._at.torn(open_end=self._part.open_end)
        self._leave()

    def _line(self, index: int, text: str) -> int:
        """Read one line, or two that are one; the index behind it."""
        at = self._at
        heading, behind = self._heading_at(index, text)
        if heading is not None and (self._on or heading in {CLASS_NAME, LEVEL_HEADING}):
            self._on = self._listed = True
            at.open(heading, index, behind)
            return behind
        ident = message_id(text)
        if ident is not None and (self._on or ident.startswith("ICH13")) and not at.is_row(text):
            return self._message(ident, index, text)
        if not self._on:
            return index + 1
        if self._part.command is None and _OTHERS.match(text):
            self._leave()
        elif DASHES.match(text) and at.section is not None and at.values == 0:
            at.use(index)
        elif at.bare_name(index, text) or at.empty(index, text):
            pass
        elif at.section is not None and at.take(index, text):
            at.use(index)
            at.values += 1
        else:
            at.puzzle(index, text)
        return index + 1

    def _heading_at(self, index: int, text: str) -> tuple[str | None, int]:
        """The heading on this line, or on this and the next where the screen was narrow."""
        head, after = _heading(text), index + 1
        if after < self._part.end:
            below = self._lines.text(after)
            if below and not DASHES.match(below) and head + squashed(below) in HEADINGS:
                return head + squashed(below), after + 1
        return (head if head in HEADINGS else None), after

    def _leave(self) -> None:
        """Another listing begins, or the block that held this one ends."""
        at, part = self._at, self._part
        at.poison_if_empty()
        at.finish()
        everything = part.command is not None and part.closed
        self._lines.settle(at.unknown, at.last, everything=everything)
        at.unknown.clear()
        at.section = None
        self._on = part.command is not None

    def _message(self, ident: str, index: int, text: str) -> int:
        """A message in place of a listing, or in the middle of one."""
        interrupted = self._at.interrupted(index, index + 1)
        self._leave()
        lines, command, behind, end = self._lines, self._part.command, index + 1, self._part.end
        below = lines.text(behind) if behind < end else ""
        ours = ident.startswith("ICH13")
        if ident == "ICH13003I":
            found = _NOT_FOUND.match(text)
            if found is None and below:  # broken at the edge of the screen
                found = _NOT_FOUND.match(f"{text} {below}") or _NOT_FOUND.match(text + below)
                behind += found is not None
            if found is not None:
                self._not_found(index, found["cls"], found["name"])
                self._at.use(*range(index, behind))
                return behind
        elif (ours or (command is not None and not interrupted and not self._listed)) and (
            denied(text) or denied(f"{text} {below}")
        ):
            about = _ABOUT.search(text)
            name = about[1].upper() if about and about[1].upper() in self._names else self._only()
            whose = f"{self._class}/{name}" if self._class and name else None
            lines.answer(AnswerKind.DENIED, index, "RLIST", command, whose, ident)
            while behind < end and _REFUSAL.match(lines.text(behind)) and not message_id(lines.text(behind)):
                behind += 1
            self._at.use(*range(index, behind))
            return behind
        if ours or command is not None:
            self._on = True
            self._at.unknown.append(index)
        return index + 1

    def _not_found(self, index: int, class_name: str | None, name: str) -> None:
        if self._half():
            return
        whose = class_name.upper() if class_name else self._class if name.upper() in self._names else None
        full = f"{whose}/{name}" if whose else None
        self._lines.answer(AnswerKind.NO_SUCH_PROFILE, index, "RLIST", self._part.command, full, "ICH13003I")

    def _half(self) -> bool:
        """Whether GENERIC leaves out discrete profiles, or NOGENERIC the generic ones: then more may exist."""
        return any(word.startswith(("GEN", "NOGEN")) for word in self._options)

    def _only(self) -> str | None:
        return self._names[0] if len(self._names) == 1 else None
