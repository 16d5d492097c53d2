"""Users and groups of an unload: the many records, kept as the bytes of their fields until the file is read.

Lines come here with one byte for each character (a line that has others is brought into that form before).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import itemgetter
from sys import intern

from zcertlint.model.certificate import Absent
from zcertlint.model.crowd import Crowd
from zcertlint.model.security import Group, User
from zcertlint.text.source import Span

__all__ = ["People"]

# Bytes, measured: of a user with a UID, of a connection more, of a group, of one sort of user.
_COST_USER, _COST_CONNECT, _COST_GROUP, _COST_SORT = 250, 8, 520, 400
_ID = slice(5, 13)
_KEY = 8
_GROUP, _NUMBER = slice(14, 22), slice(14, 24)
_LEAST, _LEAST_USER = 14, 53
# Record 0205 by the same table: from the word that says whether the connection is revoked to the date of its end.
_STATE, _STATE_REVOKED, _STATE_DATES = slice(93, 134), slice(0, 4), slice(20, 41)
_WIDTH_PAIR, _WIDTH_NUMBER, _WIDTH_USER = 23, 25, 637

# Record 0200 by mfpandas' table, from 0, in a few pieces, as each costs time. What is of many users: the first words
# of YES and NO; other ones and NOPWD; revoke and resume date; three words more, of which one says RSTD.
_SORT = itemgetter(
    slice(39, 58), slice(380, 394), slice(457, 478), slice(541, 545), slice(586, 590), slice(633, 637)
)
_OWNED, _CALLED = slice(25, 33), slice(74, 103)  # owner; name, a blank and the default group
_BETWEEN = itemgetter(4, 13, 24, 33, 73, 94, 103, 394, 456, 467)
# Where they are in the pieces together.
_NOPWD, _DATES, _REVOKED = slice(29, 33), slice(33, 54), slice(10, 14)
_WORDS = (
    ("SPECIAL", 0), ("OPERATIONS", 5), ("REVOKED", 10), ("AUDITOR", 24), ("GRPACC", 15), ("UAUDIT", 19),
    ("RESTRICTED", 54), ("PASSPHRASE", 58), ("ROAUDIT", 62),
)  # fmt: skip
_WORD = 4
_NEEDED = 4  # of these: without them nobody can tell what the user may do
_YES = {"YES", "RSTD"}
_ANSWERS = {"YES": True, "NO": False}
_WITH_PASSWORD = {"NO", "YES", "PHR"}


# What is kept of a user: line, sort, owner, name and default group; behind them, for each connection eight bytes, the
# group; and for a UID sixteen, of which the first six are zero as in no name.
_LINE, _KIND = slice(0, 5), slice(5, 8)
_OWNER, _NAME, _DEFAULT = slice(0, 8), slice(8, 28), slice(29, 37)
_FIXED = 45
_SIGN = bytes(6)
_WITH_UID = _FIXED + 16
_BEHIND = slice(_FIXED, _FIXED + len(_SIGN))
_NATIONAL = frozenset("#@$")


_Handler = Callable[[int, Iterable[bytes]], list[int]]


class People:
    """What is kept of users and groups; the keys are names padded to eight bytes.

    Attributes:
        users: as above. sorts: what many users have in common, of record 0200, with a number.
        groups: the number of the line that names a group. joined: the groups that somebody is connected to.
        halted: of users with a connection that is revoked, or will be or was until a date, the group and ``R`` or
            ``D``, nine bytes each.
        gids: as written. stray: whether records named users that no record 0200 had shown.
        dropped: records that found no room.
    """

    def __init__(self, decode: Callable[[bytes], str], encode: Callable[[str], bytes], room: int) -> None:
        self.users: dict[bytes, bytes] = {}
        self.sorts: dict[bytes, int] = {}
        self.groups: dict[bytes, int] = {}
        self.joined: set[bytes] = set()
        self.halted: dict[bytes, bytes] = {}
        self.gids: dict[bytes, bytes] = {}
        self.stray = False
        self.dropped = 0
        self._room = room
        self._full = False
        self._decode = decode
        self._encode = encode
        self._blank = blank = encode(" ")
        self._space = blank[0]
        self._never = {blank[0], 0}  # at the beginning of a name
        self._plain: set[bytes] = set()  # states of connections that are neither
        self._spaces = (blank[0],) * len(_BETWEEN(bytes(_WIDTH_USER)))

    def handlers(self) -> dict[str, _Handler]:
        """By type of record, what keeps many of them, whose lines have these numbers and those that follow.

        They give the numbers of those that cannot be meant.
        """
        return {
            "0100": self._groups, "0120": self._gids, "0200": self._users, "0205": self._connects, "0270": self._uids,
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
        taken = _COST_USER * len(self.users) + _COST_CONNECT * connections
        self._full = taken + _COST_GROUP * len(self.groups) + _COST_SORT * len(self.sorts) > self._room

    def _is_named(self, line: bytes) -> bool:
        space = self._space
        return line[5] != space and line[13] == space and line[4] == space

    # Each of these is one loop without calls, as there are a million of such records.

    def _users(self, first: int, lines: Iterable[bytes]) -> list[int]:
        users, sorts, bad = self.users, self.sorts, []
        spaces, space, join = self._spaces, self._space, b"".join
        for number, found in enumerate(lines, first):
            line = found if len(found) >= _WIDTH_USER else self._padded(found, _LEAST_USER, _WIDTH_USER)
            if not line or _BETWEEN(line) != spaces or line[5] == space:
                bad.append(number)
                continue
            if self._full:
                self.dropped += 1
                continue
            key = line[_ID]
            sort = sorts.setdefault(join(_SORT(line)), len(sorts))
            packed = (number << 24 | sort).to_bytes(_KIND.stop) + line[_OWNED] + line[_CALLED]
            if key in users:  # two unloads in one file
                self.stray = True
                packed += users[key][_FIXED:]
            users[key] = packed
        return bad

    def _connects(self, first: int, lines: Iterable[bytes]) -> list[int]:
        users, join, bad = self.users, self.joined.add, []
        space, never, plain = self._space, self._never, self._plain
        for number, found in enumerate(lines, first):
            line = found if len(found) >= _WIDTH_PAIR else self._padded(found, _LEAST, _WIDTH_PAIR)
            if not line or not (line[4] == line[13] == line[22] == space != line[5]) or line[14] in never:
                bad.append(number)
                continue
            if self._full:
                self.dropped += 1
                continue
            if found[_STATE] not in plain:
                self._state(found)
            group = line[_GROUP]
            join(group)
            try:
                users[line[_ID]] += group
            except KeyError:
                self.stray = True
        return bad

    def _state(self, line: bytes) -> None:
        """A connection whose state is new, or counts."""
        state = line[_STATE]
        text = self._decode(state)
        sign = b"D" if text[_STATE_DATES].strip() else b"R" if text[_STATE_REVOKED].rstrip() == "YES" else b""
        if not sign:
            self._plain.add(state)
        else:
            user = line[_ID]
            self.halted[user] = self.halted.get(user, b"") + line[_GROUP] + sign

    def _groups(self, first: int, lines: Iterable[bytes]) -> list[int]:
        bad = []
        for number, found in enumerate(lines, first):
            line = found if len(found) >= _WIDTH_PAIR else self._padded(found, _LEAST, _WIDTH_PAIR)
            if not line or not self._is_named(line) or line[22] != self._space:
                bad.append(number)
            elif self._full:
                self.dropped += 1
            else:
                self.groups[line[_ID]] = number
        return bad

    def _gids(self, first: int, lines: Iterable[bytes]) -> list[int]:
        bad = []
        for number, found in enumerate(lines, first):
            line = found if len(found) >= _WIDTH_NUMBER else self._padded(found, _ID.start + 1, _WIDTH_NUMBER)
            if not line or not self._is_named(line) or line[24] != self._space:
                bad.append(number)
            elif self._full:
                self.dropped += 1
            else:
                self.groups.setdefault(line[_ID], number)
                self.gids[line[_ID]] = line[_NUMBER]
        return bad

    def _uids(self, first: int, lines: Iterable[bytes]) -> list[int]:
        users, space, bad = self.users, self._space, []
        for number, found in enumerate(lines, first):
            line = found if len(found) >= _WIDTH_NUMBER else self._padded(found, _ID.start + 1, _WIDTH_NUMBER)
            if not line or not (line[4] == line[13] == line[24] == space != line[5]):
                bad.append(number)
                continue
            if self._full:
                self.dropped += 1
                continue
            try:
                users[line[_ID]] += _SIGN + line[_NUMBER]
            except KeyError:
                self.stray = True
        return bad

    def name(self, padded: bytes) -> str:
        """A key of these dictionaries as text."""
        return self._decode(padded).rstrip()

    def all_connected(self, own_users: tuple[str, ...], own_group: str) -> bool:
        """Whether what RACF has of its own is there, every other user has a connection, and every group is there.

        RACF's own users, in lower case, have no connection.
        """
        there = {self.name(key) for key, packed in self.users.items() if not _is_connected(packed)}
        if self.stray or not self.joined <= self.groups.keys():
            return False
        own = own_group in map(self.name, self.groups) and there >= set(own_users)
        return own and all(user.islower() for user in there)

    def has_user(self, ident: str) -> bool:
        """Whether there is such a user."""
        return self._key(ident) is not None

    def _key(self, ident: str) -> bytes | None:
        """Under what a user is kept."""
        try:
            key = self._encode(ident.ljust(_KEY))
        except UnicodeEncodeError:
            return None
        if key in self.users and self.name(key) == ident:
            return key
        # In an EBCDIC page these characters may have places of their own.
        everybody = self.users if self._blank != b" " and not _NATIONAL.isdisjoint(ident) else ()
        return next((other for other in everybody if self.name(other) == ident), None)

    def _numeral(self, field: bytes | None, *, numbered: bool) -> int | Absent | None:
        """A UID or GID; no record at all says that there is none, where every number is shown."""
        text = "" if field is None else self._decode(field).strip()
        if not text:
            return Absent.ABSENT if numbered else None
        return int(text) if text.isdecimal() and text.isascii() else None

    def _halted(self, key: bytes, sign: bytes) -> tuple[str, ...]:
        """The groups of a user to which the connection is revoked, or bound to a date."""
        kept = self.halted.get(key, b"")
        parts = (kept[at : at + _KEY + 1] for at in range(0, len(kept), _KEY + 1))
        return tuple(self.name(part[:_KEY]) for part in parts if part[_KEY:] == sign)

    def protected(self) -> Iterator[str]:
        """The users without password and phrase: servers."""
        sign = self._encode("PRO ")
        sorts = {number.to_bytes(3) for sort, number in self.sorts.items() if sort[_NOPWD] == sign}
        for key, packed in self.users.items():
            if packed[_KIND] in sorts:
                yield self.name(key)

    def all_users(self, path: str, *, whole: bool, numbered: bool) -> Crowd[User]:
        """The users, in the order of the file.

        Args:
            path: of the unload.
            whole: whether all connections are there.
            numbered: whether all UIDs are.
        """
        sorts = list(self.sorts)
        alike: dict[bytes, User] = {}
        memberships: dict[bytes, tuple[str, ...]] = {}

        def make(ident: str) -> User | None:
            key = self._key(ident)
            if key is None:
                return None
            packed = self.users[key]
            if (sort := packed[_KIND]) not in alike:
                alike[sort] = _user_like(self._decode(sorts[int.from_bytes(sort)]))
            joined, number = _connections(packed), _number(packed)
            if joined not in memberships:
                groups = (joined[at : at + _KEY] for at in range(0, len(joined), _KEY))
                memberships[joined] = tuple(map(intern, map(self.name, groups)))
            own = self._decode(packed[_KIND.stop : _FIXED])
            return replace(
                alike[sort],
                id=ident,
                span=Span(path, int.from_bytes(packed[_LINE]), None, ident),
                name=own[_NAME].rstrip() or None,
                owner=intern(own[_OWNER].rstrip()) or None,
                default_group=intern(own[_DEFAULT].rstrip()) or None,
                groups=memberships[joined] if whole else None,
                uid=self._numeral(number, numbered=numbered),
                revoked_groups=self._halted(key, b"R"),
                dated_groups=self._halted(key, b"D"),
            )

        return Crowd(lambda: map(self.name, self.users), make)

    def all_groups(self, path: str, *, numbered: bool) -> Iterator[Group]:
        """The groups."""
        for key, number in self.groups.items():
            ident = self.name(key)
            yield Group(
                ident, Span(path, number, None, ident), self._numeral(self.gids.get(key), numbered=numbered)
            )


def _connections(packed: bytes) -> bytes:
    """The groups of a user, eight bytes each."""
    behind = packed[_FIXED:]
    while (at := behind.find(_SIGN)) >= 0:
        behind = behind[:at] + behind[at + _WITH_UID - _FIXED :]
    return behind


def _is_connected(packed: bytes) -> bool:
    if len(packed) == _FIXED:
        return False
    return packed[_BEHIND] != _SIGN or bool(_connections(packed))


def _number(packed: bytes) -> bytes | None:
    """The UID of a user, as written."""
    at = packed.rfind(_SIGN, _FIXED)
    return None if at < 0 else packed[at + len(_SIGN) : at + _WITH_UID - _FIXED]


def _user_like(sort: str) -> User:
    """A user of this sort, without what is its own."""
    nopwd = sort[_NOPWD].rstrip()
    return User(
        "",
        Span(""),
        attributes=_attributes(sort, nopwd),
        revoked=None if sort[_DATES].strip() else _ANSWERS.get(sort[_REVOKED].rstrip()),
        protected=True if nopwd == "PRO" else False if nopwd in _WITH_PASSWORD else None,
    )


def _attributes(text: str, nopwd: str) -> frozenset[str] | None:
    said = [text[at : at + _WORD].rstrip() for _, at in _WORDS]
    if not nopwd or any(word not in {"YES", "NO"} for word in said[:_NEEDED]):
        return None
    found = {name for (name, _), word in zip(_WORDS, said, strict=True) if word in _YES}
    return frozenset(found | {"PROTECTED"} if nopwd == "PRO" else found)
