"""The reader is the inverse of the printer, in every form of transfer; damage never raises and never invents."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.unload_models import systems
from support.unload_print import FORMS, NOWHERE, System, print_unload
from zcertlint.model.certificate import Absent, Certificate
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Access, Group, Profile, User
from zcertlint.model.store import Store, StoreState
from zcertlint.readers import ReadContext
from zcertlint.readers.irrdbu00 import read_stream, recognise_head

KINDS = (
    "0100", "0102", "0120", "0200", "0205", "0207", "0208", "0270", "0400", "0500", "0503", "0505", "0507", "0508",
    "0530", "0540", "0560", "0561", "0562", "1560",
)  # fmt: skip
T = TypeVar("T")
forms = pytest.mark.parametrize("form", FORMS)
FEW = settings(max_examples=8, deadline=None)
SOME = settings(max_examples=25, deadline=None)


def facts(data: bytes) -> Facts:
    return read_stream("unload.txt", io.BytesIO(data), ReadContext())


def bare(certificate: Certificate) -> Certificate:
    return replace(certificate, spans=())


def bare_ring(ring: Store) -> Store:
    assert bool(ring.reason) == (ring.state is StoreState.NOT_SHOWN)
    connections = tuple(replace(connection, span=NOWHERE) for connection in ring.connections)
    return replace(ring, span=NOWHERE, connections=connections, reason=None)


def bare_access(entries: tuple[Access, ...] | None) -> tuple[Access, ...] | None:
    return None if entries is None else tuple(replace(entry, span=NOWHERE) for entry in entries)


def bare_profile(item: Profile) -> Profile:
    return replace(
        item, span=NOWHERE, access=bare_access(item.access), conditional=bare_access(item.conditional)
    )


def by_id(items: Sequence[User] | Sequence[Group]) -> dict[str, User | Group]:
    return {item.id: replace(item, span=NOWHERE) for item in items if not item.id.startswith("irr")}


def provable(system: System, lines: list[str]) -> System:
    """The system as far as this unload can prove it: where no record of a type is, nothing lacks one."""
    types = {line[:4] for line in lines}

    def least(value: T, kind: str) -> T | None:
        return value if value not in {Absent.ABSENT, ()} or kind in types else None

    ringed = "0562" in types
    state = StoreState.SHOWN if ringed else StoreState.NOT_SHOWN
    return replace(
        system,
        users=[replace(user, uid=least(user.uid, "0270")) for user in system.users],
        groups=[replace(group, gid=least(group.gid, "0120")) for group in system.groups],
        certificates=[replace(c, rings=least(c.rings, "0562")) for c in system.certificates],
        stores=[replace(store, state=state) for store in system.stores],
        profiles=[
            replace(
                item,
                access=least(item.access, "0505"),
                conditional=least(item.conditional, "0507"),
                members=least(item.members, "0503"),
                signon=least(item.signon, "0530"),
                started=least(item.started, "0540"),
            )
            for item in system.profiles
        ],
    )


def check(found: Facts, system: System) -> None:
    security = found.security
    assert security is not None
    assert {c.id: bare(c) for c in found.certificates} == {c.id: c for c in system.certificates}
    assert {s.id: bare_ring(s) for s in found.stores} == {s.id: s for s in system.stores}
    key = ("profile:IDIDMAP/", "profile:OPERCMDS/")
    profiles = {p.id: bare_profile(p) for p in security.profiles if not p.id.startswith(key)}
    assert profiles == {p.id: p for p in system.profiles}
    assert by_id(security.users) == {user.id: user for user in system.users}
    assert by_id(security.groups) == {group.id: group for group in system.groups}
    maps = sorted((replace(item, span=NOWHERE) for item in found.filters), key=lambda item: item.label)
    assert maps == sorted(system.filters, key=lambda item: item.label)
    identities = {replace(item, span=NOWHERE) for item in security.identity_maps}
    assert identities == set(system.identity_maps)


@forms
@given(data=st.data())
@FEW
def test_a_whole_unload_is_read_back(form: str, data: st.DataObject) -> None:
    whole_unload(form, data.draw(systems(plain=form.startswith("EBCDIC"))))


def whole_unload(form: str, system: System) -> None:
    lines = print_unload(system)
    data = FORMS[form](lines)
    assert recognise_head(data[: 1 << 16])
    found = facts(data)
    check(found, provable(system, lines))
    assert not found.problems
    assert sum(found.lines) == len(lines)
    assert found.lines[2] == 0
    assert found.security is not None
    assert found.security.unload is not None
    assert {"RDATALIB", "STARTED", "XFACILIT"} <= found.security.unload_classes


@given(data=st.data(), cut=st.floats(0, 0.999), form=st.sampled_from(sorted(FORMS)))
@SOME
def test_a_cut_unload_shows_what_is_there_and_no_absence(data: st.DataObject, cut: float, form: str) -> None:
    system = data.draw(systems(plain=form.startswith("EBCDIC")))
    whole = FORMS[form](print_unload(system))
    honest(facts(whole[: int(cut * len(whole))]), system)


@given(system=systems(), first=st.floats(0, 1), last=st.floats(0, 1))
@SOME
def test_a_piece_of_an_unload_contradicts_nothing(system: System, first: float, last: float) -> None:
    lines = print_unload(system)
    left = lines[int(first * len(lines)) : int(last * len(lines))]
    honest(facts(FORMS["stripped"](left)), system)


@given(system=systems(), types=st.sets(st.sampled_from(KINDS), min_size=1))
@SOME
def test_an_extract_by_type_contradicts_nothing(system: System, types: set[str]) -> None:
    lines = print_unload(system)
    honest(facts(FORMS["text"]([line for line in lines if line[:4] in types])), system)


@given(system=systems(), types=st.sets(st.sampled_from(KINDS)))
@SOME
def test_an_unload_sorted_by_type_is_read_back(system: System, types: set[str]) -> None:
    lines = sorted(print_unload(system), key=lambda line: line[:4])
    if system.certificates:  # without a record 1560 the file could be cut before it
        check(facts(FORMS["text"](lines)), provable(system, lines))
    honest(facts(FORMS["text"]([line for line in lines if line[:4] not in types])), system)


@given(
    system=systems(),
    word=st.sampled_from(["IBMUSER", "CERTAUTH", "irrcerta", "DIGT", " READ ", "YES", "01."]),
)
@SOME
def test_a_search_for_a_word_is_no_whole_unload(system: System, word: str) -> None:
    left = [line for line in print_unload(system) if word in line]
    found = facts(FORMS["stripped"](left))
    honest(found, system)
    assert found.security is None or found.security.unload is None


@given(
    system=systems(),
    spots=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=8),
    form=st.sampled_from(sorted(FORMS)),
)
@SOME
def test_noise_never_raises(system: System, spots: list[tuple[float, bytes]], form: str) -> None:
    try:
        data = bytearray(FORMS[form](print_unload(system)))
    except UnicodeEncodeError:
        return
    for place, noise in spots:
        at = int(place * len(data))
        data[at : at + len(noise)] = noise
    found = facts(bytes(data))
    assert min(found.lines) >= 0


def honest(found: Facts, system: System) -> None:
    """What is shown is so, and what is said to be absent is absent."""
    certificates = {c.id: c for c in system.certificates}
    stores = {s.id: s for s in system.stores}
    for certificate in found.certificates:
        real = certificates[certificate.id]
        for name in (
            "subject",
            "issuer",
            "serial",
            "not_before",
            "not_after",
            "trust",
            "private_key",
            "rings",
        ):
            shown = getattr(certificate, name)
            assert shown is None or shown == getattr(real, name), name
    for store in found.stores:
        if store.state is StoreState.SHOWN:
            assert bare_ring(store) == stores[store.id]
    security = found.security
    if security is None:
        return
    users = {user.id: user for user in system.users}
    for user in security.users:
        if user.id in users:
            real_user = users[user.id]
            for name in ("revoked", "protected", "groups", "uid", "default_group"):
                shown = getattr(user, name)
                assert shown is None or shown == getattr(real_user, name), name
    profiles = {item.id: item for item in system.profiles}
    for profile in security.profiles:
        if profile.id in profiles:
            assert profile.access is None or bare_access(profile.access) == profiles[profile.id].access
    if security.unload is not None:
        kept = {item.id for item in system.profiles if item.class_name in security.unload_classes}
        assert kept <= {item.id for item in security.profiles}
        assert users.keys() <= {user.id for user in security.users}
        assert {name for user in system.users for name in user.groups or ()} <= {
            g.id for g in security.groups
        }
    for answer in found.answers:
        if answer.kind is AnswerKind.ALL_CERTIFICATES:
            mine = {c.id for c in system.certificates if c.owner == answer.owner}
            assert mine <= {c.id for c in found.certificates}
        if answer.kind is AnswerKind.ALL_RINGS and answer.owner is not None:
            theirs = {s.id for s in system.stores if s.owner == answer.owner.user}
            assert theirs <= {s.id for s in found.stores}
