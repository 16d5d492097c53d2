"""Bytes of a file to lines of text: UTF-8, UTF-16, EBCDIC, Latin-1, and every line end that occurs.

Also records without line ends, and answers in XML and JSON. Told by content only. What is no text (DER,
PKCS#12) has no lines.
"""

from zcertlint.errors import InputError
from zcertlint.text.signs import remember
from zcertlint.text.source import Source

__all__ = ["FILE_LIMIT", "LINES_LIMIT", "LINE_LIMIT", "cut_lines", "load", "open_line"]

FILE_LIMIT = 256 << 20  # bytes; a listing of 100,000 certificates has less than half
LINES_LIMIT = 12_000_000  # twice those of the longest listing that FILE_LIMIT lets in
LINE_LIMIT = 1 << 20  # characters
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_SAMPLE = 1 << 16
_HEAD = 256  # blanks in front of the sign of XML or JSON
_WORTH_KEEPING = 1 << 20
_DER_FIRST = 0x30
_LONG_FORM = range(0x80, 0x85)
_CONTROLS = bytes((*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_FEW = 0.02  # share of control characters that text may hold
_ALWAYS = 4  # and so many in the shortest text
_NULS = 0.3  # share of zero bytes that only UTF-16 has


def load(path: str, data: bytes, system: str | None = None) -> Source:
    """A file as its lines.

    Args:
        path: as reached from the command line, with ``/``.
        data: the bytes.
        system: the name of the z/OS system that it was taken from, when known.

    Raises:
        InputError: the file is larger than :data:`FILE_LIMIT` or has more than :data:`LINES_LIMIT` lines.
    """
    if len(data) > FILE_LIMIT:
        raise InputError(
            path,
            None,
            f"at most {FILE_LIMIT:,} bytes ({FILE_LIMIT >> 20} MiB) were expected, this file has {len(data):,}",
            "Give the listings only, or split the file",
        )
    data_of_text = _without_descriptors(data)
    text, encoding = _decode(data_of_text)
    if encoding is None:
        return Source(path, data, (), None, system)
    ebcdic = encoding.startswith("cp")
    text = _line_feeds(text, ebcdic=ebcdic)
    if text.count("\n") > LINES_LIMIT:
        raise InputError(
            path, LINES_LIMIT, f"at most {LINES_LIMIT:,} lines were expected in one file", "Split the file"
        )
    lines, as_they_are = _lines(text, ebcdic=ebcdic)
    doubts = _undecided(data_of_text) if ebcdic else frozenset()
    source = Source(path, data, tuple(lines), encoding, system, doubts)
    if as_they_are:
        remember(source, text)
    return source


def cut_lines(source: Source) -> tuple[int, ...]:
    """The numbers (from 1) of lines that were longer than :data:`LINE_LIMIT` and are cut in ``source``.

    A reader that needs such a line reports it.
    """
    return tuple(number for number, line in enumerate(source.lines, 1) if len(line) > LINE_LIMIT)


def open_line(source: Source) -> int:
    """The index of the last line where the file ends in it, without a line end, so that it may go on; else -1.

    Records in EBCDIC and answers in XML or JSON need no line end.
    """
    if not source.lines or source.encoding is None or source.encoding.startswith("cp"):
        return -1
    last = source.lines[-1][-1:]
    return len(source.lines) - 1 if last and source.data.endswith(last.encode("utf-8", "replace")) else -1


def _decode(data: bytes) -> tuple[str, str | None]:
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace"), "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    if _is_der(data):
        return "", None
    sample = data[:_SAMPLE]
    if b"\x00" in sample or b"\x00" in data:
        return _decode_with_nuls(data, sample)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, sample)
    return (text, "utf-8") if _few_controls(sample) else ("", None)


def _decode_with_nuls(data: bytes, sample: bytes) -> tuple[str, str | None]:
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= _NULS and even < odd / 8:
        return data.decode("utf-16-le", "replace"), "utf-16-le"
    if even >= _NULS and odd < even / 8:
        return data.decode("utf-16-be", "replace"), "utf-16-be"
    return _decode_other(data, sample, latin=False)


def _decode_other(data: bytes, sample: bytes, *, latin: bool = True) -> tuple[str, str | None]:
    from zcertlint.text.ebcdic import decode_ebcdic, is_ebcdic  # noqa: PLC0415 - most files are UTF-8

    if is_ebcdic(data):
        return decode_ebcdic(data)
    if latin and _few_controls(sample):
        return data.decode("latin-1"), "latin-1"
    return "", None


def _is_der(data: bytes) -> bool:
    """A DER or BER sequence whose length is the file's (or left open): a certificate or a PKCS#12."""
    if len(data) < 4 or data[0] != _DER_FIRST or data[1] not in _LONG_FORM:  # noqa: PLR2004 - tag, length
        return False
    width = data[1] & 0x0F
    if width == 0:
        return data[2] in {0x02, 0x06, 0x30}  # the version or content type that comes first
    end = 2 + width + int.from_bytes(data[2 : 2 + width], "big")
    return end <= len(data) or data[2 + width : 3 + width] in {b"\x02", b"\x30"}


def _few_controls(sample: bytes) -> bool:
    return len(sample) - len(sample.translate(None, _CONTROLS)) <= max(_ALWAYS, _FEW * len(sample))


def _without_descriptors(data: bytes) -> bytes:
    """Variable records as lines, when the file kept the descriptor words in front of them."""
    if data[2:4] != b"\0\0":
        return data
    from zcertlint.text.datasets import variable_records  # noqa: PLC0415 - few files are

    records = variable_records(data)
    if records is None:
        return data
    sample = b"".join(records[:100])
    from zcertlint.text.ebcdic import is_ebcdic  # noqa: PLC0415

    return (b"\x15" if is_ebcdic(sample) else b"\n").join(records)


def _undecided(data: bytes) -> frozenset[str]:
    from zcertlint.text.ebcdic import undecided  # noqa: PLC0415 - most files are UTF-8

    return undecided(data)


def _line_feeds(text: str, *, ebcdic: bool) -> str:
    """The text with a line feed for every line end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r\x85", "\n").replace("\r", "\n")
    if "\x85" in text and (ebcdic or "\n" not in text):
        text = text.replace("\x85", "\n")
    return text


def _lines(text: str, *, ebcdic: bool) -> tuple[list[str], bool]:
    """The lines, and whether they joined are the text."""
    if not text:
        return [], False
    odd = True
    if ebcdic and "\n" not in text:
        from zcertlint.text.datasets import fixed_records  # noqa: PLC0415 - few files are

        lines = fixed_records(text) or [text]
    elif _may_be_wrapped(text):
        from zcertlint.text.wrapped import is_wrapped, unwrapped  # noqa: PLC0415 - few files are

        lines = unwrapped(text) if is_wrapped(text) else text.removesuffix("\n").split("\n")
    else:
        lines, odd = text.split("\n"), False
        if not lines[-1]:
            lines.pop()
    if _may_be_numbered(text):
        from zcertlint.text.numbers import may_be_numbered, without_numbers  # noqa: PLC0415 - few files are

        lines, odd = (without_numbers(lines), True) if may_be_numbered(text) else (lines, odd)
    if _has_long_line(text):
        lines, odd = [line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + _CUT for line in lines], True
    return lines, not odd and len(text) >= _WORTH_KEEPING


def _may_be_wrapped(text: str) -> bool:
    return text[:_HEAD].lstrip("\ufeff \t\n")[:1] in {"<", "{", "["}


def _may_be_numbered(text: str) -> bool:
    head = text[:_SAMPLE]
    return "000001 " in head or "000100 " in head


def _has_long_line(text: str) -> bool:
    """Whether a line is longer than :data:`LINE_LIMIT`; a look at each MiB finds out."""
    place = 0
    while len(text) - place > LINE_LIMIT:
        place = text.rfind("\n", place, place + LINE_LIMIT + 1) + 1
        if not place:
            return True
    return False
