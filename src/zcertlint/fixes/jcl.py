"""Jobs: cards, steps, in-stream data. Nothing here knows what a command means.

Rules (TSO/E User's Guide and JCL Reference): nothing beyond column 71; in-stream data by ``DD DATA,DLM=`` with
a delimiter that occurs nowhere in it; a command goes on in the next line after ``+``, which drops the leading
blanks there; IKJEFT1B ends the step at the first command that does not end with 0, IKJEFT01 goes on.
"""

import itertools
import string
import textwrap
from collections.abc import Iterable, Sequence

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.quote import escaped, shown

__all__ = [
    "WIDTH",
    "check_job",
    "command_step",
    "comment",
    "condition",
    "end_if",
    "idcams_step",
    "job_lines",
    "tso_lines",
    "tso_step",
]

WIDTH = 71
_INDENT = "   "
_DELIMITERS = ("$$", "@@", "##")  # and letters: other characters would need apostrophes in DLM=


def comment(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Comment cards; ``first`` leads the first line and ``rest`` the others."""
    safe = escaped(text)
    body = textwrap.wrap(
        safe,
        WIDTH - 4,
        initial_indent=first,
        subsequent_indent=rest if rest is not None else " " * len(first),
        break_on_hyphens=False,
    )
    return [f"//* {line}".rstrip() for line in body] or ["//*"]


def tso_lines(words: Sequence[str]) -> list[str]:
    """A command in lines; they are ended between words, inside a word only when it is too long for a line."""
    lines: list[str] = []
    current = " "
    for index, word in enumerate(words):
        last = index == len(words) - 1
        room = WIDTH if last else WIDTH - 2
        gap = "" if current.strip() == "" else " "
        if len(current) + len(gap) + len(word) <= room:
            current += gap + word
            continue
        if gap:
            lines.append(f"{current} +")
            current = _INDENT
        text = word
        while len(current) + len(text) > room:
            cut = _cut(text, min(WIDTH - 1 - len(current), len(text) - 1))
            lines.append(f"{current}{text[:cut]}+")
            current, text = _INDENT, text[cut:]
        current += text
    if current.endswith(("+", "-")):
        raise UnsafeValueError(f"TSO would go on after '{shown(words[-1])}': it ends with + or -")
    return [*lines, current]


def _cut(text: str, room: int) -> int:
    """Where to split a long word: not beside a blank (it would be dropped), not inside a doubled apostrophe."""
    for cut in range(room, 0, -1):
        quotes = len(text[:cut]) - len(text[:cut].rstrip("'"))
        if " " not in {text[cut - 1], text[cut]} and not (text[cut] == "'" and quotes):
            return cut
    for cut in range(room, 0, -1):
        quotes = len(text[:cut]) - len(text[:cut].rstrip("'"))
        if text[cut] != " " and (text[cut] != "'" or quotes % 2 == 0):
            return cut
    raise UnsafeValueError(f"'{shown(text)}' cannot be split over lines")


def _delimiter(lines: Iterable[str], wanted: str | None) -> str:
    text = "\n".join(lines)
    made = ("".join(pair) for pair in itertools.product(string.ascii_uppercase, repeat=2))
    for candidate in itertools.chain((wanted,) if wanted else (), _DELIMITERS, made):
        if candidate not in text:
            return candidate
    raise UnsafeValueError("no delimiter is left for the in-stream data")


def _card(name: str, rest: str) -> str:
    return f"//{name:<8} {rest}"


def _in_stream(name: str, lines: Sequence[str], wanted: str | None) -> list[str]:
    mark = _delimiter(lines, wanted)
    return [_card(name, f"DD DATA,DLM={mark}"), *lines, mark]


def tso_step(
    name: str, commands: Iterable[Command], *, goes_on: bool = False, mark: str | None = None
) -> list[str]:
    """A step that runs commands; ``goes_on`` after one that does not end with 0.

    ``mark`` ends the in-stream data, unless it stands in it.
    """
    return command_step(name, (command.render() for command in commands), goes_on=goes_on, mark=mark)


def command_step(
    name: str, commands: Iterable[Sequence[str]], *, goes_on: bool = False, mark: str | None = None
) -> list[str]:
    """The same for commands in words."""
    lines = [line for words in commands for line in tso_lines(words)]
    program = "IKJEFT01" if goes_on else "IKJEFT1B"
    return [
        _card(name, f"EXEC PGM={program},REGION=0M"),
        _card("SYSTSPRT", "DD SYSOUT=*"),
        *_in_stream("SYSTSIN", lines, mark),
    ]


def idcams_step(name: str, data_set: str, mark: str | None = None) -> list[str]:
    """A step that ends with 0 when the data set exists and with 4 when it does not."""
    return [
        _card(name, "EXEC PGM=IDCAMS"),
        _card("SYSPRINT", "DD SYSOUT=*"),
        *_in_stream("SYSIN", [f" LISTCAT ENTRIES('{data_set}')"], mark),
    ]


def condition(name: str, terms: Sequence[str], operator: str = "&") -> list[str]:
    """``// IF (a & b) THEN``, over as many lines as it needs."""
    words = [f"{term} {operator}" for term in terms[:-1]] + [f"{terms[-1]}) THEN"]
    lines: list[str] = []
    current = _card(name, "IF (")
    for word in words:
        gap = "" if current.endswith("(") else " "
        if len(current) + len(gap) + len(word) > WIDTH:
            lines.append(current)
            current, gap = "//             ", ""
        current += gap + word
    return [*lines, current]


def end_if(name: str) -> str:
    """The end of a condition."""
    return _card(name, "ENDIF")


def check_job(card: Sequence[str]) -> tuple[str, ...]:
    """The job card of the configuration.

    Raises:
        UnsafeValueError: it is no job card that can stand in front of the job.
    """
    lines = tuple(line.rstrip(" ") for line in card)
    if not lines or " JOB " not in f"{lines[0]} " or not lines[0].startswith("//"):
        raise UnsafeValueError("job.card: the first line must be a JOB statement (//NAME JOB ...)")
    for line in lines:
        if not line.startswith("//") or len(line) > WIDTH or any(not " " <= char <= "~" for char in line):
            raise UnsafeValueError(
                f"job.card: '{shown(line)}' must start with //, be plain text and end by column 71"
            )
    return lines


def job_lines(card: Sequence[str], body: Iterable[str]) -> str:
    """The whole job; every line is checked.

    Raises:
        UnsafeValueError: a line is too long or holds something that an upload would change.
    """
    lines = [*check_job(card), *body]
    for line in lines:
        if len(line) > WIDTH or any(not " " <= char <= "~" for char in line):
            raise UnsafeValueError(f"a line of the job cannot be written: '{shown(line)}'")
    return "\n".join(lines) + "\n"
