"""Every failing case of every rule that has a builder: repaired, nothing new, once is enough, and it goes back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fixes import readback
from rules.test_cases import AS_OF, _cases, _check, _lay_out, _moment
from zcertlint.app import Outcome, fix
from zcertlint.engine.results import Safety
from zcertlint.engine.rulebook import book
from zcertlint.engine.verdict import Severity
from zcertlint.fixes import Change
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.patch import patched_text
from zcertlint.fixes.rehearse import play, play_later
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Database

BUILDERS = {page.id: page.fix_builder for page in book() if page.fix_builder}
# Rules whose cases no plan of ours repairs, and why.
NEVER = {
    "NA104": "several names of one type: made elsewhere, or by lists of z/OS 3.2 whose exact form is not confirmed",
    "NA105": "the same",
    "SA111": "the key of PassTickets is a secret: advice (test_authority)",
}
_REPAIRED: set[str] = set()
_RUN: set[str] = set()


def cases() -> Iterator[Any]:
    for param in _cases():
        code, case = param.values
        if case["verdict"] == "fails" and code in BUILDERS:
            yield pytest.param(code, case, id=param.id)


def with_rows(database: Database) -> Database:
    """With the certificates that only a row of a key ring shows: RACF has them."""
    rows = (row for store in database.stores.values() for row in store.connections)
    known = {row.certificate: Certificate(row.certificate, row.owner, row.label) for row in rows}
    return replace(database, certificates={**known, **database.certificates})


def state(database: Database) -> dict[str, object]:
    """What a way back must bring back: rings, usages, defaults, status, access lists, mappings."""
    rings = {
        store.id: sorted((r.certificate, r.usage.value, r.default) for r in store.connections)
        for store in database.stores.values()
    }
    trust = {c.id: c.trust for c in database.certificates.values() if c.owner is not None}
    access = {
        p.id: sorted((a.who, a.level.value if a.level else "", a.condition or "") for a in p.access or ())
        for p in database.security.profiles
    }
    filters = {
        (f.user, f.label, f.status, f.subject and f.subject.text, f.issuer and f.issuer.text, f.criteria)
        for f in database.filters
    }
    return {"rings": rings, "trust": trust, "access": access, "filters": filters}


def looked_at(change: Change) -> None:
    """The files say the same as the plans."""
    work = [
        command
        for name, text in change.files.items()
        if name.startswith("apply") and name.endswith(".jcl")
        for step in readback.steps(text)
        if re.fullmatch(r"P\d+S\d+", step.name)
        for command in step.commands
    ]
    planned = [text_of(c) for plan in change.plans for c in plan.commands]
    planned += [text_of(c) for plan in change.plans for stage in plan.later for c in stage.commands]
    assert sorted(work) == sorted(planned)
    for plan in change.plans:
        assert plan.title in change.files["PLAN.md"]
        assert plan.safety in {Safety.READY, Safety.REVIEW}
        assert plan.safety is Safety.READY or plan.reasons or plan.lost or plan.patches


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_a_failing_case(
    code: str, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _lay_out(case, tmp_path)
    outcome = _check(case)
    found = {f.id for f in outcome.report.findings if f.code == code}
    change = fix(outcome)
    looked_at(change)
    mine = [plan for plan in change.plans if found & set(plan.findings)]
    _RUN.add(code)
    if mine:
        _REPAIRED.add(code)
    left = {finding.id for finding in change.after.findings}
    for plan in change.plans:
        assert not left & set(plan.findings)
    assert [f.message for f in change.total.new if f.severity is not Severity.INFO] == []
    assert change.total.broken == ()
    assert {r.finding.id for r in change.refused}.isdisjoint(
        {i for plan in change.plans for i in plan.findings}
    )
    once_is_enough(change, outcome, case)
    the_way_back(change, outcome, case)


def once_is_enough(change: Change, outcome: Outcome, case: dict[str, Any]) -> None:
    """A second run changes nothing; a plan that asks a guard first leaves itself out."""
    on = _moment(str(case.get("as_of", AS_OF)))
    database = outcome.deployment.database
    for plan in change.plans:
        database, failed = play(plan.commands, database, on)
        assert failed is None
    for plan in change.plans:
        if not plan.guards:
            again, failed = play(plan.commands, database, on)
            if failed is None:
                assert state(again) == state(database), plan.title
    for edit in (edit for plan in change.plans for edit in plan.patches):
        text = patched_text(outcome.sources[edit.file], [edit])
        assert edit.new in text


def the_way_back(change: Change, outcome: Outcome, case: dict[str, Any]) -> None:
    """After backout.jcl rings, status and access lists are as they were; new certificates may stay behind."""
    on = _moment(str(case.get("as_of", AS_OF)))
    before = with_rows(outcome.deployment.database)
    database = before
    for plan in change.plans:
        database, _ = play(plan.commands, database, on)
    for plan in change.plans:
        database, failed = play_later(plan.later, database, on)
        assert failed is None
    for plan in reversed(change.plans):
        database, failed = play((c for step in plan.backout for c in step.commands), database, on)
        assert failed is None, plan.title
    after, was = state(database), state(before)
    assert after["rings"] == was["rings"]
    assert after["access"] == was["access"]
    if not any(plan.lost for plan in change.plans):
        assert after["filters"] == was["filters"]
    kept, old = after["trust"], was["trust"]
    assert isinstance(kept, dict)
    assert isinstance(old, dict)
    assert {ident: kept.get(ident) for ident in old} == old
    if set(kept) - set(old):
        assert any(plan.lost for plan in change.plans)


def test_every_builder_is_shown_to_work() -> None:
    """A rule whose page names a builder has a case that it repairs."""
    if set(BUILDERS) != _RUN:
        pytest.skip("not every case was run")
    assert set(BUILDERS) - _REPAIRED == set(NEVER)
