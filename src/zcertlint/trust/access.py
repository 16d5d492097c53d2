"""Who has which access to what: the profile that decides about a resource, and the level that it gives a user.

Three answers everywhere. RACF looks for a profile of the resource's own name first, then for the most specific
generic one (RACF Security Administrator's Guide, generic profiles); on its list the user's own entry decides alone,
then those of its groups, then ID(*) and the universal access.
"""

import re
from functools import lru_cache

from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Database
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import Access, Level, Profile, User
from zcertlint.records import dataclass

__all__ = [
    "Held", "active", "allows", "covering", "covers", "deciding", "deleted", "held", "in_storage", "is_generic",
    "is_user", "undefined",
]  # fmt: skip

_EVERYBODY = frozenset(("*", "&RACUID"))
_ORDER = tuple(Level)
_END = 4  # behind the last character of a name; see _rank


@dataclass(frozen=True, slots=True)
class Held:
    """The access of a user: at least and at most; both the same where it is known."""

    least: Level
    most: Level

    def covers(self, wanted: Level) -> bool | None:
        """Whether it is enough; None when that cannot be told."""
        if self.least.covers(wanted):
            return True
        return None if self.most.covers(wanted) else False

    @property
    def level(self) -> Level | None:
        """The level, where it is known."""
        return self.least if self.least is self.most else None


# --- the profile -----------------------------------------------------------------------------------------------


def is_generic(profile: Profile) -> bool:
    """Whether its name is a pattern; ``&NAME`` stands for what class RACFVARS says."""
    return profile.generic is True or any(sign in profile.name for sign in "*%&")


def covers(pattern: str, name: str) -> bool:
    """Whether a generic profile covers the name of a resource.

    ``%`` is one character. ``*`` at the end of a part is the rest of that part, and of the whole name at its very
    end; as a part of its own it is one part, at the end one or more. ``**`` is any number of parts, none too. A
    ``*`` in the middle of a part is no pattern that RACF has.
    """
    return _pattern(pattern.upper()).fullmatch(name.upper()) is not None


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    parts = name.split(".")
    text, dot = "", ""
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        head = part.rstrip("*")
        if part == "**" and not number and not last:
            text = r"(?:[^ ]*\.)?"
            continue  # with the period that follows it
        if part == "**":
            text += rf"(?:{dot}[^ ]*)?"
        elif not head:
            text += dot + (r"[^ ]+" if last else r"[^.]+")
        else:
            text += dot + "".join("[^.]" if char == "%" else re.escape(char) for char in head)
            text += "" if head == part else r"[^ ]*" if last else r"[^.]*"
        dot = r"\."
    return re.compile(text)


def _rank(pattern: str) -> tuple[int, ...]:
    """For comparing two patterns of one resource: where they differ first, the plainer sign is the more specific."""
    signs = re.findall(r"\*\*|.", pattern.upper())
    return (*({"%": 1, "*": 2, "**": 3}.get(sign, 0) for sign in signs), _END)


def covering(database: Database, class_name: str, name: str) -> Profile | None:
    """Of the profiles that are shown, the one that would decide; a closer one may be there that no input shows."""
    known = [one for one in database.security.profiles if one.class_name == class_name]
    exact = next((one for one in known if one.name.upper() == name.upper()), None)
    if exact is not None:
        return exact
    fitting = [one for one in known if is_generic(one) and covers(one.name, name)]
    return min(fitting, key=lambda one: _rank(one.name), default=None)


def deciding(database: Database, class_name: str, name: str) -> Profile | Absent | None:
    """The profile that decides, ABSENT where it is shown that none covers the resource, None where nothing tells.

    A generic profile decides where a closer one is shown not to exist: by an unload with the whole class, or by
    RLIST, which answered with it when the resource was asked for.
    """
    found = covering(database, class_name, name)
    if found is None:
        return Absent.ABSENT if undefined(database, class_name, name) else None
    if found.name.upper() == name.upper() and not is_generic(found):
        return found
    security = database.security
    generics = [one.generic for one in security.classes if one.generic is not None]
    if not all(class_name in names for names in generics):
        return None  # RACF does not look at generic profiles of this class, on one of the systems at least
    variables = any(one.class_name == class_name and "&" in one.name for one in security.profiles)
    whole = security.unload is not None and class_name in security.unload_classes and not variables
    asked = any(one.class_name == class_name and name.upper() in one.asked for one in security.profiles)
    return found if whole or asked else None


def undefined(database: Database, class_name: str, name: str) -> bool:
    """Whether it is shown that no profile covers the resource."""
    if covering(database, class_name, name) is not None:
        return False
    security = database.security
    if security.unload is not None and class_name in security.unload_classes:
        return not any(one.class_name == class_name and "&" in one.name for one in security.profiles)
    wanted = f"{class_name}/{name}"
    return any(one.kind is AnswerKind.NO_SUCH_PROFILE and one.name == wanted for one in database.answers)


def deleted(database: Database, class_name: str, name: str) -> bool | None:
    """Whether a more general profile may cover the resource, now that a rehearsed RDELETE took away the one that did.

    False where a SEARCH of the whole class shows that none does; None without an RDELETE.
    """
    front, back = f"{class_name}/", " (deleted)"
    gone = (one.name for one in database.answers if one.function == "RDELETE" and one.name is not None)
    if not any(
        one.startswith(front) and covers(one.removeprefix(front).removesuffix(back), name) for one in gone
    ):
        return None
    searches = [one for one in database.security.searches if one.class_name == class_name and one.complete]
    return not searches or any("&" in one or covers(one, name) for one in searches[0].names)


# --- the class -------------------------------------------------------------------------------------------------


def active(database: Database, class_name: str) -> bool | None:
    """Whether a class is active; None where no SETROPTS LIST shows it, or two of them differ."""
    shown = {class_name in one.active for one in database.security.classes if one.active is not None}
    return shown.pop() if len(shown) == 1 else None


def in_storage(database: Database, class_name: str) -> bool | None:
    """Whether a class is RACLISTed, by SETROPTS or globally by an application."""
    shown = set()
    for one in database.security.classes:
        lists = (one.raclist, one.global_raclist)
        if any(class_name in names for names in lists if names is not None):
            shown.add(True)
        elif None not in lists:
            shown.add(False)
    return shown.pop() if len(shown) == 1 else None


# --- the level -------------------------------------------------------------------------------------------------


def allows(database: Database, profile: Profile, ident: str, wanted: Level) -> bool | None:
    """Whether a profile gives a user this level."""
    return held(database, profile, ident).covers(wanted)


def held(database: Database, profile: Profile, ident: str) -> Held:
    """The access that a profile gives a user.

    A RESTRICTED user gets nothing from ID(*) and the universal access; a user that no input shows is taken for an
    ordinary one.
    """
    if profile.warning:
        return Held(Level.ALTER, Level.ALTER)  # granted, with a message
    user = database.security.user(ident)
    found = _listed(database, profile, user, ident)
    if _may_be_more(database, profile, user, ident):
        found = Held(found.least, Level.ALTER)
    return found


def _listed(database: Database, profile: Profile, user: User | None, ident: str) -> Held:
    """By the standard access list and the universal access."""
    if profile.access is None:
        return Held(Level.NONE, Level.ALTER)
    own = [entry for entry in profile.access if entry.who == ident]
    if own:
        return _best(own)
    through, perhaps = [], []
    for entry in profile.access:
        member = None if entry.who in _EVERYBODY else _member(database, user, ident, entry.who)
        if member:
            through.append(entry)
        elif member is None and entry.who not in _EVERYBODY:
            perhaps.append(entry)
    first = _best(through) if through else _rest(profile, user)
    levels = [_best([entry]) for entry in perhaps]
    if through:  # of several groups the highest level counts
        return Held(first.least, _highest(first.most, *(one.most for one in levels)))
    return Held(
        _lowest(first.least, *(one.least for one in levels)),
        _highest(first.most, *(one.most for one in levels)),
    )


def _rest(profile: Profile, user: User | None) -> Held:
    """What everybody has."""
    if user is not None and user.attributes is not None and "RESTRICTED" in user.attributes:
        return Held(Level.NONE, Level.NONE)
    everybody = [entry for entry in profile.access or () if entry.who in _EVERYBODY]
    universal = profile.universal
    least, most = universal or Level.NONE, universal or Level.ALTER
    if not everybody:
        return Held(least, most)
    star = _best(everybody)
    if star.least.covers(most):
        return star
    return Held(_lowest(star.least, least) if universal else star.least, _highest(star.most, most))


def _may_be_more(database: Database, profile: Profile, user: User | None, ident: str) -> bool:
    """Whether something beside list and universal access may let the user in."""
    if profile.warning is None:
        return True
    tables = [one.global_checking for one in database.security.classes if one.global_checking is not None]
    if any(profile.class_name in names for names in tables):
        return True
    return any(
        entry.who == ident
        or entry.who in _EVERYBODY
        or _member(database, user, ident, entry.who) is not False
        for entry in profile.conditional or ()
    )


def _member(database: Database, user: User | None, ident: str, group: str) -> bool | None:
    """Whether a group counts for the user; False for what is shown to be a user, not a group.

    Without list-of-groups checking only the group under which somebody logged on counts: the default one, unless
    another was named.
    """
    connected = _connected(database, user, ident, group)
    alone = any(one.group_lists is False for one in database.security.classes)
    if connected and alone and (user is None or user.default_group != group):
        return None
    return connected


def _connected(database: Database, user: User | None, ident: str, group: str) -> bool | None:
    if user is not None and user.groups is not None:
        if group in user.dated_groups:
            return None
        return group in user.groups and group not in user.revoked_groups
    shown = next((one.users for one in database.security.groups if one.id == group), None)
    if shown is not None:
        return ident in shown
    return False if is_user(database, group) else None


def is_user(database: Database, ident: str) -> bool:
    """Whether it is shown to be a user: listed, or the owner of key rings or certificates. No group has its name."""
    security = database.security
    if security.user(ident) is not None or security.unload is not None:  # an unload shows every user
        return security.user(ident) is not None
    return any(store.owner == ident for store in database.stores.values() if store.shown) or any(
        one.owner is not None and one.owner.user == ident for one in database.certificates.values()
    )


def _best(entries: list[Access]) -> Held:
    """The highest level of several entries; one that cannot be read may be any."""
    levels = [entry.level for entry in entries]
    known = [level for level in levels if level is not None]
    least = _highest(Level.NONE, *known)
    return Held(least, Level.ALTER if None in levels else least)


def _highest(*levels: Level) -> Level:
    return max(levels, key=_ORDER.index)


def _lowest(*levels: Level) -> Level:
    return min(levels, key=_ORDER.index)
