"""Mails and tickets around a change: quote marks and fences are taken off, and prose is told from commands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zcertlint.fixes.job.lines import JobLine
from zcertlint.fixes.job.tso import VERBS, verb_of
from zcertlint.text.patterns import lazy

__all__ = ["is_mail", "jcl_of", "unmarked", "without_prose"]

_MARKS = lazy(r"(?:>[ \t]?)+")
_FENCE = lazy(r"\s*(?:>[ \t]?)*(?:```|~~~)")
_OPERAND = lazy(r"\w\((?!e?s\))")  # label(s) is a word
_QUOTED = lazy(r"(?:\s|\()'[A-Z0-9$#@.]+'")  # a data set
_HEADER = lazy(r"[A-Za-z][\w-]*:(?:\s|\Z)")  # of a mail
_FIRST = lazy(r"(?:From|Subject|Sent|To|Von|Betreff):\s", re.IGNORECASE)
_SENTENCE_END = (".", ":", "?", "!", ",", ";")
_LOWER = lazy(r"[a-z]+[,;]?")
_WORDS = 3  # in lower case, one after the other: no command has as many without a parenthesis
_RACF = frozenset(("RACDCERT", "SETROPTS", "SETR"))


def is_mail(lines: Sequence[str]) -> bool:
    """Whether it begins with a mail's headers, or lines are quoted or fenced; JCL may have such lines in its data."""
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("//"):
        return False
    return _FIRST.match(first) is not None or any(
        line.startswith(">") or _FENCE.match(line) for line in lines
    )


def unmarked(lines: Sequence[JobLine]) -> Iterator[JobLine]:
    """The lines without quote marks; fences are left out."""
    for line in lines:
        if _FENCE.match(line.text):
            continue
        marks = _MARKS.match(line.text)
        yield (
            line
            if marks is None
            else replace(line, text=line.text[marks.end() :], column=line.column + marks.end())
        )


def jcl_of(lines: Sequence[JobLine], is_card: re.Pattern[str]) -> list[JobLine]:
    """The lines from the first card on, without the prose behind the last; none where there is no JCL."""
    start = next((index for index, line in enumerate(lines) if is_card.match(line.text)), len(lines))
    # The JOB statement may be continued, and comments may stand in front of it.
    while 0 < start < len(lines) and lines[start - 1].text.startswith("//"):
        start -= 1
    kept = list(lines[start:])
    while kept and (not kept[-1].text.strip() or _is_prose(kept[-1].text)):
        kept.pop()
    return kept


def without_prose(lines: Sequence[JobLine]) -> list[JobLine]:
    """The lines that may be commands, or go on with one; what is neither stays to be told."""
    kept: list[JobLine] = []
    below = False  # a command stands right above
    for line in lines:
        text = line.text
        if not text.strip():
            kept.append(line)
            below = False
            continue
        goes_on = below and (kept[-1].text.rstrip()[-1:] in {"+", "-"} or text[:1].isspace())
        if goes_on or not _is_prose(text):
            kept.append(line)
            below = True
    return kept


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, a greeting or a header, and no part of a command."""
    text = text.strip()
    if _HEADER.match(text):
        return True
    if _OPERAND.search(text) or _QUOTED.search(text):
        return False
    if text.startswith(("//", "/*", "%")) or text == text.upper():
        return text.strip("-_=*~ ") == ""  # a rule
    if verb_of(text) not in VERBS:
        return True
    words = text.split()
    if text.endswith(_SENTENCE_END) or (words[0].istitle() and verb_of(text) not in _RACF):
        return True
    run = 0
    for word in words[1:]:
        run = run + 1 if _LOWER.fullmatch(word) else 0
        if run == _WORDS:
            return True
    return False
