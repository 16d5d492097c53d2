"""RDEFINE, RALTER, RDELETE: general resource profiles. What no input shows of one stays unknown."""

from dataclasses import replace
from datetime import datetime

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command, Effects, Failure, FailureKind
from zcertlint.fixes.commands.permit import (
    Permit,
    find_profile,
    no_profile,
    nobody,
    profile_missing,
    with_profile,
    without_profile,
)
from zcertlint.fixes.quote import class_name, profile_name, quote, user_id
from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Database
from zcertlint.model.security import Level, Profile
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Ralter", "Rdefine", "Rdelete"]

# Defining one of these puts everybody under its control: without it there is no check at all.
_NEVER = {"BPX.DAEMON", "BPX.SERVER"}
_KEYS, _TASKS = frozenset(("PTKTDATA",)), frozenset(("STARTED",))  # classes of SSIGNON and STDATA segments


def _values(universal: Level | None, app_data: str | None, owner: str | None) -> list[str]:
    """The operands that RDEFINE and RALTER share; None is left out."""
    words = []
    if universal is not None:
        words.append(f"UACC({universal.value})")
    if app_data is not None:
        words.append(f"APPLDATA({quote(app_data, 'application data')})")
    if owner is not None:
        words.append(f"OWNER({user_id(owner)})")
    return words


@dataclass(frozen=True, slots=True)
class Rdefine(Effects):
    """Define a profile.

    Attributes:
        universal: UACC; None leaves it to RACF. source: the profile of the class that FROM copies.
        app_data: APPLDATA. owner: OWNER; None makes the issuer the owner. warning: WARNING.
    """

    class_name: str
    name: str
    universal: Level | None = None
    source: str | None = None
    app_data: str | None = None
    owner: str | None = None
    warning: bool = False

    @property
    def refresh(self) -> tuple[str, ...]:
        """The class."""
        return (self.class_name,)

    def render(self) -> tuple[str, ...]:
        """``RDEFINE class name [FROM(other)] [UACC(NONE)] [APPLDATA('..')] [OWNER(u)] [WARNING]``.

        Raises:
            UnsafeValueError: the profile would lock out everybody, or stop every daemon of the system.
        """
        if self.class_name == "APPL" or (self.class_name == "FACILITY" and self.name in _NEVER):
            raise UnsafeValueError(
                f"a job never defines {self.class_name} {self.name}: without it there is no check"
            )
        words = ["RDEFINE", class_name(self.class_name), profile_name(self.name)]
        if self.source is not None:
            words.append(f"FROM({profile_name(self.source)})")
        words += _values(self.universal, self.app_data, self.owner)
        return (*words, "WARNING") if self.warning else tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """It must be new; the one that it copies must be there."""
        if find_profile(database, self.class_name, self.name) is not None:
            text = f"{self.class_name} {self.name} is defined already"
            return Failure(FailureKind.EXISTS, text, "ICH10102I")
        missing = None if self.source is None else profile_missing(database, self.class_name, self.source)
        if missing is not None:
            return missing
        if no_profile(database, self.class_name, self.name):
            return None
        return profile_missing(database, self.class_name, self.name)

    def doubts(self, database: Database) -> tuple[str, ...]:
        """The issuer may be put on the access list."""
        del database
        who = "whether RACF puts the issuer of RDEFINE on the access list (SETROPTS ADDCREATOR)"
        return (f"{who}: RLIST {self.class_name} {self.name} AUTHUSER shows it",)

    def apply(self, database: Database, on: datetime) -> Database:
        """One profile more; of one that may have been there only the name is known."""
        del on
        failure = self.failure(database)
        if failure is not None and failure.certain:
            return database
        span = Span(f"profile:{self.class_name}/{self.name}")
        generic = any(sign in self.name for sign in "*%")
        new = Profile(self.class_name, self.name, span, generic)
        if failure is not None:
            return database if self.source is not None else with_profile(database, new)
        model = None if self.source is None else find_profile(database, self.class_name, self.source)
        if model is not None:
            new = replace(
                model,
                name=self.name,
                span=span,
                generic=generic,
                owner=None,
                signon=None,
                started=None,
                asked=frozenset(),
            )
        else:
            new = replace(new, warning=False, app_data=Absent.ABSENT, access=(), conditional=())
        return with_profile(
            database,
            replace(
                new,
                universal=self.universal or new.universal,
                app_data=self.app_data or new.app_data,
                owner=self.owner,
                warning=self.warning or new.warning,
            ),
        )

    def undo(self, before: Database) -> tuple[Command, ...]:
        """RDELETE."""
        return (Rdelete(self.class_name, self.name),) if self.failure(before) is None else ()


@dataclass(frozen=True, slots=True)
class Ralter(Effects):
    """Change a profile; None leaves a value as it is."""

    class_name: str
    name: str
    universal: Level | None = None
    app_data: str | None = None
    owner: str | None = None
    warning: bool | None = None

    @property
    def refresh(self) -> tuple[str, ...]:
        """The class."""
        return (self.class_name,)

    def render(self) -> tuple[str, ...]:
        """``RALTER class name [UACC(NONE)] [APPLDATA('..')] [OWNER(u)] [WARNING|NOWARNING]``."""
        words = ["RALTER", class_name(self.class_name), profile_name(self.name)]
        words += _values(self.universal, self.app_data, self.owner)
        if self.warning is not None:
            words.append("WARNING" if self.warning else "NOWARNING")
        return tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """It must be there."""
        return profile_missing(database, self.class_name, self.name)

    def apply(self, database: Database, on: datetime) -> Database:
        """The profile with the new values."""
        del on
        old = find_profile(database, self.class_name, self.name)
        if old is None:
            return database
        new = replace(
            old,
            universal=self.universal or old.universal,
            app_data=self.app_data or old.app_data,
            owner=self.owner or old.owner,
            warning=old.warning if self.warning is None else self.warning,
        )
        return database if new == old else with_profile(database, new)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """RALTER back to what is shown."""
        old = find_profile(before, self.class_name, self.name)
        if old is None:
            return ()
        back = Ralter(
            self.class_name,
            self.name,
            old.universal if self.universal not in {None, old.universal} else None,
            old.app_data if self.app_data is not None and isinstance(old.app_data, str) else None,
            old.owner if self.owner not in {None, old.owner} else None,
            old.warning if self.warning not in {None, old.warning} else None,
        )
        return () if back == Ralter(self.class_name, self.name) else (back,)

    def why_no_undo(self, before: Database) -> str | None:
        """Values that no input shows, and application data where there were none."""
        old = find_profile(before, self.class_name, self.name)
        if old is None:
            return None
        hidden = [
            word
            for word, changed, was in (
                ("UACC", self.universal, old.universal),
                ("APPLDATA", self.app_data, old.app_data if isinstance(old.app_data, str) else None),
                ("OWNER", self.owner, old.owner),
                ("WARNING", self.warning, old.warning),
            )
            if changed is not None and was is None
        ]
        place = f"{self.class_name} {self.name}"
        return f"{', '.join(hidden)} of {place}: no input shows what it was" if hidden else None


@dataclass(frozen=True, slots=True)
class Rdelete(Effects):
    """Delete a profile; what it protected falls to a more general one, or to no check at all."""

    class_name: str
    name: str

    @property
    def refresh(self) -> tuple[str, ...]:
        """The class."""
        return (self.class_name,)

    def render(self) -> tuple[str, ...]:
        """``RDELETE class name``."""
        return ("RDELETE", class_name(self.class_name), profile_name(self.name))

    def failure(self, database: Database) -> Failure | None:
        """It must be there."""
        return profile_missing(database, self.class_name, self.name)

    def apply(self, database: Database, on: datetime) -> Database:
        """One profile less."""
        del on
        old = find_profile(database, self.class_name, self.name)
        return database if old is None else without_profile(database, old)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """RDEFINE and PERMIT, when everything of it is shown."""
        old = find_profile(before, self.class_name, self.name)
        if old is None or self.why_no_undo(before) is not None:
            return ()
        app_data = old.app_data if isinstance(old.app_data, str) else None
        made = Rdefine(self.class_name, self.name, old.universal, None, app_data, old.owner)
        permits = [
            Permit(self.class_name, self.name, (entry.who,), entry.level)
            for entry in old.access or ()
            if entry.level is not None
        ]
        return (made, *permits)

    def why_no_undo(self, before: Database) -> str | None:
        """Access lists that no input shows, conditional ones, and segments, which may hold keys."""
        old = find_profile(before, self.class_name, self.name)
        if old is None:
            return None
        hidden = {
            old.access is None or any(one.level is None or nobody(before, one.who) for one in old.access),
            old.conditional != (),
            bool(old.members or old.warning),
            old.universal is None,
            _held(old.signon, _KEYS, self.class_name),
            _held(old.started, _TASKS, self.class_name),
        }
        if True not in hidden:
            return None
        return f"{self.class_name} {self.name}: not everything of it is shown, or can be written as a command"


def _held(segment: object, classes: frozenset[str], class_name: str) -> bool:
    """Whether a profile has a segment, or may have one: in the classes that use it, what is not shown may be there."""
    return segment is not Absent.ABSENT and (segment is not None or class_name in classes)
