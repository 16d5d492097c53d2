"""One pass over the records of an unload: what matters is kept, the rest is counted."""

from collections import Counter
from operator import itemgetter

from zcertlint.readers import ByteStream
from zcertlint.readers._irrdbu00_framing import Cut, Framing, framing_of
from zcertlint.readers._irrdbu00_keep import Kept
from zcertlint.readers._irrdbu00_layout import CERTIFICATE, CLASS_AT, CLASSES, FILTER, LAYOUTS, RING, TYPES
from zcertlint.readers._irrdbu00_people import People

__all__ = ["BUDGET", "HEAD", "Collected", "collect"]

HEAD = 1 << 16
"""Bytes by which the framing of a file is told."""

BUDGET = 70 << 20
"""Bytes, roughly, that users and groups may take, and as many the rest of what is kept.

What comes when they are used up is counted and not kept.
"""

_TYPE = itemgetter(slice(4))
_CLASS = 8  # characters of a class
_UNREAD = 100  # lines not understood that are named
_NAMES = 4096  # names of classes that are noted; a system has a few hundred
_SHAPES = ("01", "02", "04", "05", "12", "15")
_KEPT_CLASSES = CLASSES | {CERTIFICATE, RING, FILTER}


class Collected:
    """What was kept of an unload, and what was seen of it all.

    Attributes:
        kept, people: the records that matter.
        counts: how many records of each type, by their first four bytes.
        classes: of the 0500 records, in the order of their first one.
        ascending: whether the 0500 records stood in the order of their classes.
        typed: whether all records stood in the order of their types (a sorted unload).
        longest: the length of the longest record that was kept.
        total, understood, not_understood: lines. unread: the numbers of the first ones not understood.
    """

    def __init__(self, framing: Framing, budget: int = BUDGET) -> None:
        self.framing = framing
        self.kept = Kept(budget)
        self.people = People(_latin if framing.page is None else framing.decoder, framing.encode, budget)
        self.counts: Counter[bytes] = Counter()
        self.classes: dict[str, None] = {}
        self.ascending = self.typed = True
        self.longest = self.total = self.understood = self.not_understood = 0
        self.unread: list[int] = []
        self._decode = framing.decoder
        self._by_page = framing.page is not None
        self._blank = framing.encode(" ")
        self._wanted = frozenset(framing.encode(name.ljust(_CLASS)) for name in _KEPT_CLASSES)
        handlers = self.kept.handlers()
        # 05xx and 1560 are of general resources: there the class decides.
        self._handlers = {
            framing.encode(kind): (kind, keep, LAYOUTS[kind], kind[1] == "5")
            for kind, keep in handlers.items()
        }
        people = self.people.handlers()
        self._people = {framing.encode(kind): keep for kind, keep in people.items()}
        self._types = frozenset(map(framing.encode, TYPES))
        self._passed = frozenset(framing.encode(kind) for kind in TYPES - handlers.keys() - people.keys())
        self._class = b""
        self._order = b""
        self._last = b""
        self._begun = False

    @property
    def cut(self) -> Cut | None:
        """How the file ended before its end, if it did."""
        return self.framing.cut

    @property
    def dropped(self) -> int:
        """How many records found no room."""
        return self.kept.dropped + self.people.dropped

    @property
    def last_type(self) -> str:
        """The type of the last record."""
        return self._decode(self._last)

    def has(self, *kinds: str) -> bool:
        """Whether there are records of all these types."""
        return all(map(self.count, kinds))

    def count(self, kind: str) -> int:
        """How many records of this type there are."""
        return self.counts[self.framing.encode(kind)]

    def take(self, lines: list[bytes], *, plain: bool) -> None:
        """Go over some more lines; ``plain`` when each of their bytes is one character."""
        first = self.total + 1
        self.total += len(lines)
        kinds = set(map(_TYPE, lines))
        if len(kinds) == 1:
            self._alike(first, lines, kinds.pop(), plain=plain)
        else:
            self._mixed(first, lines, kinds, plain=plain)
        if len(self.counts) > _NAMES:  # what is no unload at all
            self.counts = Counter({kind: self.counts[kind] for kind in self._types & self.counts.keys()})
        self.people.weigh(self.count("0205"))
        self._begun = self._begun or bool(self.understood)

    def _alike(self, first: int, lines: list[bytes], head: bytes, *, plain: bool) -> None:
        """Lines that are all of one type."""
        self.counts[head] += len(lines)
        self.typed = self.typed and head >= self._last
        self._last = head
        if plain and head in self._people:
            self._read(first, lines, head)
        elif head not in self._passed:
            self._each(first, lines, [head] * len(lines), plain=plain)

    def _mixed(self, first: int, lines: list[bytes], kinds: set[bytes], *, plain: bool) -> None:
        heads = list(map(_TYPE, lines))
        self.counts.update(heads)
        self.typed = self.typed and heads[0] >= self._last and heads == sorted(heads)
        self._last = heads[-1]
        if not kinds <= self._passed:
            self._each(first, lines, heads, plain=plain)

    def _read(self, first: int, lines: list[bytes], head: bytes) -> None:
        """Records of users or groups, all of one type."""
        bad = self._people[head](first, lines)
        self.understood += len(lines) - len(bad)
        for number in bad:
            self._bad(number)

    def _each(self, first: int, lines: list[bytes], heads: list[bytes], *, plain: bool) -> None:
        handlers, passed, people = self._handlers, self._passed, self._people
        for index, head in enumerate(heads):
            if head in passed:
                continue
            line = lines[index]
            if head in people:
                self._read(first + index, [line if plain else self._one_byte(line)], head)
            elif head in handlers:
                self._record(first + index, line, head, plain=plain)
            else:
                self._other(first + index, line)

    def _one_byte(self, line: bytes) -> bytes:
        return line if self._by_page or line.isascii() else self._decode(line).encode("latin-1", "replace")

    def _bad(self, number: int) -> None:
        self.not_understood += 1
        if len(self.unread) < _UNREAD:
            self.unread.append(number)

    def _other(self, number: int, line: bytes) -> None:
        """A line that begins with no type that we know: blank, of a newer release, or not understood."""
        text = self._decode(line)
        newer = text[:2] in _SHAPES and text[2:4].isalnum() and text[4:5] == " "
        # Above the first record may stand what somebody wrote about the file.
        if text.strip() and not newer and self._begun:
            self._bad(number)

    def _record(self, number: int, line: bytes, head: bytes, *, plain: bool) -> None:
        self._begun = True
        kind, keep, layout, general = self._handlers[head]
        plain = plain or self._by_page or line.isascii()  # then a column is a byte
        if general and plain:
            name = line[CLASS_AT]
            if len(name) != _CLASS:
                name = name.rstrip(b"\r").ljust(_CLASS, self._blank)
            if name != self._class and kind == "0500":
                self._note_class(name)
            if name not in self._wanted:
                if name.isspace() or name == self._blank * _CLASS:
                    self._bad(number)
                return
        text = self._decode(line[: layout.width] if plain else line)
        values = layout.values(text.rstrip("\r") if len(text) < layout.width else text)
        if values is None or not values[0]:
            self._bad(number)
            return
        if general:
            if values[1] not in _KEPT_CLASSES:
                if kind == "0500":
                    self._note_class(self.framing.encode(values[1].ljust(_CLASS)))
                return
            length = len(line)
            self.longest = max(self.longest, length)
            self.kept.length = length
        if keep(number, values):
            self.understood += 1
        else:
            self._bad(number)

    def _note_class(self, padded: bytes) -> None:
        """Note a class, and whether it comes behind the one before in the order of EBCDIC."""
        self._class = padded
        name = self._decode(padded).rstrip()
        order = name.encode("cp037", "replace")
        if order < self._order:
            self.ascending = False
        self._order = order
        if len(self.classes) < _NAMES:
            self.classes[name] = None


def _latin(line: bytes) -> str:
    return line.decode("latin-1")


class _Rejoined:
    """A file of which the first bytes were read already."""

    def __init__(self, head: bytes, file: ByteStream) -> None:
        self._head = head
        self._file = file

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        if self._head:
            taken, self._head = self._head[:size], self._head[size:]
            return taken
        return self._file.read(size)


def collect(file: ByteStream, budget: int = BUDGET) -> Collected | None:
    """Read an unload from its start to its end; None for a file that is none."""
    head = b""
    while len(head) < HEAD and (more := file.read(HEAD - len(head))):
        head += more
    framing = framing_of(head)
    if framing is None:
        return None
    collected = Collected(framing, budget)
    for lines, plain in framing.blocks(_Rejoined(head, file)):
        collected.take(lines, plain=plain)
    return collected
