"""Users and groups of an unload."""

from collections.abc import Iterator

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Group, User
from zcertlint.readers._irrdbu00_keep import Kept
from zcertlint.text.source import Span

__all__ = ["groups_of", "users_of"]

# One character each in the packed record, in this order; the words are those of LISTUSER.
_FLAGS = ("SPECIAL", "OPERATIONS", "REVOKED", "GRPACC", "UAUDIT", "AUDITOR", "PASSPHRASE", "ROAUDIT")
_NUMBER, _FLAGS_END = 12, 20
_REVOKED = _NUMBER + 2
_NEEDED = tuple(_NUMBER + place for place in (0, 1, 2, 5))
_DATE, _RESTRICTED = 20, 21
_NOPWD, _OWNER, _GROUP, _NAME = slice(22, 26), slice(26, 34), slice(34, 42), slice(42, None)
_WITH_PASSWORD = {"NO", "YES", "PHR"}


def _number(text: str | None, *, whole: bool) -> int | Absent | None:
    """A UID or GID; no record at all says that there is none, in an unload that shows everybody."""
    if text is None or not text.strip():
        return Absent.ABSENT if whole else None
    return int(text) if text.strip().isdecimal() else None


def users_of(kept: Kept, path: str, *, whole: bool) -> Iterator[User]:
    """The users; what was packed is given free on the way, as there may be many."""
    words: dict[str, frozenset[str]] = {}
    memberships: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    while kept.users:
        ident, packed = kept.users.popitem()
        joined = kept.connects.pop(ident, "")
        if joined not in memberships:
            groups = (joined[at : at + 8].rstrip() for at in range(0, len(joined), 8))
            memberships[joined] = tuple(names.setdefault(group, group) for group in groups)
        nopwd = packed[_NOPWD].rstrip()
        marks = packed[_NUMBER : _NOPWD.stop]
        if marks not in words:
            words[marks] = _attributes(packed, nopwd)
        owner, group = packed[_OWNER].rstrip(), packed[_GROUP].rstrip()
        yield User(
            ident,
            Span(path, int(packed[:_NUMBER]), None, ident),
            name=packed[_NAME] or None,
            owner=names.setdefault(owner, owner) or None,
            attributes=words[marks] if all(packed[place] != " " for place in _NEEDED) and nopwd else None,
            revoked=_answer(packed[_REVOKED]) if packed[_DATE] == "-" else None,
            protected=True if nopwd == "PRO" else False if nopwd in _WITH_PASSWORD else None,
            default_group=names.setdefault(group, group) or None,
            groups=memberships[joined] if whole else None,
            uid=_number(kept.uids.pop(ident, None), whole=whole),
        )


def _answer(mark: str) -> bool | None:
    return {"Y": True, "N": False}.get(mark)


def _attributes(packed: str, nopwd: str) -> frozenset[str]:
    flags = zip(_FLAGS, packed[_NUMBER:_FLAGS_END], strict=True)
    found = {word for word, mark in flags if mark == "Y"}
    if nopwd == "PRO":
        found.add("PROTECTED")
    if packed[_RESTRICTED] == "R":
        found.add("RESTRICTED")
    return frozenset(found)


def groups_of(kept: Kept, path: str, *, whole: bool) -> Iterator[Group]:
    """The groups."""
    for ident, number in kept.groups.items():
        yield Group(ident, Span(path, number, None, ident), gid=_number(kept.gids.get(ident), whole=whole))
