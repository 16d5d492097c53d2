"""EXPORT, ADD of a CA, ADD of a backup, ALTER NEWLABEL: certificates in and out of the database."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.fixes.commands.base import Command, find, identifier, with_certificates, with_stores
from zcertlint.fixes.quote import certificate_owner, dsn, quote_label
from zcertlint.model.certificate import Certificate, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Database
from zcertlint.model.store import Store
from zcertlint.records import dataclass

__all__ = ["AddCa", "Alter", "Export", "RestoreBackup"]

_CERTAUTH = Owner(OwnerKind.CERTAUTH)


@dataclass(frozen=True, slots=True)
class Export:
    """Write the certificate (never its key) to a data set, base64. Overwrites the data set."""

    owner: Owner
    label: str
    data_set: str
    refresh: ClassVar[tuple[str, ...]] = ()

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner EXPORT(LABEL('l')) DSN('d') FORMAT(CERTB64)``."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"EXPORT(LABEL({quote_label(self.label)}))",
            f"DSN('{dsn(self.data_set)}')", "FORMAT(CERTB64)",
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """The certificate must be there."""
        gone = find(database, self.owner, self.label) is None
        return f"{identifier(self.owner, self.label)} is not in the database" if gone else None

    def apply(self, database: Database, on: datetime) -> Database:
        """The same certificates; only a data set is written."""
        del on
        return database

    def undo(self, before: Database) -> tuple[Command, ...]:
        """Nothing to undo: the data set may stay, it holds nothing secret."""
        del before
        return ()

    def why_no_undo(self, before: Database) -> str | None:
        """Nothing is lost."""
        del before
        return None


def _moved(store: Store, old: str, new: str, owner: Owner, label: str) -> Store:
    rows = tuple(
        replace(row, certificate=new, owner=owner, label=label) if row.certificate == old else row
        for row in store.connections
    )
    return replace(store, connections=rows)


@dataclass(frozen=True, slots=True)
class AddCa:
    """Add a CA certificate from a data set, trusted.

    Attributes:
        data_set: where the administrator has put the file. source: the certificate's id in the model.
    """

    data_set: str
    label: str
    source: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT CERTAUTH ADD('d') TRUST WITHLABEL('l')``."""
        label = quote_label(self.label)
        return ("RACDCERT", "CERTAUTH", f"ADD('{dsn(self.data_set)}')", "TRUST", f"WITHLABEL({label})")

    def problem(self, database: Database) -> str | None:
        """The certificate must be known, and the label must be free."""
        if self.source not in database.certificates:
            return f"{self.source} is not known"
        taken = find(database, _CERTAUTH, self.label) is not None
        return f"CERTAUTH/{self.label} exists already" if taken else None

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate of the file is one of the database now."""
        del on
        old = database.certificates.get(self.source)
        if old is None or self.problem(database) is not None:
            return database
        new: Certificate = replace(
            old,
            id=identifier(_CERTAUTH, self.label),
            owner=_CERTAUTH,
            label=self.label,
            trust=TrustStatus.TRUST,
            private_key=False,
            rings=(),
            files=old.files if self.source in old.files else (self.source, *old.files),
        )
        stores = [
            store
            for store in database.stores.values()
            if any(row.certificate == old.id for row in store.connections)
        ]
        moved = [_moved(store, old.id, new.id, _CERTAUTH, self.label) for store in stores]
        return with_stores(with_certificates(database, [new], without=old.id), moved)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """None: others may have come to use the CA meanwhile."""
        del before
        return ()

    def why_no_undo(self, before: Database) -> str | None:
        """It stays, on no ring of the plan."""
        del before
        return f"CERTAUTH/{self.label} stays in the database: others may use it by then; delete it by hand if none does"


@dataclass(frozen=True, slots=True)
class RestoreBackup:
    """Add a certificate again from its backup, over the newer one with the same key.

    Attributes:
        old: the certificate as it was.
    """

    old: Certificate
    data_set: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner ADD('d') TRUST``: the key finds the entry, so no label is given."""
        return ("RACDCERT", certificate_owner(self.old.owner), f"ADD('{dsn(self.data_set)}')", "TRUST")

    def problem(self, database: Database) -> str | None:
        """The entry with the key must be there."""
        return None if self.old.id in database.certificates else f"{self.old.id} is not in the database"

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate as it was."""
        del on
        return database if self.problem(database) is not None else with_certificates(database, [self.old])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """None: the newer certificate is in no data set."""
        del before
        return ()

    def why_no_undo(self, before: Database) -> str | None:
        """The newer certificate is replaced."""
        del before
        return f"the newer {self.old.id}"


@dataclass(frozen=True, slots=True)
class Alter:
    """Give a certificate another label; rings keep it, but every setting that names the old label breaks."""

    owner: Owner
    label: str
    new_label: str
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner ALTER(LABEL('l')) NEWLABEL('n')``."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"ALTER(LABEL({quote_label(self.label)}))",
            f"NEWLABEL({quote_label(self.new_label)})",
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """The old label must exist, the new one must be free."""
        if find(database, self.owner, self.label) is None:
            return f"{identifier(self.owner, self.label)} is not in the database"
        taken = find(database, self.owner, self.new_label) is not None
        return f"{identifier(self.owner, self.new_label)} exists already" if taken else None

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate, its rows on rings, and what it signed follow the new name."""
        del on
        old = find(database, self.owner, self.label)
        if old is None or self.problem(database) is not None:
            return database
        ident = identifier(self.owner, self.new_label)
        issued = [
            replace(child, signed_by=ident)
            for child in database.certificates.values()
            if child.signed_by == old.id and child.id != old.id
        ]
        signed_by = ident if old.signed_by == old.id else old.signed_by
        new = replace(old, id=ident, label=self.new_label, signed_by=signed_by)
        stores = [
            _moved(store, old.id, ident, self.owner, self.new_label) for store in database.stores.values()
        ]
        return with_stores(with_certificates(database, [new, *issued], without=old.id), stores)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """ALTER back."""
        del before
        return (Alter(self.owner, self.new_label, self.label),)

    def why_no_undo(self, before: Database) -> str | None:
        """Nothing is lost."""
        del before
        return None
