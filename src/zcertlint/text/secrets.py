"""The last guard for secrets: a source line that is quoted may hold a password beside the value."""

import re
from collections.abc import Sequence
from functools import cache

from zcertlint.text.passwords import secret_spans

__all__ = ["in_private_key", "mask", "policy_password", "secret_lines"]

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


@cache
def _policy_password() -> re.Pattern[str]:
    """A parameter of Policy Agent that holds a password, and in a group its value: the rest of the line."""
    return re.compile(
        r"(?i)(?<![\w.-])(?:keyring_?p(?!arms)\w*|\w*user_pw|\w*password|\w*passphrase)[ \t]+(\S.*)"
    )


def policy_password(line: str) -> int | None:
    """Where in a line of a Policy Agent file a parameter with a password begins (from 0), also in a comment.

    ``KeyringPw`` and ``GSK_LDAP_User_PW`` are such, and whatever is called a password.
    """
    lower = line.lower()
    if "pw" not in lower and "pass" not in lower:
        return None
    found = _policy_password().search(line)
    return None if found is None else found.start()


@cache
def _unmistakable() -> re.Pattern[str]:
    """As above, but no word that stands in sentences."""
    return re.compile(r"(?i)(?<![\w.-])(?:keyring_?p(?!arms)\w*|gsk_\w*_pw)[ \t]+(\S.*)")


def mask(line: str, column: int | None = None) -> tuple[str, int | None]:
    """The line with the values of secrets replaced, and the column moved with what it points at."""
    lower = line.lower()
    if ("keyring" in lower or "_pw" in lower) and (found := _unmistakable().search(line)) is not None:
        line = line[: found.start(1)] + _STARS
        lower = line.lower()
    spans = secret_spans(line, tight=True)
    if any(word in lower for word in ("pass", "phrase", "secret", "keymasked", "kaes256")):
        spans += [match.span(1) for match in _secret().finditer(line)]
    if not spans:
        return line, column
    parts: list[str] = []
    done = 0
    moved = column
    for start, end in _merged(spans):
        parts += [line[done:start], _STARS]
        if column is not None and moved is not None and column - 1 >= end:
            moved += len(_STARS) - (end - start)
        done = end
    return "".join([*parts, line[done:]]), moved


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def in_private_key(lines: Sequence[str], number: int) -> bool:
    """Whether line ``number`` (from 1) lies inside a private key in PEM."""
    for line in reversed(lines[max(0, number - 1 - _LONGEST_PEM_KEY) : number - 1]):
        if _END in line:
            return False
        if _BEGIN in line:
            return "PRIVATE KEY" in line and _END not in lines[number - 1]
    return False


@cache
def _secret_key() -> re.Pattern[str]:
    """A YAML key that names a secret and has its value, if any, on this line."""
    name = r"(?:password|passphrase|passwd|passcode|storepass|keypass|phrase|secret|keymasked|kaes256)"
    return re.compile(rf"(?i)(\s*(?:-\s+)?)[\"']?[\w.-]*{name}[\w.-]*[\"']?\s*:\s*(.*)")


def secret_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of a YAML file (from 0) that hold a secret, also as a block below its key.

    The word ``password`` itself, which Zowe expects for a key ring, and an empty value are no secrets.
    """
    found = set()
    for number, line in enumerate(lines):
        key = _secret_key().match(line)
        value = key[2].partition(" #")[0].strip() if key is not None else ""
        if key is not None and (value in {'""', "''"} or value.strip("\"'") in {"password", "{}", "[]"}):
            continue
        if key is not None and (not value or value[0] in "|>&!"):
            below = number + 1
            while below < len(lines) and (not lines[below].strip() or _indent(lines[below]) > _indent(line)):
                found.add(below)
                below += 1
        elif mask(line)[0] != line:
            found.add(number)
    return frozenset(found)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
