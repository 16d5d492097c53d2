"""The type of a plain YAML scalar, and values that must not be kept."""

import re
from functools import cache

from zcertlint.model.settings import Scalar

__all__ = ["is_secret", "masked", "told_of", "typed"]

_NULLS = {"", "~", "null", "Null", "NULL"}
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_SECRET_WORDS = ("password", "passphrase", "secret", "keymasked", "enckey")
_PURE_REFERENCE = r"\s*\$\{\{\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\s*\}\}\s*"
# In double quotes a shell expands or ends at these.
_SHELL = frozenset('$`"\\')
_LONGEST_NUMBER = 100  # Python refuses to convert very long ones, and none is meant as a number


@cache
def _number_forms() -> tuple[tuple[re.Pattern[str], int], ...]:
    return (
        (re.compile(r"[-+]?[0-9]+"), 10),
        (re.compile(r"0o[0-7]+"), 8),
        (re.compile(r"0x[0-9a-fA-F]+"), 16),
        (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), 0),
    )


def typed(text: str) -> Scalar:
    """The value of a plain scalar by the core schema of YAML 1.2: ``yes`` is text, ``0777`` is 777."""
    if text in _NULLS:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    if len(text) > _LONGEST_NUMBER or text[0] not in "+-.0123456789":
        return text
    for form, base in _number_forms():
        if form.fullmatch(text):
            return int(text, base) if base else float(text)
    return text


def is_secret(path: tuple[str, ...]) -> bool:
    """Whether the value at this path may be a password or a key."""
    return any(word in key.lower() for key in path for word in _SECRET_WORDS)


def masked(value: Scalar) -> Scalar:
    """What may be kept of a secret: that it is absent, empty, or the well-known literal ``password``.

    A template that only names another key is no secret either.
    """
    if value is None or value in {"", "password"}:
        return value
    if isinstance(value, str) and re.fullmatch(_PURE_REFERENCE, value):
        return value
    return "***"


def told_of(value: Scalar) -> tuple[str, ...]:
    """What may be said of a secret: that it was read as a number or a flag, that a shell would change it."""
    if isinstance(value, bool):
        return ("flag",)
    if isinstance(value, int | float):
        return ("number",)
    if isinstance(value, str) and "${{" not in value and _SHELL & set(value):
        return ("shell",)
    return ()
