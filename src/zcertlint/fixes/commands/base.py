"""What every command value can do, and the small edits of a database that commands share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Protocol

from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.deployment import Database
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, ring_id

__all__ = [
    "Command", "connection_in", "find", "find_ring", "identifier", "rings_of", "text_of", "with_certificates",
    "with_stores",
]  # fmt: skip


class Command(Protocol):
    """One command of TSO, as a value.

    ``refresh`` names the classes whose in-storage profiles it makes stale.
    """

    refresh: ClassVar[tuple[str, ...]]

    def render(self) -> tuple[str, ...]:
        """The words of the command; a line may end after each of them. UnsafeValueError when one is unsafe."""
        ...

    def problem(self, database: Database) -> str | None:
        """Why RACF would refuse it on this database; None when it would carry it out."""
        ...

    def apply(self, database: Database, on: datetime) -> Database:
        """The database afterwards; the same one when RACF would refuse the command."""
        ...

    def undo(self, before: Database) -> "tuple[Command, ...]":
        """The commands that bring ``before`` back, as far as commands can."""
        ...

    def why_no_undo(self, before: Database) -> str | None:
        """What :meth:`undo` does not bring back, and why; None when it brings back everything."""
        ...


def text_of(command: Command) -> str:
    """The command as one line."""
    return " ".join(command.render())


def identifier(owner: Owner, label: str) -> str:
    """The contract's identifier of a certificate in the security database."""
    return f"{owner}/{label}"


def find(database: Database, owner: Owner, label: str) -> Certificate | None:
    """The certificate of this owner and label."""
    return database.certificates.get(identifier(owner, label))


def find_ring(database: Database, owner: str, name: str) -> Store | None:
    """The key ring of this name."""
    return database.stores.get(ring_id(owner, name))


def connection_in(ring: Store, owner: Owner, label: str) -> Connection | None:
    """The row of a certificate in a ring."""
    wanted = identifier(owner, label)
    return next((row for row in ring.connections if row.certificate == wanted), None)


def rings_of(database: Database, ident: str) -> tuple[tuple[Store, Connection], ...]:
    """Every shown ring that holds the certificate, with its row there."""
    return tuple(
        (store, row)
        for store in database.stores.values()
        if store.kind is StoreKind.KEY_RING and store.state is StoreState.SHOWN
        for row in store.connections
        if row.certificate == ident
    )


def with_certificates(database: Database, changed: Iterable[Certificate], without: str = "") -> Database:
    """The database with these certificates put in (or replaced), and one id left out."""
    certificates = {ident: kept for ident, kept in database.certificates.items() if ident != without}
    certificates.update({certificate.id: certificate for certificate in changed})
    return replace(database, certificates=certificates)


def with_stores(database: Database, changed: Iterable[Store]) -> Database:
    """The database with these stores in place of those of the same id."""
    return replace(database, stores={**database.stores, **{store.id: store for store in changed}})
