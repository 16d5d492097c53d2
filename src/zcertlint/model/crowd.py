"""Many things with names, of which most runs need a handful: each is made when somebody asks for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar, overload

__all__ = ["Crowd"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


class Crowd(Sequence[_N], Generic[_N]):
    """A tuple whose items are made at their first use, and found by id.

    A database unload shows a hundred thousand users, and a rule asks for three of them. Equal to the tuple that it
    stands for.
    """

    __slots__ = ("_ids", "_known", "_made", "_make")

    def __init__(
        self,
        ids: Callable[[], Iterable[str]],
        make: Callable[[str], _N | None],
        made: Mapping[str, _N] | None = None,
    ) -> None:
        """Keep what is needed.

        Args:
            ids: tells the ids of all items, in their order, each once; asked at most once.
            make: makes the item with an id, None where there is no such item.
            made: items that are made already.
        """
        self._ids = ids
        self._known: tuple[str, ...] | None = None
        self._make = make
        self._made = dict(made or {})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all items, in their order."""
        if self._known is None:
            self._known = tuple(self._ids())
        return self._known

    def named(self, ident: str) -> _N | None:
        """The item with this id."""
        found = self._made.get(ident)
        if found is None:
            found = self._make(ident)
            if found is not None:
                self._made[ident] = found
        return found

    def updated(self, items: Iterable[_N]) -> "Crowd[_N]":
        """These items in place of those with the same ids; new ones behind."""
        made = {item.id: item for item in items}
        new = [ident for ident in made if self.named(ident) is None]
        return Crowd(lambda: (*self.ids, *new), self.named, made)

    def _all(self, ids: Iterable[str]) -> Iterator[_N]:
        return (item for item in map(self.named, ids) if item is not None)

    @overload
    def __getitem__(self, index: int) -> _N: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_N, ...]: ...
    def __getitem__(self, index: int | slice) -> _N | tuple[_N, ...]:
        if isinstance(index, slice):
            return tuple(self._all(self.ids[index]))
        return next(self._all((self.ids[index],)))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[_N]:
        return self._all(self.ids)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Crowd | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))
