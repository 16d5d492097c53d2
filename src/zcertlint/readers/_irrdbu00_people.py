"""Users and groups of an unload: the many records, kept as the bytes of their fields until the file is read.

Lines come here with one byte for each character (a line that has others is brought into that form before).
"""

from collections.abc import Callable, Iterator
from operator import itemgetter

from zcertlint.model.certificate import Absent
from zcertlint.model.crowd import Crowd
from zcertlint.model.security import Group, User
from zcertlint.text.source import Span

__all__ = ["People"]

_COST_USER, _COST_CONNECT, _COST_GROUP, _COST_NUMBER = 460, 16, 260, 140
_LINE = 5  # bytes of the number of a line
_ID = slice(5, 13)
_KEY = 8
_GROUP, _NUMBER = slice(14, 22), slice(14, 24)
_LEAST, _LEAST_USER = 14, 53
_WIDTH_PAIR, _WIDTH_NUMBER, _WIDTH_USER = 23, 25, 637

# Record 0200 by mfpandas' table, from 0: owner, default group, name, NOPWD, revoke and resume date, and what may
# say YES, with LISTUSER's word for it; RSTD is no YES.
_TEXTS = (slice(25, 33), slice(95, 103), slice(74, 94), slice(390, 394), slice(457, 467), slice(468, 478))
_WORDS = (
    ("SPECIAL", 39), ("OPERATIONS", 44), ("REVOKED", 49), ("AUDITOR", 385), ("GRPACC", 54), ("UAUDIT", 380),
    ("RESTRICTED", 541), ("PASSPHRASE", 586), ("ROAUDIT", 633),
)  # fmt: skip
_WORD = 4
_NEEDED = 4  # of these: without them nobody can tell what the user may do
_YES = {"YES", "RSTD"}
_FIELDS = itemgetter(*_TEXTS, *(slice(at, at + _WORD) for _, at in _WORDS))
_BETWEEN = itemgetter(4, 13, 24, 33, 38, 43, 48, 53, 73, 94, 103, 389, 394, 456, 467, 478, 540)
_NOPWD = slice(_LINE + 36, _LINE + 40)
_PLACES = (slice(0, 8), slice(8, 16), slice(16, 36), slice(36, 40), slice(40, 60), slice(60, None))
_REVOKED = slice(2 * _WORD, 3 * _WORD)
_WITH_PASSWORD = {"NO", "YES", "PHR"}


class People:
    """What is kept of users and groups; the keys are names padded to eight bytes.

    Attributes:
        users: the fields of record 0200. connects: groups, eight bytes each. uids, gids: as written.
        groups: the number of the line that names a group. dropped: records that found no room.
    """

    def __init__(self, decode: Callable[[bytes], str], encode: Callable[[str], bytes], room: int) -> None:
        self.users: dict[bytes, bytes] = {}
        self.connects: dict[bytes, bytes] = {}
        self.uids: dict[bytes, bytes] = {}
        self.groups: dict[bytes, int] = {}
        self.gids: dict[bytes, bytes] = {}
        self.dropped = 0
        self._room = room
        self._full = False
        self._connections = 0
        self._decode = decode
        self._encode = encode
        self._blank = blank = encode(" ")
        self._space = blank[0]
        self._spaces = (blank[0],) * len(_BETWEEN(bytes(_WIDTH_USER)))

    def handlers(self) -> dict[str, Callable[[int, bytes], bool]]:
        """By type of record, what keeps it: False for a record that cannot be meant."""
        return {
            "0100": self._group, "0120": self._gid, "0200": self._user, "0205": self._connect, "0270": self._uid,
        }  # fmt: skip

    def _padded(self, line: bytes, least: int, width: int) -> bytes | None:
        """A line that lost its trailing blanks, with them."""
        line = line.rstrip(b"\r")
        return None if len(line) < least else line.ljust(width, self._blank)

    def weigh(self) -> None:
        """See whether there is room for more; asked now and then, as asking at each record would cost as much."""
        taken = (
            _COST_USER * len(self.users) + _COST_GROUP * len(self.groups) + _COST_CONNECT * self._connections
        )
        self._full = taken + _COST_NUMBER * (len(self.uids) + len(self.connects)) > self._room

    def _drop(self) -> bool:
        self.dropped += 1
        return True

    def _is_named(self, line: bytes) -> bool:
        space = self._space
        return line[5] != space and line[13] == space and line[4] == space

    def _user(self, number: int, line: bytes) -> bool:
        if len(line) < _WIDTH_USER:
            full = self._padded(line, _LEAST_USER, _WIDTH_USER)
            if full is None:
                return False
            line = full
        if _BETWEEN(line) != self._spaces or line[5] == self._space:
            return False
        if self._full:
            return self._drop()
        self.users[line[_ID]] = number.to_bytes(_LINE) + b"".join(_FIELDS(line))
        return True

    def _pair(self, line: bytes) -> bytes | None:
        """A record of a name and another one; None when it is not."""
        if len(line) < _WIDTH_PAIR:
            full = self._padded(line, _LEAST, _WIDTH_PAIR)
            if full is None:
                return None
            line = full
        space = self._space
        good = line[4] == space and line[13] == space and line[22] == space and line[5] != space
        return line if good else None

    def _connect(self, _number: int, line: bytes) -> bool:
        full = self._pair(line)
        if full is None or full[14] == self._space:
            return False
        if self._full:
            return self._drop()
        self._connections += 1
        user, connects = full[_ID], self.connects
        if user in connects:
            connects[user] += full[_GROUP]
        else:
            connects[user] = full[_GROUP]
        return True

    def _group(self, number: int, line: bytes) -> bool:
        full = self._pair(line)
        if full is None:
            return False
        if self._full:
            return self._drop()
        self.groups[full[_ID]] = number
        return True

    def _numbered(self, line: bytes) -> bytes | None:
        full = line if len(line) >= _WIDTH_NUMBER else self._padded(line, _ID.start + 1, _WIDTH_NUMBER)
        return full if full is not None and self._is_named(full) and full[24] == self._space else None

    def _gid(self, number: int, line: bytes) -> bool:
        full = self._numbered(line)
        if full is not None and self._full:
            return self._drop()
        if full is not None:
            self.groups.setdefault(full[_ID], number)
            self.gids[full[_ID]] = full[_NUMBER]
        return full is not None

    def _uid(self, _number: int, line: bytes) -> bool:
        full = self._numbered(line)
        if full is not None and self._full:
            return self._drop()
        if full is not None:
            self.uids[full[_ID]] = full[_NUMBER]
        return full is not None

    def name(self, padded: bytes) -> str:
        """A key of these dictionaries as text."""
        return self._decode(padded).rstrip()

    def all_connected(self, own_users: tuple[str, ...], own_group: str) -> bool:
        """Whether what RACF has of its own is there, every other user has a connection, and every group is there.

        RACF's own users, in lower case, have no connection.
        """
        there = {self.name(user) for user in self.users.keys() - self.connects.keys()}
        joined = set(self.connects.values())
        groups = {line[at : at + 8] for line in joined for at in range(0, len(line), 8)}
        if not groups <= self.groups.keys() or not self.connects.keys() <= self.users.keys():
            return False
        own = own_group in map(self.name, self.groups) and there >= set(own_users)
        return own and all(user.islower() for user in there)

    def _numeral(self, field: bytes | None, *, numbered: bool) -> int | Absent | None:
        """A UID or GID; no record at all says that there is none, where every number is shown."""
        text = "" if field is None else self._decode(field).strip()
        if not text:
            return Absent.ABSENT if numbered else None
        return int(text) if text.isdecimal() and text.isascii() else None

    def protected(self) -> Iterator[str]:
        """The users without password and phrase: servers."""
        sign = self._encode("PRO ")
        for key, packed in self.users.items():
            if packed[_NOPWD] == sign:
                yield self.name(key)

    def all_users(self, path: str, *, whole: bool, numbered: bool) -> Crowd[User]:
        """The users, in the order of the file; what was kept of one is given free when it is made.

        Args:
            path: of the unload.
            whole: whether all connections are there.
            numbered: whether all UIDs are.
        """
        words: dict[str, frozenset[str] | None] = {}
        memberships: dict[bytes, tuple[str, ...]] = {}
        names: dict[str, str] = {}
        keys = list(self.users)
        together = self._decode(b"".join(keys))
        ids = [together[at : at + _KEY].rstrip() for at in range(0, len(together), _KEY)]

        def make(place: int) -> User:
            key, ident = keys[place], ids[place]
            packed = self.users.pop(key)
            owner, group, name, nopwd, dates, marks = map(self._decode(packed[_LINE:]).__getitem__, _PLACES)
            owner, group, nopwd = owner.rstrip(), group.rstrip(), nopwd.rstrip()
            joined = self.connects.pop(key, b"")
            if joined not in memberships:
                groups = map(self.name, (joined[at : at + _KEY] for at in range(0, len(joined), _KEY)))
                memberships[joined] = tuple(names.setdefault(group, group) for group in groups)
            sort = nopwd + marks
            if sort not in words:
                words[sort] = _attributes(marks, nopwd)
            return User(
                ident,
                Span(path, int.from_bytes(packed[:_LINE]), None, ident),
                name=name.rstrip() or None,
                owner=names.setdefault(owner, owner) or None,
                attributes=words[sort],
                revoked=None if dates.strip() else {"YES": True, "NO": False}.get(marks[_REVOKED].rstrip()),
                protected=True if nopwd == "PRO" else False if nopwd in _WITH_PASSWORD else None,
                default_group=names.setdefault(group, group) or None,
                groups=memberships[joined] if whole else None,
                uid=self._numeral(self.uids.pop(key, None), numbered=numbered),
            )

        return Crowd(ids, make)

    def all_groups(self, path: str, *, numbered: bool) -> Iterator[Group]:
        """The groups."""
        for key, number in self.groups.items():
            ident = self.name(key)
            yield Group(
                ident, Span(path, number, None, ident), self._numeral(self.gids.get(key), numbered=numbered)
            )


def _attributes(marks: str, nopwd: str) -> frozenset[str] | None:
    said = [marks[at : at + _WORD].rstrip() for at in range(0, len(marks), _WORD)]
    if not nopwd or any(word not in {"YES", "NO"} for word in said[:_NEEDED]):
        return None
    found = {name for (name, _), word in zip(_WORDS, said, strict=True) if word in _YES}
    return frozenset(found | {"PROTECTED"} if nopwd == "PRO" else found)
