"""ADD and DELETE. Sources of the effects: RACDCERT ADD and DELETE; what is only believed is told as a doubt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import (
    Command,
    Effects,
    Failure,
    FailureKind,
    find,
    identifier,
    rings_of,
    with_certificates,
    with_stores,
)
from zcertlint.fixes.commands.known import (
    certificate_missing,
    facility,
    forget,
    generated_label,
    gone,
    label_taken,
    owner_missing,
    same_contents,
    same_public_key,
)
from zcertlint.fixes.quote import certificate_owner, dsn, quote_label
from zcertlint.model.certificate import Certificate, Owner, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["Add", "Delete", "missing_data_set"]

_STAYS = ("id", "owner", "label", "rings", "private_key", "hardware_key")


def missing_data_set(name: str) -> Failure:
    """The failure of a command that reads a data set of which nothing is known."""
    return Failure(
        FailureKind.NOT_SHOWN, f"no input shows what {name} holds", ask=f"RACDCERT CHECKCERT('{name}')"
    )


@dataclass(frozen=True, slots=True)
class Add(Effects):
    """Add the certificate of a data set.

    A certificate for a key that the owner has in the database replaces the one there: label, key and rings stay.
    RACF has each certificate once: the same one under another owner, or a second label, is refused.

    Attributes:
        label: WITHLABEL; None lets RACF keep the old one or make one up.
        trust: the status; None leaves it to RACF.
        password: whether the command has one (PKCS#12): it is no part of the value.
    """

    owner: Owner
    data_set: str
    label: str | None = None
    trust: TrustStatus | None = None
    password: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("ADD", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner ADD('d') [TRUST] [WITHLABEL('l')]``."""
        if self.password:
            raise UnsafeValueError("ADD of a private key takes a password, which is typed and never written")
        return self.words()

    def words(self) -> tuple[str, ...]:
        """The same without the password that a private key takes."""
        words = ["RACDCERT", certificate_owner(self.owner), f"ADD('{dsn(self.data_set)}')"]
        if self.trust is not None:
            words.append(self.trust.value)
        if self.label is not None:
            words.append(f"WITHLABEL({quote_label(self.label)})")
        return tuple(words)

    def known(self, database: Database) -> DataSet | None:
        """What the data set holds, when that is a known certificate."""
        found = database.data_sets.get(self.data_set)
        return None if found is None or found.certificate is None else found

    def renews(self, database: Database) -> Certificate | None:
        """The certificate that it replaces: of this owner and with the same key."""
        found = self.known(database)
        if found is None:
            return None
        holder = None if found.key_of is None else database.certificates.get(found.key_of)
        if holder is not None and holder.owner == self.owner:
            return holder
        return next((one for one, same in self._namesakes(database, found) if same), None)

    def _namesakes(self, database: Database, found: DataSet) -> Iterator[tuple[Certificate, bool | None]]:
        """Certificates of this owner that have a key, or may have one, and whether it is the new one's key."""
        new = found.certificate
        for one in database.certificates.values():
            if new is not None and one.owner == self.owner and one.private_key is not False:
                same = same_public_key(one, new)
                if same or (
                    one.subject is not None and new.subject is not None and one.subject.same_as(new.subject)
                ):
                    yield one, same

    def failure(self, database: Database) -> Failure | None:
        """What the data set holds must be known, in the database nowhere else, and the label free."""
        found, nobody = self.known(database), owner_missing(database, self.owner)
        if nobody is not None:
            return nobody
        if found is None or found.certificate is None:
            taken = None if self.label is None else label_taken(database, self.owner, self.label)
            return missing_data_set(self.data_set) if taken is None else _either(taken, self.data_set)
        if found.kind is DataSetKind.REQUEST:
            return Failure(
                FailureKind.REFUSED, f"{self.data_set} holds a certificate request, no certificate"
            )
        twin = next((one for one in database.certificates.values() if _same(one, found.certificate)), None)
        if twin is not None and twin.owner is not None:
            return self._defined(twin)
        if self.renews(database) is not None:
            return None
        perhaps = next((one for one, same in self._namesakes(database, found) if same is None), None)
        if perhaps is not None and found.kind is DataSetKind.CERTIFICATE and found.certificate.owner is None:
            text = f"no input shows whether the certificate of {self.data_set} has the key of {perhaps.id}"
            return Failure(FailureKind.NOT_SHOWN, text, ask=f"RACDCERT CHECKCERT('{self.data_set}')")
        if self.label is None:
            return None
        return label_taken(database, self.owner, self.label)

    def _defined(self, twin: Certificate) -> Failure:
        """The same certificate is there; under its own owner and label RACF's answer is not confirmed."""
        text = f"the certificate is in the database as {twin.id}"
        other = twin.owner != self.owner or (self.label is not None and self.label != twin.label)
        return Failure(FailureKind.EXISTS if other else FailureKind.NOT_KNOWN, text, "IRRD109I")

    def doubts(self, database: Database) -> tuple[str, ...]:
        """Which status RACF gives without a word, and that the label of a known key stays."""
        found = []
        if self.trust is None:
            found.append(f"the status that RACF gives to the certificate of {self.data_set}: LIST shows it")
        if (old := self.renews(database)) is not None:
            found.append(f"that label, key and key rings of {old.id} stay: LIST shows it")
        return tuple(found)

    def apply(self, database: Database, on: datetime) -> Database:
        """A certificate more, or another one under an old label; what a PKCS#12 has beside it is not followed."""
        del on
        found, failure = self.known(database), self.failure(database)
        if failure is not None and failure.certain:
            return database
        if found is None or found.certificate is None:
            return self._unknown(database)
        if failure is not None:
            return database
        old = self.renews(database)
        if old is not None:
            stays = {name: getattr(old, name) for name in _STAYS}
            new = replace(
                found.certificate, **stays, trust=self.trust, signed_by=_signer(found.certificate, old)
            )
            return with_certificates(database, [new])
        label = self.label or generated_label(database, self.owner)
        if label is None:
            return database
        keyed = found.kind is DataSetKind.PKCS12
        new = replace(
            found.certificate,
            id=identifier(self.owner, label),
            owner=self.owner,
            label=label,
            trust=self.trust,
            private_key=keyed,
            hardware_key=None,
            rings=(),
            requested=None,
        )
        # A file of the run that holds this certificate is one with it now.
        source = found.certificate
        left = source.id if source.owner is None else ""
        if left:
            files = source.files if left in source.files else (left, *source.files)
            new = replace(new, files=files)
        sets = {
            name: replace(one, key_of=new.id) if keyed and one.name == self.data_set else one
            for name, one in database.data_sets.items()
        }
        return replace(
            forget(with_certificates(database, [new], without=left), self.owner, label), data_sets=sets
        )

    def _unknown(self, database: Database) -> Database:
        """Of a certificate that no input shows, only owner and label are known."""
        if self.label is None or find(database, self.owner, self.label) is not None:
            return database
        new = Certificate(
            identifier(self.owner, self.label), self.owner, self.label, trust=self.trust, rings=()
        )
        return forget(with_certificates(database, [new]), self.owner, self.label)

    def why_no_undo(self, before: Database) -> str | None:
        """It stays, on no ring of the plan, or it has taken the place of another."""
        if (old := self.renews(before)) is not None:
            return f"{old.id} as it was before: only a backup holds it"
        what = (
            f"{self.owner}/{self.label}" if self.label is not None else f"the certificate of {self.data_set}"
        )
        return f"{what} stays in the database: delete it by hand if nobody uses it"


def _either(taken: Failure, data_set: str) -> Failure:
    """The label is in use: by a certificate of the same key ADD would be a renewal, by another it fails."""
    return replace(
        taken, kind=FailureKind.NOT_SHOWN, text=f"{taken.text}, and no input shows what {data_set} holds"
    )


def _same(one: Certificate, other: Certificate | None) -> bool:
    return other is not None and one.owner is not None and same_contents(one, other)


def _signer(new: Certificate, old: Certificate) -> str | None:
    """Who signed it, where a command of the rehearsal made it."""
    return old.id if new.signed_by == new.id else new.signed_by


@dataclass(frozen=True, slots=True)
class Delete(Effects):
    """Delete a certificate: it is gone from every key ring, and so is its private key.

    Attributes:
        label: None when the command names none: then the owner must have exactly one certificate.
        force: delete it although a request was made from it.
    """

    owner: Owner
    label: str | None = None
    force: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("DELETE", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner DELETE(LABEL('l')) [FORCE]``."""
        if self.label is None:
            raise UnsafeValueError("DELETE is only written with a label")
        words = ("RACDCERT", certificate_owner(self.owner), f"DELETE(LABEL({quote_label(self.label)}))")
        return (*words, "FORCE") if self.force else words

    def target(self, database: Database) -> Certificate | None:
        """The certificate that it deletes."""
        if self.label is not None:
            return find(database, self.owner, self.label)
        own = [one for one in database.certificates.values() if one.owner == self.owner]
        return own[0] if len(own) == 1 and str(self.owner) in database.complete_owners else None

    def failure(self, database: Database) -> Failure | None:
        """It must be there; one from which a request was made is believed to need FORCE."""
        target = self.target(database)
        if self.label is not None:
            missing = certificate_missing(database, self.owner, self.label)
        else:
            missing = None if target is not None else self._not_one(database)
        if missing is not None or target is None or target.requested is not True or self.force:
            return missing
        text = f"a request was made from {target.id}; DELETE is believed to refuse that without FORCE"
        return Failure(FailureKind.NOT_KNOWN, text)

    def _not_one(self, database: Database) -> Failure:
        own = sum(one.owner == self.owner for one in database.certificates.values())
        if own > 1:
            return Failure(
                FailureKind.REFUSED, f"{self.owner} has {own} certificates, and the command names none"
            )
        if str(self.owner) in database.complete_owners:
            return Failure(FailureKind.MISSING, f"{self.owner} has no certificate", "IRRD105I")
        ask = f"RACDCERT {self.owner} LIST"
        return Failure(FailureKind.NOT_SHOWN, f"no input shows which certificates {self.owner} has", ask=ask)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate, its rows and its key are gone. One that may need FORCE is taken as deleted."""
        del on
        target, failure = self.target(database), self.failure(database)
        if target is None or target.label is None or (failure is not None and failure.certain):
            return database
        changed = [
            replace(
                store, connections=tuple(row for row in store.connections if row.certificate != target.id)
            )
            for store, _row in rings_of(database, target.id)
        ]
        return with_stores(gone(database, self.owner, target.label), changed)

    def why_no_undo(self, before: Database) -> str | None:
        """A key that is deleted is lost, unless it was exported before."""
        target = self.target(before)
        if target is None:
            return None
        rings = ", ".join(store.title for store, _row in rings_of(before, target.id))
        key = "" if target.private_key is False else " and its private key"
        where = f", and its connections to {rings}" if rings else ""
        return f"{target.id}{key}{where}: only a backup brings it back"

    def undo(self, before: Database) -> tuple[Command, ...]:
        """None: a certificate is in no command."""
        del before
        return ()
