"""ACF2: recognised; what its listings look like is not known well enough to read key rings from them.

Read is the message that a key ring points at a certificate that is gone. A trace of R_datalib (SECTRACE) is
recognised and not used: it shows what one caller got, not what a key ring holds. Everything else is told to be
not understood. Source: facts 13.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "ACF2 listing"

_SIGN = lazy(
    r"^[ \t>]*(?:acf[0-9][0-9a-f][0-9]{3}\b|cas220\di\b|error encountered reading certdata record"
    r"|chkcert[ ]+(?:\w+\.\w|\w+[ ]+label[ ]*\())",
    re.MULTILINE,
)
_JOB = lazy(r"^//\S*[ ]+(?:job|exec|dd)\b", re.MULTILINE)


def recognise(source: Source) -> bool:
    """Whether messages, a trace or a certificate listing of ACF2 are in it; a job with its commands is none."""
    if not source.lines:
        return False
    text = folded(source)
    if not any(sign in text for sign in ("acf", "cas220", "certdata record", "chkcert")):
        return False
    return _SIGN.search(text) is not None and _JOB.search(text) is None


def read(source: Source, context: ReadContext) -> Facts:
    """No key rings: which records are missing, and what was not read."""
    from zcertlint.readers._acf2_messages import read_messages  # noqa: PLC0415

    del context
    return read_messages(source, KIND)
