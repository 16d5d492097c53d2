"""Three complete plans, through the real readers and rules, as people get them."""

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from fixes import readback
from fixes.test_converge import state, with_rows
from rules.test_cases import _moment
from support.listings import print_list, print_listring, systsprt
from zcertlint.app import Call, Outcome, check, fix
from zcertlint.engine.results import Answer3, Report
from zcertlint.fixes import Change
from zcertlint.fixes.plan import When
from zcertlint.fixes.rehearse import play, play_later
from zcertlint.model.deployment import Database

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
POLICY = Path(__file__).parents[2] / "fixtures" / "readers" / "policy_agent" / "shapes" / "zowe.policy"
SNAPSHOTS = Path(__file__).parent / "snapshots"
AS_OF = _moment("2026-11-21")
_HEAD = """  Certificate Label Name             Cert Owner     USAGE      DEFAULT
  --------------------------------   ------------   --------   -------
"""
_OTHER_RING = f"""
  Ring:
       >ZoweTls<
{_HEAD}  Zowe Server                        ID(ZWESVUSR)   PERSONAL     NO
"""
_THIRD_RING = f"""READY
RACDCERT ID(TCPIP) LISTRING(*)
Digital ring information for user TCPIP:

  Ring:
       >TN3270<
{_HEAD}  Zowe Server                        ID(ZWESVUSR)   SITE         NO

READY
END
"""
_RINGS = """    Ring Owner: ZWESVUSR
    Ring:
       >ZoweKeyring<
"""
_ZOSMF_CA = """       >CN=z/OSMF CertAuth for Security Domain.OU=IZUDFLT<
  Signing Algorithm: sha256RSA
  Key Usage: CERTSIGN
  Key Type: RSA
  Key Size: 2048
  Private Key: YES
  Ring Associations:
"""
_ZOWE_CA = """  Signing Algorithm: sha256RSA
  Key Usage: CERTSIGN
  Key Type: RSA
  Key Size: 2048
  Private Key: YES
  Ring Associations:
    Ring Owner: ZWESVUSR
    Ring:
       >ZoweKeyring<
    Ring Owner: IZUSVR
    Ring:
       >IZUKeyring.IZUDFLT<

  Label: zOSMFCA
"""
_MORE_RINGS = """    Ring Owner: ZWESVUSR
    Ring:
       >ZoweTls<
    Ring Owner: TCPIP
    Ring:
       >TN3270<
"""
ZWE = "evidence/zwesvusr.txt"
# story: edits (file, old, new), files
STORIES: dict[str, tuple[list[tuple[str, str, str]], dict[str, str]]] = {
    "missing-ca": (
        [
            (ZWE, "  zOSMFCA                            CERTAUTH       CERTAUTH     NO\n", ""),
            ("evidence/certauth.txt", _ZOSMF_CA + _RINGS, _ZOSMF_CA),
        ],
        {},
    ),
    "expired-on-three-rings": (
        [
            (ZWE, "2027/10/31", "2026/10/31"),
            (ZWE, "PERSONAL     YES\n", "PERSONAL     YES\n" + _OTHER_RING),
            (ZWE, _RINGS, _RINGS + _MORE_RINGS),
        ],
        {"evidence/tcpip.txt": _THIRD_RING},
    ),
    "ca-elsewhere": (
        [
            ("evidence/izusvr.txt", "2027/10/31", "2026/12/10"),
            ("evidence/certauth.txt", _ZOSMF_CA, _ZOSMF_CA.replace("Private Key: YES", "Private Key: NO")),
        ],
        {},
    ),
    "ec-to-rsa-ca-elsewhere": (
        [
            (ZWE, "  Key Type: RSA\n  Key Size: 2048", "  Key Type: NIST ECC\n  Key Size: 256"),
            ("evidence/certauth.txt", _ZOWE_CA, _ZOWE_CA.replace("Private Key: YES", "Private Key: NO")),
        ],
        {},
    ),
    # Other servers use Zowe's certificate and key ring by AT-TLS: labels, and new environments, now and after the soak.
    "ec-to-rsa-attls": (
        [
            (ZWE, "  Key Type: RSA\n  Key Size: 2048", "  Key Type: NIST ECC\n  Key Size: 256"),
        ],
        {"ttls.policy": POLICY.read_text(encoding="utf-8")},
    ),
    "ec-to-rsa-ca-elsewhere-attls": (
        [
            (ZWE, "  Key Type: RSA\n  Key Size: 2048", "  Key Type: NIST ECC\n  Key Size: 256"),
            ("evidence/certauth.txt", _ZOWE_CA, _ZOWE_CA.replace("Private Key: YES", "Private Key: NO")),
        ],
        {"ttls.policy": POLICY.read_text(encoding="utf-8")},
    ),
    "ec-to-rsa": (
        [
            (ZWE, "  Key Type: RSA\n  Key Size: 2048", "  Key Type: NIST ECC\n  Key Size: 256"),
        ],
        {},
    ),
}
FILES = (
    "PLAN.md",
    "apply.jcl",
    "apply-2-after-soak.jcl",
    "apply-2-after-answer.jcl",
    "verify.jcl",
    "backout.jcl",
    "zowe.yaml.patch",
    "zowe.yaml-2-after-answer.patch",
    "ttls.policy.patch",
    "ttls.policy-2-after-answer.patch",
    "ttls.policy-2-after-soak.patch",
)


def lay_out(story: str, folder: Path) -> None:
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    edits, files = STORIES[story]
    for name, old, new in edits:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(params=sorted(STORIES))
def told(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Outcome, Change]:
    story: str = request.param
    monkeypatch.chdir(tmp_path)
    lay_out(story, tmp_path)
    paths = ("zowe.yaml", "evidence", "ttls.policy") if Path("ttls.policy").exists() else ("zowe.yaml",)
    outcome = check(Call(paths, AS_OF))
    return story, outcome, fix(outcome)


def test_the_files(told: tuple[str, Outcome, Change], request: pytest.FixtureRequest) -> None:
    story, _, change = told
    folder = SNAPSHOTS / story
    if request.config.getoption("--snapshot-update", default=False):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in change.files.items():
            (folder / name).write_bytes(text.encode())
    assert set(change.files) <= set(FILES)
    assert change.files == {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_what_is_new_is_not_told_as_what_stays(told: tuple[str, Outcome, Change]) -> None:
    _, outcome, change = told
    before = {finding.id for finding in outcome.report.findings}
    stay = sorted({f.code for f in change.after.findings if f.id in before})
    line = next(x for x in change.files["PLAN.md"].split("\n") if x.startswith("Findings that stay: "))
    assert line == f"Findings that stay: {', '.join(stay) or 'none'}."


def test_all_links_hold_afterwards(told: tuple[str, Outcome, Change]) -> None:
    _, outcome, change = told
    assert outcome.report.findings
    before = {finding.id for finding in outcome.report.findings}
    assert {f.severity.value for f in change.after.findings if f.id not in before} <= {"info"}
    assert {result.verdict for result in change.after.links} == {Answer3.HOLDS}


def test_there_and_back(told: tuple[str, Outcome, Change]) -> None:
    story, outcome, change = told
    before = with_rows(outcome.deployment.database)
    database = before
    for plan in change.plans:
        database, failed = play(plan.commands, database, AS_OF)
        assert failed is None
    starts = [] if any(plan.waits for plan in change.plans) else [database]
    for when in When:  # after each job that puts something on a key ring, or takes it off
        for plan in change.plans:
            stages = [stage for stage in plan.later if stage.when is when]
            database, failed = play_later(stages, database, AS_OF)
            assert failed is None
        starts.append(database)
    for start in starts:
        back = start
        for plan in reversed(change.plans):
            back, failed = play((c for step in plan.backout for c in step.commands), back, AS_OF)
            assert failed is None
        assert state(back)["rings"] == state(before)["rings"], story


def answer(command: str, database: Database) -> str:
    """What RACF would print after the job."""
    if found := re.fullmatch(r"RACDCERT ID\((\S+)\) LISTRING\((.*)\)", command):
        rings = [
            one for one in database.stores.values() if one.owner == found[1] and found[2] in {"*", one.name}
        ]
        return print_listring(found[1], rings)
    owner = command.split(" ", 2)[1]
    label = readback.operand(command, "LABEL")
    wanted = f"{owner}/{label[1]}" if isinstance(label, tuple) else None
    listed = [c for c in database.certificates.values() if str(c.owner) == owner and wanted in {None, c.id}]
    assert listed
    assert listed[0].owner is not None
    return print_list(listed[0].owner, listed)


def shown(change: Change, database: Database, folder: Path, *, patched: bool) -> Report:
    """What a check finds in SYSTSPRT of verify.jcl alone."""
    steps = readback.steps(change.files["verify.jcl"])
    pairs = [(c, answer(c, database)) for step in steps for c in step.commands if "LISTCHAIN" not in c]
    folder.mkdir()
    text = Path("zowe.yaml").read_text(encoding="utf-8")
    for edit in (edit for plan in change.plans for edit in plan.patches if patched):
        text = text.replace(edit.old, edit.new)
    (folder / "zowe.yaml").write_text(text, encoding="utf-8")
    (folder / "verify.txt").write_text(systsprt(pairs), encoding="utf-8")
    for other in (Path("evidence/bootstrap.properties"), Path("ttls.policy")):
        if other.exists():
            shutil.copy(other, folder)
    # A day later: a listing shows local time, so on the day itself the zone decides what has begun.
    return check(Call((str(folder),), AS_OF + timedelta(days=1))).report


def test_what_verify_shows_proves_the_result(told: tuple[str, Outcome, Change], tmp_path: Path) -> None:
    """After the job, with the patched settings, every link holds by it alone; before it, the findings are there."""
    story, outcome, change = told
    repaired = {finding.code for finding in change.total.gone}
    after = shown(change, change.total.deployment.database, tmp_path / "after", patched=True)
    assert not repaired & {finding.code for finding in after.findings}
    assert [(gap.subject, gap.needs) for gap in after.gaps] == []
    assert {result.verdict for result in after.links} == {Answer3.HOLDS}
    if (
        story == "expired-on-three-rings"
    ):  # the others read what only the job makes, or the CA of somebody else
        before = shown(change, outcome.deployment.database, tmp_path / "before", patched=False)
        assert repaired <= {finding.code for finding in before.findings}


def test_the_old_one_comes_off_only_where_the_new_one_serves(told: tuple[str, Outcome, Change]) -> None:
    """REKEY alone makes the label: what shows that the new one is on the rings is made after every CONNECT.

    A job that has stopped before it leaves no such data set, and the way back leaves another one.
    """
    change = told[2]
    if When.SOAK.file not in change.files:
        return
    connecting = When.ANSWER.file if When.ANSWER.file in change.files else "apply.jcl"
    text = change.files[connecting]
    last, before = [s for s in reversed(readback.steps(text)) if re.fullmatch(r"P\d+S\d+", s.name)][:2]
    assert all(" CONNECT(" in command for command in before.commands)
    (export,) = last.commands
    assert " EXPORT(" in export
    assert f"IF ({before.name}.RC = 0) THEN" in text[: text.index(f"//{last.name} ")]
    made = [readback.operand(export, "DSN")]
    back = [s for s in readback.steps(change.files["backout.jcl"]) if re.fullmatch(r"B\d+S\d+", s.name)]
    made += [readback.operand(c, "DSN") for c in back[0].commands]
    soak = change.files[When.SOAK.file]
    steps = readback.steps(soak)
    asked = {s.name: readback.operand(s.commands[0], "ENTRIES") for s in steps if s.program == "IDCAMS"}
    assert list(asked.values()) == made
    assert len(set(made)) == 2
    (condition,) = re.findall(r"//P1I1 +IF \((.*?)\) THEN", soak, re.DOTALL)
    served, undone = asked
    assert {f"{served}.RC = 0", f"{undone}.RC = 4"} < set(re.split(r" & ?\s*(?://)?\s*", condition))
    assert soak.index("//P1I1 ") < soak.index(" REMOVE(")


def test_a_copy_that_fails_holds_up_no_refresh(told: tuple[str, Outcome, Change]) -> None:
    for name, text in told[2].files.items():
        for found in re.findall(r"//RIF +IF \((.*?)\) THEN", text, re.DOTALL) if "apply" in name else ():
            for step in re.findall(r"P\d+S\d+", found):
                commands = next(s.commands for s in readback.steps(text) if s.name == step)
                assert not all(" EXPORT(" in command for command in commands)


def test_every_job_reads_back(told: tuple[str, Outcome, Change]) -> None:
    for name, text in told[2].files.items():
        if name.endswith(".jcl"):
            assert readback.steps(text)


def test_the_patch_applies_and_comes_off(told: tuple[str, Outcome, Change]) -> None:
    change = told[2]
    if "zowe.yaml.patch" not in change.files:
        return
    before = Path("zowe.yaml").read_bytes()
    Path("c.patch").write_bytes(change.files["zowe.yaml.patch"].encode())
    subprocess.run(["patch", "-p0", "-s", "-i", "c.patch"], check=True, capture_output=True, timeout=60)
    assert Path("zowe.yaml").read_bytes() != before
    subprocess.run(["patch", "-R", "-p0", "-s", "-i", "c.patch"], check=True, capture_output=True, timeout=60)
    assert Path("zowe.yaml").read_bytes() == before


def test_the_patches_of_a_policy_apply_one_after_the_other(told: tuple[str, Outcome, Change]) -> None:
    story, _, change = told
    names = [name for name in FILES if name.startswith("ttls") and name in change.files]
    assert names == {
        "ec-to-rsa-attls": ["ttls.policy.patch", "ttls.policy-2-after-soak.patch"],
        "ec-to-rsa-ca-elsewhere-attls": [
            "ttls.policy-2-after-answer.patch",
            "ttls.policy-2-after-soak.patch",
        ],
    }.get(story, [])
    before = Path("ttls.policy").read_bytes() if names else b""
    for name in names:
        Path(name).write_bytes(change.files[name].encode())
        subprocess.run(["patch", "-p0", "-s", "-i", name], check=True, capture_output=True, timeout=60)
        assert "Zowe Server RSA" in Path("ttls.policy").read_text(encoding="utf-8")
    for name in reversed(names):
        subprocess.run(["patch", "-R", "-p0", "-s", "-i", name], check=True, capture_output=True, timeout=60)
    assert not names or Path("ttls.policy").read_bytes() == before
