"""The text of an input in one piece and in lower case, in which readers look for what they know."""

from zcertlint.text.source import Source

__all__ = ["folded"]

_last: list[tuple[Source, str]] = []


def folded(source: Source) -> str:
    """The lines joined and in lower case; kept for the readers that are asked next."""
    if not (_last and _last[0][0] is source):
        _last[:] = [(source, "\n".join(source.lines).lower())]
    return _last[0][1]
