"""Data sets that were transferred in binary: records without line ends, of fixed or variable length."""

__all__ = ["fixed_records", "variable_records"]

_WIDTHS = (80, 133, 132, 121, 137, 120, 131, 72, 79, 125, 255, 256)
"""Usual record lengths; among those that divide a text, the one whose records end in most blanks is meant."""
_DESCRIPTOR = 4  # bytes of a record or block descriptor word: the length, with it, and two zero bytes
_LONGEST = 32760
_FEWEST = 2  # two lengths that fit are no coincidence


def fixed_records(text: str) -> list[str] | None:
    """The records of a text without line ends; None when no usual length divides it."""
    widths = [width for width in _WIDTHS if len(text) > width and len(text) % width == 0]
    if not widths:
        return None
    width = max(widths, key=lambda width: _blank_ends(text, width))
    return [text[start : start + width] for start in range(0, len(text), width)]


def _blank_ends(text: str, width: int) -> float:
    ends = text[width - 1 :: width]
    return (ends.count(" ") + ends.count("\x00")) / len(ends)


def variable_records(data: bytes) -> list[bytes] | None:
    """The records of a file that kept its record descriptor words (and block descriptor words, if any).

    Returns:
        None unless the words lead through the whole file; a last record may be cut.
    """
    if len(data) < _DESCRIPTOR or data[2:4] != b"\0\0":
        return None
    return _records(data, blocked=True) or _records(data, blocked=False)


def _records(data: bytes, *, blocked: bool) -> list[bytes] | None:
    found: list[bytes] = []
    place = 0
    block = len(data) if not blocked else 0
    while place < len(data):
        length = _length(data, place)
        if blocked and place == block:
            if length is None:
                return None
            block, place = place + length, place + _DESCRIPTOR
            continue
        if length is None or (place + length > block and block < len(data)):
            return None
        found.append(data[place + _DESCRIPTOR : place + length])
        place += length
    return found if len(found) >= _FEWEST else None


def _length(data: bytes, place: int) -> int | None:
    word = data[place : place + _DESCRIPTOR]
    length = int.from_bytes(word[:2], "big")
    return length if word[2:] == b"\0\0" and _DESCRIPTOR <= length <= _LONGEST else None
