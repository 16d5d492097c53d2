"""GENREQ, GENCERT from a request, REKEY: how a certificate is issued again.

Sources of the effects: RACDCERT GENREQ, GENCERT and REKEY. That GENCERT from a request keeps label, rings and
status of the certificate whose key the request holds is common knowledge, not a quoted document: a plan that
rests on it reads everything back.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from zcertlint.fixes.commands.base import (
    Effects,
    Failure,
    FailureKind,
    find,
    identifier,
    with_certificates,
    with_data_set,
)
from zcertlint.fixes.commands.issuing import (
    NO_END,
    end_of,
    key_words,
    name_words,
    signature_of,
    signer_failure,
    signer_words,
    start_of,
    usual_end,
)
from zcertlint.fixes.commands.known import facility, forget, key_missing, label_taken
from zcertlint.fixes.quote import certificate_owner, day, dsn, quote_label
from zcertlint.model.certificate import (
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Owner,
    TrustStatus,
)
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["HANDSHAKE", "GencertFromRequest", "Genreq", "Rekey"]

HANDSHAKE = frozenset(("digitalSignature", "keyEncipherment"))


@dataclass(frozen=True, slots=True)
class Genreq(Effects):
    """Write a certificate request for a certificate whose key is in RACF. Overwrites the data set."""

    owner: Owner
    label: str
    data_set: str

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("GENREQ", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner GENREQ(LABEL('l')) DSN('d')``."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"GENREQ(LABEL({quote_label(self.label)}))",
            f"DSN('{dsn(self.data_set)}')",
        )  # fmt: skip

    def failure(self, database: Database) -> Failure | None:
        """The private key must be in the database."""
        return key_missing(database, self.owner, self.label)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate is marked as one from which a request was made; a data set holds the request."""
        del on
        certificate = find(database, self.owner, self.label)
        if certificate is None or self.failure(database) is not None:
            return database
        marked = with_certificates(database, [replace(certificate, requested=True)])
        return with_data_set(marked, DataSet(self.data_set, DataSetKind.REQUEST, certificate, certificate.id))

    def leaves(self, before: Database) -> tuple[str, ...]:
        """The data set; a request holds nothing secret."""
        del before
        return (f"the data set {self.data_set}",)


@dataclass(frozen=True, slots=True)
class GencertFromRequest(Effects):
    """Issue a certificate again, from a request for its own key: label, key, rings and status stay.

    Attributes:
        owner, label: the certificate that is issued again (the label is not written: the key finds it).
        request: the data set that :class:`Genreq` wrote.
        signer, signer_label: the certificate that signs; the certificate itself when it is self-signed.
        not_after: the last day of its validity; None leaves it to RACF, which no plan does.
        alt_names: all the names that it shall have, at most one of each type; None keeps the request's.
        handshake: give it the key usage HANDSHAKE in place of the request's.
    """

    owner: Owner
    label: str
    request: str
    signer: Owner
    signer_label: str
    not_after: date | None
    alt_names: AltNames | None = None
    handshake: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner GENCERT('d') SIGNWITH(..) NOTAFTER(DATE(..)) [KEYUSAGE(..)] [ALTNAME(..)]``."""
        words = [
            "RACDCERT",
            certificate_owner(self.owner),
            f"GENCERT('{dsn(self.request)}')",
            signer_words(self.owner, self.signer, self.signer_label),
        ]  # fmt: skip
        if self.not_after is not None:
            words.append(f"NOTAFTER(DATE({day(self.not_after)}))")
        if self.handshake:
            words.append("KEYUSAGE(HANDSHAKE)")
        if self.alt_names is not None:
            words += name_words(self.alt_names)
        return tuple(words)

    @property
    def self_signed(self) -> bool:
        """Whether the certificate signs itself."""
        return self.signer == self.owner and self.signer_label == self.label

    def needs(self) -> tuple[str, ...]:
        """To make the certificate, to add it, and to sign it."""
        return (*facility("GENCERT", self.owner, self.signer), *facility("ADD", self.owner))

    def failure(self, database: Database) -> Failure | None:
        """Key, signer's key and status, and the signer's end must allow it."""
        for owner, label in ((self.owner, self.label), (self.signer, self.signer_label)):
            missing = key_missing(database, owner, label)
            if missing is not None:
                return missing
        signer = find(database, self.signer, self.signer_label)
        return (
            None if signer is None else signer_failure(signer, None if self.self_signed else self.not_after)
        )

    def doubts(self, database: Database) -> tuple[str, ...]:
        """That label and rings stay is common knowledge, and no document is quoted for it."""
        del database
        stays = f"that label, key, status and key rings of {identifier(self.owner, self.label)} stay: LIST shows it"
        return (stays,) if self.not_after is not None else (stays, NO_END)

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate has new dates, serial number, issuer and signature; what it issued stays issued."""
        old, signer = find(database, self.owner, self.label), find(database, self.signer, self.signer_label)
        failure = self.failure(database)
        if (
            old is None
            or signer is None
            or (failure is not None and failure.kind is not FailureKind.NOT_KNOWN)
        ):
            return database
        children = _children(database, old)
        end = self.not_after or usual_end(on)
        late = not self.self_signed and signer_failure(signer, end) is not None
        new = replace(
            old,
            issuer=signer.subject,
            serial=None,
            not_before=start_of(on),
            not_after=end_of(end),
            signature=signature_of(signer.key),
            alt_names=old.alt_names if self.alt_names is None else self.alt_names,
            key_usage=HANDSHAKE if self.handshake else old.key_usage,
            fingerprint=None,
            authority_key_id=signer.subject_key_id if isinstance(signer.subject_key_id, str) else None,
            der=None,
            files=(),
            signed_by=signer.id,
            # RACF is not known to keep a status of a certificate that outlives its signer.
            trust=old.trust if failure is None and not late else None,
            requested=None,
        )
        return with_certificates(database, [new, *children])

    def why_no_undo(self, before: Database) -> str | None:
        """The certificate as it was is only in the backup."""
        old = find(before, self.owner, self.label)
        return (
            None
            if old is None
            else f"{old.id} as it was before: its backup holds it, its dates are in the past or near"
        )


def _children(database: Database, parent: Certificate) -> list[Certificate]:
    """What the certificate is known to have issued, marked so: its new dates shall not make that doubtful."""
    from zcertlint.trust.issue import Issuers  # noqa: PLC0415 (only a CA needs it)

    issuers = Issuers(database.certificates.values())
    return [
        replace(child, signed_by=parent.id)
        for child in database.certificates.values()
        if child.id != parent.id
        and child.issuer is not None
        and parent.subject is not None
        and child.issuer.same_as(parent.subject)
        and issuers.edge(child, parent).answer
    ]


@dataclass(frozen=True, slots=True)
class Rekey(Effects):
    """Make a new key and a self-signed certificate with subject, names and usage of an old one.

    The new one is on no ring; the old one is not touched.

    Attributes:
        bits, not_after, kind: None where the command leaves it to RACF.
    """

    owner: Owner
    label: str
    new_label: str
    bits: int | None
    not_after: date | None
    kind: KeyKind | None = KeyKind.RSA
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificate."""
        return facility("REKEY", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner REKEY(LABEL('l')) WITHLABEL('n') RSA SIZE(2048) NOTAFTER(DATE(..))``."""
        words = [
            "RACDCERT", certificate_owner(self.owner), f"REKEY(LABEL({quote_label(self.label)}))",
            f"WITHLABEL({quote_label(self.new_label)})", *key_words(self.kind, self.bits),
        ]  # fmt: skip
        if self.not_after is not None:
            words.append(f"NOTAFTER(DATE({day(self.not_after)}))")
        return tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """The old key must be in the database and the new label must be free."""
        return key_missing(database, self.owner, self.label) or label_taken(
            database, self.owner, self.new_label
        )

    def doubts(self, database: Database) -> tuple[str, ...]:
        """The end, where RACF chooses it."""
        del database
        return () if self.not_after is not None else (NO_END,)

    def apply(self, database: Database, on: datetime) -> Database:
        """One certificate more."""
        old = find(database, self.owner, self.label)
        if old is None or self.failure(database) is not None:
            return database
        ident = identifier(self.owner, self.new_label)
        kind = self.kind or (None if old.key is None else old.key.kind)
        key = None if kind is None else Key(kind, self.bits)
        new = Certificate(
            id=ident,
            owner=self.owner,
            label=self.new_label,
            subject=old.subject,
            issuer=old.subject,
            not_before=start_of(on),
            not_after=end_of(self.not_after or usual_end(on)),
            key=key,
            signature=signature_of(key),
            alt_names=old.alt_names,
            key_usage=old.key_usage,
            extended_usage=old.extended_usage,
            is_ca=old.is_ca,
            path_length=old.path_length,
            trust=TrustStatus.TRUST,
            private_key=True,
            signed_by=ident,
            rings=(),
            spans=old.spans,
        )
        return forget(with_certificates(database, [new]), self.owner, self.new_label)

    def why_no_undo(self, before: Database) -> str | None:
        """The certificate stays: a deleted key cannot come back, so it is kept, off every ring."""
        del before
        new = identifier(self.owner, self.new_label)
        return f"{new} stays in the database, on no key ring: deleting it would destroy a key"
