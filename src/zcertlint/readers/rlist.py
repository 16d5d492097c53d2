"""RLIST output as people keep it: profiles of general resources, their access lists and segments.

RLIST without ALL or AUTHUSER shows no access list; without the name of a segment, no segment. Then both stay
unknown.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "RLIST listing"

_SIGN = lazy(
    r"^[ \t>\d\\]*(?:<[^\n>]*>)*(?:class[ \t]+name[ \t]*$|level[ \t]+owner[ \t]+universal[ \t]+access[ \t]+your[ \t]"
    r"|ich13\d{3}i[ \t]+\S)",
    re.MULTILINE,
)
_ECHO = lazy(
    r"^[ \t]*(?:\S*[$#%>][ \t]*)?(?:(?:tsocmd|tso|cmd)[ \t]+)?[\"']?rl(?:ist)?[ \t]+[a-z@#$]\S{0,7}[ \t]+\S",
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether the text holds a heading or a message of RLIST, or an RLIST that was refused."""
    if not source.lines:
        return False
    text = folded(source)
    if ("class" in text or "universal" in text or "ich13" in text) and _SIGN.search(text) is not None:
        return True
    return (
        any(sign in text for sign in ("not authorized", "insufficient ", "columns "))
        and _ECHO.search(text) is not None
    )


def read(source: Source, context: ReadContext) -> Facts:
    """Every profile and every refusal of a transcript."""
    del context  # a listing needs no password
    from zcertlint.readers._rlist_listing import read_listings  # noqa: PLC0415 (start-up)

    return read_listings(KIND, source)
