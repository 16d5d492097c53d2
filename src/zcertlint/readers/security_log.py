"""RACF's refusals (ICH408I) in job logs, the system log, screens and whatever people paste them into."""

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "security log"


def recognise(source: Source) -> bool:
    """Whether the text holds ICH408I with the user or job that was refused."""
    if not source.lines:
        return False
    text = folded(source)
    place = text.find("ich408i")
    while place >= 0:
        if text[place + 7 : place + 40].lstrip(" \t").startswith(("user(", "job(")):
            return True
        place = text.find("ich408i", place + 7)
    return False


def read(source: Source, context: ReadContext) -> Facts:
    """Every refusal; a message in WARNING mode refused nothing and is none."""
    del context
    from zcertlint.readers._security_denials import read_denials  # noqa: PLC0415 (start-up: only where needed)

    return read_denials(KIND, source)
