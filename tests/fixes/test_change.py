"""A whole change: order, rehearsal, files."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fixes import readback, world
from fixes.world import AS_OF, RING, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA
from zcertlint.engine.results import Answer3, Report, Safety
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes import Change, make_change
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.rehearse import play
from zcertlint.model.certificate import AltNames
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import ClassOptions, Security
from zcertlint.model.store import Store
from zcertlint.text.source import Span

SNAPSHOT = Path(__file__).parent / "snapshots"


def changed(site: Deployment | None = None, **more: Any) -> Change:
    site = world.deployment() if site is None else site
    return make_change(world.run(site), site, world.options(**more), world.deployment, world.run)


def test_everything_that_was_found_is_repaired() -> None:
    change = changed()
    assert change.after.findings == ()
    assert change.refused == ()
    assert [plan.builder for plan in change.plans] == ["rekey-rsa", "reissue-names", "connect-ca"]
    assert change.total.healed == ("zowe.zaas -> zosmf",)
    assert [plan.safety for plan in change.plans] == [Safety.REVIEW, Safety.REVIEW, Safety.READY]
    assert set(change.files) == {
        "apply.jcl",
        "verify.jcl",
        "backout.jcl",
        "zowe.yaml.patch",
        "PLAN.md",
        "apply-2-after-soak.jcl",
    }


def test_the_jobs_read_back_as_the_plans() -> None:
    change = changed()
    work = [step for step in readback.steps(change.files["apply.jcl"]) if "S" in step.name[2:]]
    read = [command for step in work for command in step.commands]
    assert read == [text_of(command) for plan in change.plans for command in plan.commands]
    assert {step.program for step in work} == {"IKJEFT1B"}


def test_each_refresh_has_its_own_step_after_the_work() -> None:
    steps = readback.steps(changed().files["apply.jcl"])
    refreshes = [step for step in steps if step.name.startswith("R")]
    assert [step.commands for step in refreshes] == [
        ("SETROPTS RACLIST(DIGTCERT) REFRESH",),
        ("SETROPTS RACLIST(DIGTRING) REFRESH",),
    ]
    assert steps.index(refreshes[0]) > max(i for i, step in enumerate(steps) if step.name.startswith("P"))
    assert steps[-1].program == "IKJEFT01"


@pytest.mark.parametrize(
    ("raclist", "refreshed"),
    [
        (None, ["DIGTCERT", "DIGTRING"]),
        ({"DIGTCERT"}, ["DIGTCERT"]),
        ({"DIGTCERT", "DIGTRING", "FACILITY"}, ["DIGTCERT", "DIGTRING"]),
        (set(), []),
    ],
)
def test_only_classes_that_may_be_raclisted_are_refreshed(
    raclist: set[str] | None, refreshed: list[str]
) -> None:
    options = ClassOptions(Span("setropts.txt", 1), raclist=None if raclist is None else frozenset(raclist))
    site = world.deployment(replace(world.database(), security=Security(classes=(options,))))
    files = changed(site).files

    def found(name: str) -> list[str]:
        steps = [step.commands for step in readback.steps(files[name]) if re.fullmatch(r"R\d", step.name)]
        return [command for commands in steps for command in commands]

    wanted = [f"SETROPTS RACLIST({one}) REFRESH" for one in refreshed]
    assert found("apply.jcl") == wanted
    assert found("backout.jcl") == [text for text in wanted if "DIGTRING" in text]


def test_data_sets_are_asked_for_before_they_are_written() -> None:
    change = changed()
    text = change.files["apply.jcl"]
    steps = readback.steps(text)
    written = [
        value[1]
        for step in steps
        for command in step.commands
        if isinstance(value := readback.operand(command, "DSN"), tuple) and step.program == "IKJEFT1B"
    ]
    asked = [command for step in steps if step.program == "IDCAMS" for command in step.commands]
    assert len(written) == len(set(written)) == 5
    assert sorted(asked) == sorted(f"LISTCAT ENTRIES('{name}')" for name in written)
    assert all("D261121" in str(name) for name in written)


def test_verify_only_reads() -> None:
    for step in readback.steps(changed().files["verify.jcl"]):
        for command in step.commands:
            assert " LIST" in command
            assert step.program == "IKJEFT01"


def test_backout_says_first_what_is_lost_and_restores_the_rings() -> None:
    change = changed()
    text = change.files["backout.jcl"]
    head = text.split("//*\n")[0]
    assert "cannot bring back" in head
    assert "stays in the database" in head
    back = [c for plan in reversed(change.plans) for step in plan.backout for c in step.commands]
    database = change.total.deployment.database
    for command in back:
        assert command.problem(database) is None, text_of(command)
        database = command.apply(database, AS_OF)

    def rows(store: Store) -> list[tuple[object, ...]]:
        return sorted((r.certificate, r.usage.value, r.default) for r in store.connections)

    before = world.database().stores
    assert {k: rows(v) for k, v in database.stores.items()} == {k: rows(v) for k, v in before.items()}
    read = [c for step in readback.steps(text) if step.name.startswith("B") for c in step.commands]
    assert read == [text_of(command) for command in back]


def test_applying_twice_is_applying_once() -> None:
    change = changed()
    once = change.total.deployment.database
    for plan in change.plans:
        if not plan.moved:  # its guard asks for the new label and leaves the second run out
            twice, failed = play(plan.commands, once, AS_OF)
            assert failed is None
            assert twice == once


def test_a_change_is_the_same_each_time() -> None:
    assert changed().files == changed().files


def test_the_ca_is_renewed_before_what_it_signs() -> None:
    old = replace(ZOSMF_CA, not_after=world.moment(2026, 8))
    site = world.deployment(world.database(ZOWE_CA, old, SERVER, ZOSMF))
    change = changed(site)
    assert change.after.findings == ()
    titles = [plan.title for plan in change.plans]
    assert titles.index(
        "renew CERTAUTH 'zOSMFCA' until 2036-11-21 with the same key, signed by itself"
    ) < next(i for i, title in enumerate(titles) if "DefaultzOSMFCert" in title)
    renewed = change.total.deployment.database.certificates[ZOSMF.id]
    assert renewed.signed_by == ZOSMF_CA.id
    # the part that needs it asks whether each step of the part before went well
    steps = re.sub(r"\n//\s+", " ", change.files["apply.jcl"])
    ca = 1 + next(i for i, title in enumerate(titles) if title.startswith("renew CERTAUTH"))
    for step in (f"P{ca}S1", f"P{ca}S2"):
        assert f"({step}.RUN = FALSE | {step}.RC = 0)" in steps


def test_only_what_the_rehearsal_proves_is_written() -> None:
    site = world.deployment()
    report = world.run(site)
    change = make_change(report, site, world.options(), world.deployment, lambda _site: report)
    assert change.plans == ()
    assert {r.reason for r in change.refused} == {"the rehearsal does not remove the finding"}
    assert set(change.files) == {"PLAN.md"}
    assert "No plan" in change.files["PLAN.md"]


def test_a_plan_that_breaks_something_is_refused() -> None:
    site = world.deployment()

    def worse(changed_site: Deployment) -> Report:
        report = world.run(changed_site)
        if any(r.certificate == ZOSMF_CA.id for r in changed_site.database.stores[RING.id].connections):
            return replace(report, findings=(*report.findings, world.finding("XX999", None, "ring")))
        return report

    change = make_change(worse(site), site, world.options(), world.deployment, worse)
    assert "connect-ca" not in [plan.builder for plan in change.plans]
    assert any("adds XX999" in refusal.reason for refusal in change.refused)


def test_a_finding_that_follows_its_certificate_is_not_new() -> None:
    def run(site: Deployment) -> Report:
        report = world.run(site)
        served = site.endpoints["zowe.zaas"].certificate
        return replace(report, findings=(*report.findings, world.finding("NA102", None, served or "")))

    site = world.deployment()
    change = make_change(run(site), site, world.options(), world.deployment, run)
    assert change.plans[0].builder == "rekey-rsa"
    assert "NA102" not in {f.code for f in (*change.total.gone, *change.total.new)}


def test_a_job_card_of_the_site_stands_in_front() -> None:
    card = ("//MYJOB    JOB (4711),'CERTS',CLASS=S", "//*  prod")
    for name, text in changed(job=card).files.items():
        if name.endswith(".jcl"):
            assert text.startswith("//MYJOB    JOB (4711),'CERTS',CLASS=S\n//*  prod\n")


def test_a_delimiter_of_the_site() -> None:
    texts = changed(delimiter="##").files
    jobs = [text for name, text in texts.items() if name.endswith(".jcl")]
    for text in jobs:
        assert text.count("DLM=##") == text.count("DLM=") > 0
        assert readback.steps(text)
    # one that stands in the data itself would end it too early
    for text in (text for name, text in changed(delimiter="RA").files.items() if name.endswith(".jcl")):
        assert "DLM=RA" not in text.replace("DLM=RA\n LISTCAT", "")
        assert readback.steps(text)


@pytest.mark.parametrize(
    "card",
    [
        (),
        ("MYJOB JOB",),
        ("//MYJOB EXEC",),
        ("//MYJOB JOB", "x" * 5),
        ("//A JOB ," + "X" * 70,),
        ("//A JOB \t",),
    ],
)
def test_a_wrong_job_card_is_an_error(card: tuple[str, ...]) -> None:
    with pytest.raises(UnsafeValueError):
        changed(job=card)


@pytest.mark.parametrize("prefix", ["", "a.b", "TOOLONGQUAL", "A..B", "A.B.C.D.E.F.G.H.I.J.K.L.M.N"])
def test_a_wrong_prefix_is_an_error(prefix: str) -> None:
    with pytest.raises(UnsafeValueError):
        changed(prefix=prefix)


def test_the_patch_applies(tmp_path: Path) -> None:
    patch = changed().files["zowe.yaml.patch"]
    expected = world.YAML.replace("Zowe Server", "Zowe Server RSA")
    for tool in (["patch", "-p0", "-s", "-i", "c.patch"], ["git", "apply", "c.patch"]):
        folder = tmp_path / tool[0]
        folder.mkdir()
        (folder / "zowe.yaml").write_bytes(world.YAML.encode())
        (folder / "c.patch").write_bytes(patch.encode())
        subprocess.run(tool, cwd=folder, check=True, capture_output=True, timeout=60)
        assert (folder / "zowe.yaml").read_bytes().decode() == expected


def test_unknown_names_are_never_dropped_by_altname() -> None:
    part = replace(ZOSMF, alt_names=AltNames(dns=("zosmf.acme.example",), complete=frozenset(("ip",))))
    site = world.deployment(world.database(ZOWE_CA, ZOSMF_CA, SERVER, part))
    change = changed(site)
    assert [plan.builder for plan in change.plans] == ["rekey-rsa", "renew", "connect-ca"]
    assert [(r.finding.code, "ALTNAME would drop" in r.reason) for r in change.refused] == [("NA103", True)]
    assert "openssl" in change.files["PLAN.md"]
    assert change.after.verdict is Answer3.FAILS


@pytest.mark.parametrize(
    "name", ["apply.jcl", "apply-2-after-soak.jcl", "verify.jcl", "backout.jcl", "zowe.yaml.patch", "PLAN.md"]
)
def test_snapshot(name: str, request: pytest.FixtureRequest) -> None:
    text = changed().files[name]
    path = SNAPSHOT / name
    if request.config.getoption("--snapshot-update", default=False):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
