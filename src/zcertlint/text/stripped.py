"""The lines of a large input without blanks around them, each made when somebody looks at it.

Two lists of two million lines would cost a fifth of the time that a large listing takes.
"""

from collections.abc import Iterator, Sequence
from typing import overload

__all__ = ["Stripped"]


class Stripped(Sequence[str]):
    """The lines without blanks around them; a line can be given another text.

    Attributes:
        whole: the lines as they are, each with a line feed behind it.
        changed: the lines that were given another text.
    """

    __slots__ = ("_lines", "changed", "whole")

    def __init__(self, lines: Sequence[str], whole: str) -> None:
        self._lines = lines
        self.whole = whole
        self.changed: dict[int, str] = {}

    def __len__(self) -> int:
        """The number of lines."""
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """A line, or some of them."""
        if isinstance(index, slice):
            return [self[here] for here in range(*index.indices(len(self._lines)))]
        if index < 0:
            index += len(self._lines)
        text = self.changed.get(index)
        return self._lines[index].strip() if text is None else text

    def __setitem__(self, index: int, text: str) -> None:
        """Give a line another text."""
        self.changed[index] = text

    def __iter__(self) -> Iterator[str]:
        """All lines, in their order."""
        return map(self.__getitem__, range(len(self._lines)))
