"""Commands that change nothing: lists of certificates, rings, filters, profiles and users; SETROPTS REFRESH."""

from collections.abc import Iterable

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command, Effects
from zcertlint.fixes.commands.known import facility
from zcertlint.fixes.quote import (
    certificate_owner,
    class_name,
    dsn,
    profile_name,
    quote_label,
    ring_name,
    user_id,
)
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = [
    "REFRESHED", "CheckCert", "ListCert", "ListCerts", "ListChain", "ListGroup", "ListMap", "ListRing",
    "ListSetropts", "ListUser", "NetstatHome", "Refresh", "Rlist", "Search", "refreshes",
]  # fmt: skip

# The classes that our commands make stale, in the order in which they are refreshed.
REFRESHED = (
    "DIGTCERT", "DIGTRING", "DIGTNMAP", "DIGTCRIT", "FACILITY", "RDATALIB", "APPL", "PTKTDATA", "SERVAUTH",
    "STARTED", "CSFSERV", "CSFKEYS", "CRYPTOZ", "IDIDMAP", "XFACILIT", "SURROGAT", "SERVER", "ZMFAPLA", "UNIXPRIV",
    "OPERCMDS", "TSOAUTH", "SDSF", "CBIND", "EJBROLE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListCert(Effects):
    """List one certificate; return code 4 when it is not there."""

    owner: Owner
    label: str

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("LIST", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner LIST(LABEL('l'))``."""
        return ("RACDCERT", certificate_owner(self.owner), f"LIST(LABEL({quote_label(self.label)}))")


@dataclass(frozen=True, slots=True)
class ListCerts(Effects):
    """List every certificate of an owner."""

    owner: Owner

    def needs(self) -> tuple[str, ...]:
        """For the owner."""
        return facility("LIST", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner LIST``."""
        return ("RACDCERT", certificate_owner(self.owner), "LIST")


@dataclass(frozen=True, slots=True)
class ListChain(Effects):
    """List a certificate with its issuers, and whether the chain is complete."""

    owner: Owner
    label: str

    def needs(self) -> tuple[str, ...]:
        """The issuers are under CERTAUTH."""
        return ("FACILITY IRR.DIGTCERT.LIST CONTROL",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner LISTCHAIN(LABEL('l'))``."""
        return ("RACDCERT", certificate_owner(self.owner), f"LISTCHAIN(LABEL({quote_label(self.label)}))")


@dataclass(frozen=True, slots=True)
class ListRing(Effects):
    """List a key ring, or with ``*`` every key ring of the user."""

    ring_owner: str
    ring: str

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.LISTRING UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) LISTRING(r)``."""
        name = "*" if self.ring == "*" else ring_name(self.ring)
        return ("RACDCERT", f"ID({user_id(self.ring_owner)})", f"LISTRING({name})")


@dataclass(frozen=True, slots=True)
class ListMap(Effects):
    """List the name filters of a user, or those of MULTIID.

    Attributes:
        user: None for MULTIID. label: None for all.
    """

    user: str | None
    label: str | None = None

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.LISTMAP UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) LISTMAP[(LABEL('l'))]``."""
        one = "LISTMAP" if self.label is None else f"LISTMAP(LABEL({quote_label(self.label)}))"
        return ("RACDCERT", "MULTIID" if self.user is None else f"ID({user_id(self.user)})", one)


@dataclass(frozen=True, slots=True)
class CheckCert(Effects):
    """List the certificate in a data set, and whether RACF has it."""

    data_set: str

    def needs(self) -> tuple[str, ...]:
        """To see the certificates of others."""
        return ("FACILITY IRR.DIGTCERT.LIST CONTROL",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT CHECKCERT('d')``."""
        return ("RACDCERT", f"CHECKCERT('{dsn(self.data_set)}')")


@dataclass(frozen=True, slots=True)
class Rlist(Effects):
    """List the profile that protects a resource, with its access lists."""

    class_name: str
    name: str

    def render(self) -> tuple[str, ...]:
        """``RLIST class name AUTHUSER``."""
        return ("RLIST", class_name(self.class_name), profile_name(self.name), "AUTHUSER")


@dataclass(frozen=True, slots=True)
class ListUser(Effects):
    """List a user with its groups and OMVS segment."""

    user: str

    def render(self) -> tuple[str, ...]:
        """``LISTUSER u OMVS``."""
        return ("LISTUSER", user_id(self.user), "OMVS")


@dataclass(frozen=True, slots=True)
class ListGroup(Effects):
    """List a group with its users and OMVS segment."""

    group: str

    def render(self) -> tuple[str, ...]:
        """``LISTGRP g OMVS``."""
        return ("LISTGRP", user_id(self.group), "OMVS")


@dataclass(frozen=True, slots=True)
class Search(Effects):
    """List the names of the profiles of a class."""

    class_name: str

    def render(self) -> tuple[str, ...]:
        """``SEARCH CLASS(class)``."""
        return ("SEARCH", f"CLASS({class_name(self.class_name)})")


@dataclass(frozen=True, slots=True)
class ListSetropts(Effects):
    """List the options of the system, the lists of classes among them."""

    def render(self) -> tuple[str, ...]:
        """``SETROPTS LIST``."""
        return ("SETROPTS", "LIST")


@dataclass(frozen=True, slots=True)
class NetstatHome(Effects):
    """List the home addresses of the TCP/IP stack."""

    def render(self) -> tuple[str, ...]:
        """``NETSTAT HOME``."""
        return ("NETSTAT", "HOME")


@dataclass(frozen=True, slots=True)
class Refresh(Effects):
    """Make RACF read the profiles of a class again.

    Attributes:
        generic: the generic profiles of a class that is not RACLISTed, in place of those of one that is.
    """

    class_name: str
    generic: bool = False

    def render(self) -> tuple[str, ...]:
        """``SETROPTS RACLIST(class) REFRESH``, or ``SETROPTS GENERIC(class) REFRESH``."""
        if self.class_name in {"USER", "GROUP", "DATASET"}:
            raise UnsafeValueError(f"{self.class_name} is no class of general resources")
        return (
            "SETROPTS",
            f"{'GENERIC' if self.generic else 'RACLIST'}({class_name(self.class_name)})",
            "REFRESH",
        )

    def idle(self, database: Database) -> bool | None:
        """Whether it has no effect, as ICH14070I then says: the class is not RACLISTed; None when not shown."""
        if self.generic:
            return None
        lists = [one.raclist for one in database.security.classes if one.raclist is not None]
        return all(self.class_name not in names for names in lists) if lists else None


def refreshes(commands: Iterable[Command]) -> tuple[Refresh, ...]:
    """One refresh for each class that the commands make stale: those of :data:`REFRESHED` first, then any other."""
    stale = {name for command in commands for name in command.refresh}
    known = [name for name in REFRESHED if name in stale]
    return tuple(Refresh(name) for name in (*known, *sorted(stale.difference(known))))
