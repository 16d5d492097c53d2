"""CONNECT and REMOVE of users and groups, ALTUSER OMVS, DELUSER."""

from dataclasses import replace
from datetime import datetime

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import Delete
from zcertlint.fixes.commands.base import Command, Effects, Failure, FailureKind
from zcertlint.fixes.commands.rings import DelRing
from zcertlint.fixes.quote import unix_path, user_id
from zcertlint.model.certificate import Absent, Owner
from zcertlint.model.crowd import Crowd
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.security import Group, User
from zcertlint.model.store import StoreKind
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["AlterOmvs", "ConnectGroup", "DelUser", "RemoveGroup"]

_MAX_UID = 2_147_483_647


def _group(database: Database, ident: str) -> Group | None:
    return next((one for one in database.security.groups if one.id == ident), None)


def _no_user(database: Database, ident: str) -> Failure | None:
    """The failure of a command that needs the user."""
    if database.security.user(ident) is not None:
        return None
    told = any(one.kind is AnswerKind.NO_SUCH_USER and one.name == ident for one in database.answers)
    if told or database.security.unload is not None:
        return Failure(FailureKind.MISSING, f"there is no user {ident}", "ICH30001I" if told else None)
    return Failure(FailureKind.NOT_SHOWN, f"no input shows the user {ident}", ask=f"LISTUSER {ident} OMVS")


def _no_group(database: Database, ident: str) -> Failure | None:
    """The failure of a command whose group is shown not to exist."""
    told = any(one.kind is AnswerKind.NO_SUCH_GROUP and one.name == ident for one in database.answers)
    if _group(database, ident) is None and (told or database.security.unload is not None):
        return Failure(FailureKind.MISSING, f"there is no group {ident}")
    return None


def _with(database: Database, user: User | None, group: Group | None) -> Database:
    """The database with this user and this group in place of those of their names."""
    security = database.security
    users = security.users
    if user is not None and isinstance(users, Crowd):  # of an unload: most of them are never looked at
        users = users.updated((user,))
    elif user is not None:
        users = tuple(user if one.id == user.id else one for one in users)
    groups = tuple(group if group is not None and one.id == group.id else one for one in security.groups)
    return replace(database, security=replace(security, users=users, groups=groups))


def _membership(database: Database, user: str, group: str) -> bool | None:
    """Whether the user is connected to the group; None when neither LISTUSER nor LISTGRP tells."""
    one, other = database.security.user(user), _group(database, group)
    if one is not None and one.groups is not None:
        return group in one.groups
    return None if other is None or other.users is None else user in other.users


@dataclass(frozen=True, slots=True)
class ConnectGroup(Effects):
    """Connect a user to a group; the user has its authority at the next logon."""

    user: str
    group: str

    def render(self) -> tuple[str, ...]:
        """``CONNECT u GROUP(g)``."""
        return ("CONNECT", user_id(self.user), f"GROUP({user_id(self.group)})")

    def failure(self, database: Database) -> Failure | None:
        """Both must be there."""
        return _no_user(database, self.user) or _no_group(database, self.group)

    def apply(self, database: Database, on: datetime) -> Database:
        """The lists that are shown have one more."""
        del on
        if self.failure(database) is not None or _membership(database, self.user, self.group):
            return database
        user, group = database.security.user(self.user), _group(database, self.group)
        if user is not None and user.groups is not None:
            user = replace(user, groups=(*user.groups, self.group))
        if group is not None and group.users is not None and self.user not in group.users:
            group = replace(group, users=(*group.users, self.user))
        return _with(database, user, group)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """REMOVE, when the user was not connected."""
        was = _membership(before, self.user, self.group)
        return (RemoveGroup(self.user, self.group),) if was is False and self.failure(before) is None else ()

    def why_no_undo(self, before: Database) -> str | None:
        """When no input shows whether the user was connected."""
        if _membership(before, self.user, self.group) is not None:
            return None
        return f"whether {self.user} was in {self.group}: no input shows it"


@dataclass(frozen=True, slots=True)
class RemoveGroup(Effects):
    """Take a user out of a group; not out of the default group."""

    user: str
    group: str

    def render(self) -> tuple[str, ...]:
        """``REMOVE u GROUP(g)``."""
        return ("REMOVE", user_id(self.user), f"GROUP({user_id(self.group)})")

    def failure(self, database: Database) -> Failure | None:
        """The user must be in it, and it must not be the default group."""
        missing = _no_user(database, self.user) or _no_group(database, self.group)
        user = database.security.user(self.user)
        if missing is not None or user is None:
            return missing
        if user.default_group == self.group:
            return Failure(FailureKind.REFUSED, f"{self.group} is the default group of {self.user}")
        if _membership(database, self.user, self.group) is False:
            return Failure(FailureKind.MISSING, f"{self.user} is not in {self.group}")
        return None

    def apply(self, database: Database, on: datetime) -> Database:
        """The lists that are shown have one less."""
        del on
        user, group = database.security.user(self.user), _group(database, self.group)
        if self.failure(database) is not None:
            return database
        if user is not None and user.groups is not None:
            user = replace(user, groups=tuple(one for one in user.groups if one != self.group))
        if group is not None and group.users is not None:
            group = replace(group, users=tuple(one for one in group.users if one != self.user))
        return _with(database, user, group)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """CONNECT."""
        was = _membership(before, self.user, self.group)
        return (ConnectGroup(self.user, self.group),) if was and self.failure(before) is None else ()

    def why_no_undo(self, before: Database) -> str | None:
        """The authority that the user had in the group."""
        if self.failure(before) is not None:
            return None
        return f"the authority that {self.user} had in {self.group}, when it was more than USE"


@dataclass(frozen=True, slots=True)
class AlterOmvs(Effects):
    """Give a user an OMVS segment, change it, or take it away.

    Attributes:
        uid, home, program: None leaves it as it is. none: NOOMVS.
    """

    user: str
    uid: int | None = None
    home: str | None = None
    program: str | None = None
    none: bool = False

    def render(self) -> tuple[str, ...]:
        """``ALTUSER u OMVS(UID(n) HOME('/u/x') PROGRAM('/bin/sh'))``, or ``NOOMVS``."""
        words = ("ALTUSER", user_id(self.user))
        if self.none:
            return (*words, "NOOMVS")
        inner = [] if self.uid is None else [f"UID({self._uid()})"]
        inner += [] if self.home is None else [f"HOME({unix_path(self.home)})"]
        inner += [] if self.program is None else [f"PROGRAM({unix_path(self.program)})"]
        if not inner:
            raise UnsafeValueError("ALTUSER OMVS without anything to change")
        inner[0] = f"OMVS({inner[0]}"
        inner[-1] += ")"
        return (*words, *inner)

    def _uid(self) -> int:
        if self.uid is None or not 0 <= self.uid <= _MAX_UID:
            raise UnsafeValueError("a UID is a number from 0 to 2147483647")
        return self.uid

    def failure(self, database: Database) -> Failure | None:
        """The user must be there."""
        return _no_user(database, self.user)

    def doubts(self, database: Database) -> tuple[str, ...]:
        """Two users with one UID are one user of the file system; RACF refuses that where SHARED.IDS is defined."""
        twins = [one.id for one in database.security.users if one.uid == self.uid and one.id != self.user]
        if self.uid is None or not twins:
            return ()
        return (f"UID {self.uid} is also that of {', '.join(twins)}",)

    def apply(self, database: Database, on: datetime) -> Database:
        """The user with the new UID."""
        del on
        user = database.security.user(self.user)
        if user is None:
            return database
        uid = Absent.ABSENT if self.none else user.uid if self.uid is None else self.uid
        return database if uid == user.uid else _with(database, replace(user, uid=uid), None)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """ALTUSER with the old UID, or NOOMVS."""
        user = before.security.user(self.user)
        if user is None or self.why_no_undo(before) is not None:
            return ()
        if user.uid is Absent.ABSENT:
            return () if self.none else (AlterOmvs(self.user, none=True),)
        if self.uid in {None, user.uid} or not isinstance(user.uid, int):
            return ()
        return (AlterOmvs(self.user, user.uid),)

    def why_no_undo(self, before: Database) -> str | None:
        """Home and program are not read from any listing."""
        user = before.security.user(self.user)
        if user is None or user.uid is Absent.ABSENT:
            return None
        if user.uid is None or self.none or self.home is not None or self.program is not None:
            return f"the OMVS segment of {self.user} as it was: LISTUSER {self.user} OMVS shows it"
        return None


@dataclass(frozen=True, slots=True)
class DelUser(Effects):
    """Delete a user, with its certificates, key rings, name filters and connections to groups.

    It stays on access lists.
    """

    user: str

    @property
    def refresh(self) -> tuple[str, ...]:
        """Everything that a user may own."""
        return ("DIGTCERT", "DIGTRING", "DIGTNMAP")

    def render(self) -> tuple[str, ...]:
        """``DELUSER u``."""
        return ("DELUSER", user_id(self.user))

    def failure(self, database: Database) -> Failure | None:
        """The user must be there, or own something that is shown."""
        owner = Owner.of_user(self.user)
        if any(one.owner == owner for one in database.certificates.values()):
            return None
        return _no_user(database, self.user)

    def apply(self, database: Database, on: datetime) -> Database:
        """Everything of the user is gone."""
        if self.failure(database) is not None:
            return database
        owner = Owner.of_user(self.user)
        for certificate in tuple(database.certificates.values()):
            if certificate.owner == owner:
                database = Delete(owner, certificate.label, force=True).apply(database, on)
        for store in tuple(database.stores.values()):
            if store.kind is StoreKind.KEY_RING and store.owner == self.user:
                database = DelRing(self.user, store.name).apply(database, on)
        users = tuple(one for one in database.security.users if one.id != self.user)
        groups = tuple(
            one
            if one.users is None
            else replace(one, users=tuple(who for who in one.users if who != self.user))
            for one in database.security.groups
        )
        filters = tuple(one for one in database.filters if one.user != self.user)
        told = Answer(AnswerKind.NO_SUCH_USER, owner, self.user, "", None, Span(f"user:{self.user}"))
        return replace(
            database,
            security=replace(database.security, users=users, groups=groups),
            filters=filters,
            answers=(*database.answers, told),
        )

    def why_no_undo(self, before: Database) -> str | None:
        """A user with its keys cannot be made again."""
        return (
            None if self.failure(before) is not None else f"the user {self.user} and everything that it owned"
        )
