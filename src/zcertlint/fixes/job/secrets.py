"""The lines of a job as they may be shown: without passwords and keys, also where one goes on in the next line."""

from collections.abc import Iterator, Sequence

from zcertlint.fixes.job.lines import CommandText, Job
from zcertlint.fixes.job.tso import VERBS, verb_of
from zcertlint.text.passwords import first_end, secret_spans, unclosed
from zcertlint.text.secrets import mask
from zcertlint.text.source import Source

__all__ = ["hidden", "shown", "without_secrets"]

_HIDDEN = "*"
_LONGEST = 5  # lines over which a password may be spread


def without_secrets(source: Source, job: Job) -> tuple[str, ...]:
    """The lines of the job, its secrets replaced by stars."""
    lines = [list(line) for line in source.lines]
    for command, places in _places(job.commands):
        for start, end in places:
            _stars(lines, command, start, end)
    return tuple(mask(line)[0] for line in _closed(source.lines, ["".join(line) for line in lines]))


def _closed(raw: Sequence[str], shown_lines: list[str]) -> list[str]:
    """The lines where a secret is not closed on its own line and no command holds it: nothing reads such lines."""
    left = 0
    for number, line in enumerate(raw):
        if line.startswith(("//", "/*")) or verb_of(line) in VERBS:
            left = 0
        if left:
            end = first_end(line)
            shown_lines[number] = _HIDDEN * end + shown_lines[number][end:]
            left = left - 1 if end == len(line) else 0
        if unclosed(line.rstrip()):
            left = _LONGEST
    return shown_lines


def shown(commands: Sequence[CommandText]) -> list[str]:
    """The texts of commands that follow each other, with ``********`` in place of their secrets."""
    return [_without(command.text, places) for command, places in _places(commands)]


def hidden(text: str) -> str:
    """The text of one command, the same."""
    return _without(text, secret_spans(text))


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    kept, done = [], 0
    for start, end in places:
        kept += [text[done:start], _HIDDEN * 8]
        done = end
    return "".join([*kept, text[done:]])


def _places(commands: Sequence[CommandText]) -> Iterator[tuple[CommandText, list[tuple[int, int]]]]:
    """Where secrets stand in each command; one that is not closed goes on in what TSO takes for the next."""
    going_on = False
    for command in commands:
        text = command.text
        places = secret_spans(text)
        if going_on and verb_of(text) not in VERBS:
            end = first_end(text)
            going_on = end == len(text)
            places = [(0, end), *((start, stop) for start, stop in places if start > end)]
        else:
            going_on = False
        going_on = going_on or unclosed(text)
        yield command, places


def _stars(lines: list[list[str]], command: CommandText, start: int, end: int) -> None:
    for offset in range(start, end):
        place = command.span(offset, "x")
        if place.line is None or place.column is None or place.line > len(lines):
            continue
        line = lines[place.line - 1]
        if place.column <= len(line) and line[place.column - 1] != " ":
            line[place.column - 1] = _HIDDEN
