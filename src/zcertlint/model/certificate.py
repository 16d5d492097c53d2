"""A certificate, as far as the inputs show it."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import Enum

from zcertlint.model.names import Name
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "Absent", "AltNames", "Certificate", "Key", "KeyKind", "Moment", "Owner", "OwnerKind", "TrustStatus",
]  # fmt: skip


class Absent(Enum):
    """The value of an extension that a certificate is known not to have."""

    ABSENT = "absent"


class OwnerKind(Enum):
    """Under what a certificate is kept in the security database."""

    ID = "ID"
    CERTAUTH = "CERTAUTH"
    SITE = "SITE"


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a certificate in the security database; ``user`` only for ID."""

    kind: OwnerKind
    user: str | None = None

    @classmethod
    def of_user(cls, user: str) -> "Owner":
        """The owner ``ID(user)``; user IDs are upper case."""
        return cls(OwnerKind.ID, user.upper())

    def __str__(self) -> str:
        """As RACDCERT names it: ``ID(ZWESVUSR)``, ``CERTAUTH``, ``SITE``."""
        return f"ID({self.user})" if self.kind is OwnerKind.ID else self.kind.value


class TrustStatus(Enum):
    """RACF's Status; a NOTRUST certificate is not returned from a key ring."""

    TRUST = "TRUST"
    HIGHTRUST = "HIGHTRUST"
    NOTRUST = "NOTRUST"


class KeyKind(Enum):
    """The kind of a public key."""

    RSA = "RSA"
    EC = "NIST ECC"
    BRAINPOOL = "Brainpool ECC"
    DSA = "DSA"
    ED25519 = "Ed25519"
    ED448 = "Ed448"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: its kind, and its size in bits where shown."""

    kind: KeyKind
    bits: int | None = None

    def __str__(self) -> str:
        """As RACDCERT prints it: ``RSA 2048``, ``NIST ECC 256``."""
        return self.kind.value if self.bits is None else f"{self.kind.value} {self.bits}"


# Local time is between 12 hours behind and 14 hours ahead of UTC.
_BEHIND = timedelta(hours=12)
_AHEAD = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of a certificate: exact from a file, within a time zone from a listing.

    Attributes:
        at: the time shown, with UTC as its zone in either case.
        local: True when a listing showed it: then the zone of the system is not known.
    """

    at: datetime
    local: bool = False

    @property
    def earliest(self) -> datetime:
        """The earliest UTC time that it may be."""
        return self.at - _AHEAD if self.local else self.at

    @property
    def latest(self) -> datetime:
        """The latest UTC time that it may be."""
        return self.at + _BEHIND if self.local else self.at

    def before(self, when: datetime) -> bool | None:
        """Whether this moment lies before ``when``; None when the time zone decides."""
        if self.latest < when:
            return True
        return None if self.earliest < when else False

    def after(self, when: datetime) -> bool | None:
        """Whether this moment lies after ``when``; None when the time zone decides."""
        if self.earliest > when:
            return True
        return None if self.latest > when else False

    def __str__(self) -> str:
        """Date and time; ``UTC`` only when that is known."""
        return f"{self.at:%Y-%m-%d %H:%M:%S}" + ("" if self.local else " UTC")


@dataclass(frozen=True, slots=True)
class AltNames:
    """The subject alternative names.

    RACDCERT LIST before z/OS 3.2 shows one name of each type, so a name that it does not show may exist
    unless the type is in ``complete``.

    Attributes:
        dns: dNSName values; ips: iPAddress values as text; emails, uris: the rest that listings show.
        complete: the types (``dns``, ``ip``, ``email``, ``uri``) of which every name is known.
    """

    dns: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    complete: frozenset[str] = frozenset(("dns", "ip", "email", "uri"))

    @property
    def all_known(self) -> bool:
        """Whether no name can be missing."""
        return self.complete >= {"dns", "ip", "email", "uri"}

    def __str__(self) -> str:
        """The names as a reader of a finding wants them."""
        parts = [f"DNS {name}" for name in self.dns] + [f"IP {ip}" for ip in self.ips]
        parts += [f"e-mail {name}" for name in self.emails] + [f"URI {name}" for name in self.uris]
        return ", ".join(parts) if parts else "none"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate, merged from every input that shows it.

    Attributes:
        id: the contract's identifier: ``ID(ZWESVUSR)/Zowe Server``, ``CERTAUTH/zOSMFCA``, ``file:PATH#n``.
        owner, label: its place in the security database; None for a certificate known from a file only.
        subject, issuer: names, None when no input shows them.
        serial: the serial number; 0 is legal for a RACF root.
        not_before, not_after: validity.
        key: the public key's kind and size.
        signature: the algorithm of its signature, as RACDCERT prints it (``sha256RSA``).
        alt_names: None when no input shows whether there are any.
        key_usage: RFC 5280 names (``digitalSignature``, ``keyCertSign`` …), ABSENT when there is none. From a
            listing they are what RACF's words imply (CERTSIGN: keyCertSign, cRLSign).
        extended_usage: dotted names (``serverAuth``, ``clientAuth``, OIDs), ABSENT when there is none.
        is_ca: basicConstraints CA; only a file shows it. path_length: its pathLenConstraint.
        trust: RACF's status. private_key: whether the database or store holds its private key.
        hardware_key: the PKDS or TKDS label when the key is in ICSF.
        fingerprint: SHA-256 in upper-case hex without colons.
        subject_key_id, authority_key_id: hex; ABSENT when the certificate has none.
        issuer_serial: the serial number in the authority key identifier, when given.
        der: the encoding, from a file.
        signed_by: id of its issuer where a rehearsed command made it so.
        rings: names of the rings that LIST associates with it, as (owner, ring); None when not shown.
        spans: where each fact stands, by field name; ``id`` is the place that names the certificate. A tuple, or
            :class:`~zcertlint.model.places.Places`, which is a tuple that is not made yet.
        files: ids of the file blocks merged into it (``file:PATH#n``).
        requested: whether GENREQ was issued for it; only a database unload shows it.
    """

    id: str
    owner: Owner | None = None
    label: str | None = None
    subject: Name | None = None
    issuer: Name | None = None
    serial: int | None = None
    not_before: Moment | None = None
    not_after: Moment | None = None
    key: Key | None = None
    signature: str | None = None
    alt_names: AltNames | None = None
    key_usage: frozenset[str] | Absent | None = None
    extended_usage: frozenset[str] | Absent | None = None
    is_ca: bool | None = None
    path_length: int | None = None
    trust: TrustStatus | None = None
    private_key: bool | None = None
    hardware_key: str | None = None
    fingerprint: str | None = None
    subject_key_id: str | Absent | None = None
    authority_key_id: str | Absent | None = None
    der: bytes | None = field(default=None, repr=False)
    signed_by: str | None = None
    rings: tuple[tuple[str, str], ...] | None = None
    spans: Sequence[tuple[str, Span]] = field(default=(), repr=False)
    files: tuple[str, ...] = ()
    requested: bool | None = None

    def span(self, *names: str) -> Span:
        """Where the first of these facts stands; without one, where the certificate is named."""
        places = dict(self.spans)
        for name in (*names, "id"):
            if name in places:
                return places[name]
        return Span(self.id)

    @property
    def self_issued(self) -> bool | None:
        """Whether subject and issuer are one name; None when either is not shown."""
        if self.subject is None or self.issuer is None:
            return None
        return self.subject.same_as(self.issuer)

    @property
    def shown(self) -> bool:
        """Whether more than a row in a key ring is known of it."""
        return self.subject is not None or self.der is not None
