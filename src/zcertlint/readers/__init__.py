"""One file per kind of input; a new kind is a new file here.

A reader module has three names: ``KIND`` (in a user's words), ``recognise(source)`` (by content, never by
name, cheap, True or False) and ``read(source, context)`` (the facts; never an exception: what cannot be read
is a :class:`~zcertlint.model.facts.Problem`). A module must be cheap to import: what is slow (cryptography,
yaml, xml) is imported inside ``read``.

A kind whose files may be larger than memory has ``recognise_head(head)`` and ``read_stream(path, file, context)``
instead: it reads the bytes itself, once, from the start to the end.
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

__all__ = [
    "ByteStream",
    "ReadContext",
    "Reader",
    "StreamReader",
    "kinds",
    "read_source",
    "readers",
    "stream_reader",
]


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


class ByteStream(Protocol):
    """A file that is read once, from its start."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class StreamReader(Protocol):
    """What a reader module of files larger than memory offers."""

    KIND: str

    def recognise_head(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes (at most 64 KiB) is of this kind."""
        ...

    def read_stream(self, path: str, file: ByteStream, context: ReadContext) -> Facts:
        """Everything that the input says."""
        ...


@cache
def _modules() -> tuple[object, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of whole files, in the order of their module names."""
    return tuple(cast("Reader", module) for module in _modules() if hasattr(module, "recognise"))


def kinds() -> tuple[str, ...]:
    """What can be read, in a user's words."""
    found = (str(module.KIND) for module in _modules() if hasattr(module, "KIND"))
    return tuple(sorted(set(found), key=str.casefold))


def stream_reader(head: bytes) -> StreamReader | None:
    """The reader that takes a file with this beginning as a stream, if one does."""
    streams = (cast("StreamReader", module) for module in _modules() if hasattr(module, "recognise_head"))
    return next((reader for reader in streams if reader.recognise_head(head)), None)


def read_source(source: Source, context: ReadContext) -> tuple[Facts, ...]:
    """The facts of every reader that recognises the input; empty when none does.

    One file may hold listings and certificates together, so more than one reader may speak.
    """
    return tuple(reader.read(source, context) for reader in readers() if reader.recognise(source))
