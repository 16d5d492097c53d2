"""The last guard for secrets: a source line that is quoted may hold a password beside the value."""

import re
from collections.abc import Sequence
from functools import cache

__all__ = ["in_private_key", "mask"]

_STARS = "********"
_BEGIN = "-----BEGIN "
_END = "-----END "
_LONGEST_PEM_KEY = 400  # lines; a DSA or RSA 16384 key in PEM has fewer than 250


@cache
def _secret() -> re.Pattern[str]:
    """The name of a secret, what stands between, and in a group the value."""
    name = r"(?:password|passphrase|passwd|passcode|storepass|keypass|phrase|secret|keymasked|kaes256)"
    option = r"(?<!\S)-(?:store|key|src|dest)*pass(?:word|in|out)?\s+"
    value = r"""("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,'"){}\]]+)"""
    return re.compile(rf"(?i)(?:\b[\w.-]*{name}[\"']?\s*[:=(]\s*|{option}){value}")


def mask(line: str, column: int | None = None) -> tuple[str, int | None]:
    """The line with the values of secrets replaced, and the column moved with what it points at."""
    lower = line.lower()
    if not any(word in lower for word in ("pass", "phrase", "secret", "keymasked", "kaes256")):
        return line, column
    parts: list[str] = []
    done = 0
    moved = column
    for match in _secret().finditer(line):
        start, end = match.span(1)
        parts += [line[done:start], _STARS]
        if column is not None and moved is not None and column - 1 >= end:
            moved += len(_STARS) - (end - start)
        done = end
    return "".join([*parts, line[done:]]), moved


def in_private_key(lines: Sequence[str], number: int) -> bool:
    """Whether line ``number`` (from 1) lies inside a private key in PEM."""
    for line in reversed(lines[max(0, number - 1 - _LONGEST_PEM_KEY) : number - 1]):
        if _END in line:
            return False
        if _BEGIN in line:
            return "PRIVATE KEY" in line and _END not in lines[number - 1]
    return False
