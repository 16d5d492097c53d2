"""Bytes of a file to lines of text: UTF-8, UTF-16, EBCDIC, Latin-1, and every line end that occurs.

Told by content only. What is no text (DER, PKCS#12) has no lines.
"""

from zcertlint.errors import InputError
from zcertlint.text.source import Source

__all__ = ["FILE_LIMIT", "LINE_LIMIT", "cut_lines", "load"]

FILE_LIMIT = 256 << 20  # bytes; a listing of 100,000 certificates has less than half
LINE_LIMIT = 1 << 20  # characters
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_SAMPLE = 1 << 16
_RECORDS = (80, 133, 132, 121)  # record lengths of EBCDIC files that came without line ends
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
        InputError: the file is larger than :data:`FILE_LIMIT`.
    """
    if len(data) > FILE_LIMIT:
        raise InputError(
            path,
            None,
            f"at most {FILE_LIMIT >> 20} MiB were expected, this file has {len(data) >> 20}",
            "Give the listings only, or split the file",
        )
    text, encoding = _decode(data)
    if encoding is None:
        return Source(path, data, (), None, system)
    return Source(path, data, _lines(text, ebcdic=encoding.startswith("cp")), encoding, system)


def cut_lines(source: Source) -> tuple[int, ...]:
    """The numbers (from 1) of lines that were longer than :data:`LINE_LIMIT` and are cut in ``source``.

    A reader that needs such a line reports it.
    """
    return tuple(number for number, line in enumerate(source.lines, 1) if len(line) > LINE_LIMIT)


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


def _lines(text: str, *, ebcdic: bool) -> tuple[str, ...]:
    if not text:
        return ()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r\x85", "\n").replace("\r", "\n")
    if "\x85" in text and (ebcdic or "\n" not in text):
        text = text.replace("\x85", "\n")
    if ebcdic and "\n" not in text:
        return _records(text)
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    if len(text) > LINE_LIMIT:
        lines = [line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + _CUT for line in lines]
    return tuple(lines)


def _records(text: str) -> tuple[str, ...]:
    """A data set that was transferred in binary: fixed records without line ends."""
    for width in _RECORDS:
        if len(text) > width and len(text) % width == 0:
            return tuple(text[start : start + width] for start in range(0, len(text), width))
    return (text if len(text) <= LINE_LIMIT else text[:LINE_LIMIT] + _CUT,)
