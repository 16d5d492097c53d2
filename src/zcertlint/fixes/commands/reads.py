"""Commands that change no certificate: LIST, LISTRING, LISTCHAIN, SETROPTS REFRESH."""

from datetime import datetime
from typing import ClassVar

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.quote import certificate_owner, quote_label, ring_name, user_id
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["REFRESHED", "ListCert", "ListChain", "ListRing", "Refresh"]

REFRESHED = ("DIGTCERT", "DIGTRING")  # the classes that our commands make stale, in this order


class _Harmless:
    """The effects of a command that changes nothing in the database."""

    __slots__ = ()
    refresh: ClassVar[tuple[str, ...]] = ()

    def problem(self, database: Database) -> str | None:
        """Nothing that matters: what is not there is answered with a message."""
        del database
        return None

    def apply(self, database: Database, on: datetime) -> Database:
        """The same database."""
        del on
        return database

    def undo(self, before: Database) -> tuple[Command, ...]:
        """Nothing to undo."""
        del before
        return ()

    def why_no_undo(self, before: Database) -> str | None:
        """Nothing is lost."""
        del before
        return None


@dataclass(frozen=True, slots=True)
class ListCert(_Harmless):
    """List one certificate; return code 4 when it is not there."""

    owner: Owner
    label: str

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner LIST(LABEL('l'))``."""
        return ("RACDCERT", certificate_owner(self.owner), f"LIST(LABEL({quote_label(self.label)}))")


@dataclass(frozen=True, slots=True)
class ListChain(_Harmless):
    """List a certificate with its issuers, and whether the chain is complete."""

    owner: Owner
    label: str

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner LISTCHAIN(LABEL('l'))``."""
        return ("RACDCERT", certificate_owner(self.owner), f"LISTCHAIN(LABEL({quote_label(self.label)}))")


@dataclass(frozen=True, slots=True)
class ListRing(_Harmless):
    """List a key ring."""

    ring_owner: str
    ring: str

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) LISTRING(r)``."""
        return ("RACDCERT", f"ID({user_id(self.ring_owner)})", f"LISTRING({ring_name(self.ring)})")


@dataclass(frozen=True, slots=True)
class Refresh(_Harmless):
    """Make RACF read the profiles of a RACLISTed class again; no effect on a class that is not."""

    class_name: str

    def render(self) -> tuple[str, ...]:
        """``SETROPTS RACLIST(class) REFRESH``."""
        if self.class_name not in REFRESHED:
            raise UnsafeValueError("a plan refreshes only classes of certificates and key rings")
        return ("SETROPTS", f"RACLIST({self.class_name})", "REFRESH")
