"""Values in Markdown: nothing in a listing can end a table cell, open a tag or start a fence."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from zcertlint.report._words import flat, visible

__all__ = ["code", "fence", "md", "para", "table"]

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "\\": "&#92;"}


@cache
def _active() -> re.Pattern[str]:
    """What Markdown would act on inside a line; an underscore or an @ inside a word does nothing."""
    return re.compile(r"[\\`*\[\]~$]|(?<![A-Za-z0-9])[_@]|_(?![A-Za-z0-9])")


def md(text: str) -> str:
    """Text for a paragraph or a table cell: one line, shown as it is written."""
    escaped = _active().sub(lambda found: "\\" + found.group(), flat(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "\\|")


def code(text: str) -> str:
    """A value in fixed width, for a paragraph or a table cell."""
    shown = flat(text)
    if not shown.strip():
        return ""
    if "`" not in shown and "|" not in shown and shown == shown.strip():
        return f"`{shown}`"
    plain = "".join(_ENTITIES.get(char, char) for char in shown)
    return f"<code>{_active().sub(lambda found: f'&#{ord(found.group())};', plain)}</code>"


def para(text: str) -> str:
    """Text that begins a paragraph or a list item and so must not start a heading, a list or a block."""
    shown = md(text).strip()
    digits = len(shown) - len(shown.lstrip("0123456789"))
    if digits and shown[digits : digits + 1] in {".", ")"}:
        return f"{shown[:digits]}\\{shown[digits:]}"
    return "\\" + shown if shown[:1] in {"#", "-", "+", "=", ":"} else shown


def fence(text: str, language: str = "text") -> list[str]:
    """Lines of a code block that its text cannot close."""
    runs = re.findall(r"`+", text)
    bar = "`" * max(3, 1 + max(map(len, runs), default=0))
    return [bar + language, *(visible(line).rstrip() for line in text.strip("\n").split("\n")), bar]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell or " " for cell in line) + " |" for line in lines]
