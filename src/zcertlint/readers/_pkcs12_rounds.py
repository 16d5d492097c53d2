"""How much work a keystore demands before it is opened: hostile ones ask for years.

A password is turned into a key by repeating a digest as often as the file says, and a library that has begun
cannot be stopped. The counts stand in the clear: an INTEGER behind an OCTET STRING (the salt) in one SEQUENCE,
in PBE parameters, PBKDF2, scrypt and MacData alike (RFC 7292, RFC 8018).
"""

__all__ = ["MOST_ROUNDS", "STORE_LIMIT", "rounds"]

MOST_ROUNDS = 5_000_000
"""OpenSSL writes 2,048, Java 10,000, and the most careful recommend 1,300,000 for each of a few parts."""
STORE_LIMIT = 16 << 20
"""Bytes; a keystore of 1,000 certificates has less than two of these 16 MiB."""

_DEPTH = 40
_NODES = 1_000_000
_INTEGER, _OCTETS, _SEQUENCE = 0x02, 0x04, 0x30
_CONSTRUCTED = 0x20
_INDEFINITE = 0x80


def rounds(data: bytes) -> int:
    """The sum of all counts; more than :data:`MOST_ROUNDS` too where the nesting is beyond all measure."""
    return _Walk(data).total


class _Walk:
    """Walks BER of any kind, tolerant: what makes no sense has no counts."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._nodes = 0
        self.total = 0
        self._inside(0, len(data), 0)

    def _inside(self, place: int, end: int, depth: int) -> int:
        """The elements from ``place`` on; returns where they end."""
        if depth > _DEPTH:
            self.total = MOST_ROUNDS + 1
            return end
        salted = False
        while place < end:
            found = self._header(place, end)
            if found is None or self._nodes >= _NODES:
                if found is not None:
                    self.total = MOST_ROUNDS + 1
                return end
            self._nodes += 1
            tag, start, stop = found
            if tag == 0 and start == stop:
                return start  # the end of an indefinite length
            if tag == _INTEGER and salted and stop is not None:
                self.total += max(0, int.from_bytes(self._data[start : min(stop, start + 16)], signed=True))
            salted = tag & ~_CONSTRUCTED == _OCTETS or (salted and tag == _INTEGER)
            place = self._below(tag, start, stop, end, depth)
        return place

    def _below(self, tag: int, start: int, stop: int | None, end: int, depth: int) -> int:
        """What is inside an element; returns where the element ends."""
        if stop is None:
            return self._inside(start, end, depth + 1)
        # Contents are wrapped in OCTET STRINGs, and nothing says so but what is inside.
        if tag & _CONSTRUCTED or (tag == _OCTETS and self._data[start : start + 1] == bytes((_SEQUENCE,))):
            self._inside(start, stop, depth + 1)
        return stop

    def _header(self, place: int, end: int) -> tuple[int, int, int | None] | None:
        """Tag, start and end of the content (None: not told) of the element at ``place``."""
        if place + 2 > end:
            return None
        tag, first = self._data[place], self._data[place + 1]
        start = place + 2
        if first == _INDEFINITE:
            return tag, start, None
        length = first
        if first > _INDEFINITE:
            size = first - _INDEFINITE
            length = int.from_bytes(self._data[start : start + size])
            start += size
        return (tag, start, start + length) if start + length <= end else None
