"""Whether a user may READ a resource, as far as profile, access list and groups are shown."""

from collections.abc import Iterable

from zcertlint.model.deployment import Database
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import Level, Profile, User

__all__ = ["covering", "may_read", "undefined", "user_of"]

_WILD = ("*", "%")


def user_of(database: Database, ident: str) -> User | None:
    """The user, if an input shows it."""
    return database.security.user(ident)


def _covers(profile: str, name: str) -> bool:
    """Whether a generic profile covers a name without periods: ``*``, ``**``, ``IZU*``, ``IZUDF%T``."""
    head = profile.rstrip("*")
    if "*" in head:
        return False
    if profile.endswith("*"):
        return len(name) >= len(head) and _alike(head, name[: len(head)])
    return len(head) == len(name) and _alike(head, name)


def _alike(pattern: str, text: str) -> bool:
    return all(one in {other, "%"} for one, other in zip(pattern, text, strict=True))


def covering(database: Database, class_name: str, name: str) -> Profile | None:
    """The profile that decides about a resource, of those that are shown: the discrete one, else the closest."""
    known = [one for one in database.security.profiles if one.class_name == class_name]
    exact = next((one for one in known if one.name == name), None)
    if exact is not None:
        return exact
    generic = [one for one in known if any(sign in one.name for sign in _WILD) and _covers(one.name, name)]
    return max(generic, key=lambda one: len(one.name.rstrip("*")), default=None)


def undefined(database: Database, class_name: str, name: str) -> bool:
    """Whether it is shown that no profile covers the resource."""
    if covering(database, class_name, name) is not None:
        return False
    security = database.security
    if security.unload is not None and class_name in security.unload_classes:
        return True
    wanted = f"{class_name}/{name}"
    return any(one.kind is AnswerKind.NO_SUCH_PROFILE and one.name == wanted for one in database.answers)


def may_read(profile: Profile, user: User | None, ident: str) -> bool | None:
    """Whether the user may READ; None when that cannot be told. WARNING mode lets everybody."""
    if profile.warning or (profile.universal is not None and profile.universal.covers(Level.READ)):
        return True
    if profile.access is None:
        return None
    own = [entry.level for entry in profile.access if entry.who == ident]
    if own:
        return _best(own)
    groups = user.groups if user is not None else None
    if groups is not None:
        through = [entry.level for entry in profile.access if entry.who in groups]
        if through:
            return _best(through)
    everybody = [entry.level for entry in profile.access if entry.who in {"*", "&RACUID"}]
    if everybody and _best(everybody):
        return True
    others = [entry for entry in profile.access if entry.who not in {"*", "&RACUID"}]
    if (groups is None and others) or profile.universal is None or profile.conditional:
        return None
    return False


def _best(levels: Iterable[Level | None]) -> bool | None:
    known = [level for level in levels if level is not None]
    return any(level.covers(Level.READ) for level in known) if known else None
