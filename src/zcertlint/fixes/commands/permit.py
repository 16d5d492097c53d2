"""PERMIT: who is on the access list of a profile.

It changes the profile that it names, and with a generic one everything that it protects. An access list that no
input shows stays unknown.
"""

from dataclasses import replace
from datetime import datetime

from zcertlint.fixes.commands.base import Command, Effects, Failure, FailureKind
from zcertlint.fixes.quote import class_name, profile_name, user_id
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.security import Access, Level, Profile
from zcertlint.records import dataclass

__all__ = [
    "Permit",
    "find_profile",
    "no_profile",
    "nobody",
    "profile_missing",
    "with_profile",
    "without_profile",
]


def find_profile(database: Database, class_name: str, name: str) -> Profile | None:
    """The profile of this name, not one that covers it."""
    profiles = database.security.profiles
    return next((one for one in profiles if one.name == name and one.class_name == class_name), None)


def no_profile(database: Database, class_name: str, name: str) -> bool:
    """Whether it is shown that there is no profile of this name."""
    security = database.security
    if find_profile(database, class_name, name) is not None:
        return False
    if security.unload is not None and class_name in security.unload_classes:
        return True
    if any(one.class_name == class_name and name in one.asked for one in security.profiles):
        return True  # RLIST answered with a generic profile
    if any(
        one.class_name == class_name and one.complete and name not in one.names for one in security.searches
    ):
        return True
    wanted = {f"{class_name}/{name}", _deleted(class_name, name)}
    return any(one.kind is AnswerKind.NO_SUCH_PROFILE and one.name in wanted for one in database.answers)


def _deleted(kind: str, name: str) -> str:
    """What a rehearsed RDELETE leaves behind.

    Not the name that RLIST asks for: its "not found" says that no profile covers the resource, and after RDELETE
    a generic one may.
    """
    return f"{kind}/{name} (deleted)"


def profile_missing(database: Database, kind: str, name: str) -> Failure | None:
    """The failure of a command that needs the profile."""
    if find_profile(database, kind, name) is not None:
        return None
    if no_profile(database, kind, name):
        return Failure(FailureKind.MISSING, f"{kind} {name} is not defined")
    return Failure(
        FailureKind.NOT_SHOWN, f"no input shows {kind} {name}", ask=f"RLIST {kind} {name} AUTHUSER"
    )


def with_profile(database: Database, new: Profile) -> Database:
    """The database with this profile in place of the one of its name."""
    old = find_profile(database, new.class_name, new.name)
    profiles = tuple(new if one is old else one for one in database.security.profiles)
    security = replace(database.security, profiles=profiles if old is not None else (*profiles, new))
    if old is not None:
        return replace(database, security=security)
    searches = tuple(
        replace(one, names=(*one.names, new.name))
        if one.class_name == new.class_name and new.name not in one.names
        else one
        for one in security.searches
    )
    told = {f"{new.class_name}/{new.name}", _deleted(new.class_name, new.name)}
    answers = tuple(
        one for one in database.answers if one.kind is not AnswerKind.NO_SUCH_PROFILE or one.name not in told
    )
    return replace(database, security=replace(security, searches=searches), answers=answers)


def without_profile(database: Database, old: Profile) -> Database:
    """The database in which the profile is known not to be."""
    security = database.security
    searches = tuple(
        replace(
            one,
            names=tuple(name for name in one.names if name != old.name),
            generic=one.generic - {old.name},
        )
        if one.class_name == old.class_name
        else one
        for one in security.searches
    )
    profiles = tuple(one for one in security.profiles if one is not old)
    name = _deleted(old.class_name, old.name)
    answer = Answer(AnswerKind.NO_SUCH_PROFILE, None, name, "", None, old.span, "RDELETE")
    return replace(
        database,
        security=replace(security, profiles=profiles, searches=searches),
        answers=(*database.answers, answer),
    )


def nobody(database: Database, who: str) -> bool:
    """Whether it is shown that there is neither a user nor a group of this name."""
    security = database.security
    if who == "*" or security.user(who) is not None or any(one.id == who for one in security.groups):
        return False
    kinds = {one.kind for one in database.answers if one.name == who}
    return security.unload is not None or kinds >= {AnswerKind.NO_SUCH_USER, AnswerKind.NO_SUCH_GROUP}


@dataclass(frozen=True, slots=True)
class Permit(Effects):
    """Change the standard access list of a profile.

    Attributes:
        who: users and groups, ``*`` for every defined user.
        access: the level; None with ``delete`` or ``reset``.
        delete: take them off the list. reset: empty the list first, whoever is on it.
    """

    class_name: str
    name: str
    who: tuple[str, ...] = ()
    access: Level | None = None
    delete: bool = False
    reset: bool = False

    @property
    def refresh(self) -> tuple[str, ...]:
        """The class."""
        return (self.class_name,)

    def render(self) -> tuple[str, ...]:
        """``PERMIT name CLASS(class) ID(u) ACCESS(READ)``, or ``DELETE``."""
        words = ["PERMIT", profile_name(self.name), f"CLASS({class_name(self.class_name)})"]
        if self.who:
            words.append(f"ID({' '.join('*' if one == '*' else user_id(one) for one in self.who)})")
        if self.access is not None:
            words.append(f"ACCESS({self.access.value})")
        if self.reset:
            words.append("RESET")
        return (*words, "DELETE") if self.delete else tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """The profile must be there, and so must the users and groups."""
        missing = profile_missing(database, self.class_name, self.name)
        if missing is not None or self.delete:
            return missing
        lost = next((one for one in self.who if nobody(database, one)), None)
        return None if lost is None else Failure(FailureKind.MISSING, f"{lost} is neither a user nor a group")

    def apply(self, database: Database, on: datetime) -> Database:
        """The entries of the list that are shown; a list that is not shown stays unknown."""
        del on
        old = find_profile(database, self.class_name, self.name)
        if old is None or old.access is None or self.failure(database) is not None:
            return database
        level = self.access or Level.READ
        entries = [] if self.reset else list(old.access)
        for who in self.who:
            place = next((at for at, entry in enumerate(entries) if entry.who == who), None)
            if self.delete:
                entries = [entry for entry in entries if entry.who != who]
            elif place is None:
                entries.append(Access(who, level, old.span))
            elif entries[place].level is not level:
                entries[place] = replace(entries[place], level=level)
        conditional = () if self.reset and old.conditional is not None else old.conditional
        if tuple(entries) == old.access and conditional == old.conditional:
            return database
        return with_profile(database, replace(old, access=tuple(entries), conditional=conditional))

    def undo(self, before: Database) -> tuple[Command, ...]:
        """Everybody as before: PERMIT with the old level, or DELETE."""
        old = find_profile(before, self.class_name, self.name)
        if old is None or old.access is None or self.failure(before) is not None:
            return ()
        had = {entry.who: entry.level for entry in old.access}
        new: dict[str, Level | None] = dict.fromkeys(
            self.who, None if self.delete else self.access or Level.READ
        )
        if self.reset:
            new = {**dict.fromkeys(had), **new}
        return tuple(
            Permit(self.class_name, self.name, (who,), had.get(who), delete=who not in had)
            for who, level in new.items()
            if had.get(who) is not level
            and (who not in had or had[who] is not None)
            and not nobody(before, who)
        )

    def why_no_undo(self, before: Database) -> str | None:
        """An access list that no input shows, or a conditional one."""
        old = find_profile(before, self.class_name, self.name)
        if old is None:
            return None
        if self.reset or self.delete:
            gone = [one.who for one in old.access or () if nobody(before, one.who)]
            gone = [who for who in gone if self.reset or who in self.who]
            if gone:
                return f"{', '.join(gone)} on the access list of {self.class_name} {self.name}: no user, no group"
        if old.access is not None and not (self.reset and old.conditional):
            return None
        names = ", ".join(self.who) or "everybody"
        return f"how {names} stood on the access list of {self.class_name} {self.name}: no input shows it"
