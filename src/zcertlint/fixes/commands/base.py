"""What every command value can do, and what all of them share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.datasets import DataSet
from zcertlint.model.deployment import Database
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, ring_id
from zcertlint.records import dataclass

__all__ = [
    "Authority", "Command", "Effects", "Failure", "FailureKind", "connection_in", "find", "find_ring", "identifier",
    "rings_of", "text_of", "with_certificates", "with_data_set", "with_stores",
]  # fmt: skip


class Authority(Enum):
    """Whose task a command is."""

    SECURITY = "security administrator"
    SYSTEM = "system programmer"


class FailureKind(Enum):
    """Why a command is not known to do what it says."""

    MISSING = "what it names does not exist"
    EXISTS = "what it would make exists"
    REFUSED = "RACF does not accept it"
    NOT_SHOWN = "no input shows what it depends on"
    NOT_KNOWN = "what RACF does here is not confirmed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a command fails, or why it cannot be told whether it does.

    Attributes:
        text: the reason, in one line. message: the id of RACF's message, when the facts name one.
        ask: for NOT_SHOWN, the command that shows what is missing.
    """

    kind: FailureKind
    text: str
    message: str | None = None
    ask: str | None = None

    @property
    def certain(self) -> bool:
        """Whether RACF would refuse the command; else that cannot be told."""
        return self.kind in {FailureKind.MISSING, FailureKind.EXISTS, FailureKind.REFUSED}

    def __str__(self) -> str:
        """The reason, with RACF's message."""
        return self.text if self.message is None else f"{self.text} ({self.message})"


class Command(Protocol):
    """One command of TSO, as a value."""

    @property
    def refresh(self) -> tuple[str, ...]:
        """The classes whose in-storage profiles it makes stale."""
        ...

    @property
    def authority(self) -> Authority:
        """Whose task it is."""
        ...

    def needs(self) -> tuple[str, ...]:
        """The authority in RACF that it takes, beside SPECIAL, for an issuer who is not the owner."""
        ...

    def render(self) -> tuple[str, ...]:
        """The words of the command; a line may end after each of them. UnsafeValueError when one is unsafe."""
        ...

    def failure(self, database: Database) -> Failure | None:
        """Why RACF would refuse it on this database, or why that cannot be told; None when it is carried out."""
        ...

    def problem(self, database: Database) -> str | None:
        """The same in words: a plan uses only a command of which this is None."""
        ...

    def doubts(self, database: Database) -> tuple[str, ...]:
        """What of its effect is believed and not confirmed; a plan that rests on it is for review."""
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

    def leaves(self, before: Database) -> tuple[str, ...]:
        """What is still there after :meth:`undo`, such as data sets."""
        ...


class Effects:
    """The effects of a command that changes nothing; those that do override what they change."""

    __slots__ = ()

    @property
    def refresh(self) -> tuple[str, ...]:
        """No class."""
        return ()

    @property
    def authority(self) -> Authority:
        """Commands of RACF are the security administrator's."""
        return Authority.SECURITY

    def needs(self) -> tuple[str, ...]:
        """SPECIAL is the only way."""
        return ()

    def failure(self, database: Database) -> Failure | None:
        """Nothing that matters: what is not there is answered with a message."""
        del database
        return None

    def problem(self, database: Database) -> str | None:
        """The failure in words."""
        failure = self.failure(database)
        return None if failure is None else failure.text

    def doubts(self, database: Database) -> tuple[str, ...]:
        """The effect is documented."""
        del database
        return ()

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

    def leaves(self, before: Database) -> tuple[str, ...]:
        """Nothing stays."""
        del before
        return ()


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


def with_data_set(database: Database, data_set: DataSet) -> Database:
    """The database with this data set written: EXPORT and GENREQ replace an existing one."""
    return replace(database, data_sets={**database.data_sets, data_set.name: data_set})
