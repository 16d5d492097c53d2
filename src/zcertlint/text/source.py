"""One input file and the places in it."""

from dataclasses import field

from zcertlint.records import dataclass

__all__ = ["Source", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in an input that a reader of the report can open.

    Attributes:
        path: as reached from the command line, with ``/``.
        line: from 1; None where the whole file is meant (a DER file).
        column: from 1; None where the whole line is meant.
        text: the value that stands there, as written (never a secret).
    """

    path: str
    line: int | None = None
    column: int | None = None
    text: str | None = None

    def __str__(self) -> str:
        """``path:line:column`` with what is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its bytes, and its text when it is text.

    Attributes:
        path: as reached from the command line, with ``/``.
        data: the bytes of the file.
        lines: the text in lines without line ends; empty for a binary file.
        encoding: how ``lines`` were decoded (``utf-8``, ``cp1047`` …), or None for a binary file.
        system: the name of the z/OS system that it was taken from, when the caller knows.
        undecided: characters of EBCDIC text that another code page, which explains it as well, shows otherwise.
    """

    path: str
    data: bytes = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    encoding: str | None
    system: str | None = None
    undecided: frozenset[str] = frozenset()

    def span(self, line: int, text: str | None = None, column: int | None = None) -> Span:
        """The place at ``line`` (from 1)."""
        return Span(self.path, line, column, text)
