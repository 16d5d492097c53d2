"""What stands in front of lines, or instead of their signs: quote marks, carriage control, entities.

Works on stripped lines in place, and only where a sign of it was seen, so that a listing without any pays
nothing.
"""

import re
from collections.abc import Sequence

from zcertlint.text.commands import is_row
from zcertlint.text.patterns import lazy

__all__ = ["clean"]

_HEADINGS = (
    r"(?:Digital (?:certificate|ring) information|Mapping information|Label:|Ring:|READY\s*$|CLASS +NAME\s*$"
    r"|ATTRIBUTES = |USER=\S+ +NAME=|MVS TCP/IP |Home address list|Certificate Label Name|KEYRING LABEL ="
    r"|(?:RACDCERT|RLIST|SETROPTS|LISTUSER|LISTGRP|SEARCH|NETSTAT|TSS)\s|(?:IRR|ICH|ACF|TSS)[A-Z]?\d{3,5}[A-Z]?\s)"
)
_QUOTED = lazy(rf"(?:>\s?)+\s*{_HEADINGS}", re.IGNORECASE)
_PAGE_ONE = lazy(r"1(?:READY\s*$|\s*J\s*E\s*S\s*2\s|\s*JES2 JOB)")
_ESCAPED = lazy(r"\\(?=[>*_#`\[\]<&~|\\.+-])")
_ENTITY = lazy(r"&(?:[lg]t|amp|quot|apos|nbsp|#\d{1,5}|#x[0-9A-Fa-f]{1,4});")
_HTML = lazy(r"<(?:!DOCTYPE html|html|body|pre|code|table|td|p|div|samp)\b[^<>]*>", re.IGNORECASE)
_TAG_IN_FRONT = lazy(r"<(?:pre|code|div|p|td|samp)\b[^<>]*>(?:\s*<code\b[^<>]*>)?", re.IGNORECASE)
_TAG_BEHIND = lazy(r"(?:<br ?/?>|</(?:pre|code|div|p|td|samp)>)+$", re.IGNORECASE)
_BEHIND_MARK = frozenset(("", ">", " ", "\t"))
_DEEPEST = 24  # quotes in quotes
_SEVERAL = 3


def clean(lines: Sequence[str], texts: list[str]) -> None:
    """Take the margins off.

    Args:
        lines: as they stand in the file.
        texts: the lines without blanks around them; changed in place.
    """
    _carriage_control(lines, texts)
    _entities(texts)
    _unquote(texts)
    _unescape(texts)


def _carriage_control(lines: Sequence[str], texts: list[str]) -> None:
    """From a first page on, for as long as every line begins with a sign of ANSI carriage control."""
    here = 0
    while here < len(texts):
        if texts[here][:1] == "1" and lines[here][:1] == "1" and _PAGE_ONE.match(texts[here]):
            while here < len(texts) and lines[here][:1] in {"", " ", "0", "1", "+", "-"}:
                texts[here] = lines[here][1:].strip()
                here += 1
        here += 1


def _entities(texts: list[str]) -> None:
    """HTML: where ``>`` is written as an entity, ``&`` is too."""
    from html import unescape  # noqa: PLC0415 (few inputs are HTML)

    # A piece of a name, ``>…<``, can be written so by nothing else.
    escaped = any(text.startswith("&gt;") and "&lt;" in text for text in texts) or (
        any(text[:1] == "<" and _HTML.match(text) and not is_row(text) for text in texts)
        and any("</" in text for text in texts)  # a label may look like a tag
    )
    for index, text in enumerate(texts):
        if "<" in text and not is_row(text):
            text = _TAG_BEHIND.sub("", text)  # noqa: PLW2901
            if found := _TAG_IN_FRONT.match(text):
                text = text[found.end() :]  # noqa: PLW2901
        if escaped and "&" in text:
            text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)  # noqa: PLW2901
        texts[index] = text.strip()


def _unescape(texts: list[str]) -> None:
    r"""Markdown source of somebody who wrote ``\>name<``: backslashes go where one stands before such a sign."""
    escaped = any(text.startswith(("\\>", "\\*")) and not is_row(text) for text in texts)
    for index, text in enumerate(texts):
        if escaped and "\\" in text:
            texts[index] = _ESCAPED.sub("", text)


def _unquote(texts: list[str]) -> None:
    """Take the quote marks off each run of lines that all have one, as many as stand before a heading."""
    index = 0
    while index < len(texts):
        if texts[index][:1] != ">":
            index += 1
            continue
        start = end = index
        while index < len(texts) and texts[index][:1] in {">", ""}:
            index += 1
            if texts[index - 1]:
                end = index
        run = texts[start:end]
        if any(map(_is_quoted, run)):
            texts[start:end] = _unquoted(run)
        elif _is_a_quote(run):
            texts[start:end] = [text[1:].strip() for text in run]


def _unquoted(run: list[str]) -> list[str]:
    for _ in range(_DEEPEST):
        if not any(map(_is_quoted, run)):
            break
        # A reply inside the quote may stand less deep: it keeps what it has. So does a piece of a name.
        run = [
            text[1:].strip()
            if text[:1] == ">" and (text[1:2] in _BEHIND_MARK or text[-1:] != "<" or _is_quoted(text))
            else text
            for text in run
        ]
    return run


def _is_a_quote(run: list[str]) -> bool:
    """Whether so many lines have a mark with a blank that they can be no pieces of a name.

    Nor are they rows of a key ring whose labels begin so, below a heading without a mark.
    """
    marked = [text for text in run if len(text) > 1]
    if len(marked) < _SEVERAL or all(map(is_row, marked)):
        return False
    return all(text[1] in " \t" and text[-1] != "<" for text in marked)


def _is_quoted(text: str) -> bool:
    """Whether a heading is quoted; ``>Label: x<`` is a piece of a name."""
    return text[:1] == ">" and text[-1:] != "<" and _QUOTED.match(text) is not None
