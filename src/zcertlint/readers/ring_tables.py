"""Key rings as R_datalib shows them: what keyring-util, zowex and checkAMS print, and tables made of it.

Owners are RACF's internal ones (``irrcerta``, ``irrsitec``), the usage may be ``OTHER``, and a trust status
stands beside it. Sources: facts 1 (R_datalib view); keyring-util's and zowex's own print statements.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "key ring table"

_SIGN = lazy(
    r"^[ \t>]*certificate: [^\n]*\n[ \t>]*owner:"
    r"|^[ \t>]*owner [^\n/]{1,8}/[^\n]*\n[ \t>]*usage:"
    r"|^[ \t>]*(?=[^\n]*\|[ `*]*(?:label|alias|certificate)[ `*]*\|)(?=[^\n]*\|[ `*]*owner[ `*]*\|)"
    r"\|[^\n]*\|[ `*]*usage[ `*]*\|",
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether a listing of keyring-util, zowex or checkAMS, or a table of label, owner and usage, is in it."""
    if not source.lines:
        return False
    text = folded(source)
    if "r_datalib call failed" in text and ("keyring-util" in text or "zowex" in text):
        return True
    return "owner" in text and "usage" in text and _SIGN.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """The rings whose owner and name are told, and the trust status of their certificates."""
    from zcertlint.readers._ring_tables_read import read_tables  # noqa: PLC0415

    del context
    return read_tables(source, KIND)
