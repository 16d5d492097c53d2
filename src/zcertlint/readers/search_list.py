"""SEARCH: the names of the profiles of a class. Without the echoed command a list of names says nothing."""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "SEARCH list"

# The command, or its beginning where it goes on in the next line.
_COMMAND = lazy(
    r"\b(?:search|sr)[ \t]+(?:nomask\b|all\b|[^\n]{0,200}\(|[^\n]{0,200}[-+][ \t]{0,80}$)", re.MULTILINE
)


def recognise(source: Source) -> bool:
    """Whether the text holds a SEARCH command that was answered, or its message."""
    if not source.lines:
        return False
    text = folded(source)
    if "ich31005i" in text:
        return True
    if not ("search" in text or "sr " in text) or _COMMAND.search(text) is None:
        return False
    from zcertlint.readers._search_read import is_search  # noqa: PLC0415 (start-up: only where needed)
    from zcertlint.text.envelope import transcript_of  # noqa: PLC0415

    return any(is_search(exchange) for exchange in transcript_of(source).exchanges)


def read(source: Source, context: ReadContext) -> Facts:
    """Every list of names of a transcript."""
    del context
    from zcertlint.readers._search_read import read_searches  # noqa: PLC0415 (start-up: only where needed)

    return read_searches(KIND, source)
