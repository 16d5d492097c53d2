"""A screen of SDSF that was scrolled right before it was copied: of a listing too little is left to know it."""

from zcertlint.model.facts import Facts, Problem
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["KIND_OF_SCREEN", "scrolled"]

KIND_OF_SCREEN = "SDSF screen"
_HEADING = lazy(r"\bSDSF OUTPUT DISPLAY\b.*\bCOLUMNS\s+(\d{1,5})\s*-\s*(\d{1,5})")
# What the right of a listing's lines holds: owners, usages, values between > and <, the end of a heading.
_TRACE = lazy(
    r"\b(?:PERSONAL|CERTAUTH|RACDCERT)\b|\bID\([A-Z0-9#@$]{1,8}\)|>[^<>]+<\s*\Z|tificate|formation for|\bIRRD\d"
)
_SHIFTED = 2  # the column from which SDSF shows a data set whole, where column 1 is carriage control


def scrolled(source: Source) -> Facts | None:
    """A file of no known kind in which SDSF says that its left is missing; None for any other.

    With traces of a listing it is an input that could not be read; else it may be anything, which is worth a warning.
    """
    for index, line in enumerate(source.lines):
        found = _HEADING.search(line)
        if found is None or int(found[1]) <= _SHIFTED:
            continue
        first, last = int(found[1]), int(found[2])
        listing = any(_TRACE.search(text) for text in source.lines if "SDSF" not in text)
        problem = Problem(
            "IN002",
            source.span(index + 1, line.strip()),
            f"this {'listing' if listing else 'output'} was copied from an SDSF screen scrolled right"
            f" (COLUMNS {first}-{last}): the first {first - 1} columns are missing",
            "Copy it again from column 1, or print it to a data set (XDC) and download that as text."
            " Nothing was concluded from it.",
            fatal=listing,
        )
        return Facts(KIND_OF_SCREEN, source.path, problems=(problem,), lines=(1, len(source.lines) - 1, 0))
    return None
