"""One file per kind of input; a new kind is a new file here.

A reader module has three names: ``KIND`` (in a user's words), ``recognise(source)`` (by content, never by
name, cheap, True or False) and ``read(source, context)`` (the facts; never an exception: what cannot be read
is a :class:`~zcertlint.model.facts.Problem`). A module must be cheap to import: what is slow (cryptography,
yaml, xml) is imported inside ``read``.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import field
from functools import cache
from typing import Protocol, cast

from zcertlint.model.facts import Facts
from zcertlint.records import dataclass
from zcertlint.text.source import Source

__all__ = ["ReadContext", "Reader", "read_source", "readers"]


def _no_password(_path: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may need beside the file itself.

    Attributes:
        password: asks for the password of a store, by the path of the file; None when there is none.
            The answer is used at once and never kept.
    """

    password: Callable[[str], str | None] = field(default=_no_password, repr=False)


class Reader(Protocol):
    """What a reader module offers."""

    KIND: str

    def recognise(self, source: Source) -> bool:
        """Whether the content is of this kind."""
        ...

    def read(self, source: Source, context: ReadContext) -> Facts:
        """Everything that the input says."""
        ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader, in the order of their module names."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(cast("Reader", importlib.import_module(f"{__name__}.{name}")) for name in names)


def read_source(source: Source, context: ReadContext) -> tuple[Facts, ...]:
    """The facts of every reader that recognises the input; empty when none does.

    One file may hold listings and certificates together, so more than one reader may speak.
    """
    return tuple(reader.read(source, context) for reader in readers() if reader.recognise(source))
