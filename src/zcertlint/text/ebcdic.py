"""EBCDIC text: whether bytes are EBCDIC, and in which code page.

Told by statistics, because a z/OS file carries no code page. Each place that differs between the pages is judged
by what stands around it: a letter belongs into a word, a brace does not, brackets come in pairs.
"""

import codecs
from collections import Counter
from functools import cache

from zcertlint.text.codepages import EURO, VARIANTS, table

__all__ = ["decode_ebcdic", "is_ebcdic", "undecided"]

_SAMPLE = 1 << 20  # bytes looked at
_LETTERS = bytes((*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA), *range(0xC1, 0xCA),
                  *range(0xD1, 0xDA), *range(0xE2, 0xEA), *range(0xF0, 0xFA)))  # fmt: skip
_OTHERS = bytes((0x00, 0x05, 0x0C, 0x0D, 0x15, 0x25, *range(0x40, 0x80), 0xA1, 0xAD, 0xB0, 0xB5, 0xBA, 0xBB,
                 0xBD, 0xC0, 0xD0, 0xE0))  # fmt: skip
_LOWER = frozenset(_LETTERS[:26])
_UPPER = frozenset(_LETTERS[26:52])
_MOSTLY = 0.97
_SPACED = 0.85
_WORDS = 0.3  # share of letters and digits: blanks are most of a fixed record
_CURRENCY = 0x9F
_PLAIN = {euro: plain for plain, euro in EURO.items()}
_MARGIN = 9  # national pages need more than one odd label like ``a}b``
_ODD = 3
_RARE = (
    "\N{MICRO SIGN}\N{LATIN CAPITAL LETTER Y WITH ACUTE}"  # letters that words of the pages' countries lack
)
_MOST_PLACES = 400  # of one byte that are looked at
# RACF knows these by their places, whatever a country's screens show there.
_RACF_NATIONAL = frozenset((0x5B, 0x7B, 0x7C))


def is_ebcdic(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are EBCDIC text."""
    sample = data[:_SAMPLE]
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    others = len(sample) - len(sample.translate(None, _OTHERS))
    blanks = sample.count(b"\x40") + sample.count(b"\x00")
    words = max(len(sample) - blanks, 1)
    # X'20' is no blank here and X'40' is: then letters of a country may be many.
    spaced = sample.count(b"\x40") * 12 > len(sample) and b"\x20" not in sample
    mostly = _SPACED if spaced else _MOSTLY
    return letters + others >= mostly * len(sample) and letters >= _WORDS * words


def decode_ebcdic(data: bytes) -> tuple[str, str]:
    """The text and the name of the code page that explains it best.

    X'15' becomes U+0085 and X'25' a line feed, whatever the page.
    """
    page, _ = _choose(data[:_SAMPLE])
    text, _ = codecs.charmap_decode(data, "strict", table(page))
    return text, page


def undecided(data: bytes, read_as: str | None = None) -> frozenset[str]:
    """The characters of the decoded text that may be others: pages that explain it as well differ there.

    ``$``, ``#`` and ``@`` are none of them: RACF takes them by their places.

    Args:
        data: the text.
        read_as: the page by which it was decoded, where more than this text has told it.
    """
    sample = data[:_SAMPLE]
    page, others = _choose(sample)
    if read_as is not None and read_as != page:
        page = read_as
        found = {byte: _around(sample, byte) for byte in _places() if bytes((byte,)) in sample}
        own = _score(_PLAIN.get(page, page), found)
        others = tuple(other for other in VARIANTS if other != page and _score(other, found) >= own)
    here = table(page)
    around = {byte: _around(sample, byte) for byte in _places() if bytes((byte,)) in sample}

    def rivals(byte: int) -> tuple[str, ...]:
        """The pages that explain the rest as well: a letter of a country is no reason to read itself so."""
        if here[byte].isascii() or not here[byte].isalpha():
            return others
        rest = {place: found for place, found in around.items() if place != byte}
        own = _score(_PLAIN.get(page, page), rest)
        return (*others, *(other for other in VARIANTS if _score(other, rest) >= own))

    return frozenset(
        here[byte]
        for byte in _places()
        if byte not in _RACF_NATIONAL
        and bytes((byte,)) in sample
        and any(table(other)[byte] != here[byte] for other in rivals(byte))
    )


@cache
def _places() -> tuple[int, ...]:
    """The bytes that the pages do not agree about."""
    return tuple(byte for byte in range(0x40, 0xFF) if len({table(page)[byte] for page in VARIANTS}) > 1)


def _choose(sample: bytes) -> tuple[str, tuple[str, ...]]:
    """The page, and those that explain the text as well or better but not by enough."""
    around = {byte: _around(sample, byte) for byte in _places() if bytes((byte,)) in sample}
    scores = {page: _score(page, around) for page in VARIANTS}
    usual = _usual(sample)
    best = max(VARIANTS, key=scores.__getitem__)
    page = best if scores[best] >= scores[usual] + _MARGIN else usual
    others = tuple(other for other in VARIANTS if other != page and scores[other] >= scores[page])
    if page in EURO and bytes((_CURRENCY,)) in sample and table(page)[_CURRENCY] == "¤":
        page = EURO[page]
    return page, others


def _usual(sample: bytes) -> str:
    """Which of the pages that differ in signs only leaves the fewest characters beyond ASCII."""
    counts = {byte: sample.count(byte) for byte in _places()}
    pages = ["cp1047", "cp037"]
    if counts[0x4A] == counts[0x5A] > 0:  # brackets come in pairs, cent signs do not
        pages.append("cp500")
    return min(
        pages,
        key=lambda page: sum(count for byte, count in counts.items() if not table(page)[byte].isascii()),
    )


_Around = Counter[tuple[bool, bool]]


def _around(sample: bytes, byte: int) -> _Around:
    """How often a byte stands behind a letter or not, and before a small one or not."""
    found: _Around = Counter()
    sign = bytes((byte,))
    place = sample.find(sign)
    while place >= 0 and found.total() < _MOST_PLACES:
        before = place + 1 < len(sample) and sample[place + 1] in _LOWER
        behind = place > 0 and (sample[place - 1] in _LOWER or (before and sample[place - 1] in _UPPER))
        found[behind, before] += 1
        place = sample.find(sign, place + 1)
    return found


def _score(page: str, around: dict[int, _Around]) -> int:
    """How well a page explains the places that differ."""
    characters = table(page)
    counts: Counter[str] = Counter()
    score = extra = 0
    letters = set()
    for byte, places in around.items():
        char = characters[byte]
        for (behind, before), count in places.items():
            inside = behind and before
            if char.isalpha() and char not in _RARE:
                fits = (before and not behind) if char.isupper() else inside
                if byte in _RACF_NATIONAL:
                    extra += count * fits
                    continue
                score += count if fits else -count
                letters.add(char if fits else "")
            elif char.isascii():
                score -= count * inside
            else:
                score -= count * (2 if inside else 1)
        counts[char] += places.total()
    for left, right in ("[]", "{}"):
        score -= abs(counts[left] - counts[right])
    # One letter alone may be a sign that somebody likes in labels.
    letters.discard("")
    return score + (extra if len(letters) > 1 else -_ODD if letters else 0)
