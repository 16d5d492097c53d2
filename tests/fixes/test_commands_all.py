"""What holds for every command on every database."""

import importlib
import pkgutil
from collections import Counter
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fixes import any_command as some
from fixes import readback, world
from fixes.world import AS_OF
from zcertlint.engine.results import Safety
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes import commands, make_change
from zcertlint.fixes.commands.base import Authority, Command, FailureKind, text_of
from zcertlint.fixes.jcl import job_lines, tso_step
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.model.deployment import Database
from zcertlint.model.store import StoreKind, ring_id


def _rings(database: Database) -> dict[str, object]:
    """Rings as RACF knows them: the order of the rows decides nothing."""
    return {
        store.id: (store.state, Counter((r.certificate, r.usage, bool(r.default)) for r in store.connections))
        for store in database.stores.values()
        if store.kind is StoreKind.KEY_RING
    }


def _certificates(database: Database) -> dict[str, object]:
    return {
        ident: replace(one, rings=None if one.rings is None else tuple(sorted(one.rings)), requested=None)
        for ident, one in database.certificates.items()
    }


def _security(database: Database) -> object:
    security = database.security
    lists = {
        one.id: (
            replace(one, access=None, span=some.HERE, conditional=None),
            None if one.access is None else {(e.who, e.level) for e in one.access},
        )
        for one in security.profiles
    }
    people = {one.id: (one.uid, None if one.groups is None else set(one.groups)) for one in security.users}
    groups = {one.id: None if one.users is None else set(one.users) for one in security.groups}
    return lists, people, groups, set(security.classes)


def _filters(database: Database) -> set[object]:
    return {replace(one, span=some.HERE) for one in database.filters}


def _known_rings(rings: dict[str, object], like: dict[str, object]) -> dict[str, object]:
    """Without rings that the other side has never heard of: one that was deleted again is known to be missing."""
    return {ident: value for ident, value in rings.items() if ident in like}


def test_every_command_is_tried() -> None:
    found = set()
    for module in pkgutil.iter_modules(commands.__path__):
        content = vars(importlib.import_module(f"{commands.__name__}.{module.name}"))
        found |= {
            kind
            for kind in content.values()
            if isinstance(kind, type)
            and hasattr(kind, "render")
            and kind.__name__ not in {"Command", "Effects"}
        }
    assert found == set(some.COMMANDS)


@pytest.mark.parametrize("kind", some.COMMANDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=3)
def test_commands_are_values(kind: type, data: st.DataObject) -> None:
    command = data.draw(some.COMMANDS[kind])
    assert isinstance(command, kind)
    assert not hasattr(command, "__dict__")
    fields = getattr(command, "__dataclass_fields__", {})
    for name in fields:
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(command, name, None)
    copy = kind(*(getattr(command, name) for name in fields))
    assert copy == command
    assert hash(copy) == hash(command)
    assert command.authority is Authority.SECURITY
    assert all(text.split(" ")[0] == "FACILITY" for text in command.needs())
    assert isinstance(command.refresh, tuple)


@given(some.sites, st.lists(some.any_command, max_size=4), some.any_command)
@settings(max_examples=200)
def test_what_racf_refuses_changes_nothing(site: Database, first: list[Command], command: Command) -> None:
    before = some.played(site, first, lambda _command, _database: True)
    failure = command.failure(before)
    assert command.problem(before) == (None if failure is None else failure.text)
    after = command.apply(before, AS_OF)
    if failure is not None and failure.certain:
        assert after is before
    if failure is not None:
        assert str(failure)
        assert "\n" not in str(failure)
        assert (failure.ask is None) or failure.kind is FailureKind.NOT_SHOWN
    assert all(isinstance(text, str) for text in command.doubts(before))
    assert isinstance(command.leaves(before), tuple)


@given(some.sites, st.lists(some.any_command, max_size=6))
@settings(max_examples=200)
def test_the_database_stays_sound(site: Database, many: list[Command]) -> None:
    after = some.played(site, many, lambda _command, _database: True)
    for ident, certificate in after.certificates.items():
        assert certificate.id == ident
        if certificate.owner is not None:
            assert ident == f"{certificate.owner}/{certificate.label}"
        for owner, name in certificate.rings or ():
            ring = after.stores.get(ring_id(owner, name))
            if ring is not None and ring.shown:
                assert any(row.certificate == ident for row in ring.connections)
    for ident, store in after.stores.items():
        assert store.id == ident
        assert sum(bool(row.default) for row in store.connections) <= 1
        names = [row.certificate for row in store.connections]
        assert len(names) == len(set(names))
        assert store.shown or not store.connections
        for row in store.connections:
            kept = after.certificates[row.certificate]
            assert (kept.owner, kept.label) == (row.owner, row.label)
            assert kept.rings is None or (store.owner, store.name) in kept.rings
    for one in after.data_sets.values():
        assert one.key_of is None or one.key_of in after.certificates


@given(some.sites, st.lists(some.any_command, max_size=3), some.any_command)
@settings(max_examples=300)
def test_undone_is_before(site: Database, first: list[Command], command: Command) -> None:
    before = some.played(site, first, lambda _command, _database: True)
    assume(command.failure(before) is None)
    lost = command.why_no_undo(before)
    database = command.apply(before, AS_OF)
    for back in command.undo(before):
        failure = back.failure(database)
        assert failure is None, (text_of(command), str(failure))
        database = back.apply(database, AS_OF)
    if lost is None:
        rings = _rings(before)
        assert _known_rings(_rings(database), rings) == rings
        assert _certificates(database) == _certificates(before)
        assert _security(database) == _security(before)
        assert _filters(database) == _filters(before)


@given(some.sites, some.any_command)
@settings(max_examples=150)
def test_a_job_carries_each_command_as_it_is(site: Database, command: Command) -> None:
    del site
    try:
        words = command.render()
    except UnsafeValueError:
        return
    (step,) = readback.steps(job_lines(DEFAULT_JOB, tso_step("S1", [command])))
    assert step.commands == (" ".join(words),)
    assert readback.tree(step.commands[0])


def test_a_plan_that_rests_on_belief_is_for_review() -> None:
    site = world.deployment()
    change = make_change(world.run(site), site, world.options(), world.deployment, world.run)
    database, doubtful = site.database, 0
    for plan in change.plans:
        for command in plan.commands:
            if command.doubts(database):
                doubtful += 1
                assert plan.safety is not Safety.READY
            database = command.apply(database, AS_OF)
    assert doubtful
