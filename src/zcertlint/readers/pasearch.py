"""Reports of pasearch: recognised and told, not read yet; the Policy Agent files say what they say."""

from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "pasearch report"

_SIGN = "tcp/ip pasearch cs "
_NEAR = 400


def recognise(source: Source) -> bool:
    """Whether the heading of pasearch stands there, with the name of the image."""
    if not source.lines:
        return False
    text = folded(source)
    place = text.find(_SIGN)
    return place >= 0 and "image name:" in text[place : place + _NEAR]


def read(source: Source, context: ReadContext) -> Facts:
    """Nothing of it, and a word that says so."""
    del context
    line = next(number for number, text in enumerate(source.lines, 1) if _SIGN in text.lower())
    problem = Problem(
        "IN008",
        source.span(line),
        "a report of pasearch is recognised, and not read yet",
        "Give the Policy Agent files themselves",
        fatal=False,
    )
    count = len(source.lines)
    return Facts(KIND, source.path, problems=(problem,), lines=(0, count, 0), marks=bytes(count))
