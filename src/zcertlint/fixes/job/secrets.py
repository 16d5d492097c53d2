"""The lines of a job as they may be shown: without passwords and keys, also where one goes on in the next line."""

from zcertlint.fixes.job.lines import CommandText, Job
from zcertlint.fixes.job.words import TreeError, Word, parse
from zcertlint.text.patterns import lazy
from zcertlint.text.secrets import mask
from zcertlint.text.source import Source

__all__ = ["SECRETS", "hidden", "without_secrets"]

SECRETS = frozenset(("PASSWORD", "PHRASE", "KEYMASKED", "KEYENCRYPTED", "RVARYPW"))
_OPERAND = lazy(r"([A-Z]+)\s*\(")
_HIDDEN = "*"
_SHORTEST = 3  # letters of an abbreviation that is taken for one


def without_secrets(source: Source, job: Job) -> tuple[str, ...]:
    """The lines of the job, its secrets replaced by stars."""
    lines = [list(line) for line in source.lines]
    for command in job.commands:
        _hide(lines, command)
    return tuple(mask("".join(line))[0] for line in lines)


def hidden(text: str) -> str:
    """The text of a command with ``********`` in place of its secrets."""
    kept, done = [], 0
    for start, end in _places(text):
        kept += [text[done:start], _HIDDEN * 8]
        done = end
    return "".join([*kept, text[done:]])


def _hide(lines: list[list[str]], command: CommandText) -> None:
    for start, end in _places(command.text):
        _stars(lines, command, start, end)


def _places(text: str) -> list[tuple[int, int]]:
    """Where secrets stand, in order."""
    upper = text.upper()
    if not any(word[:_SHORTEST] in upper for word in SECRETS):
        return []
    try:
        return sorted(_spans(parse(text), text))
    except TreeError:
        # It cannot be taken apart, so everything behind the first such word may be secret.
        first = next((match for match in _OPERAND.finditer(upper) if _is_secret(match[1])), None)
        return [(first.end(), len(text))] if first is not None else []


def _is_secret(word: str) -> bool:
    upper = word.upper()
    return upper in SECRETS or (len(upper) >= _SHORTEST and any(name.startswith(upper) for name in SECRETS))


def _spans(words: tuple[Word, ...], text: str) -> list[tuple[int, int]]:
    """Where the values of secrets stand in the text."""
    found = []
    for word in words:
        if word.values is None:
            continue
        if _is_secret(word.text):
            start = text.find("(", word.offset) + 1
            found.append((start, start + len(word.inner)))
        else:
            found += _spans(word.values, text)
    return found


def _stars(lines: list[list[str]], command: CommandText, start: int, end: int) -> None:
    for offset in range(start, end):
        place = command.span(offset, "x")
        if place.line is None or place.column is None or place.line > len(lines):
            continue
        line = lines[place.line - 1]
        if place.column <= len(line) and line[place.column - 1] != " ":
            line[place.column - 1] = _HIDDEN
