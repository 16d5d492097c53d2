"""CONNECT and REMOVE: what is on a key ring. Source of the effects: RACDCERT CONNECT and REMOVE."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.fixes.commands.base import (
    Command,
    connection_in,
    find,
    find_ring,
    identifier,
    with_certificates,
    with_stores,
)
from zcertlint.fixes.quote import certificate_owner, quote_label, ring_name, user_id
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database
from zcertlint.model.store import Connection, StoreState, Usage
from zcertlint.records import dataclass

__all__ = ["Connect", "Remove"]


def _ring_problem(database: Database, owner: str, name: str) -> str | None:
    ring = find_ring(database, owner, name)
    if ring is None or ring.state is StoreState.NOT_SHOWN:
        return f"no input shows the key ring {owner}/{name}"
    return f"the key ring {owner}/{name} does not exist" if ring.state is StoreState.MISSING else None


@dataclass(frozen=True, slots=True)
class Connect:
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

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) CONNECT(owner LABEL('l') RING(r) USAGE(x) [DEFAULT])``."""
        tail = (
            (f"USAGE({self.usage.value})", "DEFAULT)") if self.default else (f"USAGE({self.usage.value}))",)
        )
        return (
            "RACDCERT", f"ID({user_id(self.ring_owner)})", f"CONNECT({certificate_owner(self.owner)}",
            f"LABEL({quote_label(self.label)})", f"RING({ring_name(self.ring)})", *tail,
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """The ring must be shown and the certificate must be in the database."""
        if find(database, self.owner, self.label) is None:
            return f"{identifier(self.owner, self.label)} is not in the database"
        return _ring_problem(database, self.ring_owner, self.ring)

    def apply(self, database: Database, on: datetime) -> Database:
        """The row is added at the end, or changed in place."""
        del on
        certificate, ring = (
            find(database, self.owner, self.label),
            find_ring(database, self.ring_owner, self.ring),
        )
        if certificate is None or ring is None or self.problem(database) is not None:
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
        if self.default and ring is not None and any(row.default is None for row in ring.connections):
            return f"which certificate was the DEFAULT of {self.ring_owner}/{self.ring}: its listing does not show it"
        return None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a certificate off a ring; the certificate itself stays."""

    owner: Owner
    label: str
    ring_owner: str
    ring: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTRING",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) REMOVE(owner LABEL('l') RING(r))``."""
        return (
            "RACDCERT", f"ID({user_id(self.ring_owner)})", f"REMOVE({certificate_owner(self.owner)}",
            f"LABEL({quote_label(self.label)})", f"RING({ring_name(self.ring)}))",
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """It must be connected."""
        problem = _ring_problem(database, self.ring_owner, self.ring)
        ring = find_ring(database, self.ring_owner, self.ring)
        if problem is None and ring is not None and connection_in(ring, self.owner, self.label) is None:
            problem = (
                f"{identifier(self.owner, self.label)} is not connected to {self.ring_owner}/{self.ring}"
            )
        return problem

    def apply(self, database: Database, on: datetime) -> Database:
        """The row is gone; the order of the others stays."""
        del on
        ring = find_ring(database, self.ring_owner, self.ring)
        if ring is None or self.problem(database) is not None:
            return database
        ident = identifier(self.owner, self.label)
        rows = tuple(row for row in ring.connections if row.certificate != ident)
        result = with_stores(database, [replace(ring, connections=rows)])
        certificate = database.certificates.get(ident)
        if certificate is None or certificate.rings is None:
            return result
        rings = tuple(place for place in certificate.rings if place != (self.ring_owner, self.ring))
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
        """Only its place among the rows, which decides nothing."""
        del before
        return None
