"""PEM blocks in any text, split by ourselves: one bad block must not hide the others."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import field

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["Block", "Broken", "blocks", "der_length", "starts"]

# Word processors make other dashes of hyphens, and lose some.
_DASHES = r"[-\u2010-\u2015\u2212]"
_BEGIN = lazy(rf"{_DASHES}{{1,8}} ?BEGIN ([A-Z0-9][A-Z0-9 .#/_-]{{0,60}}?){_DASHES}{{2,5}}")
_END = lazy(rf"{_DASHES}{{1,8}} ?END ([A-Z0-9][A-Z0-9 .#/_-]{{0,60}}?){_DASHES}{{2,5}}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_HEADER = lazy(r"[A-Za-z][A-Za-z0-9-]*:.*")
_LINE_NUMBER = lazy(r"\s*\d{6}[ :|]\s*")  # an editor shows them in front of each line
_INVISIBLE = dict.fromkeys((0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x2028, 0x85))
_LONG_FORM = 0x80
_SEQUENCE = 0x30


@dataclass(frozen=True, slots=True)
class Block:
    """A PEM block.

    Attributes:
        label: what stands behind BEGIN.
        line, column: of BEGIN, from 1; last: the line of END.
        data: the decoded content; it may be a secret, so it is in no repr.
        encrypted: whether a header says that the content is.
    """

    label: str
    line: int
    column: int
    last: int
    data: bytes = field(repr=False)
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A block that cannot be decoded: its label, lines, and the line and words of what is wrong.

    Attributes:
        elided: whether its author left lines out (``...``): an illustration, no damage.
    """

    label: str
    line: int
    column: int
    last: int
    at: int
    expected: str
    elided: bool = False


def starts(line: str) -> re.Match[str] | None:
    """The first BEGIN of a line."""
    return _BEGIN.search(line) if "BEGIN " in line else None


def blocks(source: Source) -> Iterator[Block | Broken]:
    """Every block of the text in order; indentation, text around and blank lines inside are accepted."""
    lines = source.lines
    number = place = 0
    while number < len(lines):
        begin = _BEGIN.search(lines[number], place) if lines[number].find("BEGIN ", place) >= 0 else None
        if begin is None:
            number, place = number + 1, 0
            continue
        block, number, place = _block(lines, number, begin)
        yield block


def _block(lines: tuple[str, ...], first: int, begin: re.Match[str]) -> tuple[Block | Broken, int, int]:
    """The block that begins here, and the line and the place in it behind the block."""
    label, column = begin[1], begin.start() + 1
    numbered = _LINE_NUMBER.fullmatch(lines[first], 0, begin.start()) is not None
    body: list[str] = []
    encrypted = elided = False
    bad: int | None = None
    for number in range(first, len(lines)):
        line = lines[number]
        # One block may stand on one line, as it does in JSON, and the next one behind it.
        start = begin.end() if number == first else 0
        another = _BEGIN.search(line, start) if line.find("BEGIN ", start) >= 0 else None
        stop = _width(line) if another is None else another.start()
        end = _END.search(line, start, stop) if line.find("END ", start, stop) >= 0 else None
        if another is not None and end is None:
            words = f"the end of the {label} block of line {first + 1}"
            last = max(number, first + 1)
            return Broken(label, first + 1, column, last, number + 1, words), number, another.start()
        part = line[start : stop if end is None else end.start()]
        if numbered and number > first:
            part = _LINE_NUMBER.sub("", part, count=1)
        part = _content(part)
        if _BASE64.fullmatch(part):
            body.append(part)
        elif _HEADER.fullmatch(part) and not any(body):
            encrypted = encrypted or "ENCRYPTED" in part
        elif bad is None and part:
            bad = number + 1
            elided = not part.strip(".\u2026")
        if end is not None:
            if bad is not None:
                words = "base64 text was expected inside the block"
                return Broken(label, first + 1, column, number + 1, bad, words, elided), number, end.end()
            found = _decoded(label, first, column, number, "".join(body), encrypted=encrypted)
            return found, number, end.end()
    words = f"an -----END {label}----- was expected below"
    return Broken(label, first + 1, column, first + 1, first + 1, words), first + 1, 0


def _width(line: str) -> int:
    """Where the text of a line ends: a data set with records of 80 has a sequence number behind column 72."""
    if len(line) >= 80 and line[72:80].isdigit() and not line[64:72].strip():  # noqa: PLR2004
        return 72
    return len(line)


def _content(part: str) -> str:
    """What a line of a block holds, without what its way here put around it."""
    if not part.isascii():
        part = part.translate(_INVISIBLE)
    if "\\" in part:
        part = part.replace("\\r", "").replace("\\n", "")
    return part.strip(" \t\r\n\"',>|").replace(" ", "").replace("\t", "")


def _decoded(label: str, first: int, column: int, last: int, text: str, *, encrypted: bool) -> Block | Broken:
    try:
        data = binascii.a2b_base64(text + "=" * (-len(text) % 4) if "=" not in text else text)
    except binascii.Error:
        return Broken(
            label,
            first + 1,
            column,
            last + 1,
            first + 1,
            "base64 text of a whole block was expected (is it cut?)",
        )
    return Block(label, first + 1, column, last + 1, data, encrypted)


def der_length(data: bytes) -> int | None:
    """How many bytes the SEQUENCE at the start of ``data`` takes; None when there is no whole one."""
    if len(data) < 2 or data[0] != _SEQUENCE:  # noqa: PLR2004
        return None
    if data[1] < _LONG_FORM:
        total = 2 + data[1]
    else:
        size = data[1] - _LONG_FORM
        if not 0 < size <= 4 or len(data) < 2 + size:  # noqa: PLR2004
            return None
        total = 2 + size + int.from_bytes(data[2 : 2 + size])
    return total if total <= len(data) else None
