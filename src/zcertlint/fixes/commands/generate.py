"""GENCERT as somebody writes it: a new certificate, or one from a request in a data set."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import ClassVar

from zcertlint.fixes.commands.add import missing_data_set
from zcertlint.fixes.commands.base import (
    Effects,
    Failure,
    FailureKind,
    find,
    identifier,
    with_certificates,
)
from zcertlint.fixes.commands.issue import GencertFromRequest
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
from zcertlint.fixes.commands.known import (
    facility,
    forget,
    generated_label,
    key_missing,
    label_taken,
    owner_missing,
)
from zcertlint.fixes.quote import certificate_owner, day, dsn, quote_label, subject_word
from zcertlint.model.certificate import (
    Absent,
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    OwnerKind,
    TrustStatus,
)
from zcertlint.model.datasets import DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.model.names import Name
from zcertlint.records import dataclass

__all__ = ["KEY_USAGES", "Gencert", "subject_name"]

_CA_USAGE = frozenset(("keyCertSign", "cRLSign"))
# RACF's words and what they mean (RACDCERT LIST, Key Usage), in the order in which they are written.
KEY_USAGES = {
    "HANDSHAKE": frozenset(("digitalSignature", "keyEncipherment")),
    "DATAENCRYPT": frozenset(("dataEncipherment",)),
    "DOCSIGN": frozenset(("nonRepudiation",)),
    "CERTSIGN": _CA_USAGE,
    "KEYAGREE": frozenset(("keyAgreement",)),
}
_ORDER = ("CN", "T", "OU", "O", "L", "SP", "C")  # as SUBJECTSDN is encoded and LIST prints it


def subject_name(parts: tuple[tuple[str, str], ...]) -> Name:
    """The name that SUBJECTSDN makes, as RACF prints it: the order of the operands does not count."""
    ordered = sorted(parts, key=lambda part: _ORDER.index(part[0]) if part[0] in _ORDER else len(_ORDER))
    return Name(".".join(f"{keyword}={value}" for keyword, value in ordered))


@dataclass(frozen=True, slots=True)
class Gencert(Effects):
    """Make a certificate: with a new key, or from a request.

    From a request for a key that the owner has in the database, it issues that certificate again, as
    :class:`~zcertlint.fixes.commands.issue.GencertFromRequest` does; from another's request it makes a
    certificate without private key.

    Attributes:
        subject: keywords and values of SUBJECTSDN, several OU in order.
        label: WITHLABEL; None lets RACF make one up, or keep the old one.
        request: the data set with the request; None makes a key.
        signer, signer_label: SIGNWITH; None makes a self-signed certificate.
        kind, bits: None where RACF chooses. usage: words of KEYUSAGE.
        not_before, not_after: None for today, and one year.
    """

    owner: Owner
    subject: tuple[tuple[str, str], ...] = ()
    label: str | None = None
    request: str | None = None
    signer: Owner | None = None
    signer_label: str | None = None
    kind: KeyKind | None = None
    bits: int | None = None
    not_before: date | None = None
    not_after: date | None = None
    alt_names: AltNames | None = None
    usage: frozenset[str] = frozenset()
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def needs(self) -> tuple[str, ...]:
        """To make the certificate, to add it, and to sign it."""
        owners = (self.owner,) if self.signer is None else (self.owner, self.signer)
        return (*facility("GENCERT", *owners), *facility("ADD", self.owner))

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner GENCERT[('d')] SUBJECTSDN(..) RSA SIZE(n) NOTAFTER(..) WITHLABEL('l') SIGNWITH(..)``."""
        made = "GENCERT" if self.request is None else f"GENCERT('{dsn(self.request)}')"
        words = ["RACDCERT", certificate_owner(self.owner), made]
        if self.subject:
            words += [f"SUBJECTSDN({part}" if not at else part for at, part in enumerate(self._subject())]
            words[-1] += ")"
        words += key_words(self.kind, self.bits)
        for keyword, when in (("NOTBEFORE", self.not_before), ("NOTAFTER", self.not_after)):
            if when is not None:
                words.append(f"{keyword}(DATE({day(when)}))")
        if self.label is not None:
            words.append(f"WITHLABEL({quote_label(self.label)})")
        if self.signer is not None and self.signer_label is not None:
            words.append(signer_words(self.owner, self.signer, self.signer_label))
        if self.usage:
            words.append(f"KEYUSAGE({' '.join(word for word in KEY_USAGES if word in self.usage)})")
        if self.alt_names is not None:
            words += name_words(self.alt_names)
        return tuple(words)

    def _subject(self) -> list[str]:
        """The parts, the OUs as the list that one keyword takes."""
        units = [value for keyword, value in self.subject if keyword == "OU"]
        parts = []
        for keyword in dict.fromkeys(keyword for keyword, _value in self.subject):
            if keyword == "OU" and len(units) > 1:
                inner = ",".join(subject_word("OU", value)[3:-1] for value in units)
                parts.append(f"OU({inner})")
            else:
                parts += [subject_word(keyword, value) for name, value in self.subject if name == keyword]
        return parts

    def reissue(self, database: Database) -> GencertFromRequest | None:
        """The certificate that it issues again, when the request is for a key of this owner."""
        found = None if self.request is None else database.data_sets.get(self.request)
        if (
            found is None
            or found.kind is not DataSetKind.REQUEST
            or found.key_of is None
            or self.request is None
        ):
            return None
        old = database.certificates.get(found.key_of)
        if old is None or old.owner != self.owner or old.label is None:
            return None
        itself = self.signer is None or self.signer_label is None
        signer, label = (
            (self.owner, old.label) if itself else (self.signer or self.owner, self.signer_label or "")
        )
        return GencertFromRequest(
            self.owner, old.label, self.request, signer, label, self.not_after, self.alt_names
        )

    def failure(self, database: Database) -> Failure | None:
        """The owner must be there, the request known, the label free, the signer able to sign."""
        nobody = owner_missing(database, self.owner)
        if nobody is not None:
            return nobody
        if self.request is not None:
            found = database.data_sets.get(self.request)
            if found is None or found.certificate is None:
                return missing_data_set(self.request)
            if found.kind is not DataSetKind.REQUEST:
                return Failure(FailureKind.REFUSED, f"{self.request} holds no certificate request")
            again = self.reissue(database)
            if again is not None:
                return again.failure(database)
        taken = None if self.label is None else label_taken(database, self.owner, self.label)
        if taken is not None or self.signer is None or self.signer_label is None:
            return taken
        missing = key_missing(database, self.signer, self.signer_label)
        signer = find(database, self.signer, self.signer_label)
        return missing if missing is not None or signer is None else signer_failure(signer, self.not_after)

    def doubts(self, database: Database) -> tuple[str, ...]:
        """What RACF chooses, and what is believed of a request."""
        again = self.reissue(database)
        found = []
        if again is not None:
            if self.label not in {None, again.label}:
                found.append(f"which label RACF gives: {identifier(self.owner, again.label)} has the key")
            return (*again.doubts(database), *found)
        if self.bits is None and self.request is None:
            found.append("the size of the key: no SIZE is given, and RACF's choice depends on the release")
        if self.not_after is None:
            found.append(NO_END)
        found += [
            f"the serial number: {other} of the same issuer may have it already (IRRD109I)"
            for other in self._earlier(database)
        ]
        return tuple(found)

    def _earlier(self, database: Database) -> list[str]:
        """Certificates that an earlier CA of the signer's name issued, when the signer was just made.

        A CA that is made again counts its serial numbers from the beginning, and RACF names the profile of a
        certificate by serial number and issuer. ROLLOVER carries the count over, and the old key away.
        """
        if self.signer is None or self.signer_label is None:
            return []
        signer = find(database, self.signer, self.signer_label)
        if (
            signer is None
            or signer.subject is None
            or signer.serial is not None
            or signer.signed_by != signer.id
        ):
            return []
        others = [
            one for one in database.certificates.values() if one.owner is not None and one.id != signer.id
        ]
        second = any(
            one.private_key
            and one.owner == signer.owner
            and one.subject
            and one.subject.same_as(signer.subject)
            for one in others
        )
        if signer.spans and not second:  # no listing shows one that GENCERT has just made
            return []
        return [
            one.id
            for one in others
            if one.serial and one.issuer is not None and one.issuer.same_as(signer.subject)
        ]

    def apply(self, database: Database, on: datetime) -> Database:
        """One certificate more, on no ring; or an old one issued again."""
        again, failure = self.reissue(database), self.failure(database)
        if failure is not None and failure.kind is not FailureKind.NOT_KNOWN:
            return database
        if again is not None:
            return self._reissued(again, database, on)
        label = self.label or generated_label(database, self.owner)
        if label is None:
            return database
        new = self._made(database, label, on)
        if failure is not None or self._may_outlive(database, on):
            new = replace(new, trust=None)
        return forget(with_certificates(database, [new]), self.owner, label)

    def _end(self, on: datetime) -> date:
        """The last day: as given, else RACF's usual choice, which is a doubt."""
        return self.not_after or usual_end(self.not_before or on)

    def _may_outlive(self, database: Database, on: datetime) -> bool:
        """Whether it may end after its signer, and so get another status."""
        if self.signer is None or self.signer_label is None:
            return False
        signer = find(database, self.signer, self.signer_label)
        return signer is not None and signer_failure(signer, self._end(on)) is not None

    def _reissued(self, again: GencertFromRequest, database: Database, on: datetime) -> Database:
        """The old certificate with the new dates, and the usage that the command asks for."""
        after = again.apply(database, on)
        new = find(after, again.owner, again.label)
        if after is database or new is None or not self.usage:
            return after
        return with_certificates(after, [replace(new, key_usage=self._usage(None))])

    def _made(self, database: Database, label: str, on: datetime) -> Certificate:
        """The new certificate."""
        ident = identifier(self.owner, label)
        found = None if self.request is None else database.data_sets.get(self.request)
        asked = None if found is None else found.certificate
        signer = None
        if self.signer is not None and self.signer_label is not None:
            signer = find(database, self.signer, self.signer_label)
        kind = self.kind or KeyKind.RSA
        key = Key(kind, self.bits) if asked is None else asked.key
        subject = asked.subject if asked is not None and not self.subject else subject_name(self.subject)
        names = asked.alt_names if asked is not None and self.alt_names is None else self.alt_names
        return Certificate(
            id=ident,
            owner=self.owner,
            label=label,
            subject=subject,
            issuer=subject if signer is None else signer.subject,
            not_before=start_of(on)
            if self.not_before is None
            else Moment(datetime.combine(self.not_before, time(0), UTC), local=True),
            not_after=end_of(self._end(on)),
            key=key,
            signature=signature_of(key if signer is None else signer.key),
            alt_names=names or AltNames(),
            key_usage=self._usage(asked),
            is_ca=self.owner.kind is OwnerKind.CERTAUTH or "CERTSIGN" in self.usage,
            trust=TrustStatus.TRUST,
            private_key=asked is None,
            signed_by=ident if signer is None else signer.id,
            rings=(),
        )

    def _usage(self, asked: Certificate | None) -> frozenset[str] | Absent | None:
        """CERTAUTH always gets CERTSIGN; without KEYUSAGE a user's certificate has no such extension."""
        words = self.usage | ({"CERTSIGN"} if self.owner.kind is OwnerKind.CERTAUTH else frozenset())
        if not words:
            return Absent.ABSENT if asked is None else asked.key_usage
        return frozenset(bit for word in words for bit in KEY_USAGES.get(word, ()))

    def why_no_undo(self, before: Database) -> str | None:
        """It stays: a deleted key cannot come back."""
        again = self.reissue(before)
        if again is not None:
            return again.why_no_undo(before)
        what = "the new certificate" if self.label is None else identifier(self.owner, self.label)
        return f"{what} stays in the database, on no key ring: deleting it would destroy a key"
