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

    __slots__ = ("_made", "_make", "_places", "ids")

    def __init__(
        self, ids: Sequence[str], make: Callable[[int], _N], made: Mapping[int, _N] | None = None
    ) -> None:
        """Keep what is needed.

        Args:
            ids: of all items, in their order, each once.
            make: makes the item at a place; called once for each.
            made: items that are made already.
        """
        self.ids = ids
        self._make = make
        self._made = dict(made or {})
        self._places: dict[str, int] | None = None

    def _at(self, place: int) -> _N:
        found = self._made.get(place)
        if found is None:
            found = self._made[place] = self._make(place)
        return found

    def _place(self, ident: str) -> int | None:
        if self._places is None:
            self._places = {name: place for place, name in enumerate(self.ids)}
        return self._places.get(ident)

    def named(self, ident: str) -> _N | None:
        """The item with this id."""
        place = self._place(ident)
        return None if place is None else self._at(place)

    def updated(self, items: Iterable[_N]) -> "Crowd[_N]":
        """These items in place of those with the same ids; new ones behind."""
        ids, made = list(self.ids), {}
        for item in items:
            place = self._place(item.id)
            if place is None:
                place = len(ids)
                ids.append(item.id)
            made[place] = item
        return Crowd(ids, self._at, made)

    @overload
    def __getitem__(self, index: int) -> _N: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_N, ...]: ...
    def __getitem__(self, index: int | slice) -> _N | tuple[_N, ...]:
        places = range(len(self.ids))[index]
        return self._at(places) if isinstance(places, int) else tuple(map(self._at, places))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[_N]:
        return map(self._at, range(len(self.ids)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Crowd | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))
