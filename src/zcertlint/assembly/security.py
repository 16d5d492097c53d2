"""Profiles, users and classes of all inputs: the same one seen twice becomes one, contradictions are recorded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from zcertlint.model.crowd import Crowd
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.security import Access, Group, Profile, Security, Signon, Started, User

__all__ = ["merge_security"]

Noun = TypeVar("Noun", Profile, User, Group)
# Where it stands, how it was found, and what LISTUSER shows in its own way (UNKNOWN): these do not contradict.
_NO_MATTER = {"span", "generic", "grouped", "name"}
# Attributes that LISTUSER and an unload both always show: UAUDIT is for auditors only, REVOKED may come of a date.
_BOTH_SHOW = {"SPECIAL", "OPERATIONS", "AUDITOR", "GRPACC", "RESTRICTED", "ROAUDIT", "PROTECTED"}


def merge_security(facts: Sequence[Facts]) -> tuple[Security, tuple[Problem, ...]]:
    """Everything that the inputs say of the security database.

    A value that two inputs tell differently is known no more: nothing is concluded from either.
    """
    told = [item.security for item in facts if item.security is not None]
    problems: list[Problem] = []
    profiles = _one_each((p for one in told for p in one.profiles), lambda p: p.id, problems)
    users = _users(told, problems)
    groups = _one_each((g for one in told for g in one.groups), lambda g: f"group:{g.id}", problems)
    unload = next((one for one in told if one.unload is not None), Security())
    return Security(
        profiles=profiles,
        classes=tuple(dict.fromkeys(c for one in told for c in one.classes)),
        users=users,
        groups=groups,
        searches=tuple(s for one in told for s in one.searches),
        denials=tuple(d for one in told for d in one.denials),
        identity_maps=tuple(m for one in told for m in one.identity_maps),
        homes=tuple(h for one in told for h in one.homes),
        unload=unload.unload,
        unload_classes=unload.unload_classes,
    ), tuple(problems)


def _users(told: Sequence[Security], problems: list[Problem]) -> Sequence[User]:
    """The users; those of an unload are many and mostly not asked for, so only the ones also listed are made."""
    crowds = [one.users for one in told if isinstance(one.users, Crowd)]
    if len(crowds) != 1:
        return _one_each((user for one in told for user in one.users), _user_id, problems)
    crowd = crowds[0]
    listed = (user for one in told if one.users is not crowd for user in one.users)
    both = []
    for user in _one_each(listed, _user_id, problems):
        known = crowd.named(user.id)
        both.append(user if known is None else _union(user, known, _user_id(user), problems))
    return crowd.updated(both) if both else crowd


def _user_id(user: User) -> str:
    return f"user:{user.id}"


def _one_each(
    items: Iterable[Noun], ident: Callable[[Noun], str], problems: list[Problem]
) -> tuple[Noun, ...]:
    found: dict[str, Noun] = {}
    for item in items:
        name = ident(item)
        known = found.get(name)
        found[name] = item if known is None else _union(known, item, name, problems)
    return tuple(found.values())


def _union(one: Noun, other: Noun, name: str, problems: list[Problem]) -> Noun:
    """Both views in one: what only one of them shows counts, what they tell differently does not."""
    values: dict[str, object] = {}
    differing = []
    for item in fields(one):
        mine, theirs = getattr(one, item.name), getattr(other, item.name)
        if mine is None or theirs is None or item.name in _NO_MATTER:
            values[item.name] = theirs if mine is None else mine
        elif _agree(mine, theirs):
            values[item.name] = _together(mine, theirs)
        else:
            differing.append(item.name)
            values[item.name] = None
    if "revoked" in differing:
        values["attributes"] = None  # one of them says REVOKED
    if differing:
        problems.append(
            Problem(
                "IN005",
                other.span,
                f"{name} is listed with other values ({', '.join(differing)}) than in {one.span}",
                "List it again and give only the newer listing; until then nothing is concluded from either",
                fatal=False,
            )
        )
    return replace(one, **values)  # type: ignore[arg-type]


def _agree(mine: object, theirs: object) -> bool:
    """Whether two values say the same, as far as both inputs show it in one way."""
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        return mine & _BOTH_SHOW == theirs & _BOTH_SHOW
    if isinstance(mine, Signon | Started) and isinstance(theirs, type(mine)):
        pairs = [
            (getattr(mine, part.name), getattr(theirs, part.name))
            for part in fields(mine)
            if part.name != "form"  # RLIST has words of its own for it
        ]
        return all(a == b for a, b in pairs if a is not None and b is not None)
    return _plain(mine) == _plain(theirs)


def _together(mine: object, theirs: object) -> object:
    """What two values that agree say together."""
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        return mine | theirs
    if isinstance(mine, Signon | Started) and isinstance(theirs, type(mine)):
        missing = {
            part.name: getattr(theirs, part.name) for part in fields(mine) if getattr(mine, part.name) is None
        }
        return replace(mine, **missing)
    return mine


def _plain(value: object) -> object:
    """A value without the places in it: an access list is the same wherever it stands, in whatever order.

    Of a condition the kind counts (``PROGRAM``, ``CONSOLE``): an unload has room for eight characters of its name.
    """
    if isinstance(value, tuple):
        return frozenset(_plain(part) for part in value)
    if isinstance(value, Access):
        return (value.who, value.level, (value.condition or "").partition(" ")[0].upper())
    return value
