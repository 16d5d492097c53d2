"""The text of an input in one piece, and in lower case, in which readers look for what they know."""

from zcertlint.text.source import Source

__all__ = ["folded", "joined", "remember"]

_last: list[tuple[Source, str]] = []
_joined: list[tuple[Source, str]] = []


def folded(source: Source) -> str:
    """The lines joined and in lower case; kept for the readers that are asked next."""
    if not (_last and _last[0][0] is source):
        whole = joined(source)
        _last[:] = [(source, ("\n".join(source.lines) if whole is None else whole).lower())]
    return _last[0][1]


def remember(source: Source, text: str) -> None:
    """Keep the text from which the lines of a source were just cut, until the next one."""
    _joined[:] = [(source, text)]


def joined(source: Source) -> str | None:
    """The text from which the lines of a source were cut; None where that is not kept, or was not so."""
    return _joined[0][1] if _joined and _joined[0][0] is source else None
