"""JCL statements: cards put together, their operands taken apart, symbols put in.

Source of the rules: z/OS MVS JCL Reference. Columns 1 to 71 are read; operands go on when they end with a comma, on
a card with ``//`` and blanks; a value in apostrophes that reaches column 71 goes on in column 16.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from zcertlint.fixes.job.lines import JobLine
from zcertlint.model.change import Slip, SlipKind
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Span

__all__ = ["Card", "read_card", "substituted", "unquoted"]

_END = 71
_QUOTED_START = 15  # column 16
_CARD = lazy(r"//(?P<name>[^\s*]\S*)?\s+(?P<op>[A-Za-z]+)(?:\s+(?P<rest>.*))?")
_SYMBOL = lazy(r"&&|&([A-Za-z$#@][A-Za-z0-9$#@]{0,7})\.?")


@dataclass(frozen=True, slots=True)
class Card:
    """One JCL statement.

    Attributes:
        name, op: as written, in upper case; the name of a DD without the step in front of it.
        operands: (keyword or "", value) in order; values in parentheses keep them.
        text: of the operands. line, column: where they begin.
        open: whether it promises to go on and does not.
    """

    name: str
    op: str
    operands: tuple[tuple[str, str], ...]
    text: str
    line: int
    column: int
    slips: tuple[Slip, ...] = field(default=())
    open: bool = False

    def value(self, keyword: str) -> str | None:
        """The value of a keyword."""
        return next((value for name, value in self.operands if name == keyword), None)

    def first(self) -> str:
        """The first positional operand."""
        return next((value for name, value in self.operands if not name), "")


def read_card(lines: Sequence[JobLine], index: int, path: str) -> tuple[Card | None, int]:
    """The statement that begins at ``index`` and the index behind it; None when it is none."""
    first = lines[index]
    match = _CARD.match(first.text[:_END].rstrip())
    if match is None:
        return None, index + 1
    op = match["op"].upper()
    rest = match["rest"] or ""
    column = match.start("rest") + 1 if match["rest"] else len(first.text) + 1
    slips = [*_margin(first, path)]
    index += 1
    if op == "IF":
        text, index = _condition(lines, index, rest)
        return Card((match["name"] or "").upper(), op, (("", text),), text, first.number, column), index
    if op not in {"JOB", "EXEC", "DD", "SET", "EXPORT", "INCLUDE", "JCLLIB", "OUTPUT", "PROC"}:
        return Card((match["name"] or "").upper(), op, (), rest, first.number, column), index
    text, going_on = _field(rest)
    while going_on and index < len(lines) and _goes_on(lines[index].text):
        if not lines[index].text.startswith("//*"):
            card = lines[index].text[:_END]
            slips += _margin(lines[index], path)
            more = card[_QUOTED_START:] if going_on == "'" else card[2:].strip()
            text, going_on = _field(text + more.rstrip() if going_on != "'" else text + more)
        index += 1
    name = (match["name"] or "").upper().rpartition(".")[2]
    operands = tuple(_operands(text))
    made = Card(name, op, operands, text, first.number, column, tuple(slips), open=bool(going_on))
    return made, index


def _goes_on(text: str) -> bool:
    return text.startswith(("//*", "// "))


def _margin(line: JobLine, path: str) -> list[Slip]:
    """A statement that runs over column 71 loses its end."""
    text = line.text
    if len(text) <= _END or text.startswith("//*") or text[_END - 1 : _END + 1].strip() == "":
        return []
    if " " in text[_END - 1 : _END + 1] or _field(text[:_END].partition(" ")[2].lstrip())[1] == "'":
        return []
    beyond = text[_END:].split(" ", 1)[0]
    # A single sign in column 72 asks for a continuation.
    return (
        [Slip(SlipKind.BEYOND, Span(path, line.number, _END + 1, beyond), beyond)] if len(beyond) > 1 else []
    )


def _condition(lines: Sequence[JobLine], index: int, text: str) -> tuple[str, int]:
    """The expression of an IF, over as many cards as it takes."""
    while not re.search(r"\bTHEN\b", text, re.IGNORECASE) and index < len(lines):
        if not lines[index].text.startswith("// "):
            break
        text = f"{text} {lines[index].text[2:_END].strip()}"
        index += 1
    return re.split(r"\bTHEN\b", text, maxsplit=1, flags=re.IGNORECASE)[0].strip(), index


def _field(text: str) -> tuple[str, str]:
    """The operands without the comment behind them; ``,`` or ``'`` when they go on."""
    quoted = False
    for position, char in enumerate(text):
        if char == "'":
            quoted = not quoted
        elif char == " " and not quoted:
            text = text[:position]
            break
    if quoted:
        return text, "'"
    return text, "," if text.endswith(",") else ""


def _operands(text: str) -> list[tuple[str, str]]:
    found = []
    for part in _split(text):
        name, equals, value = part.partition("=")
        if equals and re.fullmatch(r"[A-Za-z0-9$#@.]+", name):
            found.append((name.upper(), value))
        elif part:
            found.append(("", part))
    return found


def _split(text: str) -> list[str]:
    """At the commas outside parentheses and apostrophes."""
    parts, depth, quoted, start = [], 0, False, 0
    for position, char in enumerate(text):
        if char == "'":
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            if char == "," and depth <= 0:
                parts.append(text[start:position])
                start = position + 1
    return [*parts, text[start:]]


def unquoted(value: str) -> str:
    """A value of JCL without its apostrophes."""
    if len(value) > 1 and value.startswith("'") and value.endswith("'"):
        return value[1:-1].replace("''", "'")
    return value


def substituted(text: str, symbols: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A text with its symbols put in, and the names of those that are not known."""
    unknown: list[str] = []

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return "&"
        name = match[1].upper()
        if name not in symbols:
            unknown.append(name)
            return match[0]
        return symbols[name]

    return _SYMBOL.sub(put, text), tuple(unknown)
