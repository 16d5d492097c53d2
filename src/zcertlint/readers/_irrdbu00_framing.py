"""How the records of an unload are told apart in a file, and in which code they are written.

An unload is a VB data set. It reaches us as text (LF, CRLF, CR or NEL; trailing blanks kept or lost; UTF-8 or
Latin-1), or in binary: EBCDIC with NEL, with record descriptor words (RDW), or padded to one length.
"""

import codecs
from collections.abc import Callable, Iterator
from enum import Enum

from zcertlint.readers import ByteStream
from zcertlint.readers._irrdbu00_layout import CLASS_AT, TYPES
from zcertlint.records import dataclass

__all__ = ["LONGEST", "NO_RECORD", "Block", "Cut", "Framing", "framing_of"]

NO_RECORD = b"\0"
"""Stands for what is no whole record."""
LONGEST = 1 << 16  # bytes; a data set's record has at most half of that
_CHUNK = 1 << 17  # what the nearest memory holds is cut fastest
_BLOCK = 4096  # records with RDW that are handed on together
_RDW = 4
_LEAD = 24  # lines of other text that may stand above the first record
_SAMPLE = 40  # records that are looked at
_MOST = 0.8  # share of them that must be records
_ASCII_TYPES = frozenset(name.encode() for name in TYPES)
_EBCDIC_TYPES = frozenset(name.encode("cp037") for name in TYPES)
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@#$")
_SPECIAL_USERS = {"irrcerta", "irrsitec", "irrmulti"}
_USER_SIDE = ("01", "02")
_DATA_SET = "04"


Block = tuple[list[bytes], bool]
"""Records, and whether each byte of theirs is surely one character."""


class Kind(Enum):
    """How records end."""

    LINES = "line ends"
    RDW = "record descriptor words"
    FIXED = "one length"


class Cut(Enum):
    """How a file ended before its end."""

    NO_LINE_END = "no line end"
    IN_RECORD = "inside a record"
    BROKEN = "no record where one should begin"


@dataclass(slots=True)
class Framing:
    """The records of a file.

    Attributes:
        kind, separator, width: how records end. page: an EBCDIC code page, or None for text.
        skip: bytes before the first record (a byte order mark).
        cut: set when all was read, if the file does not end as it should.
    """

    kind: Kind
    separator: bytes = b"\n"
    width: int = 0
    page: str | None = None
    skip: int = 0
    cut: Cut | None = None

    def encode(self, text: str) -> bytes:
        """A type or class as it stands in the file."""
        return text.encode("cp037") if self.page else text.encode()

    @property
    def decoder(self) -> Callable[[bytes], str]:
        """From a record to its text; a line that is no UTF-8 is Latin-1."""
        if self.page is None:
            return _text
        from zcertlint.text.codepages import table  # noqa: PLC0415 - few unloads are EBCDIC

        characters = table(self.page)
        return lambda line: codecs.charmap_decode(line, "replace", characters)[0]

    def blocks(self, file: ByteStream) -> Iterator[Block]:
        """All records, many at a time, each once, in the order of the file."""
        if self.skip:
            file.read(self.skip)
        if self.kind is Kind.LINES:
            return self._lines(file)
        return self._descriptors(file) if self.kind is Kind.RDW else self._fixed(file)

    def _lines(self, file: ByteStream) -> Iterator[Block]:
        """A line of more than :data:`LONGEST` bytes is handed on as :data:`NO_RECORD`."""
        separator, one_byte = self.separator, self.page is not None
        pair = b"\r" + separator  # as in CRLF; some lines of a file may lack one of the two
        mixed = b"\r" not in separator
        carry, over = b"", False
        while data := file.read(_CHUNK):
            if len(separator) > 1 or carry[-1:] == b"\r":  # it may be parted between two chunks
                data, carry = carry + data, b""
            if mixed and b"\r" in data:  # one byte is found ten times as fast as two
                data = data.replace(pair, separator)
            plain = one_byte or (data.isascii() and carry.isascii())
            lines = data.split(separator)
            lines[0] = carry + lines[0]
            carry = lines.pop()
            if over and lines:
                lines[0], over = NO_RECORD, False
            if over or len(carry) > LONGEST:
                carry, over = carry[-1:], True
            if lines:
                yield lines, plain
        if over or carry:
            # Nobody can tell whether the last record is all there, so none of it is handed on.
            self.cut = Cut.NO_LINE_END
            yield [NO_RECORD], True

    def _descriptors(self, file: ByteStream) -> Iterator[Block]:
        data, at = b"", 0
        records: list[bytes] = []
        while more := file.read(_CHUNK):
            data, at = data[at:] + more, 0
            while len(data) - at >= _RDW:
                size = data[at] << 8 | data[at + 1]
                if size < _RDW or data[at + 2] or data[at + 3]:
                    self.cut = Cut.BROKEN
                    records.append(NO_RECORD)
                    break
                if len(data) - at < size:
                    break
                records.append(data[at + _RDW : at + size])
                at += size
            if records and (len(records) >= _BLOCK or self.cut):
                yield records, True
                records = []
            if self.cut:
                return
        if at < len(data):
            self.cut = Cut.IN_RECORD
            records.append(NO_RECORD)
        if records:
            yield records, True

    def _fixed(self, file: ByteStream) -> Iterator[Block]:
        data, width = b"", self.width
        while more := file.read(_CHUNK):
            data += more
            end = len(data) - len(data) % width
            if end:
                yield [data[at : at + width] for at in range(0, end, width)], self.page is not None
            data = data[end:]
        if data:
            self.cut = Cut.IN_RECORD
            yield [NO_RECORD], True


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def framing_of(head: bytes) -> Framing | None:
    """How a file with this beginning is framed; None for a file that is no unload."""
    if head[2:4] == b"\0\0" and head[4:8] in _EBCDIC_TYPES:
        return _with_records(Framing(Kind.RDW, page="cp1047"), head)
    if head[:4] in _EBCDIC_TYPES:
        return _ebcdic(head)
    skip = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    at = skip
    for _ in range(_LEAD):
        if head[at : at + 4] in _ASCII_TYPES and head[at + 4 : at + 5] == b" ":
            break
        at = head.find(b"\n", at) + 1
        if at == 0:
            return None
    else:
        return None
    first = head[skip : at + LONGEST]
    separator = next((end for end in (b"\n", b"\r", b"\xc2\x85") if end in first), b"")
    if not separator:
        found = _width(head, _ASCII_TYPES, b" ")
        return _with_records(Framing(Kind.FIXED, width=found), head) if found else _alone(head, skip)
    return _with_records(Framing(Kind.LINES, separator, skip=skip), head)


def _alone(head: bytes, skip: int) -> Framing | None:
    """A file of one record without a line end."""
    return _with_records(Framing(Kind.LINES, skip=skip), head)


def _ebcdic(head: bytes) -> Framing | None:
    page = _page(head)
    separator = next((end for end in (b"\x15", b"\x25", b"\x0d") if end in head), b"")
    if separator:
        return _with_records(Framing(Kind.LINES, separator, page=page), head)
    width = _width(head, _EBCDIC_TYPES, b"\x40")
    return _with_records(Framing(Kind.FIXED, width=width, page=page), head) if width else None


def _page(sample: bytes) -> str:
    """The code page; X'4A' stands for each blank in the name of a certificate's profile, and tells nothing."""
    from zcertlint.text.ebcdic import decode_ebcdic  # noqa: PLC0415 - few unloads are EBCDIC

    return decode_ebcdic(sample.replace(b"\x4a", b"\x40"))[1]


def _width(head: bytes, types: frozenset[bytes], blank: bytes) -> int:
    """The length of records without anything between them: at each multiple a record begins."""
    at = head.find(blank, 8)
    while 0 < at < len(head) // 2:
        # A record begins behind a blank, or behind the last column of a full one: the type tells.
        for start in (at + 1, at):
            if head[start : start + 4] in types and head[start + 4 : start + 5] == blank:
                places = range(0, len(head) - 5, start)
                if all(head[place : place + 4] in types for place in places):
                    return start
        at = head.find(blank, at + 1)
    return 0


class _Head:
    """The beginning of a file, read like a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int, /) -> bytes:
        taken, self._data = self._data[:size], self._data[size:]
        return taken


def _with_records(framing: Framing, head: bytes) -> Framing | None:
    """The framing, when most of the first lines are records by more than their first four characters."""
    decode, lines = framing.decoder, [line for block, _ in framing.blocks(_Head(head)) for line in block]
    if framing.cut is not None and len(lines) > 1:
        lines.pop()
    framing.cut = None
    lines = [line for line in lines if decode(line).strip()]
    first = next((n for n, line in enumerate(lines) if _is_record(decode(line))), None)
    if first is None:
        return None
    some = lines[first : first + _SAMPLE]
    enough = sum(map(_is_record, map(decode, some))) >= _MOST * len(some)
    if not enough:
        return None
    if framing.kind is Kind.RDW:
        framing.page = _page(b"".join(some))
    return framing


def _is_record(text: str) -> bool:
    """Whether type, name and the class of a general resource stand where they should."""
    kind = text[:4]
    if kind not in TYPES or text[4:5] != " " or text[5:6] in {"", " "}:
        return False
    if kind[:2] in _USER_SIDE:
        name = text[5:13].rstrip()
        return text[13:14] == " " and (set(name) <= _WORD or name in _SPECIAL_USERS)
    if kind[:2] == _DATA_SET:
        return text[49:50] == " "
    name = text[CLASS_AT].rstrip()
    return text[251:252] == " " and bool(name) and set(name) <= _WORD
