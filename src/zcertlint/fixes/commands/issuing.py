"""What GENCERT and REKEY share: dates, the words of names and keys, what the signer's status and end allow."""

from datetime import MAXYEAR, UTC, date, datetime, time, timedelta

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Failure, FailureKind
from zcertlint.fixes.quote import dns_name, ip_address, quote, quote_label
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

__all__ = [
    "NO_END",
    "end_of",
    "key_words",
    "name_words",
    "signature_of",
    "signer_failure",
    "signer_words",
    "start_of",
    "usual_end",
]

NO_END = "the end: no NOTAFTER is given; one year is RACF's usual choice"

_KEY_WORD = {KeyKind.RSA: "RSA", KeyKind.EC: "NISTECC", KeyKind.BRAINPOOL: "BPECC", KeyKind.DSA: "DSA"}
_MIN_BITS, _MAX_BITS = 160, 4096
_EC_HASH = ((255, "sha256"), (383, "sha256"), (511, "sha384"))  # by size of the signing key, up to


def end_of(when: date) -> Moment:
    """The moment that NOTAFTER without a time means: the end of that day, local time."""
    return Moment(datetime.combine(when, time(23, 59, 59), UTC), local=True)


def usual_end(start: date | datetime) -> date:
    """The last day where no NOTAFTER is given: a year after the start, as far as is known."""
    first = start.astimezone(UTC).date() if isinstance(start, datetime) else start
    try:
        return first.replace(year=first.year + 1)
    except ValueError:  # the 29th of February, or the last year that there is
        return first + timedelta(days=365) if first.year < MAXYEAR else first


def start_of(on: datetime) -> Moment:
    """The start that GENCERT takes: today, 00:00:00 local time, which has passed in whatever time zone.

    So it is not marked as local: that would make a certificate of the same day one that may not be valid yet.
    """
    return Moment(datetime.combine(on.astimezone(UTC).date(), time(0), UTC))


def signature_of(key: Key | None) -> str | None:
    """What RACF signs with by default, as far as the signing key tells."""
    if key is None:
        return None
    if key.kind is KeyKind.RSA:
        return "sha256RSA"
    if key.kind in {KeyKind.EC, KeyKind.BRAINPOOL} and key.bits is not None:
        bits = key.bits
        return next((word for limit, word in _EC_HASH if bits <= limit), "sha512") + "ECDSA"
    return None


def signer_words(owner: Owner, signer: Owner, label: str) -> str:
    """``SIGNWITH(CERTAUTH LABEL('l'))``; without CERTAUTH or SITE it is a certificate of the same user."""
    if signer.kind is OwnerKind.ID and signer != owner:
        raise UnsafeValueError(f"SIGNWITH cannot name a certificate of {signer} for {owner}")
    kind = "" if signer.kind is OwnerKind.ID else f"{signer.kind.value} "
    return f"SIGNWITH({kind}LABEL({quote_label(label)}))"


def name_words(names: AltNames) -> list[str]:
    """The words of ALTNAME."""
    words = [f"IP({ip_address(ip)})" for ip in names.ips]
    words += [f"DOMAIN({quote(dns_name(name))})" for name in names.dns]
    words += [f"EMAIL({quote(name)})" for name in names.emails]
    words += [f"URI({quote(name)})" for name in names.uris]
    if not words:
        raise UnsafeValueError("ALTNAME takes at least one name")
    words[0] = f"ALTNAME({words[0]}"
    words[-1] += ")"
    return words


def key_words(kind: KeyKind | None, bits: int | None) -> list[str]:
    """The words of a new key; none where RACF's own choice is taken."""
    if kind is not None and kind not in _KEY_WORD:
        raise UnsafeValueError(f"RACDCERT makes no {kind.value} keys")
    if bits is not None and not _MIN_BITS <= bits <= _MAX_BITS:
        raise UnsafeValueError(f"{bits} bits is no size of a key")
    words = [] if kind is None else [_KEY_WORD[kind]]
    return words if bits is None else [*words, f"SIZE({bits})"]


def signer_failure(signer: Certificate, not_after: date | None) -> Failure | None:
    """What a signer's status and end say to a certificate that shall end on a day.

    RACF is said to take an end beyond the signer's, and to set NOTRUST: not confirmed.
    """
    if signer.trust is TrustStatus.NOTRUST:
        return Failure(FailureKind.REFUSED, f"{signer.id} has status NOTRUST")
    if not_after is None or (signer.not_after is not None and end_of(not_after).at <= signer.not_after.at):
        return None
    if signer.not_after is None:
        return Failure(
            FailureKind.NOT_SHOWN,
            f"no input shows the end of {signer.id}: may the new one end after its signer?",
        )
    text = f"the new certificate would end after its signer {signer.id}; RACF may give it status NOTRUST"
    return Failure(FailureKind.NOT_KNOWN, text)
