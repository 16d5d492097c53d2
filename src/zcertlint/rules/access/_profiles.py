"""What the rules of daemon authority, PassTickets and APPL share: what is shown of a resource, and what to ask for."""

from zcertlint.engine.verdict import Unknown
from zcertlint.model.deployment import Database
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import Level, Profile
from zcertlint.text.source import Span
from zcertlint.trust.access import allows, covers, deciding
from zcertlint.trust.needs import Need

__all__ = ["all_names", "ask_access", "decided", "nothing_covers", "rlist", "told_missing"]

_SIGNS = "*%&"


def all_names(database: Database, class_name: str) -> tuple[frozenset[str], Span] | None:
    """The names of every profile of a class, and what shows them all: an unload, or SEARCH without a limit."""
    security = database.security
    if security.unload is not None and class_name in security.unload_classes:
        names = (one.name for one in security.profiles if one.class_name == class_name)
        return frozenset(names), security.unload
    found = [one for one in security.searches if one.class_name == class_name and one.complete]
    return (frozenset(found[0].names), found[0].span) if found else None


def told_missing(database: Database, class_name: str, name: str) -> Span | None:
    """Where RLIST says that there is no profile of this name; of a generic name it says no more than that."""
    wanted = f"{class_name}/{name}"
    answers = (one for one in database.answers if one.kind is AnswerKind.NO_SUCH_PROFILE)
    return next((one.span for one in answers if one.name == wanted), None)


def nothing_covers(database: Database, class_name: str, name: str) -> Span | None:
    """What shows that no profile covers the resource; None where nothing does."""
    if isinstance(deciding(database, class_name, name), Profile):
        return None
    known = all_names(database, class_name)
    if known is not None:
        names, place = known
        hidden = any("&" in one for one in names)  # a variable of class RACFVARS
        fits = any(one == name or (any(s in one for s in _SIGNS) and covers(one, name)) for one in names)
        return None if hidden or fits else place
    if any(sign in name for sign in _SIGNS):
        return None
    return told_missing(database, class_name, name)


def decided(database: Database, class_name: str, name: str) -> Profile | Span | None:
    """The profile that decides, or the place that shows that there is none; None where nothing tells."""
    profile = deciding(database, class_name, name)
    return profile if isinstance(profile, Profile) else nothing_covers(database, class_name, name)


def rlist(class_name: str, name: str, *operands: str) -> str:
    """The command that shows a profile."""
    return " ".join(("RLIST", class_name, name, *(operands or ("AUTHUSER",))))


def _command(database: Database, profile: Profile, ident: str) -> str:
    """What shows the access of a user, where the listing of the profile does not tell it."""
    if profile.access is None or profile.universal is None or profile.warning is None:
        return rlist(profile.class_name, profile.name, "ALL")
    user = database.security.user(ident)
    if user is None or user.groups is None or user.attributes is None:
        return f"LISTUSER {ident} OMVS"
    return rlist(profile.class_name, profile.name, "ALL")


def ask_access(database: Database, profile: Profile, ident: str, level: Level) -> Unknown | None:
    """The question whether a user has a level; None where that is told."""
    if allows(database, profile, ident, level) is not None:
        return None
    text = f"Has {ident} {level.value} on {profile.name} of class {profile.class_name}? What is shown does not tell."
    return Unknown(
        {"user": ident, "profile": profile.name},
        (Need(profile.id, text, _command(database, profile, ident)),),
    )
