"""The places of a certificate's facts, made when somebody asks for them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from zcertlint.text.source import Span

__all__ = ["Places"]

_Entry = tuple[str, Span]
_C = TypeVar("_C")


class Places(Sequence[_Entry], Generic[_C]):
    """A tuple of (field name, place) that is made at its first use.

    A listing of 80,000 certificates has more than a million places, of which a report shows a handful. Equal to,
    and hashed like, the tuple that it stands for.
    """

    __slots__ = ("_context", "_end", "_made", "_make", "_start")

    def __init__(
        self, make: Callable[[_C, int, int], tuple[_Entry, ...]], context: _C, start: int, end: int
    ) -> None:
        """Keep what is needed.

        Args:
            make: makes the tuple from the other three.
            context: what all certificates of an input share.
            start: the first line.
            end: the line behind the last.
        """
        self._make: Callable[[_C, int, int], tuple[_Entry, ...]] | None = make
        self._context = context
        self._start = start
        self._end = end

    def _entries(self) -> tuple[_Entry, ...]:
        if self._make is not None:
            self._made = self._make(self._context, self._start, self._end)
            self._make = None
        return self._made

    @overload
    def __getitem__(self, index: int) -> _Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> _Entry | tuple[_Entry, ...]:
        return self._entries()[index]

    def __len__(self) -> int:
        return len(self._entries())

    def __iter__(self) -> Iterator[_Entry]:
        return iter(self._entries())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Places):
            return self._entries() == other._entries()
        return self._entries() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._entries())

    def __repr__(self) -> str:
        return repr(self._entries())

    def __reduce__(self) -> tuple[type[tuple[_Entry, ...]], tuple[tuple[_Entry, ...]]]:
        return tuple, (self._entries(),)
