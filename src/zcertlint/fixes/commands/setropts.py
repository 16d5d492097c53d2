"""SETROPTS as somebody writes it: classes made active or RACLISTed, profiles read again.

Our own plans only refresh (:class:`~zcertlint.fixes.commands.reads.Refresh`): what makes a class active puts
everything under its control that dormant profiles name.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zcertlint.fixes.commands.base import Command, Effects
from zcertlint.fixes.commands.reads import Refresh
from zcertlint.fixes.quote import class_name
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["Setropts", "not_refreshed"]


@dataclass(frozen=True, slots=True)
class Setropts(Effects):
    """Change the lists of classes, or refresh.

    Attributes:
        raclist, generic: with ``again`` the classes whose profiles are read again, else those that are added to
            the list. no_raclist, no_generic: those taken out. active, inactive: CLASSACT and NOCLASSACT.
        again: REFRESH.
    """

    raclist: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    no_raclist: tuple[str, ...] = ()
    no_generic: tuple[str, ...] = ()
    inactive: tuple[str, ...] = ()
    again: bool = False

    def render(self) -> tuple[str, ...]:
        """``SETROPTS CLASSACT(c) RACLIST(c,c) [REFRESH]``."""
        words = ["SETROPTS"]
        for keyword, classes in (
            ("CLASSACT", self.active), ("NOCLASSACT", self.inactive), ("GENERIC", self.generic),
            ("NOGENERIC", self.no_generic), ("RACLIST", self.raclist), ("NORACLIST", self.no_raclist),
        ):  # fmt: skip
            if classes:
                words.append(f"{keyword}({','.join(class_name(name) for name in classes)})")
        return (*words, "REFRESH") if self.again else tuple(words)

    def apply(self, database: Database, on: datetime) -> Database:
        """The lists that are shown have the classes; a list that is not shown stays unknown."""
        del on
        listed, generic = (self.raclist, self.generic) if not self.again else ((), ())
        classes = tuple(
            replace(
                one,
                active=_changed(one.active, self.active, self.inactive),
                raclist=_changed(one.raclist, listed, self.no_raclist),
                generic=_changed(one.generic, generic, self.no_generic),
            )
            for one in database.security.classes
        )
        if classes == database.security.classes:
            return database
        return replace(database, security=replace(database.security, classes=classes))

    def undo(self, before: Database) -> tuple[Command, ...]:
        """Out of the lists what was not in them, and back what was."""
        if self.again and not (self.active or self.inactive or self.no_raclist or self.no_generic):
            return ()
        shown = before.security.classes
        active = [name for one in shown for name in one.active or ()]
        raclist = [name for one in shown for name in one.raclist or ()]
        generic = [name for one in shown for name in one.generic or ()]
        back = Setropts(
            raclist=_in(self.no_raclist, raclist),
            generic=_in(self.no_generic, generic),
            active=_in(self.inactive, active),
            no_raclist=() if self.again else _out(self.raclist, raclist),
            no_generic=() if self.again else _out(self.generic, generic),
            inactive=_out(self.active, active),
        )
        return () if back == Setropts() else (back,)

    def why_no_undo(self, before: Database) -> str | None:
        """Lists that no input shows."""
        one = before.security.classes
        asked = (
            (self.active or self.inactive, any(lists.active is not None for lists in one)),
            (
                self.no_raclist or (self.raclist and not self.again),
                any(lists.raclist is not None for lists in one),
            ),
            (
                self.no_generic or (self.generic and not self.again),
                any(lists.generic is not None for lists in one),
            ),
        )
        if all(known or not changed for changed, known in asked):
            return None
        return "which classes were active, generic or RACLISTed before: SETROPTS LIST shows it"


def _changed(shown: frozenset[str] | None, more: Iterable[str], less: Iterable[str]) -> frozenset[str] | None:
    return None if shown is None else (shown | frozenset(more)) - frozenset(less)


def _in(classes: tuple[str, ...], shown: list[str]) -> tuple[str, ...]:
    return tuple(name for name in classes if name in shown)


def _out(classes: tuple[str, ...], shown: list[str]) -> tuple[str, ...]:
    return tuple(name for name in classes if name not in shown)


def not_refreshed(commands: Iterable[Command], database: Database) -> dict[str, bool | None]:
    """Classes that commands change and no later command refreshes.

    Returns:
        For each class whether it is RACLISTed, so that the change is not seen until a refresh; None when no
        input shows it. A class that is shown not to be RACLISTed is left out.
    """
    stale: dict[str, bool | None] = {}
    lists = [one.raclist for one in database.security.classes if one.raclist is not None]
    for command in commands:
        for name in command.refresh:
            stale[name] = any(name in names for names in lists) if lists else None
        if isinstance(command, Refresh) and not command.generic:
            stale.pop(command.class_name, None)
        elif isinstance(command, Setropts):
            for name in command.no_raclist:  # read where they are kept from now on
                stale.pop(name, None)
            for name in command.raclist:
                if command.again:
                    stale.pop(name, None)
                elif stale.get(name):
                    stale[name] = (
                        None  # whether RACLIST without REFRESH reads a RACLISTed class again is not confirmed
                    )
    return {name: listed for name, listed in stale.items() if listed is not False}
