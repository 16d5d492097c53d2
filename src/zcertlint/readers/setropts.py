"""SETROPTS LIST: which classes are active, RACLISTed and generic; everything else there is only recognised."""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "SETROPTS listing"

_SIGN = lazy(
    r"^[ \t>\d\\]*(?:<[^\n>]*>)*(?:active classes|generic (?:profile|command) classes|global checking classes"
    r"|setr raclist classes|global=yes raclist only)[ \t]*=",
    re.MULTILINE,
)
_ECHO = lazy(
    r"^[ \t]*(?:\S*[$#%>][ \t]*)?(?:(?:tsocmd|tso|cmd)[ \t]+)?[\"']?setr(?:opts)?[ \t]+list\b", re.MULTILINE
)


def recognise(source: Source) -> bool:
    """Whether the text holds a list of classes as SETROPTS LIST prints it, or one that was refused."""
    if not source.lines:
        return False
    text = folded(source)
    if ("classes" in text or "raclist only" in text) and _SIGN.search(text) is not None:
        return True
    return "setr" in text and "not authorized" in text and _ECHO.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """Every class list and every refusal of a transcript."""
    del context  # a listing needs no password
    from zcertlint.readers._setropts_listing import read_listings  # noqa: PLC0415 (start-up)

    return read_listings(KIND, source)
