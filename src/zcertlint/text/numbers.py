"""The numbers that an editor shows in front of lines."""

import re
from collections.abc import Sequence

from zcertlint.text.patterns import lazy

__all__ = ["may_be_numbered", "without_numbers"]

_HEAD = 4096
_FIRST = lazy(r"^(?:000001|000100) ", re.MULTILINE)
_NUMBER = lazy(r"(\d{6})(?: |$)")
_NO_LINE = lazy(r"(?:\*{6}|==MSG>|=NOTE=|==CHG>|\.{6}|'{6})(?: |$)")
_STEPS = frozenset((1, 100))


def may_be_numbered(text: str) -> bool:
    """Whether a line with the first number of ISPF's editor stands near the beginning."""
    return _FIRST.search(text[:_HEAD]) is not None


def without_numbers(lines: Sequence[str]) -> list[str]:
    """The lines as they are in the data set: what the editor shows beside them is empty.

    Only where the numbers follow each other; a line on which they stop is left as it is.
    """
    found = list(lines)
    last = 0
    for index, line in enumerate(lines):
        number = _NUMBER.match(line)
        if number is not None and int(number[1]) - last in _STEPS:
            last = int(number[1])
            found[index] = line[7:]
        elif last and _NO_LINE.match(line):
            found[index] = ""
        elif line.strip():
            last = 0
    return found
