"""Certificates and key rings of an unload."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from zcertlint.model.certificate import Certificate, Key, KeyKind, Moment, Owner, OwnerKind
from zcertlint.model.names import Name
from zcertlint.model.places import Places
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.readers._irrdbu00_keep import CertificateDraft, Kept, ProfileDraft
from zcertlint.readers._irrdbu00_layout import CERTIFICATE, RING
from zcertlint.readers._irrdbu00_profiles import answer, status
from zcertlint.readers._irrdbu00_whole import Extent
from zcertlint.text.source import Span

__all__ = ["certificates_of", "owner_of", "rings_of"]

_OWNERS = {"irrcerta": Owner(OwnerKind.CERTAUTH), "irrsitec": Owner(OwnerKind.SITE)}
# What KEY_TYPE says of the key; other words tell neither its kind nor whether there is a private key.
_KEYS = {
    "PKCSDER": KeyKind.RSA, "ICSFTOKN": KeyKind.RSA, "PCICCTKN": KeyKind.RSA, "DSA": KeyKind.DSA,
    "NISTECC": KeyKind.EC, "NECCTOKN": KeyKind.EC, "BPECC": KeyKind.BRAINPOOL, "BECCTOKN": KeyKind.BRAINPOOL,
}  # fmt: skip
_DN_ROOM = 1024  # a name that fills its field may have lost its end
_NAME_ROOM = 246  # likewise a profile name, of which the middle is then a hash
_PRINT = 64
_HEX = frozenset("0123456789ABCDEF")
_CHANGED = (
    "\N{CENT SIGN}["  # what a profile name has for characters that it cannot hold; [ in another code page
)
_DATE, _TIME = len("2026-01-01"), len("00:00:00")


@lru_cache(4096)
def owner_of(user: str) -> Owner:
    """Under what a user of the database keeps certificates."""
    return _OWNERS.get(user) or Owner.of_user(user)


def _ident(draft: CertificateDraft) -> str | None:
    return None if draft.named is None else f"{owner_of(draft.named[1])}/{draft.named[2]}"


@lru_cache(4096)
def _moment(date: str, time: str) -> Moment | None:
    """A date of record 0560, whose zone is only said to be UTC: within a zone, as in a listing."""
    if len(date) != _DATE or len(time) != _TIME:
        return None
    date = date.replace("/", "-")
    if date[4] != "-" or date[7] != "-" or time[2] != ":" or time[5] != ":":
        return None
    try:
        return Moment(datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=UTC), local=True)
    except ValueError:
        return None


def _serial(name: str) -> int | None:
    """The serial number in front of the first period of the profile's name."""
    digits, period, _ = name.partition(".")
    return int(digits, 16) if period and digits and set(digits) <= _HEX else None


def _issuer(name: str) -> Name | None:
    """The issuer in the profile's name, where neither a hash nor a changed character is in it."""
    text = name.partition(".")[2]
    whole = text and len(name) < _NAME_ROOM and not any(sign in text for sign in _CHANGED)
    return Name(text) if whole else None


def _name(text: str) -> Name | None:
    return Name(text) if text and len(text) < _DN_ROOM else None


_Noted = tuple[str, str, CertificateDraft]


def _places(noted: _Noted, _start: int, _end: int) -> tuple[tuple[str, Span], ...]:
    path, name, draft = noted
    line, _, label = draft.named or (0, "", "")
    found: list[tuple[str, int, str]] = [("id", line, label), ("serial", line, name.partition(".")[0])]
    if draft.basic is not None:
        found.append(("trust", *draft.basic))
    if draft.data is not None:
        line, (start, start_time, end, end_time, kind, size, request) = draft.data
        found += [
            ("not_before", line, f"{start} {start_time}"), ("not_after", line, f"{end} {end_time}"),
            ("key", line, f"{kind} {size}"), ("private_key", line, kind), ("requested", line, request),
        ]  # fmt: skip
    if draft.info is not None:
        line, (issued, named, algorithm, mark) = draft.info
        found += [
            ("issuer", line, issued), ("subject", line, named),
            ("signature", line, algorithm), ("fingerprint", line, mark.upper()),
        ]  # fmt: skip
    return tuple((what, Span(path, number, None, text)) for what, number, text in found)


def certificates_of(kept: Kept, path: str, extent: Extent) -> Iterator[Certificate]:
    """Every certificate of which owner and label are shown; what is read is given free."""
    connected = _connections(kept)
    complete = CERTIFICATE in extent.classes and extent.lacks_none(RING, "0562")
    for name, draft in kept.certificates.items():
        if draft.named is not None:
            yield _certificate(name, draft, path, connected.get(name, set()), complete=complete)


def _certificate(
    name: str, draft: CertificateDraft, path: str, connected: set[str], *, complete: bool
) -> Certificate:
    at, user, label = draft.named or (0, "", "")
    owner = owner_of(user)
    trust = None if draft.basic is None else status(draft.basic[1])
    not_before = not_after = key = private = requested = None
    if draft.data is not None:
        start, start_time, end, end_time, kind, size, request = draft.data[1]
        not_before, not_after = _moment(start, start_time), _moment(end, end_time)
        private = False if not kind else True if kind in _KEYS else None
        if kind in _KEYS:
            bits = int(size) if size.strip().isdecimal() else 0
            key = Key(_KEYS[kind], bits or None)
        requested = answer(request)
    issuer, subject, algorithm, mark = None, None, "", ""
    if draft.info is not None:
        issued, named, algorithm, mark = draft.info[1]
        issuer, subject, mark = _name(issued), _name(named), mark.upper()
    rings = None
    if complete and connected == set(draft.rings):
        rings = tuple((ring.partition(".")[0], ring.partition(".")[2]) for ring in draft.rings)
    return Certificate(
        id=f"{owner}/{label}",
        owner=owner,
        label=label,
        subject=subject,
        issuer=issuer or _issuer(name),
        serial=_serial(name),
        not_before=not_before,
        not_after=not_after,
        key=key,
        signature=algorithm or None,
        trust=trust,
        private_key=private,
        fingerprint=mark if len(mark) == _PRINT and set(mark) <= _HEX else None,
        rings=rings,
        requested=requested,
        spans=Places(_places, (path, name, draft), at, at),
    )


def _connections(kept: Kept) -> dict[str, set[str]]:
    """The rings of each certificate, by 0562."""
    found: dict[str, set[str]] = {}
    for (class_name, ring), draft in kept.profiles.items():
        if class_name == RING:
            for kind, _, values in draft.pieces:
                if kind == "0562":
                    found.setdefault(values[0], set()).add(ring)
    return found


def rings_of(kept: Kept, path: str, extent: Extent) -> Iterator[Store]:
    """The key rings: with their contents where all of them are there, else not shown, with the reason."""
    claims: dict[str, set[str]] = {}
    for name, certificate in kept.certificates.items():
        for ring in certificate.rings:
            claims.setdefault(ring, set()).add(name)
    for (class_name, ring), draft in kept.profiles.items():
        owner, period, name = ring.partition(".")
        if class_name == RING and owner and period and name:
            yield _ring(kept, path, extent, (owner, name), draft, claims.get(ring, set()))


def _ring(
    kept: Kept, path: str, extent: Extent, place: tuple[str, str], draft: ProfileDraft, claims: set[str]
) -> Store:
    owner, name = place
    rows: list[Connection] = []
    named: set[str] = set()
    reason = extent.reason
    for kind, at, values in draft.pieces:
        if kind != "0562":
            continue
        profile, word, default, label = values
        named.add(profile)
        certificate = kept.certificates.get(profile)
        ident = None if certificate is None else _ident(certificate)
        if certificate is None or certificate.named is None or ident is None or word not in Usage.__members__:
            reason = (
                reason or f"no record tells whose the certificate {label or profile} in it is, and its use"
            )
            continue
        if label and label != certificate.named[2]:
            reason = reason or f"{profile} is {label} in record 0562 and {certificate.named[2]} in 0207"
        rows.append(
            Connection(
                ident,
                owner_of(certificate.named[1]),
                certificate.named[2],
                Usage[word],
                answer(default),
                Span(path, at, None, certificate.named[2]),
            )
        )
    number = draft.basic[0] if draft.basic is not None else next((piece[1] for piece in draft.pieces), 1)
    if not reason and (draft.basic is None or claims - named):
        reason = "its records 0562 and the records 0561 of its certificates contradict each other"
    if not reason and not rows and not extent.lacks_none(RING, "0562"):
        reason = "an extract of an unload does not show whether a ring is empty"
    return Store(
        ring_id(owner, name),
        StoreKind.KEY_RING,
        owner,
        name,
        StoreState.NOT_SHOWN if reason else StoreState.SHOWN,
        () if reason else tuple(rows),
        Span(path, number, None, f"{owner}.{name}"),
        reason or None,
    )
