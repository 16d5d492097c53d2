"""The jobs of a change, read back as somebody else's and played, do what the plan's rehearsal did."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from fixes import readback, world
from fixes.test_converge import cases, state, with_rows
from rules.test_cases import AS_OF as RULES_AS_OF
from rules.test_cases import _check, _lay_out, _moment
from zcertlint.app import fix
from zcertlint.fixes import Change, make_change
from zcertlint.fixes.job.play import Playing, play_jobs
from zcertlint.fixes.job.reader import read_job
from zcertlint.model.change import Ending
from zcertlint.model.deployment import Database
from zcertlint.text.source import Source

_WRITTEN: dict[str, str] = {}


def changed() -> Change:
    site = world.deployment()
    return make_change(world.run(site), site, world.options(), world.deployment, world.run)


def played(database: Database, *texts: str, on: datetime = world.AS_OF) -> Playing:
    """The jobs played; RACF carries out each command, and there is none that it might refuse."""
    jobs = []
    for number, text in enumerate(texts):
        source = Source(f"{number}.jcl", text.encode(), tuple(text.split("\n")[:-1]), "utf-8")
        job = read_job(source)
        assert job.unreadable == ()
        jobs.append(job)
    playing = play_jobs(jobs, database, on)
    bad = [one for one in playing.commands if one.ending in {Ending.FAILS, Ending.NOT_MODELLED}]
    assert not bad, [(one.text, one.reason) for one in bad]
    return playing


def rings(database: Database) -> dict[str, object]:
    return {
        ident: Counter((row.certificate, row.usage, row.default) for row in store.connections)
        for ident, store in database.stores.items()
    }


def in_order(files: Mapping[str, str]) -> list[str]:
    """The jobs that change something, in the order in which they are run."""
    names = [name for name in files if name.startswith("apply") and name.endswith(".jcl")]
    return [files[name] for name in sorted(names, key=lambda name: (name != "apply.jcl", name))]


def test_the_jobs_do_what_was_rehearsed() -> None:
    change = changed()
    playing = played(world.database(), *in_order(change.files))
    assert not any(one.slips for one in playing.commands)
    end = change.total.deployment.database
    assert rings(playing.database) == rings(end)
    made = {ident: replace(one, spans=()) for ident, one in playing.database.certificates.items()}
    assert made == {ident: replace(one, spans=()) for ident, one in end.certificates.items()}


def one_of_each() -> list[Any]:
    """One failing case for each rule that has a builder."""
    found = {param.values[0]: param for param in cases()}
    return list(found.values())


@pytest.mark.parametrize(("code", "case"), one_of_each())
def test_the_jobs_of_every_builder(
    code: str, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _lay_out(case, tmp_path)
    outcome = _check(case)
    change = fix(outcome)
    on = _moment(str(case.get("as_of", RULES_AS_OF)))
    before = database = with_rows(outcome.deployment.database)
    later = [command for plan in change.plans for stage in plan.later for command in stage.commands]
    for command in (*(command for plan in change.plans for command in plan.commands), *later):
        database = command.apply(database, on)
    playing = played(before, *in_order(change.files), on=on)
    assert state(playing.database) == state(database), code
    _WRITTEN.update({f"{code}-{name}": text for name, text in change.files.items() if name.endswith(".jcl")})


# Run as a program of its own: jcl-parser is under another licence than this project.
_OUTSIDE = """
import json, sys, jclparser
def flat(steps):
    for step in steps:
        if hasattr(step, "then_steps"):
            yield from flat(step.then_steps)
        else:
            yield step
for name in sys.argv[1:]:
    job = jclparser.parse_jcl(open(name, encoding="ascii").read())
    print(json.dumps([job.name, [[step.name, step.program] for step in flat(job.steps)]]))
"""


@pytest.mark.skipif(find_spec("jclparser") is None, reason="jcl-parser is not installed")
def test_another_parser_reads_them_all(tmp_path: Path) -> None:
    """Every job that the cases above have written, with the steps that our own reader finds."""
    if not _WRITTEN:
        pytest.skip("no job was written in this run")
    names, wanted = [], []
    for name, text in _WRITTEN.items():
        path = tmp_path / name
        path.write_text(text, encoding="ascii")
        names.append(str(path))
        wanted.append([[step.name, step.program] for step in readback.steps(text)])
    done = subprocess.run(
        [sys.executable, "-c", _OUTSIDE, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {job for job, _steps in found} == {"ZCERTFIX"}
    assert [steps for _job, steps in found] == wanted


def test_verify_changes_nothing() -> None:
    change = changed()
    before = world.database()
    assert played(before, change.files["verify.jcl"]).database == before


def test_backout_brings_the_rings_back() -> None:
    change = changed()
    before = world.database()
    after = played(before, change.files["apply.jcl"])
    assert rings(after.database) != rings(before)
    back = played(after.database, change.files["backout.jcl"])
    assert rings(back.database) == rings(before)
