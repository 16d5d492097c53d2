"""ICH408I, which takes several lines: which lines belong to a message, and what they say.

In a log each line may have a margin: a time stamp, a job, the letter and the number that tie the lines of one
message together. Source: facts on SAF, 4 and 7; the message's explanation in RACF Messages and Codes.
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.model.security import Denial, Security
from zcertlint.readers._security_parts import Parts
from zcertlint.readers._security_sheet import Sheet
from zcertlint.text.source import Source

__all__ = ["read_denials"]

_ID = "ICH408I"
_HEAD = re.compile(
    r"ICH408I\s+(?:USER\(\s*(?P<user>[^()\s]*)\s*\)(?:\s*GROUP\(\s*(?P<group>[^()\s]*)\s*\))?(?:\s*NAME\([^)]*\)?)?"
    r"|JOB\([^()]*\)\s*STEP\([^()]*\))\s*(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_MARGIN = re.compile(
    r"[>|\s]*(?:\d{2}[.:]\d{2}[.:]\d{2}(?:\.\d+)?\s+[A-Z]{1,3}\d{4,7}\s+)?(?:[DELS][RCI]?\s{2,}(?:\d{3}\s+)?(?:[0-9A-F]{8}\s+)?)?"
    r"(?:\d{1,4}\s{2,})?(?:ICH408I\s+)?"
)
_OPENED = re.compile(r"ICH408I\s+(?:USER|JOB)\(")
_MESSAGE = re.compile(r"(?:[A-Z]{3,5}\d{3,5}[A-Z]|\$HASP\d{3}|READY|END)\b")
_GAP = 3  # blank lines that a copy may have put between the lines of a message
_LINES = 24  # more than any message has
_LONGEST = 4096  # characters: a longer line is no line of a log


def read_denials(kind: str, source: Source) -> Facts:
    """Every refusal of a text."""
    sheet = Sheet(source, source.lines)
    denials: list[Denial] = []
    index = 0
    while index < len(source.lines):
        if _ID in source.lines[index]:
            index = _message(sheet, denials, index)
        else:
            index += 1
    return sheet.facts(kind, Security(denials=tuple(denials)))


def _message(sheet: Sheet, denials: list[Denial], start: int) -> int:
    """Read the message that begins on a line; the line after it."""
    line = sheet.lines[start]
    found = _HEAD.search(line) if len(line) <= _LONGEST else None
    if found is None:
        if _OPENED.search(line[:_LONGEST]):
            sheet.strange(start)  # cut within the user or the job
        return start + 1
    sheet.use(start)
    parts = Parts()
    parts.take(found["rest"].strip(), sure=True)
    last = _follow(sheet, parts, start)
    if parts.warned:
        return last + 1  # access was granted: nothing was refused
    if not parts.says_something:
        if not sheet.problems:
            expected = "the lines of ICH408I that say what was refused"
            sheet.cut(start, expected, "Give the whole message")
        return last + 1
    subject, issuer = parts.names()
    denials.append(
        Denial(
            _ID,
            sheet.span(start, _ID),
            user=found["user"] or None,
            group=found["group"] or None,
            resource=parts.resource,
            class_name=parts.class_name,
            intent=parts.intent,
            allowed=parts.allowed,
            reason=parts.reason,
            serial=parts.serial(),
            subject=subject,
            issuer=issuer,
        )
    )
    return last + 1


def _follow(sheet: Sheet, parts: Parts, start: int) -> int:
    """Take the lines that go on with a message; the last of them."""
    last = start
    gap = 0
    waiting: int | None = None
    for index in range(start + 1, min(start + _LINES, len(sheet.lines))):
        line = sheet.lines[index]
        if _OPENED.search(line[:_LONGEST]) or len(line) > _LONGEST:
            break
        text = line.strip()
        margin = _MARGIN.match(line)
        text = line[margin.end() :].rstrip() if margin else text
        if not text:
            gap += 1
            if gap > _GAP:
                break
            continue
        if _MESSAGE.match(text) and "CL(" not in text:
            break
        indented = margin is not None and margin.end() > 0 and not gap
        if not parts.take(text, sure=indented):
            if indented and parts.open and not parts.finished:
                sheet.strange(index)
                last, gap = index, 0
                continue
            break
        sheet.use(index)
        if parts.pending is not None and waiting is None:
            waiting = index
        last, gap = index, 0
    if waiting is not None and parts.class_name is None:
        sheet.strange(waiting)  # a word that nothing explains
    return last
