"""GENREQ, GENCERT from a request, REKEY: how a certificate is issued again.

Sources of the effects: RACDCERT GENREQ, GENCERT and REKEY. That GENCERT from a request keeps label, rings and
status of the certificate whose key the request holds is common knowledge, not a quoted document: a plan that
rests on it reads everything back.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import ClassVar

from zcertlint.fixes.commands.base import Command, find, identifier, with_certificates
from zcertlint.fixes.quote import certificate_owner, day, dns_name, dsn, ip_address, quote, quote_label
from zcertlint.model.certificate import (
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    OwnerKind,
    TrustStatus,
)
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["HANDSHAKE", "GencertFromRequest", "Genreq", "Rekey"]

HANDSHAKE = frozenset(("digitalSignature", "keyEncipherment"))
_EC_HASH = ((255, "sha256"), (383, "sha256"), (511, "sha384"))  # by size of the signing key, up to


def _end(when: date) -> Moment:
    """The moment that NOTAFTER without a time means: the end of that day, local time."""
    return Moment(datetime.combine(when, time(23, 59, 59), UTC), local=True)


def _start(on: datetime) -> Moment:
    """The start that GENCERT takes: today, 00:00:00 local time, which has passed in whatever time zone.

    So it is not marked as local: that would make a certificate of the same day one that may not be valid yet.
    """
    return Moment(datetime.combine(on.astimezone(UTC).date(), time(0), UTC))


def _signature(key: Key | None) -> str | None:
    """What RACF signs with by default, as far as the signing key tells."""
    if key is None:
        return None
    if key.kind is KeyKind.RSA:
        return "sha256RSA"
    if key.kind in {KeyKind.EC, KeyKind.BRAINPOOL} and key.bits is not None:
        bits = key.bits
        return next((word for limit, word in _EC_HASH if bits <= limit), "sha512") + "ECDSA"
    return None


def _signer_words(owner: Owner, signer: Owner, label: str) -> str:
    kind = "" if signer == owner and owner.kind is OwnerKind.ID else f"{signer.kind.value} "
    return f"SIGNWITH({kind}LABEL({quote_label(label)}))"


@dataclass(frozen=True, slots=True)
class Genreq:
    """Write a certificate request for a certificate whose key is in RACF. Overwrites the data set."""

    owner: Owner
    label: str
    data_set: str
    refresh: ClassVar[tuple[str, ...]] = ()

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner GENREQ(LABEL('l')) DSN('d')``."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"GENREQ(LABEL({quote_label(self.label)}))",
            f"DSN('{dsn(self.data_set)}')",
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """The private key must be in the database."""
        certificate = find(database, self.owner, self.label)
        if certificate is None:
            return f"{identifier(self.owner, self.label)} is not in the database"
        return (
            None
            if certificate.private_key
            else f"no private key of {certificate.id} is shown in the database"
        )

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


@dataclass(frozen=True, slots=True)
class GencertFromRequest:
    """Issue a certificate again, from a request for its own key: label, key, rings and status stay.

    Attributes:
        owner, label: the certificate that is issued again (the label is not written: the key finds it).
        request: the data set that :class:`Genreq` wrote.
        signer, signer_label: the certificate that signs; the certificate itself when it is self-signed.
        not_after: the last day of its validity.
        alt_names: all the names that it shall have, at most one of each type; None keeps the request's.
        handshake: give it the key usage HANDSHAKE in place of the request's.
    """

    owner: Owner
    label: str
    request: str
    signer: Owner
    signer_label: str
    not_after: date
    alt_names: AltNames | None = None
    handshake: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner GENCERT('d') SIGNWITH(..) NOTAFTER(DATE(..)) [KEYUSAGE(..)] [ALTNAME(..)]``."""
        words = [
            "RACDCERT", certificate_owner(self.owner), f"GENCERT('{dsn(self.request)}')",
            _signer_words(self.owner, self.signer, self.signer_label), f"NOTAFTER(DATE({day(self.not_after)}))",
        ]  # fmt: skip
        if self.handshake:
            words.append("KEYUSAGE(HANDSHAKE)")
        if self.alt_names is not None:
            names = [f"IP({ip_address(ip)})" for ip in self.alt_names.ips]
            names += [f"DOMAIN({quote(dns_name(name))})" for name in self.alt_names.dns]
            names += [f"EMAIL({quote(name)})" for name in self.alt_names.emails]
            names += [f"URI({quote(name)})" for name in self.alt_names.uris]
            names[0] = f"ALTNAME({names[0]}"
            names[-1] += ")"
            words += names
        return tuple(words)

    @property
    def self_signed(self) -> bool:
        """Whether the certificate signs itself."""
        return self.signer == self.owner and self.signer_label == self.label

    def problem(self, database: Database) -> str | None:
        """Key, signer's key and status, and the signer's end must allow it."""
        old, signer = find(database, self.owner, self.label), find(database, self.signer, self.signer_label)
        if old is None:
            return f"{identifier(self.owner, self.label)} is not in the database"
        if signer is None:
            return f"{identifier(self.signer, self.signer_label)} is not in the database"
        for needed in (old, signer):
            if not needed.private_key:
                return f"no private key of {needed.id} is shown in the database"
        if signer.trust is TrustStatus.NOTRUST:
            return f"{signer.id} has status NOTRUST"
        if not self.self_signed and (
            signer.not_after is None or _end(self.not_after).at > signer.not_after.at
        ):
            return f"the new certificate would end after its signer {signer.id}"
        return None

    def apply(self, database: Database, on: datetime) -> Database:
        """The certificate has new dates, serial number, issuer and signature; what it issued stays issued."""
        old, signer = find(database, self.owner, self.label), find(database, self.signer, self.signer_label)
        if old is None or signer is None or self.problem(database) is not None:
            return database
        children = _children(database, old)
        new = replace(
            old,
            issuer=signer.subject,
            serial=None,
            not_before=_start(on),
            not_after=_end(self.not_after),
            signature=_signature(signer.key),
            alt_names=old.alt_names if self.alt_names is None else self.alt_names,
            key_usage=HANDSHAKE if self.handshake else old.key_usage,
            fingerprint=None,
            authority_key_id=signer.subject_key_id if isinstance(signer.subject_key_id, str) else None,
            der=None,
            files=(),
            signed_by=signer.id,
        )
        return with_certificates(database, [new, *children])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """No command makes an old certificate of a new one; the builder restores its backup."""
        del before
        return ()

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
class Rekey:
    """Make a new key and a self-signed certificate with subject, names and usage of an old one.

    The new one is on no ring; the old one is not touched.
    """

    owner: Owner
    label: str
    new_label: str
    bits: int
    not_after: date
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner REKEY(LABEL('l')) WITHLABEL('n') RSA SIZE(2048) NOTAFTER(DATE(..))``."""
        return (
            "RACDCERT", certificate_owner(self.owner), f"REKEY(LABEL({quote_label(self.label)}))",
            f"WITHLABEL({quote_label(self.new_label)})", "RSA", f"SIZE({self.bits})",
            f"NOTAFTER(DATE({day(self.not_after)}))",
        )  # fmt: skip

    def problem(self, database: Database) -> str | None:
        """The old key must be in the database and the new label must be free."""
        old = find(database, self.owner, self.label)
        if old is None:
            return f"{identifier(self.owner, self.label)} is not in the database"
        if not old.private_key:
            return f"no private key of {old.id} is shown in the database"
        if find(database, self.owner, self.new_label) is not None:
            return f"{identifier(self.owner, self.new_label)} exists already"
        return None

    def apply(self, database: Database, on: datetime) -> Database:
        """One certificate more."""
        old = find(database, self.owner, self.label)
        if old is None or self.problem(database) is not None:
            return database
        ident = identifier(self.owner, self.new_label)
        new = Certificate(
            id=ident,
            owner=self.owner,
            label=self.new_label,
            subject=old.subject,
            issuer=old.subject,
            not_before=_start(on),
            not_after=_end(self.not_after),
            key=Key(KeyKind.RSA, self.bits),
            signature="sha256RSA",
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
        return with_certificates(database, [new])

    def undo(self, before: Database) -> tuple[Command, ...]:
        """None: a deleted key cannot come back, so the new certificate is kept, off every ring."""
        del before
        return ()

    def why_no_undo(self, before: Database) -> str | None:
        """The certificate stays."""
        del before
        new = identifier(self.owner, self.new_label)
        return f"{new} stays in the database, on no key ring: deleting it would destroy a key"
