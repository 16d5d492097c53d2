"""One record of RACDCERT LIST: its lines gathered, then turned into a certificate.

Meaning of the fields: the RACF Command Language Reference, RACDCERT LIST; what real copies look like.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zcertlint.model.certificate import (
    Absent,
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    TrustStatus,
)
from zcertlint.model.names import Name
from zcertlint.readers._racdcert_draft import ALT_TYPES, NAMES_OVER, USAGE_OVER, Draft
from zcertlint.readers._racdcert_scan import UNREAD, Scan, decode_certificate_id, same_label

if TYPE_CHECKING:
    from zcertlint.text.source import Span

__all__ = ["KINDS", "USAGE", "build", "extended_usages"]

USAGE = {
    "HANDSHAKE": ("digitalSignature", "keyEncipherment"),
    "DATAENCRYPT": ("dataEncipherment",),
    "DOCSIGN": ("nonRepudiation",),
    "CERTSIGN": ("keyCertSign", "cRLSign"),
    "KEYAGREE": ("keyAgreement",),
}
_EXTENDED = {
    "serverauth": "serverAuth",
    "clientauth": "clientAuth",
    "server authentication": "serverAuth",
    "client authentication": "clientAuth",
    "tls web server authentication": "serverAuth",
    "tls web client authentication": "clientAuth",
    "1.3.6.1.5.5.7.3.1": "serverAuth",
    "1.3.6.1.5.5.7.3.2": "clientAuth",
}
KINDS = {
    "rsa": KeyKind.RSA,
    "rsa mod-exp": KeyKind.RSA,
    "nist ecc": KeyKind.EC,
    "brainpool ecc": KeyKind.BRAINPOOL,
    "dsa": KeyKind.DSA,
}
_OLD_KINDS = {"non-icsf": KeyKind.RSA, "icsf": KeyKind.RSA, "pcicc": KeyKind.RSA, "dsa": KeyKind.DSA}
_SHA256_DIGITS = 64
_SERIAL_DIGITS = 128  # RFC 5280 allows 40, and some have more
_SIZE_DIGITS = 6
_DATE_LENGTH = len("2022/05/17 15:00:00")


def _moment(text: str) -> datetime:
    if len(text) != _DATE_LENGTH or text[4] != "/" or text[7] != "/":
        raise ValueError(text)
    numbers = (text[:4], text[5:7], text[8:10], text[11:13], text[14:16], text[17:])
    year, month, day, hour, minute, second = map(int, numbers)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def extended_usages(value: str) -> frozenset[str] | None:
    """The usages in a list; None where a word is part of a known one, as in a line that is folded inside a word."""
    words = [word.strip() for word in value.split(",")]
    low = {word.lower() for word in words} - _EXTENDED.keys()
    if any(name.startswith(word) for name in _EXTENDED for word in low):
        return None
    return frozenset(_EXTENDED.get(word.lower(), word) for word in words)


class _Builder:
    """Turns a draft into the values of a certificate; lines with impossible values become unread."""

    def __init__(self, scan: Scan, draft: Draft) -> None:
        self.scan = scan
        self.draft = draft
        self.spans: list[tuple[str, Span]] = []

    def note(self, name: str, index: int, text: str) -> None:
        self.spans.append((name, self.scan.span(index, text)))

    def text(self, field: str, name: str | None = None) -> str | None:
        """The value of a field, its place noted; None when it is missing, empty or cut."""
        value = self.draft.values.get(field)
        if value is None or field in self.draft.broken:
            return None
        index = self.draft.at[field]
        line = self.scan.lines[index]
        self.note(name or field, index, value if value in line else self.scan.texts[index].strip("><"))
        return value

    def refuse(self, field: str, *names: str) -> None:
        """The value of a field is impossible."""
        self.scan.marks[self.draft.at[field]] = UNREAD
        self.spans = [entry for entry in self.spans if entry[0] not in (names or (field,))]

    def date(self, field: str) -> Moment | None:
        value = self.text(field)
        if value is None:
            return None
        try:
            at = _moment(value)
        except ValueError:
            self.refuse(field)
            return None
        return Moment(at, local=True)

    def serial(self) -> int | None:
        value = self.text("serial")
        if value is None:
            return None
        try:
            if len(value) <= _SERIAL_DIGITS:
                return int(value, 16)
        except ValueError:
            pass
        self.refuse("serial")
        return None

    def name(self, field: str) -> Name | None:
        value = self.text(field)
        return None if value is None else Name(value)

    def trust(self) -> TrustStatus | None:
        value = self.text("trust")
        if value is None:
            return None
        if value.upper() in TrustStatus.__members__:
            return TrustStatus[value.upper()]
        self.refuse("trust")
        return None

    def alt_names(self) -> AltNames | None:
        draft = self.draft
        lists = draft.alts
        for values in lists:
            if values:
                self.note("alt_names", values[0][1], values[0][0])
                break
        if not any(lists) and (draft.stage < NAMES_OVER or draft.names_murky):
            return None
        if draft.stage < NAMES_OVER or draft.names_murky:
            complete: frozenset[str] = frozenset()
        elif "subject_key_id" in draft.at or "authority_key_id" in draft.at:
            complete = frozenset(ALT_TYPES)
        else:
            complete = frozenset(
                name for name, values in zip(ALT_TYPES, lists, strict=True) if len(values) != 1
            )
        dns, ips, emails, uris = (tuple(value for value, _ in values) for values in lists)
        return AltNames(dns, ips, tuple("@".join(mail.rsplit(" at ", 1)) for mail in emails), uris, complete)

    def key_usage(self) -> frozenset[str] | Absent | None:
        draft = self.draft
        if "key_usage" not in draft.at:
            passed = "key_type" in draft.at or "key_size" in draft.at or draft.stage > USAGE_OVER
            return Absent.ABSENT if passed and not draft.usage_murky else None
        value = self.text("key_usage")
        words = [] if value is None else [word.strip().upper() for word in value.split(",")]
        if not words or not USAGE.keys() >= set(words):
            self.refuse("key_usage")
            return None
        return frozenset(bit for word in words for bit in USAGE[word])

    def extended_usage(self) -> frozenset[str] | None:
        value = self.text("extended_usage")
        if not value or value.endswith(","):
            return None
        usages = extended_usages(value)
        if usages is None:
            self.refuse("extended_usage")
        return usages

    def key(self) -> Key | None:
        values = self.draft.values
        size = self.text("key_size", "key")
        bits = None
        if size is not None:
            if size.isascii() and size.isdigit() and len(size) <= _SIZE_DIGITS:
                bits = int(size)
            else:
                self.refuse("key_size", "key")
        if "key_type" in values and "key_type" not in self.draft.broken:
            kind = KINDS.get(values["key_type"].casefold(), KeyKind.OTHER)
            if bits is None:
                self.text("key_type", "key")
            return Key(kind, bits)
        old = _OLD_KINDS.get(values.get("old_key_type", "").casefold())
        return None if old is None else Key(old, bits)

    def private_key(self) -> bool | None:
        value = self.text("private_key")
        if value is not None:
            if value.upper() in {"YES", "NO"}:
                return value.upper() == "YES"
            self.refuse("private_key")
            return None
        old = self.text("old_key_type", "private_key")
        if old is None:
            return None
        if old.casefold() in _OLD_KINDS or old.casefold() == "none":
            return old.casefold() != "none"
        self.refuse("old_key_type", "private_key")
        return None

    def digits(self, field: str, length: int | None = None) -> str | None:
        draft = self.draft
        value = draft.values.get(field)
        if not value or field in draft.broken or len(value) % 2 or (length and len(value) != length):
            return None
        # The value begins on the line after its heading.
        first = min(draft.at[field] + 1, len(self.scan.texts) - 1)
        self.note(field, first, self.scan.texts[first].rstrip(":"))
        return value

    def rings(self) -> tuple[tuple[str, str], ...] | None:
        draft = self.draft
        if (
            draft.rings is None
            or draft.rings_cut
            or "ring" in draft.broken
            or not all(p for _, p in draft.rings)
        ):
            return None
        self.note("rings", draft.at["rings"], self.scan.texts[draft.at["rings"]])
        return tuple((owner.upper(), "".join(pieces)) for owner, pieces in draft.rings)


def build(scan: Scan, draft: Draft, owner: Owner | None) -> Certificate | None:
    """The certificate of a record with a label; None when nothing tells whose it is.

    A Certificate ID that names another owner or label is a problem (IN004) and no reason to reject.
    """
    label = draft.label
    if label is None:
        return None
    draft.join()
    # A value that nothing followed may go on behind the cut; a ring name is the last thing in a record.
    draft.broken.update({draft.piece_field, draft.hex_field} - {"", "ring", "fingerprint"})
    whole = "certificate_id" not in draft.broken
    decoded = decode_certificate_id(draft.values.get("certificate_id", "")) if whole else None
    if decoded is not None and (not same_label(decoded[1], label) or owner not in {None, decoded[0]}):
        scan.problem(
            "IN004",
            draft.at["certificate_id"],
            f"the Certificate ID of {owner or 'its owner'}/{label}, this one is of {decoded[0]}/{decoded[1]}",
            "Compare with a fresh RACDCERT LIST: the listing was edited or put together from two",
        )
    if decoded is not None:
        if owner is None or (scan.agreed == owner != decoded[0] and same_label(decoded[1], label)):
            owner = decoded[
                0
            ]  # the records above are of their heading's owner, this one's heading is missing
        elif owner == decoded[0]:
            scan.agreed = owner
    if owner is None:
        scan.problem(
            "IN008",
            draft.line,
            f"the owner of {label}, which nothing in the listing tells",
            "Keep the heading 'Digital certificate information for ...' or the command above the listing",
        )
        return None
    builder = _Builder(scan, draft)
    builder.note("id", draft.line, label)
    return Certificate(
        id=f"{owner}/{label}",
        owner=owner,
        label=label,
        trust=builder.trust(),
        not_before=builder.date("not_before"),
        not_after=builder.date("not_after"),
        serial=builder.serial(),
        issuer=builder.name("issuer"),
        subject=builder.name("subject"),
        alt_names=builder.alt_names(),
        signature=builder.text("signature"),
        key_usage=builder.key_usage(),
        extended_usage=builder.extended_usage(),
        key=builder.key(),
        private_key=builder.private_key(),
        hardware_key=builder.text("hardware_key"),
        fingerprint=builder.digits("fingerprint", _SHA256_DIGITS),
        subject_key_id=builder.digits("subject_key_id"),
        authority_key_id=builder.digits("authority_key_id"),
        rings=builder.rings(),
        spans=tuple(builder.spans),
    )
