"""EBCDIC text: whether bytes are EBCDIC, and in which of the usual code pages.

Told by statistics, because a z/OS file carries no code page. cp1047 is built here: Python has no codec for
it.
"""

import codecs
from functools import cache

__all__ = ["decode_ebcdic", "ebcdic_table", "is_ebcdic"]

_SAMPLE = 1 << 20  # bytes looked at
_LETTERS = bytes((*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA), *range(0xC1, 0xCA),
                  *range(0xD1, 0xDA), *range(0xE2, 0xEA), *range(0xF0, 0xFA)))  # fmt: skip
_OTHERS = bytes((0x00, 0x05, 0x0C, 0x0D, 0x15, 0x25, *range(0x40, 0x80), 0xA1, 0xAD, 0xB0, 0xB5, 0xBA, 0xBB,
                 0xBD, 0xC0, 0xD0, 0xE0))  # fmt: skip
_LOWER = frozenset(_LETTERS[place : place + 1] for place in range(26))
_AROUND = frozenset(_LETTERS[place : place + 1] for place in range(52))
# Where cp1047 differs from cp037.
_CP1047 = {0x5F: "^", 0xB0: "¬", 0xAD: "[", 0xBD: "]", 0xBA: "Ý", 0xBB: "¨"}
# Small letters of the German page that are signs in the others.
_UMLAUTS = (b"\xc0", b"\x6a", b"\xd0", b"\xa1")
_ENOUGH = 3
_MOSTLY = 0.97
_WORDS = 0.3  # share of letters and digits: blanks are most of a fixed record


@cache
def _tables() -> dict[str, str]:
    every = bytes(range(256))
    tables = {page: every.decode(page) for page in ("cp037", "cp500", "cp273")}
    table = list(tables["cp037"])
    for byte, char in _CP1047.items():
        table[byte] = char
    return {"cp1047": "".join(table), **tables}


def ebcdic_table(page: str) -> str:
    """The 256 characters of a page that :func:`decode_ebcdic` names."""
    return _tables()[page]


def is_ebcdic(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are EBCDIC text."""
    sample = data[:_SAMPLE]
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    others = len(sample) - len(sample.translate(None, _OTHERS))
    blanks = sample.count(b"\x40") + sample.count(b"\x00")
    words = max(len(sample) - blanks, 1)
    return letters + others >= _MOSTLY * len(sample) and letters >= _WORDS * words


def decode_ebcdic(data: bytes) -> tuple[str, str]:
    """The text and the name of the code page that leaves the fewest strange characters.

    X'15' becomes U+0085 and X'25' a line feed, whatever the page.
    """
    page = _page(data[:_SAMPLE])
    text, _ = codecs.charmap_decode(data, "strict", _tables()[page])
    return text, page


def _page(sample: bytes) -> str:
    if _is_german(sample):
        return "cp273"
    counts = [0] * 256
    for byte in set(sample):
        counts[byte] = sample.count(byte)
    pages = ["cp1047", "cp037"]
    if counts[0x4A] == counts[0x5A] > 0:  # brackets come in pairs, cent signs do not
        pages.append("cp500")
    tables = _tables()

    def strange(page: str) -> int:
        table = tables[page]
        return sum(count for byte, count in enumerate(counts) if count and byte >= 0x40 and table[byte] > "~")  # noqa: PLR2004 - controls are below X'40' in every page

    return min(pages, key=strange)


def _is_german(sample: bytes) -> bool:
    """Signs inside lower-case words are umlauts; a few may be a label like ``a}b``."""
    inside = every = 0
    for sign in _UMLAUTS:
        place = sample.find(sign)
        while place >= 0:
            every += 1
            inside += sample[place + 1 : place + 2] in _LOWER and sample[place - 1 : place] in _AROUND
            place = sample.find(sign, place + 1)
    return inside >= _ENOUGH and inside * 2 > every
