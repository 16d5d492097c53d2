"""Messages that take more than one line: cut at the edge of a screen, or folded between words."""

import re
from collections.abc import Sequence

from zcertlint.text.commands import echoed, heading
from zcertlint.text.patterns import lazy

__all__ = ["unfold_message"]

_EDGES = frozenset((79, 80, 131, 132))  # characters that a screen or a printed line holds
_NARROWEST = 60  # a line that ends before is the last, unless its sentence goes on
_LONGEST = 12  # lines
_ID = lazy(r"(?:[+*@]\s*)?[A-Z]{3,4}\d{3,5}[A-Z]\b")
_STOP = lazy(r"READY\Z|END\Z|\*\*\*|[-=]{3,}|>|\w[\w ']*:(?:\s|\Z)")


def unfold_message(lines: Sequence[str], index: int, end: int | None = None) -> tuple[str, int]:
    """A message as one line.

    A line that reaches the edge of the screen is cut in mid word there; a shorter one ended at a blank. The
    message ends with a blank line, another message, a command, a heading or ``READY``, and where a sentence
    ends on a line that is not full.

    Args:
        lines: as they stand in the file, with their margins (the width tells how a line was cut).
        index: of the line with the message's ID.
        end: where the answer ends that the message stands in.

    Returns:
        The message without its margin, and the index behind its last line.
    """
    stop = min(len(lines), index + _LONGEST, len(lines) if end is None else end)
    first = lines[index]
    margin = len(first) - len(first.lstrip())
    parts = [first.strip()]
    width = len(first.rstrip())
    index += 1
    while index < stop and _goes_on(parts[-1], width - margin):
        text = lines[index].strip()
        if not text or _ID.match(text) or _STOP.match(text) or heading(text) or echoed(text) is not None:
            break
        parts.append(text if _is_full(width, margin) else f" {text}")
        width = len(lines[index].rstrip())
        index += 1
    return re.sub(r"\s+", " ", "".join(parts)), index


def _goes_on(text: str, width: int) -> bool:
    return (
        _is_full(width, 0)
        or (not text.endswith(".") and width >= _NARROWEST)
        or text.endswith(("(S)", ",", "-"))
    )


def _is_full(width: int, margin: int) -> bool:
    return width in _EDGES or width - margin in _EDGES
