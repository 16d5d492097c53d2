"""Prints a system as IRRDBU00 unloads it, in the code and form in which it may reach us: the inverse of the reader.

The columns are those of mfpandas 0.1.7, counted from 1 with both ends, written down here once more so that a slip in
the reader's table is seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from zcertlint.model.certificate import Certificate, KeyKind, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.facts import NameFilter
from zcertlint.model.security import Group, IdentityMap, Profile, Signon, Started, User
from zcertlint.model.store import Store
from zcertlint.text.source import Span

__all__ = ["FORMS", "NOWHERE", "System", "print_unload", "profile_name", "record"]

NOWHERE = Span("")

_KEY_WORDS = {
    KeyKind.RSA: "PKCSDER", KeyKind.EC: "NISTECC", KeyKind.BRAINPOOL: "BPECC", KeyKind.DSA: "DSA",
}  # fmt: skip
_GENERAL = 6  # the column of a profile's name
_LENGTHS = {
    "0100": 362, "0102": 31, "0120": 24, "0200": 648, "0205": 134, "0207": 293, "0208": 293, "0209": 293, "0270": 2158,
    "0400": 532, "0404": 70, "0500": 1017, "0503": 559, "0505": 284, "0507": 556, "0508": 1061, "0509": 558,
    "0530": 419, "0540": 293, "0560": 353, "0561": 507, "0562": 554, "1560": 2392,
}  # fmt: skip


@dataclass
class System:
    """What a database holds, as far as an unload shows it."""

    users: Sequence[User] = ()
    groups: Sequence[Group] = ()
    certificates: Sequence[Certificate] = ()
    stores: Sequence[Store] = ()
    filters: Sequence[NameFilter] = ()
    profiles: Sequence[Profile] = ()
    identity_maps: Sequence[IdentityMap] = ()
    others: Sequence[tuple[str, str]] = field(
        default=(("ACCTNUM", "**"), ("GCICSTRN", "GROUP1"), ("OPERCMDS", "MVS.*"), ("ZMFAPLA", "A.B"))
    )


def record(kind: str, *values: tuple[int, str]) -> str:
    """A record with these values at these columns."""
    text = [" "] * _LENGTHS[kind]
    text[:4] = kind
    for column, value in values:
        text[column - 1 : column - 1 + len(value)] = value
        assert len(text) == _LENGTHS[kind], (kind, column, value)
    return "".join(text)


def _yes(value: object) -> str:
    return "YES" if value else "NO"


def _owner(owner: Owner | None) -> str:
    assert owner is not None
    return {OwnerKind.CERTAUTH: "irrcerta", OwnerKind.SITE: "irrsitec"}.get(owner.kind) or owner.user or ""


def profile_name(certificate: Certificate) -> str:
    """The name of the DIGTCERT profile: serial number, period, issuer with what it cannot hold changed."""
    assert certificate.issuer is not None
    digits = f"{certificate.serial:X}"
    name = f"{digits.zfill(len(digits) + len(digits) % 2)}.{certificate.issuer.text.replace(' ', '¢')}"
    return name if len(name) <= 246 else f"{name[:180]}{'7' * 40}{name[-26:]}"


def _user(user: User) -> list[str]:
    words = user.attributes or frozenset()
    nopwd = "PRO" if user.protected else "NO"
    flags = {
        "SPECIAL": 40,
        "OPERATIONS": 45,
        "GRPACC": 55,
        "UAUDIT": 381,
        "AUDITOR": 386,
        "ROAUDIT": 634,
        "ADSP": 35,
    }
    shown = [(column, _yes(word in words)) for word, column in flags.items()]
    values = [
        (6, user.id),
        (15, "2020-01-01"),
        (26, user.owner or ""),
        (50, _yes(user.revoked or "REVOKED" in words)),
    ]
    values += [
        (75, user.name or ""),
        (96, user.default_group or ""),
        (391, nopwd),
        (576, "0000000000"),
        (644, "00000"),
    ]
    if user.revoked is None:
        values.append((458, "2030-01-01"))
    if "RESTRICTED" in words:
        values.append((542, "RSTD"))
    values.append((587, _yes("PASSPHRASE" in words)))
    lines = [record("0200", *values, *shown)]
    for group in user.groups or ():
        dates = [(114, "2030-01-01")] if group in user.dated_groups else []
        state = (94, _yes(group in user.revoked_groups))
        lines.append(record("0205", (6, user.id), (15, group), (24, "2020-01-01"), state, *dates))
    if isinstance(user.uid, int):
        lines.append(record("0270", (6, user.id), (15, f"{user.uid:010}"), (26, "/u/x")))
    return lines


def _general(kind: str, class_name: str, name: str, *values: tuple[int, str]) -> str:
    return record(kind, (_GENERAL, name), (253, class_name), *values)


def _basic(class_name: str, name: str, uacc: str, *values: tuple[int, str]) -> str:
    fixed = (
        (262, "NO"),
        (267, "000"),
        (271, "2024-01-05"),
        (282, "IBMUSER"),
        (337, uacc),
        (355, "000"),
        (660, "NO"),
    )
    return _general("0500", class_name, name, *fixed, *values)


def _certificate(certificate: Certificate, rings: list[str]) -> list[str]:
    name = profile_name(certificate)
    trust = {TrustStatus.HIGHTRUST: "HIGHTRST"}.get(certificate.trust or TrustStatus.TRUST)
    lines = [_basic("DIGTCERT", name, trust or (certificate.trust or TrustStatus.TRUST).value)]

    def moment(at: Moment | None, column: int) -> list[tuple[int, str]]:
        assert at is not None
        day = f"{at.at.year:04}-{at.at:%m-%d}"
        return [(column, day), (column + 11, f"{at.at:%H:%M:%S}")]

    data = [*moment(certificate.not_before, 262), *moment(certificate.not_after, 282)]
    key = certificate.key
    if certificate.private_key and key is not None:
        data += [(302, _KEY_WORDS[key.kind]), (311, f"{key.bits or 0:010}")]
    else:
        data.append((311, "0000000000"))
    data += [(322, "0" * 16), (339, "0000000001"), (350, _yes(certificate.requested))]
    lines.append(_general("0560", "DIGTCERT", name, *data))
    lines += [_general("0561", "DIGTCERT", name, (262, ring)) for ring in rings]
    info = [(262, str(certificate.issuer or "")), (1287, str(certificate.subject or ""))]
    info += [(2312, certificate.signature or ""), (2329, certificate.fingerprint or "")]
    lines.append(_general("1560", "DIGTCERT", name, *info))
    return lines


def _ring(store: Store, names: dict[str, str]) -> list[str]:
    ring = f"{store.owner}.{store.name}"
    lines = [_basic("DIGTRING", ring, "NONE")]
    for row in store.connections:
        values = [(262, names[row.certificate]), (509, row.usage.value), (518, _yes(row.default))]
        lines.append(_general("0562", "DIGTRING", ring, *values, (523, row.label or "")))
    return lines


def _profile(profile: Profile) -> list[str]:
    values = [
        (262, _yes(profile.generic)),
        (282, f"{profile.owner or '':8}"),
        (660, f"{_yes(profile.warning):4}"),
    ]
    if isinstance(profile.app_data, str):
        values.append((754, profile.app_data))
    uacc = profile.universal.value if profile.universal else ""
    where = (profile.class_name, profile.name)
    lines = [_basic(*where, uacc, *values)]
    lines += [_general("0503", *where, (262, member)) for member in profile.members or ()]
    for entry in profile.access or ():
        assert entry.level is not None
        lines.append(_general("0505", *where, (262, entry.who), (271, entry.level.value), (280, "00000")))
    for entry in profile.conditional or ():
        assert entry.level is not None
        kind, _, thing = (entry.condition or "").partition(" ")
        lines.append(
            _general("0507", *where, (262, kind), (271, thing), (280, entry.who), (289, entry.level.value))
        )
    if isinstance(profile.signon, Signon):
        signon = profile.signon
        values = [(262, signon.form or ""), (327, signon.label or ""), (392, signon.kind or "")]
        replay = {None: "", True: "YES", False: "NO"}[signon.replay]
        lines.append(_general("0530", *where, *values, (405, f"{signon.seconds or 0:010}"), (416, replay)))
    if isinstance(profile.started, Started):
        started = profile.started
        values = [(262, started.user or ""), (271, started.group or "")]
        values += [(280, _yes(started.trusted)), (285, _yes(started.privileged)), (290, "NO")]
        lines.append(_general("0540", *where, *values))
    return lines


def _map_name(item: NameFilter) -> str:
    return str(item.names).replace(" ", "¢")[:246]


def _filter(item: NameFilter) -> list[str]:
    name = _map_name(item)
    user = item.user or item.criteria or ""
    status = "" if item.status is None else item.status.value
    return [
        _basic("DIGTNMAP", name, "NONE"),
        _general(
            "0508", "DIGTNMAP", name, (262, item.label), (295, status), (304, user), (551, str(item.names))
        ),
    ]


def _people(system: System, names: dict[str, str]) -> Iterator[str]:
    for group in system.groups:
        yield record("0100", (6, group.id), (15, "SYS1"), (24, "2020-01-01"), (35, "SYS1"), (44, "NONE"))
        yield record("0102", (6, group.id), (15, "IBMUSER"), (24, "USE"))
        if isinstance(group.gid, int):
            yield record("0120", (6, group.id), (15, f"{group.gid:010}"))
    for user in [*(User(name, NOWHERE) for name in ("irrcerta", "irrsitec", "irrmulti")), *system.users]:
        yield from _user(user)
        for certificate in system.certificates:
            if _owner(certificate.owner) == user.id:
                yield record(
                    "0207", (6, user.id), (15, names[certificate.id]), (262, certificate.label or "")
                )
        for item in system.filters:
            if (item.user or "irrmulti") == user.id:
                yield record("0208", (6, user.id), (15, item.label), (48, _map_name(item)))
        for identity in system.identity_maps:
            if identity.user == user.id:
                yield record("0209", (6, user.id), (15, identity.label), (48, identity.name or ""))


def _general_resources(system: System, names: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    for certificate in system.certificates:
        connected = [
            s for s in system.stores if any(row.certificate == certificate.id for row in s.connections)
        ]
        yield "DIGTCERT", _certificate(certificate, [f"{store.owner}.{store.name}" for store in connected])
    for store in system.stores:
        yield "DIGTRING", _ring(store, names)
    for item in system.filters:
        yield "DIGTNMAP", _filter(item)
    for profile in system.profiles:
        yield profile.class_name, _profile(profile)
    for identity in system.identity_maps:
        name = identity.name or ""
        values = ((262, identity.label), (295, identity.user), (304, identity.registry or ""))
        yield "IDIDMAP", [_basic("IDIDMAP", name, "NONE"), _general("0509", "IDIDMAP", name, *values)]
    for class_name, name in system.others:
        pieces = [_general("0505", class_name, name, (262, "X"), (271, "READ"))]
        if class_name == "GCICSTRN":
            pieces.insert(0, _general("0503", class_name, name, (262, "CEMT")))
        if class_name == "OPERCMDS":
            condition = (262, "CONSOLE"), (271, "SDSF"), (280, "X"), (289, "READ")
            pieces.append(_general("0507", class_name, name, *condition))
        yield class_name, [_basic(class_name, name, "NONE"), *pieces]


def print_unload(system: System) -> list[str]:
    """The records, in the order of a database: groups, users, data sets, general resources by class."""
    names = {certificate.id: profile_name(certificate) for certificate in system.certificates}
    lines = list(_people(system, names))
    lines.append(record("0400", (6, "SYS1.**"), (58, "YES"), (63, "2020-01-01"), (74, "IBMUSER")))
    general = list(_general_resources(system, names))
    for _, records in sorted(general, key=lambda item: item[0].encode("cp037")):
        lines += records
    return lines


def _ebcdic(text: str) -> bytes:
    """In cp1047, which Python does not have; blank and line end are those of cp037."""
    table = str.maketrans({"^": "\xac", "\xac": "^", "[": "\xdd", "\xdd": "[", "]": "\xa8", "\xa8": "]"})
    return text.translate(table).encode("cp037")


def _rdw(lines: list[str]) -> bytes:
    records = [_ebcdic(line) for line in lines]
    return b"".join((len(data) + 4).to_bytes(2) + b"\0\0" + data for data in records)


FORMS: dict[str, Callable[[list[str]], bytes]] = {
    "text": lambda lines: "".join(f"{line}\n" for line in lines).encode(),
    "stripped": lambda lines: "".join(f"{line.rstrip()}\n" for line in lines).encode(),
    "CRLF": lambda lines: "".join(f"{line.rstrip()}\r\n" for line in lines).encode(),
    "CR": lambda lines: "".join(f"{line.rstrip()}\r" for line in lines).encode(),
    "NEL": lambda lines: "".join(f"{line}\x85" for line in lines).encode(),
    "byte order mark": lambda lines: b"\xef\xbb\xbf" + "".join(f"{line}\n" for line in lines).encode(),
    "Latin-1": lambda lines: "".join(f"{line.rstrip()}\n" for line in lines).encode("latin-1"),
    "EBCDIC, NEL": lambda lines: b"".join(_ebcdic(line) + b"\x15" for line in lines),
    "EBCDIC, LF": lambda lines: b"".join(_ebcdic(line.rstrip()) + b"\x25" for line in lines),
    "EBCDIC, RDW": _rdw,
    "EBCDIC, RDW, blanks cut": lambda lines: _rdw([line.rstrip() for line in lines]),
    "EBCDIC, fixed": lambda lines: b"".join(_ebcdic(line.ljust(4096)) for line in lines),
    "text, fixed": lambda lines: "".join(line.ljust(4096) for line in lines).encode("latin-1"),
}
