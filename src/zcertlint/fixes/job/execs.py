"""REXX execs and CLISTs, as far as their commands are literal.

A clause of REXX is played when it is made of strings and of variables that are set once, to a literal; a line of a
CLIST when no other variable is left in it. What depends on a variable is told with its line, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from zcertlint.fixes.job.lines import CommandText, Guard, Job, JobLine, Note, Unreadable
from zcertlint.fixes.job.tso import commands_of, verb_of
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Span

__all__ = ["is_clist", "is_rexx", "read_clist", "read_rexx"]

_COMMANDS_TEXT = (
    "RACDCERT SETROPTS SETR PERMIT PE RDEFINE RDEF RALTER RALT RDELETE RDEL ALTUSER ALU ADDUSER AU DELUSER DU"
    " CONNECT CO REMOVE RE RLIST RL LISTUSER LU RACMAP"
)
_COMMANDS = tuple(_COMMANDS_TEXT.split())
_HEAD = lazy(r"\s*/\*.*\bREXX\b", re.IGNORECASE)
_ADDRESS = lazy(r"\s*ADDRESS\s+(?:TSO|'TSO'|\"TSO\")\s*", re.IGNORECASE)
_CONDITION = lazy(r"\s*(?:IF|WHEN|DO|SELECT|ELSE|THEN|OTHERWISE)\b", re.IGNORECASE)
_CLIST_HEAD = lazy(r"\s*PROC\s+\d", re.IGNORECASE)
_CLIST_SET = lazy(r"\s*SET\s+&?([A-Za-z]\w*)\s*=\s*(.*)", re.IGNORECASE)
_CLIST_WORDS_TEXT = (
    "PROC CONTROL WRITE WRITENR END EXIT RETURN GOTO ATTN ERROR GLOBAL NGLOBAL READ READDVAL OPENFILE CLOSFILE GETFILE"
    " PUTFILE ELSE SELECT WHEN OTHERWISE TERMIN SYSCALL SYSREF LISTDSI DATA ENDDATA DO IF"
)
_CLIST_WORDS = tuple(_CLIST_WORDS_TEXT.split())
_VARIABLE = lazy(r"&([A-Za-z]\w*)\.?")


def is_rexx(lines: Sequence[JobLine]) -> bool:
    """Whether it is a REXX exec: its first comment says so, or it addresses TSO."""
    first = next((line for line in lines if line.text.strip()), None)
    if first is not None and _HEAD.match(first.text):
        return True
    return any(_ADDRESS.match(line.text) for line in lines)


def is_clist(lines: Sequence[JobLine]) -> bool:
    """Whether it is a CLIST: it begins with PROC and a number, or sets a variable before it uses one."""
    return any(_CLIST_HEAD.match(line.text) or _CLIST_SET.match(line.text) for line in lines)


def _names_command(text: str) -> bool:
    upper = text.upper()
    return any(
        re.search(rf"\b{name}\b", upper) for name in ("RACDCERT", "SETROPTS", "PERMIT", "RDEFINE", "RALTER")
    )


def read_rexx(lines: Sequence[JobLine], path: str) -> Job:
    """The literal commands of an exec."""
    commands: list[CommandText] = []
    unreadable: list[Unreadable] = []
    index, nesting, comment = 0, 0, False
    constants = _constants(lines)
    when: tuple[Guard, ...] = ()
    while index < len(lines):
        first = lines[index]
        parts = []
        while True:
            text, comment = _rexx_line(lines[index].text, comment=comment)
            parts.append(replace(lines[index], text=text))
            index += 1
            if not text.rstrip().endswith(",") or index >= len(lines):
                break
        clause = " ".join(part.text.rstrip().removesuffix(",") for part in parts).strip()
        address = _ADDRESS.match(clause)
        body = clause[address.end() :] if address is not None else clause
        value = _expression(body, constants) if body[:1] in {"'", '"'} or _names_command(body) else None
        if value is not None and verb_of(value) in _COMMANDS:
            found = commands_of([JobLine(first.number, value)], path, records=False)
            commands += (replace(one, when=when if nesting else ()) for one in found)
        elif _names_command(clause) and not re.match(r"\s*SAY\b", clause, re.IGNORECASE) and value is None:
            why = "this command is made from variables; only what is literal can be read"
            unreadable.append(Unreadable(Span(path, first.number), why))
        if re.search(r"\bDO\b", clause, re.IGNORECASE) or _CONDITION.match(clause):
            nesting += bool(re.search(r"\b(?:DO|SELECT)\b", clause, re.IGNORECASE))
            when = (Guard(clause),)
        if re.match(r"\s*END\b", clause, re.IGNORECASE):
            nesting = max(0, nesting - 1)
    return Job(path, "REXX exec", tuple(commands), None, tuple(unreadable))


def _rexx_line(text: str, *, comment: bool) -> tuple[str, bool]:
    """A line without its comments; whether one goes on in the next."""
    kept: list[str] = []
    position, quote = 0, ""
    while position < len(text):
        char = text[position]
        if comment:
            end = text.find("*/", position)
            if end < 0:
                return "".join(kept), True
            position, comment = end + 2, False
            continue
        if not quote and text.startswith("/*", position):
            comment = True
            position += 2
            continue
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        kept.append(char)
        position += 1
    return "".join(kept), comment


_REXX_TOKEN = lazy(r"""(\s*)(?:("(?:[^"]|"")*"|'(?:[^']|'')*')|([A-Za-z_@#$!?][\w.@#$!?]*)|(\|\|)|;\s*\Z)""")
_REXX_SET = lazy(r"""\s*([A-Za-z_]\w*)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\d+)\s*;?\s*\Z""")
_REXX_CHANGED = lazy(r"(?:\bPARSE\b|\bARG\b|\bPULL\b|\bDO\s+\w+\s*=|\bINTERPRET\b)", re.IGNORECASE)


def _constants(lines: Sequence[JobLine]) -> dict[str, str]:
    """Variables that are set once, to a literal, at the beginning of a line, and nowhere else."""
    values: dict[str, str] = {}
    text = "\n".join(line.text for line in lines)
    if re.search(r"\bINTERPRET\b", text, re.IGNORECASE):
        return {}
    for line in lines:
        found = _REXX_SET.match(line.text)
        if found is not None:
            values[found[1].upper()] = _unquoted(found[2])
    changed = "\n".join(line.text for line in lines if _REXX_CHANGED.search(line.text)).upper()
    return {
        name: value
        for name, value in values.items()
        if len(re.findall(rf"(?im)(?:^|[;:]|\b(?:then|else|do|otherwise)\b)\s*{name}\s*=(?!=)", text)) == 1
        and not re.search(rf"\b{name}\b", changed)
    }


def _unquoted(text: str) -> str:
    quote = text[:1]
    return text[1:-1].replace(quote * 2, quote) if quote in {"'", '"'} else text


def _expression(body: str, constants: dict[str, str]) -> str | None:
    """The value of literals and constants that are put together; None when anything else stands there."""
    text, position, glued = "", 0, True
    body = body.strip()
    while position < len(body):
        token = _REXX_TOKEN.match(body, position)
        if token is None:
            return None
        position = token.end()
        if token[4] is not None:
            glued = True
            continue
        if token[2] is None and token[3] is None:
            continue
        value = _unquoted(token[2]) if token[2] is not None else constants.get(token[3].upper())
        if value is None:
            return None
        text += value if glued or not token[1] else f" {value}"
        glued = False
    return text


def read_clist(lines: Sequence[JobLine], path: str) -> Job:
    """The commands of a CLIST; a variable that is set once to a literal is put in."""
    values: dict[str, str | None] = {}
    for line in lines:
        found = _CLIST_SET.match(line.text)
        if found is not None:
            name, value = found[1].upper(), found[2].strip()
            literal = "&" not in value and not re.search(r"[+*/()-]", value)
            values[name] = value if literal and name not in values else None
    symbols = {name: value for name, value in values.items() if value is not None}
    commands: list[CommandText] = []
    unreadable: list[Unreadable] = []
    notes: list[Note] = []
    nesting = 0
    when: tuple[Guard, ...] = ()
    for one in commands_of(lines, path, records=False):
        verb = verb_of(one.text)
        if verb == "END":
            nesting = max(0, nesting - 1)
        if verb in _CLIST_WORDS or _CLIST_SET.match(one.text):
            if verb in {"IF", "DO", "SELECT"}:
                nesting += bool(re.search(r"\b(?:DO|SELECT)\b", one.text, re.IGNORECASE))
                when = (Guard(one.text.strip()),)
                inner = re.search(r"\bTHEN\s+(?!DO\b)(\S.*)", one.text, re.IGNORECASE)
                if inner is not None and _names_command(inner[1]):
                    commands.append(replace(one, text=inner[1], pieces=((0, one.line, 1),), when=when))
            continue
        text, unknown = _filled(one.text, symbols)
        if unknown and _names_command(text):
            why = f"the value of &{unknown[0]} in this command is not known"
            unreadable.append(Unreadable(one.span(), why))
            continue
        pieces = one.pieces if text == one.text else ((0, one.line, 1),)
        commands.append(replace(one, text=text, pieces=pieces, when=when if nesting else ()))
    return Job(path, "CLIST", tuple(commands), None, tuple(unreadable), tuple(notes))


def _filled(text: str, symbols: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    unknown: list[str] = []

    def put(match: re.Match[str]) -> str:
        name = match[1].upper()
        if name not in symbols:
            unknown.append(match[1])
            return match[0]
        return symbols[name]

    return _VARIABLE.sub(put, text), tuple(unknown)
