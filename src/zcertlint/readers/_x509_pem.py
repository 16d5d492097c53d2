"""PEM blocks in any text, split by ourselves: one bad block must not hide the others."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import field

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["Block", "Broken", "blocks", "der_length"]

_BEGIN = lazy(r"-----BEGIN ([A-Z0-9][A-Z0-9 .#/_-]{0,60}?)-----")
_END = lazy(r"-----END ([A-Z0-9][A-Z0-9 .#/_-]{0,60}?)-----")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_HEADER = lazy(r"[A-Za-z][A-Za-z0-9-]*:.*")
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


def blocks(source: Source) -> Iterator[Block | Broken]:
    """Every block of the text in order; indentation, text around and blank lines inside are accepted."""
    number = 0
    lines = source.lines
    while number < len(lines):
        begin = _BEGIN.search(lines[number]) if "-----BEGIN " in lines[number] else None
        if begin is None:
            number += 1
            continue
        block = _block(lines, number, begin)
        yield block
        # A block without end may hide the begin of the next one on its last line.
        number = max(number + 1, block.last)


def _block(lines: tuple[str, ...], first: int, begin: re.Match[str]) -> Block | Broken:
    label, column = begin[1], begin.start() + 1
    # One block may stand on one line, as it does in JSON.
    rest = lines[first][begin.end() :]
    body: list[str] = []
    encrypted = False
    bad: int | None = None
    elided = False
    for number in range(first, len(lines)):
        text = rest if number == first else lines[number]
        if number > first and "-----BEGIN " in text:
            return Broken(
                label,
                first + 1,
                column,
                number,
                number + 1,
                f"the end of the {label} block of line {first + 1}",
            )
        end = _END.search(text)
        part = (text[: end.start()] if end is not None else text).replace("\\n", "").strip(" \t\r\n\"',>|")
        part = part.replace(" ", "").replace("\t", "")
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
                return Broken(label, first + 1, column, number + 1, bad, words, elided)
            return _decoded(label, first, column, number, "".join(body), encrypted=encrypted)
    return Broken(
        label, first + 1, column, first + 1, first + 1, f"an -----END {label}----- was expected below"
    )


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
