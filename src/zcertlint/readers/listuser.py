"""LISTUSER and LISTGRP: users with their attributes, groups and OMVS segments; the messages in their place."""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "LISTUSER or LISTGRP listing"

_SIGNS = lazy(
    r"^[ \t>01+*-]*(?:user=\S+(?:[ \t]+name=|[ \t]*$)|information for group \S"
    r"|ich300\d\di (?:unable to locate|not authorized|no user)|ich3200\di\b)"
    r"|\b(?:listgrp|lg)[ \t][^\n]*\n(?:[ \t>]*\n)?[ \t>]*ich51003i\b",
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether the text holds a listing of a user or a group, or a message of these commands."""
    if not source.lines:
        return False
    text = folded(source)
    signs = ("user=", "information for group", "ich300", "ich3200", "ich51003i")
    return any(sign in text for sign in signs) and _SIGNS.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """Every user, group and message of a transcript."""
    del context
    from zcertlint.readers._listuser_read import read_users  # noqa: PLC0415 (start-up: only where needed)

    return read_users(KIND, source)
