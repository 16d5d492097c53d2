"""A source line with a mark under the value that a finding is about."""

from collections.abc import Mapping, Sequence

from zcertlint.records import dataclass
from zcertlint.report._words import cells, visible
from zcertlint.text.secrets import in_private_key, mask
from zcertlint.text.source import Span

__all__ = ["Excerpt", "excerpt"]

_CUT = "…"
_CONTEXT = 12  # characters shown before a marked value when a line is cut


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line as shown, and where its mark stands.

    Attributes:
        line: safe to print, cut to the room there is.
        indent: columns before the mark. length: columns of the mark, at least 1.
    """

    line: str
    indent: int
    length: int


def excerpt(span: Span, sources: Mapping[str, Sequence[str]], room: int) -> Excerpt | None:
    """The line of a place in at most ``room`` columns; None when there is no text to show.

    Only a marked value that is longer than the room makes the line longer: values are never cut. What stands
    beside a value and is a password or a private key is not shown.
    """
    lines = sources.get(span.path, ())
    if span.line is None or not 1 <= span.line <= len(lines):
        return None
    raw = lines[span.line - 1]
    if in_private_key(lines, span.line):
        return Excerpt("(private key, not shown)", 0, 1)
    masked, column = mask(raw, span.column)
    line = visible(masked).rstrip()
    if not line:
        return None
    start, end, value = _marked(line, column, visible(span.text) if span.text else None)
    line, start, end = _cut(line, start, end, room, whole=not value)
    return Excerpt(line, cells(line[:start]), max(1, cells(line[start:end])))


def _marked(line: str, column: int | None, text: str | None) -> tuple[int, int, bool]:
    """Start and end of the mark, and whether it marks a value (else the whole line)."""
    if column is not None and 1 <= column <= len(line):
        start = column - 1
        return start, min(len(line), start + len(text)) if text else len(line), bool(text)
    found = line.find(text) if text else -1
    if text and found >= 0:
        return found, found + len(text), True
    return len(line) - len(line.lstrip()), len(line), False


def _cut(line: str, start: int, end: int, room: int, *, whole: bool) -> tuple[str, int, int]:
    """The line cut to ``room`` characters around the mark; a marked value stays complete."""
    if cells(line) <= room:
        return line, start, end
    if whole:
        end = min(end, max(start + 1, room - 1))
    left = 0 if end < room else min(start, max(end - room + 2, start - _CONTEXT))
    before = _CUT if left else ""
    right = max(end, left + room - len(before) - 1)
    after = _CUT if right < len(line) else ""
    shift = len(before) - left
    return before + line[left:right] + after, start + shift, end + shift
