"""The places of a certificate's facts, made when somebody asks for them."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from zcertlint.text.source import Span

__all__ = ["Places"]

_Entry = tuple[str, Span]


class Places(Sequence[_Entry]):
    """A tuple of (field name, place) that is made at its first use.

    A listing of 80,000 certificates has more than a million places, of which a report shows a handful. Equal to,
    and hashed like, the tuple that it stands for.
    """

    __slots__ = ("_made", "_recipe")

    def __init__(self, make: Callable[..., tuple[_Entry, ...]], *values: object) -> None:
        self._recipe: tuple[Callable[..., tuple[_Entry, ...]], tuple[object, ...]] | None = (make, values)
        self._made: tuple[_Entry, ...] = ()

    def _entries(self) -> tuple[_Entry, ...]:
        if self._recipe is not None:
            make, values = self._recipe
            self._made = make(*values)
            self._recipe = None
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
