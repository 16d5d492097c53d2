"""Top Secret: the key rings of ``TSS LIST(acid) KEYRING(ALL)``; what else a listing holds is told, not read.

Source: facts 13 (the shape of a key ring in a listing) and racf-commands 8 (the commands). No other shape is
known for certain, so nothing is concluded from one.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "Top Secret listing"

_SIGN = lazy(
    r"^[ \t>]*(?:keyring[ ]label[ ]*=|accessorid[ ]*=[ ]*\S"
    r"|acid\([^)\n]*\)[ ]+digicert\(|tss[ ]+list[ ]*\([^\n]*\n[ \t>]*\n?[ \t>]*(?:tss\d{4}[a-z]\b|acid\())",
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether a listing of Top Secret is in it; a job with TSS commands alone is none."""
    if not source.lines:
        return False
    text = folded(source)
    if not any(
        sign in text for sign in ("keyring label", "accessorid", "digicert(", "tss list", "tss  list")
    ):
        return False
    return _SIGN.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """The key rings whose owner is told and whose rows are whole."""
    from zcertlint.readers._tss_rings import read_listings  # noqa: PLC0415

    del context
    return read_listings(source, KIND)
