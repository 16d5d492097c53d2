"""An unload and the listings of one system never contradict each other; what has changed between them is told."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Protocol, TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.unload_listing import LISTING, listing
from support.unload_models import systems
from support.unload_print import FORMS, NOWHERE, System, print_unload
from zcertlint.assembly.merge import merge
from zcertlint.model.certificate import Absent, Certificate, Key, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind, Facts, NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Access, Level, Profile, User
from zcertlint.model.store import Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.readers import ReadContext
from zcertlint.readers.irrdbu00 import read_stream

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
SOME = settings(max_examples=30, deadline=None)
MANY = settings(max_examples=80, deadline=None)
HOURS = st.integers(-12, 14)


class Draw(Protocol):
    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


def unload_of(lines: list[str]) -> Facts:
    return read_stream("unload.txt", io.BytesIO(FORMS["stripped"](lines)), ReadContext())


@given(system=systems(), hours=HOURS, prints=st.booleans(), omvs=st.booleans(), first=st.booleans())
@SOME
def test_the_same_system_shown_twice(
    system: System,
    hours: int,
    prints: bool,  # noqa: FBT001 - hypothesis gives it by name
    omvs: bool,  # noqa: FBT001
    first: bool,  # noqa: FBT001
) -> None:
    both = [unload_of(print_unload(system)), listing(system, hours=hours, prints=prints, omvs=omvs)]
    database, problems = merge(both if first else both[::-1])
    assert problems == ()
    assert database.security.unload is not None
    assert database.certificates.keys() == {one.id for one in system.certificates}
    for one in system.certificates:
        merged = database.certificates[one.id]
        shown = (merged.serial, merged.trust, merged.private_key, merged.fingerprint, merged.requested)
        assert shown == (one.serial, one.trust, one.private_key, one.fingerprint, one.requested)
        assert merged.not_after == replace(one.not_after, at=one.not_after.at + timedelta(hours=hours))  # type: ignore[union-attr,type-var]
    assert {store.id for store in database.stores.values() if store.shown} == {s.id for s in system.stores}
    assert len(database.filters) == len(system.filters)
    assert len(database.security.profiles) == len({*(p.id for p in both[0].security.profiles)})  # type: ignore[union-attr]
    for user in system.users:
        merged_user = database.security.user(user.id)
        assert merged_user is not None
        assert (merged_user.revoked, merged_user.protected) == (user.revoked, user.protected)
        assert merged_user.uid == user.uid or (merged_user.uid is None and user.uid is Absent.ABSENT)


@given(system=systems(), data=st.data())
@SOME
def test_parts_of_one_system(system: System, data: st.DataObject) -> None:
    """A cut listing beside a cut unload: fewer facts, no contradiction."""
    lines = print_unload(system)
    first, last = sorted((data.draw(st.integers(0, len(lines))), data.draw(st.integers(0, len(lines)))))
    whole = listing(system, hours=data.draw(HOURS), prints=data.draw(st.booleans()))
    assert whole.security is not None

    def some(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(item for item in items if data.draw(st.booleans()))

    part = replace(
        whole,
        certificates=some(whole.certificates),
        stores=some(whole.stores),
        filters=some(whole.filters),
        answers=(),
        security=replace(
            whole.security, profiles=some(whole.security.profiles), users=some(tuple(whole.security.users))
        ),
    )
    unload = unload_of(data.draw(st.sampled_from([lines, lines[first:last], lines[:last], lines[first:]])))
    assert merge([unload, part])[1] == ()
    assert merge([unload, whole])[1] == ()


@given(system=systems(), data=st.data())
@SOME
def test_an_extract_by_type(system: System, data: st.DataObject) -> None:
    lines = print_unload(system)
    left = data.draw(st.sets(st.sampled_from(sorted({line[:4] for line in lines}))))
    unload = unload_of([line for line in lines if line[:4] in left])
    assert merge([unload, listing(system)])[1] == ()


# Each of these changes one fact of a listing, or gives up when the system has none of the kind.


def _pick(draw: Draw, items: tuple[T, ...]) -> T:
    assume(items)
    return draw(st.sampled_from(items))


def _other(draw: Draw, values: type[E], old: object) -> E:
    return draw(st.sampled_from([value for value in values if value is not old]))


def _certificate(draw: Draw, facts: Facts) -> Facts:
    old = _pick(draw, facts.certificates)
    assert isinstance(old, Certificate)
    assert old.not_after is not None
    assert old.serial is not None
    new = draw(
        st.sampled_from(
            [
                replace(old, serial=old.serial + 1, fingerprint=None),
                replace(old, fingerprint=("0" if (old.fingerprint or "")[0] != "0" else "1") * 64),
                replace(
                    old,
                    fingerprint=None,
                    not_after=Moment(old.not_after.at + timedelta(hours=41), local=True),
                ),
                replace(old, trust=_other(draw, TrustStatus, old.trust)),
                replace(old, private_key=not old.private_key),
            ]
            + ([replace(old, key=Key(old.key.kind, (old.key.bits or 0) + 1))] if old.key else [])
        )
    )
    return replace(facts, certificates=tuple(new if one is old else one for one in facts.certificates))


def _rows(draw: Draw, facts: Facts) -> Facts:
    old = _pick(draw, tuple(store for store in facts.stores if store.connections))
    assert isinstance(old, Store)
    first, *others = old.connections
    new = draw(
        st.sampled_from(
            [
                tuple(others),
                (replace(first, default=not first.default), *others),
                (replace(first, usage=_other(draw, Usage, first.usage)), *others),
                (first, *old.connections),
            ]
        )
    )
    stores = tuple(replace(one, connections=new) if one is old else one for one in facts.stores)
    return replace(facts, stores=stores)


def _thing_more(draw: Draw, facts: Facts) -> Facts:
    """A certificate, ring, filter, profile or user that the unload lacks."""
    assert facts.security is not None
    owner = Owner(OwnerKind.SITE)
    certificate = Certificate("SITE/NEW, I AM", owner, "NEW, I AM", spans=(("id", LISTING),))
    user = facts.security.users[0].id
    ring = Store(
        ring_id(user, "New~Ring"), StoreKind.KEY_RING, user, "New~Ring", StoreState.SHOWN, span=LISTING
    )
    entry = NameFilter(user, "NEW FILTER, I AM THE ONLY ONE", None, None, Name("CN=NEW"), None, LISTING)
    profile = Profile("RDATALIB", "new.**", LISTING)
    security = facts.security
    return draw(
        st.sampled_from(
            [
                replace(facts, certificates=(*facts.certificates, certificate)),
                replace(facts, stores=(*facts.stores, ring)),
                replace(facts, filters=(*facts.filters, entry)),
                replace(facts, security=replace(security, profiles=(*security.profiles, profile))),
                replace(facts, security=replace(security, users=(*security.users, User("new", LISTING)))),
            ]
        )
    )


def _thing_less(draw: Draw, facts: Facts) -> Facts:
    """Something that the listings prove to be absent and the unload has."""
    kind = draw(st.sampled_from(["certificate", "ring", "filter", "user", "profile"]))
    security = facts.security
    assert security is not None
    if kind == "certificate":
        gone = _pick(draw, facts.certificates)
        return replace(facts, certificates=tuple(one for one in facts.certificates if one is not gone))
    if kind == "ring":
        lost = _pick(draw, facts.stores)
        certificates = tuple(replace(one, rings=None) for one in facts.certificates)
        stores = tuple(one for one in facts.stores if one is not lost)
        return replace(facts, stores=stores, certificates=certificates)
    if kind == "filter":
        left = _pick(draw, tuple(one for one in facts.filters if one.user))
        return replace(facts, filters=tuple(one for one in facts.filters if one is not left))
    if kind == "user":
        user = _pick(draw, tuple(security.users))
        answer = Answer(AnswerKind.NO_SUCH_USER, None, user.id, "ICH30001I", None, LISTING, "LISTUSER")
        users = tuple(one for one in security.users if one is not user)
        return replace(facts, answers=(*facts.answers, answer), security=replace(security, users=users))
    old = _pick(draw, security.profiles)
    name = f"{old.class_name}/{old.name}"
    answer = Answer(AnswerKind.NO_SUCH_PROFILE, None, name, "ICH13003I", None, LISTING, "RLIST")
    profiles = tuple(one for one in security.profiles if one is not old)
    return replace(facts, answers=(*facts.answers, answer), security=replace(security, profiles=profiles))


def _user(draw: Draw, facts: Facts) -> Facts:
    assert facts.security is not None
    old = _pick(draw, tuple(facts.security.users))
    words = old.attributes or frozenset()
    changed = [
        replace(old, protected=not old.protected),
        replace(old, groups=(*(old.groups or ()), "OTHER")),
        replace(old, default_group="OTHER"),
        replace(old, attributes=words ^ {"SPECIAL"}),
    ]
    if old.revoked is not None:
        changed.append(replace(old, revoked=not old.revoked))
    if isinstance(old.uid, int):
        changed += [replace(old, uid=old.uid + 1), replace(old, uid=Absent.ABSENT)]
    new = draw(st.sampled_from(changed))
    users = tuple(new if one is old else one for one in facts.security.users)
    return replace(facts, security=replace(facts.security, users=users))


def _profile(draw: Draw, facts: Facts) -> Facts:
    assert facts.security is not None
    old = _pick(draw, facts.security.profiles)
    new = draw(
        st.sampled_from(
            [
                replace(old, universal=_other(draw, Level, old.universal)),
                replace(old, owner="OTHER"),
                replace(old, warning=not old.warning),
                replace(old, access=(*(old.access or ()), Access("OTHER", Level.READ, NOWHERE))),
            ]
            + ([replace(old, app_data="OTHER")] if isinstance(old.app_data, str) else [])
        )
    )
    profiles = tuple(new if one is old else one for one in facts.security.profiles)
    return replace(facts, security=replace(facts.security, profiles=profiles))


def _filter(draw: Draw, facts: Facts) -> Facts:
    old = _pick(draw, facts.filters)
    changed = [replace(old, subject=Name("CN=OTHER"))]
    if old.status is not None:
        changed.append(replace(old, status=TrustStatus.NOTRUST))
    new = draw(st.sampled_from(changed))
    return replace(facts, filters=tuple(new if one is old else one for one in facts.filters))


CHANGES = (_certificate, _rows, _thing_more, _thing_less, _user, _profile, _filter)


@given(
    system=systems(),
    data=st.data(),
    hours=st.integers(-12, 14),
    change=st.sampled_from(CHANGES),
    first=st.booleans(),
)
@MANY
def test_a_changed_fact_is_told(
    system: System,
    data: st.DataObject,
    hours: int,
    change: Callable[[Draw, Facts], Facts],
    first: bool,  # noqa: FBT001 - hypothesis gives it by name
) -> None:
    """Whichever of the two is the older one: then nothing follows from what the unload lacks."""
    unload = unload_of(print_unload(system))
    changed = change(data.draw, listing(system, hours=hours))
    database, problems = merge([unload, changed] if first else [changed, unload])
    assert problems
    assert {problem.code for problem in problems} == {"IN005"}
    assert not any(problem.fatal for problem in problems)
    nothing_absent(database)


def nothing_absent(database: Database) -> None:
    """The unload proves no absence; what the listing proves, it still does."""
    assert database.security.unload is None
    assert database.security.unload_classes == frozenset()
    assert all(answer.span.path == LISTING.path for answer in database.answers)
