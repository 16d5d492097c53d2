"""EXPORT, ADD of a CA, ADD of a backup, ALTER: certificates out of the database and back, label and status."""

from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import (
    Command,
    Effects,
    Failure,
    FailureKind,
    find,
    identifier,
    with_certificates,
    with_data_set,
    with_stores,
)
from zcertlint.fixes.commands.known import (
    certificate_missing,
    facility,
    forget,
    gone,
    key_missing,
    label_taken,
    replaced,
)
from zcertlint.fixes.quote import certificate_owner, dsn, quote_label
from zcertlint.model.certificate import Certificate, Owner, OwnerKind, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["AddCa", "Alter", "Export", "ExportForm", "RestoreBackup"]

_CERTAUTH = Owner(OwnerKind.CERTAUTH)


class ExportForm(Enum):
    """The FORMAT of EXPORT."""

    CERTDER = "CERTDER"
    CERTB64 = "CERTB64"
    PKCS7DER = "PKCS7DER"
    PKCS7B64 = "PKCS7B64"
    PKCS12DER = "PKCS12DER"
    PKCS12B64 = "PKCS12B64"

    @property
    def with_key(self) -> bool:
        """Whether the private key is written too."""
        return self in {ExportForm.PKCS12DER, ExportForm.PKCS12B64}


@dataclass(frozen=True, slots=True)
class Export(Effects):
    """Write a certificate to a data set. An existing data set is deleted and made again, without a question.

    A form with the private key takes a password, which is no part of the value: such a command is completed by
    the person who runs it, and is not written into a job.
    """

    owner: Owner
    label: str
    data_set: str
    form: ExportForm = ExportForm.CERTB64

    def needs(self) -> tuple[str, ...]:
        """For the private key, one profile more."""
        also = ("FACILITY IRR.DIGTCERT.EXPORTKEY",) if self.form.with_key else ()
        return (*facility("EXPORT", self.owner), *also)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner EXPORT(LABEL('l')) DSN('d') FORMAT(CERTB64)``."""
        if self.form.with_key:
            raise UnsafeValueError(
                "EXPORT of a private key takes a password, which is typed and never written"
            )
        return self.words()

    def words(self) -> tuple[str, ...]:
        """The same without the password that a private key takes."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"EXPORT(LABEL({quote_label(self.label)}))",
            f"DSN('{dsn(self.data_set)}')", f"FORMAT({self.form.value})",
        )  # fmt: skip

    def failure(self, database: Database) -> Failure | None:
        """The certificate must be there, and its key when that is written; not one in ICSF."""
        certificate = find(database, self.owner, self.label)
        if not self.form.with_key or certificate is None:
            return certificate_missing(database, self.owner, self.label)
        if certificate.hardware_key is not None:
            return Failure(FailureKind.REFUSED, f"the private key of {certificate.id} is in ICSF")
        return key_missing(database, self.owner, self.label)

    def apply(self, database: Database, on: datetime) -> Database:
        """The same certificates; a data set holds one of them."""
        del on
        certificate = find(database, self.owner, self.label)
        if certificate is None or self.failure(database) is not None:
            return database
        kind = DataSetKind.PKCS12 if self.form.with_key else DataSetKind.CERTIFICATE
        return with_data_set(database, DataSet(self.data_set, kind, certificate, certificate.id))

    def leaves(self, before: Database) -> tuple[str, ...]:
        """The data set, and what stood in one of that name."""
        del before
        secret = ", which holds a private key: delete it when all is well" if self.form.with_key else ""
        return (f"the data set {self.data_set}{secret}",)


@dataclass(frozen=True, slots=True)
class AddCa(Effects):
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

    def needs(self) -> tuple[str, ...]:
        """For CERTAUTH."""
        return facility("ADD", _CERTAUTH)

    def failure(self, database: Database) -> Failure | None:
        """The certificate must be known, and the label must be free."""
        if self.source not in database.certificates:
            return Failure(FailureKind.NOT_SHOWN, f"{self.source} is not known")
        return label_taken(database, _CERTAUTH, self.label)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate of the file is one of the database now."""
        del on
        old = database.certificates.get(self.source)
        if old is None or self.failure(database) is not None:
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
        moved = [replaced(store, old.id, new.id, _CERTAUTH, self.label) for store in stores]
        known = forget(with_certificates(database, [new], without=old.id), _CERTAUTH, self.label)
        return with_stores(known, moved)

    def why_no_undo(self, before: Database) -> str | None:
        """It stays, on no ring of the plan."""
        del before
        return f"CERTAUTH/{self.label} stays in the database: others may use it by then; delete it by hand if none does"


@dataclass(frozen=True, slots=True)
class RestoreBackup(Effects):
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

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return () if self.old.owner is None else facility("ADD", self.old.owner)

    def failure(self, database: Database) -> Failure | None:
        """The entry with the key must be there."""
        if self.old.id in database.certificates:
            return None
        return Failure(FailureKind.MISSING, f"{self.old.id} is not in the database")

    def doubts(self, database: Database) -> tuple[str, ...]:
        """No document tells whether RACF takes an older certificate over a newer one."""
        del database
        return (f"whether RACF takes the older {self.old.id} over the newer one is not confirmed",)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate as it was, on the rings that it is on now."""
        del on
        if self.failure(database) is not None:
            return database
        now = database.certificates[self.old.id]
        return with_certificates(database, [replace(self.old, rings=now.rings)])

    def why_no_undo(self, before: Database) -> str | None:
        """The newer certificate is replaced."""
        del before
        return f"the newer {self.old.id}"


@dataclass(frozen=True, slots=True)
class Alter(Effects):
    """Give a certificate another label or status.

    Rings keep a certificate under its new label, but every setting that names the old one breaks.

    Attributes:
        new_label, trust: None leaves it as it is.
    """

    owner: Owner
    label: str
    new_label: str | None = None
    trust: TrustStatus | None = None
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("ALTER", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner ALTER(LABEL('l')) [TRUST] [NEWLABEL('n')]``."""
        words = ["RACDCERT", certificate_owner(self.owner), f"ALTER(LABEL({quote_label(self.label)}))"]
        if self.trust is not None:
            words.append(self.trust.value)
        if self.new_label is not None:
            words.append(f"NEWLABEL({quote_label(self.new_label)})")
        return tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """The old label must exist, the new one must be free."""
        missing = certificate_missing(database, self.owner, self.label)
        if missing is not None or self.new_label is None:
            return missing
        return label_taken(database, self.owner, self.new_label)

    def doubts(self, database: Database) -> tuple[str, ...]:
        """RACF set NOTRUST for a reason."""
        old = find(database, self.owner, self.label)
        if old is None or old.trust is not TrustStatus.NOTRUST or self.trust in {None, TrustStatus.NOTRUST}:
            return ()
        return (f"why {old.id} has status NOTRUST (LISTCHAIN: an issuer missing, signature, dates)",)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate, its rows on rings, what it signed and what holds its key follow the new name."""
        del on
        old = find(database, self.owner, self.label)
        if old is None or self.failure(database) is not None:
            return database
        trust = self.trust or old.trust
        if self.new_label is None:
            return (
                database if trust is old.trust else with_certificates(database, [replace(old, trust=trust)])
            )
        ident = identifier(self.owner, self.new_label)
        issued = [
            replace(child, signed_by=ident)
            for child in database.certificates.values()
            if child.signed_by == old.id and child.id != old.id
        ]
        signed_by = ident if old.signed_by == old.id else old.signed_by
        new = replace(old, id=ident, label=self.new_label, signed_by=signed_by, trust=trust)
        stores = [
            replaced(one, old.id, ident, self.owner, self.new_label) for one in database.stores.values()
        ]
        sets = {
            name: replace(one, key_of=ident) if one.key_of == old.id else one
            for name, one in database.data_sets.items()
        }
        left = forget(gone(database, self.owner, self.label), self.owner, self.new_label)
        return replace(with_stores(with_certificates(left, [new, *issued]), stores), data_sets=sets)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """ALTER back."""
        old = find(before, self.owner, self.label)
        trust = None if old is None or self.trust is None or old.trust is self.trust else old.trust
        if self.new_label is None:
            return () if trust is None else (Alter(self.owner, self.label, trust=trust),)
        return (Alter(self.owner, self.new_label, self.label, trust),)

    def why_no_undo(self, before: Database) -> str | None:
        """Nothing is lost but a status that no input shows."""
        old = find(before, self.owner, self.label)
        if self.trust is None or old is None or old.trust is not None:
            return None
        return f"the status of {old.id}: no input shows it"
