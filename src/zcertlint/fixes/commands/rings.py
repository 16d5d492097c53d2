"""ADDRING, DELRING, CONNECT and REMOVE: key rings and what is on them. Source of the effects: RACDCERT."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.fixes.commands.base import (
    Command,
    Effects,
    Failure,
    FailureKind,
    connection_in,
    find,
    find_ring,
    with_certificates,
    with_stores,
)
from zcertlint.fixes.commands.known import certificate_missing, owner_missing, ring_missing, row_missing
from zcertlint.fixes.quote import certificate_owner, quote_label, ring_name, user_id
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.deployment import Database
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["AddRing", "Connect", "DelRing", "Remove"]


@dataclass(frozen=True, slots=True)
class Connect(Effects):
    """Connect a certificate to a ring, or change the usage and DEFAULT of one that is connected.

    A new DEFAULT takes it from the old one; CONNECT without DEFAULT takes it away from this one.
    """

    owner: Owner
    label: str
    ring_owner: str
    ring: str
    usage: Usage
    default: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTRING",)

    def needs(self) -> tuple[str, ...]:
        """UPDATE only for another's certificate that is connected for trust; a table of RACDCERT CONNECT."""
        trust_only = self.owner.kind is OwnerKind.ID and self.usage is not Usage.PERSONAL
        level = "UPDATE" if trust_only else "CONTROL"
        return (f"FACILITY IRR.DIGTCERT.CONNECT {level}", f"FACILITY IRR.DIGTCERT.ADD {level}")

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) CONNECT(owner LABEL('l') RING(r) USAGE(x) [DEFAULT])``."""
        tail = (
            (f"USAGE({self.usage.value})", "DEFAULT)") if self.default else (f"USAGE({self.usage.value}))",)
        )
        return (
            "RACDCERT", f"ID({user_id(self.ring_owner)})", f"CONNECT({certificate_owner(self.owner)}",
            f"LABEL({quote_label(self.label)})", f"RING({ring_name(self.ring)})", *tail,
        )  # fmt: skip

    def failure(self, database: Database) -> Failure | None:
        """The certificate and the ring must be there."""
        return certificate_missing(database, self.owner, self.label) or ring_missing(
            database, self.ring_owner, self.ring
        )

    def apply(self, database: Database, on: datetime) -> Database:
        """The row is added at the end, or changed in place."""
        del on
        certificate, ring = (
            find(database, self.owner, self.label),
            find_ring(database, self.ring_owner, self.ring),
        )
        if certificate is None or ring is None or self.failure(database) is not None:
            return database
        old = connection_in(ring, self.owner, self.label)
        span = ring.span if old is None else old.span
        new = Connection(certificate.id, self.owner, self.label, self.usage, self.default, span)
        rows = [
            replace(row, default=False) if self.default and row.certificate != certificate.id else row
            for row in ring.connections
        ]
        if old is None:
            rows.append(new)
        else:
            rows[ring.connections.index(old)] = new
        result = with_stores(database, [replace(ring, connections=tuple(rows))])
        place = (self.ring_owner, self.ring)
        if certificate.rings is None or place in certificate.rings:
            return result
        return with_certificates(result, [replace(certificate, rings=(*certificate.rings, place))])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """REMOVE, or CONNECT as it was; and the DEFAULT back to the one that had it."""
        ring = find_ring(before, self.ring_owner, self.ring)
        if ring is None:
            return ()
        old = connection_in(ring, self.owner, self.label)
        commands: list[Command] = []
        if old is None:
            commands.append(Remove(self.owner, self.label, self.ring_owner, self.ring))
        elif old.usage is not self.usage or bool(old.default) != self.default:
            commands.append(replace(self, usage=old.usage, default=bool(old.default)))
        if self.default:
            commands += [
                Connect(row.owner, row.label, self.ring_owner, self.ring, row.usage, default=True)
                for row in ring.connections
                if row.default and row is not old and row.owner is not None and row.label is not None
            ]
        return tuple(commands)

    def why_no_undo(self, before: Database) -> str | None:
        """Nothing is lost, unless the listing did not show which certificate is the DEFAULT."""
        ring = find_ring(before, self.ring_owner, self.ring)
        if ring is None:
            return None
        old = connection_in(ring, self.owner, self.label)
        hidden = self.default and any(row.default is None for row in ring.connections)
        if hidden or (old is not None and old.default is None):
            return f"which certificate was the DEFAULT of {self.ring_owner}/{self.ring}: its listing does not show it"
        return None


@dataclass(frozen=True, slots=True)
class Remove(Effects):
    """Take a certificate off a ring; the certificate itself stays."""

    owner: Owner
    label: str
    ring_owner: str
    ring: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTRING",)

    def needs(self) -> tuple[str, ...]:
        """From another user's ring."""
        return ("FACILITY IRR.DIGTCERT.REMOVE CONTROL",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) REMOVE(owner LABEL('l') RING(r))``."""
        return (
            "RACDCERT", f"ID({user_id(self.ring_owner)})", f"REMOVE({certificate_owner(self.owner)}",
            f"LABEL({quote_label(self.label)})", f"RING({ring_name(self.ring)}))",
        )  # fmt: skip

    def failure(self, database: Database) -> Failure | None:
        """It must be connected; nothing more needs to be known of the certificate."""
        ring = find_ring(database, self.ring_owner, self.ring)
        missing = ring_missing(database, self.ring_owner, self.ring)
        if missing is not None or ring is None:
            return missing
        return row_missing(ring, self.owner, self.label)

    def apply(self, database: Database, on: datetime) -> Database:
        """The row is gone; the order of the others stays."""
        del on
        ring = find_ring(database, self.ring_owner, self.ring)
        if ring is None or self.failure(database) is not None:
            return database
        row = connection_in(ring, self.owner, self.label)
        rows = tuple(kept for kept in ring.connections if kept is not row)
        result = with_stores(database, [replace(ring, connections=rows)])
        certificate = find(database, self.owner, self.label)
        if certificate is None or certificate.rings is None:
            return result
        rings = tuple(place for place in certificate.rings if ring_id(*place) != ring.id)
        return with_certificates(result, [replace(certificate, rings=rings)])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """CONNECT with the usage and DEFAULT that it had."""
        ring = find_ring(before, self.ring_owner, self.ring)
        old = None if ring is None else connection_in(ring, self.owner, self.label)
        if old is None:
            return ()
        place = (self.ring_owner, self.ring)
        return (Connect(self.owner, self.label, *place, old.usage, default=bool(old.default)),)

    def why_no_undo(self, before: Database) -> str | None:
        """Only its place among the rows, which decides nothing, and a DEFAULT that is not shown."""
        ring = find_ring(before, self.ring_owner, self.ring)
        old = None if ring is None else connection_in(ring, self.owner, self.label)
        if old is None or old.default is not None:
            return None
        place = f"{self.ring_owner}/{self.ring}"
        return f"whether {old.certificate} was the DEFAULT of {place}: its listing does not show it"


@dataclass(frozen=True, slots=True)
class AddRing(Effects):
    """Make an empty key ring. RACF leaves a ring that exists as it is, and ends with a code that is not 0."""

    owner: str
    ring: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTRING",)

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.ADDRING UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) ADDRING(r)``."""
        return ("RACDCERT", f"ID({user_id(self.owner)})", f"ADDRING({ring_name(self.ring)})")

    def failure(self, database: Database) -> Failure | None:
        """It must not exist, and the user must."""
        missing = ring_missing(database, self.owner, self.ring)
        nobody = owner_missing(database, Owner.of_user(self.owner))
        if nobody is not None:
            return nobody
        if missing is None:
            return Failure(
                FailureKind.EXISTS, f"the key ring {self.owner}/{self.ring} exists already", "IRRD122I"
            )
        return None if missing.certain else missing

    def apply(self, database: Database, on: datetime) -> Database:
        """An empty ring."""
        del on
        if self.failure(database) is not None:
            return database
        ident = ring_id(self.owner, self.ring)
        old = database.stores.get(ident)
        span = Span(ident) if old is None else old.span
        return with_stores(
            database, [Store(ident, StoreKind.KEY_RING, self.owner, self.ring, StoreState.SHOWN, span=span)]
        )

    def undo(self, before: Database) -> tuple[Command, ...]:
        """DELRING, when the ring was not there before."""
        return (DelRing(self.owner, self.ring),) if self.failure(before) is None else ()


@dataclass(frozen=True, slots=True)
class DelRing(Effects):
    """Delete a key ring; the certificates on it stay."""

    owner: str
    ring: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTRING",)

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.DELRING UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) DELRING(r)``."""
        return ("RACDCERT", f"ID({user_id(self.owner)})", f"DELRING({ring_name(self.ring)})")

    def failure(self, database: Database) -> Failure | None:
        """It must exist."""
        return ring_missing(database, self.owner, self.ring)

    def apply(self, database: Database, on: datetime) -> Database:
        """The ring is known not to be there; its certificates are no longer on it."""
        del on
        ring = find_ring(database, self.owner, self.ring)
        if ring is None or self.failure(database) is not None:
            return database
        changed = [
            replace(kept, rings=tuple(place for place in kept.rings if ring_id(*place) != ring.id))
            for kept in database.certificates.values()
            if kept.rings is not None and any(ring_id(*place) == ring.id for place in kept.rings)
        ]
        none = replace(ring, state=StoreState.MISSING, connections=(), reason=None)
        return with_stores(with_certificates(database, changed), [none])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """ADDRING, and CONNECT of everything that was on it, in the old order."""
        ring = find_ring(before, self.owner, self.ring)
        if (
            ring is None
            or self.failure(before) is not None
            or owner_missing(before, Owner.of_user(self.owner))
        ):
            return ()
        rows = [
            Connect(row.owner, row.label, self.owner, self.ring, row.usage, default=bool(row.default))
            for row in ring.connections
            if row.owner is not None and row.label is not None
        ]
        return (AddRing(self.owner, self.ring), *rows)

    def why_no_undo(self, before: Database) -> str | None:
        """What the listing did not show of the rows, and a ring that was left of a deleted user."""
        ring = find_ring(before, self.owner, self.ring)
        nobody = owner_missing(before, Owner.of_user(self.owner))
        if ring is not None and nobody is not None:
            return f"the key ring {self.owner}/{self.ring}: {nobody.text}"
        if ring is None or all(row.default is not None for row in ring.connections):
            return None
        return f"which certificate was the DEFAULT of {self.owner}/{self.ring}: its listing does not show it"
