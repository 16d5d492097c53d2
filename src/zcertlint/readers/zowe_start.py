"""``CONFIG=`` of Zowe's started task (ZWESLSTC) or ``zwe -c``: the files that make its configuration.

``CONFIG=FILE(/a/site.yaml):PARMLIB(MY.PARMLIB(ZOWE))``; a single path is allowed too. Every PARMLIB has a member,
and all of them the same one. Source: facts on zowe.yaml, 1; messages ZWEL0067E and ZWEL0068E of the launcher.
"""

import re
from collections.abc import Iterator

from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source, Span

__all__ = ["KIND", "read", "recognise"]

KIND = "start parameters of Zowe (CONFIG=)"

_SIGN = lazy(r"(?:\bconfig=|\s(?:-c|--config)[ =])['\" ]{0,4}(?:file|parmlib)\(|^config=", re.MULTILINE)
_GIVEN = lazy(
    r"(?:^\s*(?:export\s+)?CONFIG=|\bzwe\s.{0,200}?\s(?:-c|--config)[ =])\s*(?P<value>\S.*)", re.IGNORECASE
)
_PARMLIB = lazy(
    r"PARMLIB\(\s*(?P<set>[^()\s:]{1,60})\s*(?P<inner>\(\s*(?P<member>[^()\s]{0,60})\s*\))?\s*\)",
    re.IGNORECASE,
)
_LONGEST = 4096  # of a value over several lines
_JCL_COMMENT = "//*"
_UNKNOWN = lazy(r"[&{}<>?]|__")  # a symbol or a placeholder, whose value nothing tells


@dataclass(frozen=True, slots=True)
class _Part:
    """One ``PARMLIB()``: its text and data set, its member ("" for none, None when a symbol stands there)."""

    text: str
    data_set: str
    member: str | None

    @property
    def name(self) -> str:
        """The member as z/OS has it."""
        return (self.member or "").upper()


def recognise(source: Source) -> bool:
    """Whether a CONFIG with FILE() or PARMLIB(), or one of a started task's STDENV, stands in the text."""
    if not source.lines:
        return False
    text = folded(source)
    if "config=" not in text and "parmlib(" not in text:
        return False
    return _SIGN.search(text) is not None and any(True for _ in _given(source))


def read(source: Source, context: ReadContext) -> Facts:
    """What is wrong with a CONFIG; nothing else in the text is looked at."""
    del context
    marks = bytearray(len(source.lines))
    problems = []
    for first, last, value in _given(source):
        marks[first - 1 : last] = b"\x01" * (last - first + 1)
        found = _wrong(value, source.span(first, value[:80]))
        if found is not None:
            problems.append(found)
    counts = (marks.count(1), marks.count(0), 0)
    return Facts(KIND, source.path, problems=tuple(problems), lines=counts, marks=bytes(marks))


def _given(source: Source) -> Iterator[tuple[int, int, str]]:
    """First and last line (from 1) and value of each CONFIG; a backslash at the end goes on in the next line."""
    number = 0
    while number < len(source.lines):
        line = source.lines[number]
        number += 1
        match = None if line.startswith(_JCL_COMMENT) or len(line) > _LONGEST else _GIVEN.match(line.strip())
        if match is None:
            continue
        first, value = number, match["value"].rstrip()
        while value.endswith("\\") and number < len(source.lines) and len(value) < _LONGEST:
            value = value[:-1] + source.lines[number].strip()
            number += 1
        yield first, number, value.strip("'\"")


def _wrong(value: str, span: Span) -> Problem | None:
    """The first fault of a CONFIG; what a symbol stands for is not known, and no fault."""
    parts = [
        _Part(
            match[0],
            match["set"],
            None if _UNKNOWN.search(match["set"] + (match["member"] or "")) else match["member"] or "",
        )
        for match in _PARMLIB.finditer(value)
    ]
    without = next((part for part in parts if part.member == ""), None)
    if without is not None:
        said = f"{without.text} names no member"
        return Problem("ZW134", span, said, f"Write PARMLIB({without.data_set}(MEMBER))", fatal=False)
    known = [part for part in parts if part.member]
    other = next((part for part in known if part.name != known[0].name), None)
    if other is None:
        return None
    said = f"{known[0].text} and {other.text} name different members"
    hint = f"Give both data sets one member name, {known[0].member} or {other.member}"
    return Problem("ZW134", span, said, hint, fatal=False)
