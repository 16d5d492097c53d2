"""Where the lines of an RLIST listing end, and what that says about them."""

from zcertlint.readers._rlist_draft import LEVEL_HEADING
from zcertlint.readers._rlist_lines import Lines, squashed

__all__ = ["Edges"]

# Where listings end when their columns were cut, and where a name may go on in the next line.
_EDGES = frozenset((72, 79, 80, 120, 121, 131, 132, 133))
_WRAPPED = 70


class Edges:
    """How wide the lines of one answer are; the widest heading that every profile has shows it."""

    def __init__(self, lines: Lines, start: int, end: int) -> None:
        self._lines = lines
        self._end = end
        self._narrow = 0  # where the columns were cut, when a heading shows it
        self._wrap = _WRAPPED  # from which width on a line may go on in the next one
        for index in range(start, end):
            head = squashed(text) if (text := self._lines.text(index))[:5].upper() == "LEVEL" else ""
            if head.startswith("LEVELOWNER") and head != LEVEL_HEADING and LEVEL_HEADING.startswith(head):
                below = squashed(self._lines.text(index + 1)) if index + 1 < end else ""
                if below and head + below == LEVEL_HEADING:
                    self._wrap = min(self._wrap, self._lines.width(index) - 1)
                elif self._lines.following(index, end):
                    self._narrow = self._lines.width(index)

    def may_cut(self, index: int) -> bool:
        """Whether the line ends where copies are cut, and does not go on in the next one."""
        lines = self._lines
        if self._narrow and lines.width(index) >= self._narrow:
            return True
        if index + 1 < self._end and lines.text(index + 1):
            return False
        return lines.width(index) in _EDGES or len(lines.text(index)) in _EDGES

    def may_wrap(self, index: int) -> bool:
        """Whether the line is so long that the next one may go on with it."""
        return self._lines.width(index) >= self._wrap

    def is_full(self, index: int) -> bool:
        """Whether the line was broken at the edge of a screen, with no blank there."""
        return len(self._lines.text(index)) in _EDGES
