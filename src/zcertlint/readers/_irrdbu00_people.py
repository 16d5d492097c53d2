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

# Record 0200 by mfpandas' table, from 0, in a few pieces, as each costs time: owner and the first words of YES and NO;
# name and default group; other words and NOPWD; revoke and resume date; three words more, of which one says RSTD.
_FIELDS = itemgetter(
    slice(25, 58), slice(74, 103), slice(380, 394), slice(457, 478), slice(541, 545), slice(586, 590), slice(633, 637)
)  # fmt: skip
_PACK = b"%b%b%b%b%b%b%b"
_BETWEEN = itemgetter(4, 13, 24, 33, 73, 94, 103, 394, 456, 467)
# Where they are in what is kept.
_OWNER, _NAME, _DEFAULT, _NOPWD, _DATES = (
    slice(0, 8), slice(33, 53), slice(54, 62), slice(72, 76), slice(76, 97),
)  # fmt: skip
_WORDS = (
    ("SPECIAL", 14), ("OPERATIONS", 19), ("REVOKED", 24), ("AUDITOR", 67), ("GRPACC", 29), ("UAUDIT", 62),
    ("RESTRICTED", 97), ("PASSPHRASE", 101), ("ROAUDIT", 105),
)  # fmt: skip
_REVOKED = slice(24, 28)
_MARKS = itemgetter(slice(14, 33), slice(62, 76), slice(97, None))  # everything that attributes depend on
_WORD = 4
_NEEDED = 4  # of these: without them nobody can tell what the user may do
_YES = {"YES", "RSTD"}
_ANSWERS = {"YES": True, "NO": False}
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

    def weigh(self, connections: int) -> None:
        """See whether there is room for more; asked now and then, as asking at each record would cost as much.

        Args:
            connections: how many were read.
        """
        taken = _COST_USER * len(self.users) + _COST_GROUP * len(self.groups) + _COST_CONNECT * connections
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
        self.users[line[_ID]] = number.to_bytes(_LINE) + _PACK % _FIELDS(line)
        return True

    def _connect(self, _number: int, line: bytes) -> bool:
        if len(line) < _WIDTH_PAIR:
            full = self._padded(line, _LEAST, _WIDTH_PAIR)
            if full is None:
                return False
            line = full
        space = self._space
        if line[4] != space or line[13] != space or line[22] != space or space in {line[5], line[14]}:
            return False
        if self._full:
            return self._drop()
        user, connects = line[_ID], self.connects
        if user in connects:
            connects[user] += line[_GROUP]
        else:
            connects[user] = line[_GROUP]
        return True

    def _group(self, number: int, line: bytes) -> bool:
        full = line if len(line) >= _WIDTH_PAIR else self._padded(line, _LEAST, _WIDTH_PAIR)
        if full is None or not self._is_named(full) or full[22] != self._space:
            return False
        if self._full:
            return self._drop()
        self.groups[full[_ID]] = number
        return True

    def _gid(self, number: int, line: bytes) -> bool:
        full = line if len(line) >= _WIDTH_NUMBER else self._padded(line, _ID.start + 1, _WIDTH_NUMBER)
        if full is None or not self._is_named(full) or full[24] != self._space:
            return False
        if self._full:
            return self._drop()
        self.groups.setdefault(full[_ID], number)
        self.gids[full[_ID]] = full[_NUMBER]
        return True

    def _uid(self, _number: int, line: bytes) -> bool:
        if len(line) < _WIDTH_NUMBER:
            full = self._padded(line, _ID.start + 1, _WIDTH_NUMBER)
            if full is None:
                return False
            line = full
        space = self._space
        if line[4] != space or line[13] != space or line[24] != space or line[5] == space:
            return False
        if self._full:
            return self._drop()
        self.uids[line[_ID]] = line[_NUMBER]
        return True

    def name(self, padded: bytes) -> str:
        """A key of these dictionaries as text."""
        return self._decode(padded).rstrip()

    def all_connected(self, own_users: tuple[str, ...], own_group: str) -> bool:
        """Whether what RACF has of its own is there, every other user has a connection, and every group is there.

        RACF's own users, in lower case, have no connection.
        """
        there = {self.name(user) for user in self.users.keys() - self.connects.keys()}
        # Names are eight bytes each: as numbers they are taken apart and compared at once.
        joined, known = (
            set(memoryview(b"".join(names)).cast("Q")) for names in (self.connects.values(), self.groups)
        )
        if not joined <= known or not self.connects.keys() <= self.users.keys():
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
        sign, place = self._encode("PRO "), slice(_LINE + _NOPWD.start, _LINE + _NOPWD.stop)
        for key, packed in self.users.items():
            if packed[place] == sign:
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
        ids = self._decode(self._blank.join(keys)).split()
        if len(ids) != len(keys):  # there is a blank in one of them
            ids = list(map(self.name, keys))

        def make(place: int) -> User:
            key, ident = keys[place], ids[place]
            packed = self.users.pop(key)
            text = self._decode(packed[_LINE:])
            owner, group, nopwd = text[_OWNER].rstrip(), text[_DEFAULT].rstrip(), text[_NOPWD].rstrip()
            joined = self.connects.pop(key, b"")
            if joined not in memberships:
                groups = map(self.name, (joined[at : at + _KEY] for at in range(0, len(joined), _KEY)))
                memberships[joined] = tuple(names.setdefault(group, group) for group in groups)
            marks = "".join(_MARKS(text))
            if marks not in words:
                words[marks] = _attributes(text, nopwd)
            return User(
                ident,
                Span(path, int.from_bytes(packed[:_LINE]), None, ident),
                name=text[_NAME].rstrip() or None,
                owner=names.setdefault(owner, owner) or None,
                attributes=words[marks],
                revoked=None if text[_DATES].strip() else _ANSWERS.get(text[_REVOKED].rstrip()),
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


def _attributes(text: str, nopwd: str) -> frozenset[str] | None:
    said = [text[at : at + _WORD].rstrip() for _, at in _WORDS]
    if not nopwd or any(word not in {"YES", "NO"} for word in said[:_NEEDED]):
        return None
    found = {name for (name, _), word in zip(_WORDS, said, strict=True) if word in _YES}
    return frozenset(found | {"PROTECTED"} if nopwd == "PRO" else found)
