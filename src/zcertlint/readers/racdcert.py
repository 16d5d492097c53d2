"""RACDCERT output as people keep it: LIST, LISTRING, LISTMAP, LISTCHAIN, CHECKCERT and the messages.

Screens, batch output, USS output, pasted fragments; several commands in one file. What a listing cannot show
stays unknown, and what is cut is not used.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "RACDCERT transcript"

_SIGNS = (
    "digital certificate information for",
    "digital ring information for",
    "certificate label name",
    "mapping information for",
    "certificate id:",
)
_HINTS = ("ich408i", "irrd", "label:", "ring:", "cert owner", "chain information", "listto")
_SIGN_LINES = lazy(
    r"^[ \t]*racdcert\b[^\n]*\n[ \t>01+*-]*ich408i\b|^[^\n]{0,80}\bracdcert\b[^\n]*\blistto"
    r"|^[ \t>01+*-]*(?:irrd\d{3}i\b|label:[^\n]*\n[ \t>]*(?:status:|certificate id:)"
    r"|ring:[^\n]*\n[ \t]*(?=>)[^\n]*<[ \t]*$|chain information:[ \t]*$)"
    r"|cert owner\s+usage\s+default|\b(?:user \S+|certauth|site):[ ]*\n(?:[ \t>]*\n)?[ \t>]*label:",
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether the text holds a RACDCERT listing, a part of one, or a RACDCERT message."""
    if not source.lines:
        return False
    text = folded(source)
    if any(sign in text for sign in _SIGNS):
        return True
    return any(hint in text for hint in _HINTS) and _SIGN_LINES.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """Every certificate, ring, filter and message of a transcript."""
    from zcertlint.readers._racdcert_answer import read_transcript  # noqa: PLC0415 - most runs have few readers

    del context  # a listing needs no password
    return read_transcript(source, KIND)
