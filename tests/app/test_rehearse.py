"""Jobs as people write them, played on a small site: what is told of each."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

import zcertlint
from zcertlint.app import Call, check, fix
from zcertlint.engine.verdict import Severity
from zcertlint.errors import UsageError
from zcertlint.fixes.job.differences import model_lines
from zcertlint.model.change import Ending
from zcertlint.rehearsal import Rehearsed, rehearse
from zcertlint.report import RenderOptions, render
from zcertlint.report.rehearsal import Rehearsal, render_json, render_text

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "fixtures" / "jobs"
SITE = ROOT / "fixtures" / "deployments" / "site"
AS_OF = datetime(2026, 11, 21, 9, tzinfo=UTC)
EXPECTED = yaml.safe_load((JOBS / "expected.yaml").read_text(encoding="utf-8"))
NAMES = sorted(path.name for path in JOBS.glob("*") if path.name != "expected.yaml")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def played(
    name: str, site: Path, *paths: str, auditor: bool = False, select: tuple[str, ...] = ()
) -> Rehearsed:
    shutil.copy(JOBS / name, site / name)
    return rehearse(Call((name, *(paths or ("zowe.yaml",))), AS_OF, select=select, auditor=auditor))


def view(done: Rehearsed) -> Rehearsal:
    return Rehearsal(done.before, done.after, done.change, done.healed)


def test_there_are_ten_wrong_jobs_and_a_right_one() -> None:
    assert sorted(EXPECTED) == NAMES
    assert sum(bool(codes) for codes in EXPECTED.values()) == 10
    assert sum(not codes for codes in EXPECTED.values()) == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_a_job_does_wrong(name: str, site: Path) -> None:
    done = played(name, site, auditor=True)
    assert sorted({f.code for f in done.after.findings if f.code.startswith("CG")}) == EXPECTED[name]
    assert done.unreadable == ()
    if not EXPECTED[name]:
        assert {f.id for f in done.after.findings} == {f.id for f in done.before.findings}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed(name: str, site: Path, snapshot: SnapshotAssertion) -> None:
    # The words of other rules are snapshots of their own.
    assert render_text(view(played(name, site, select=("CG",))), RenderOptions(width=80)) == snapshot


def test_what_is_printed_on_a_wide_screen_with_everything(site: Path, snapshot: SnapshotAssertion) -> None:
    shown = view(played(NAMES[0], site, select=("CG",)))
    assert render_text(shown, RenderOptions(width=120, verbose=True, color=True)) == snapshot


def test_the_document(site: Path) -> None:
    document = json.loads(render_json(view(played("07-data-ended-by-comment.jcl", site))))
    assert [(one["line"], one["outcome"]) for one in document["commands"]] == [
        (5, "done"), (8, "no effect"), (10, "no effect"),
    ]  # fmt: skip
    assert document["before"]["links"] == {"holds": 10, "fails": 0, "unknown": 0}
    assert document["summary"]["links"] == {"holds": 9, "fails": 1, "unknown": 0}
    assert document["broken"] == ["zowe.zaas -> zosmf"]
    assert document["verdict"] == "fails"
    assert {one["outcome"] for one in document["commands"]} <= {"done", "fails", "no effect", "not modelled"}
    assert [view["kind"] for view in document["inputs"]][-1] == "JCL"


def test_the_password_is_in_no_output(site: Path) -> None:
    shown = view(played("10-wrong-user-and-password.jcl", site, auditor=True))
    text = render_text(shown, RenderOptions(width=80, verbose=True)) + render_json(shown)
    assert "Hush4Marker" not in text
    assert "PASSWORD(********)" in text


def test_a_password_on_a_line_of_its_own_is_in_no_output(site: Path) -> None:
    job = "RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server')) DSN('A.B') PASSWORD( -\n 'Hush4Marker')\n"
    (site / "change.txt").write_text(job, encoding="utf-8")
    done = rehearse(Call(("change.txt", "zowe.yaml"), AS_OF, auditor=True))
    shown = view(done)
    text = render_text(shown, RenderOptions(width=80, verbose=True)) + render_json(shown)
    assert "CG114" in text
    assert "Hush4Marker" not in text
    assert "Hush4Marker" not in "\n".join(done.after.sources["change.txt"])


def test_a_folder_holds_jobs_and_evidence(site: Path) -> None:
    shutil.copy(JOBS / "11-right.jcl", site / "evidence" / "right.jcl")
    done = rehearse(Call((".",), AS_OF))
    assert [one.span.path for one in done.change.commands] == ["evidence/right.jcl"] * 4
    assert done.after.summary.links_hold == 10


def test_a_job_that_is_named_is_the_change_and_others_in_a_folder_are_told(site: Path) -> None:
    shutil.copy(JOBS / "07-data-ended-by-comment.jcl", site / "evidence" / "old.jcl")
    done = played("11-right.jcl", site, ".")
    assert {one.span.path for one in done.change.commands} == {"11-right.jcl"}
    assert done.left == ("evidence/old.jcl",)
    shown = Rehearsal(done.before, done.after, done.change, left=done.left)
    assert "Not played, because another job was named: evidence/old.jcl." in render_text(
        shown, RenderOptions()
    )
    assert json.loads(render_json(shown))["not_played"] == ["evidence/old.jcl"]


def test_several_jobs_are_played_in_their_order(site: Path) -> None:
    shutil.copy(JOBS / "07-data-ended-by-comment.jcl", site / "first.jcl")
    back = "RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring))\n"
    (site / "second.txt").write_text(back + "SETROPTS RACLIST(DIGTRING) REFRESH\n", encoding="utf-8")
    done = rehearse(Call(("first.jcl", "second.txt", "zowe.yaml"), AS_OF))
    assert not done.change.broken
    assert {"CG101", "CG103", "CG112"}.isdisjoint(f.code for f in done.after.findings)


def test_a_job_alone_is_judged_as_far_as_it_goes(site: Path) -> None:
    shutil.copy(JOBS / "04-labels-folded.rexx", site / "job.rexx")
    done = rehearse(Call(("job.rexx",), AS_OF))
    assert {f.code for f in done.after.findings} == {"CG103", "CG108"}
    assert all(one.ending is not Ending.DONE for one in done.change.commands)


def test_without_a_job_the_call_is_wrong(site: Path) -> None:
    del site
    with pytest.raises(UsageError, match="there is no job here"):
        rehearse(Call(("zowe.yaml",), AS_OF))


def test_a_line_that_cannot_be_read_is_told(site: Path) -> None:
    text = '/* REXX */\narg user\n"RACDCERT ID("user") DELETE(LABEL(\'x\'))"\n'
    (site / "job.rexx").write_text(text, encoding="utf-8")
    done = rehearse(Call(("job.rexx", "zowe.yaml"), AS_OF))
    why = "job.rexx:3: this command is made from variables; only what is literal can be read."
    hint = "It was not played: write the command out, or rehearse what the line makes"
    assert done.unreadable == (f"{why} {hint}",)
    assert done.after.problems == done.unreadable


def test_a_file_of_the_data_set_s_name_shows_what_it_holds(site: Path) -> None:
    shutil.copy(
        ROOT / "examples" / "quickstart" / "evidence" / "zosmf.pem", site / "evidence" / "COLIN.CERT.CA.pem"
    )
    done = played("01-ca-replaced-on-one-ring.jcl", site)
    added = next(one for one in done.change.commands if one.function == "ADD")
    assert added.ending is Ending.DONE
    assert added.effect == "added as CERTAUTH/zOSMFCA"


def test_links_that_a_change_heals_are_told(site: Path) -> None:
    ring = site / "evidence" / "zwesvusr.txt"
    row = "  zOSMFCA                            CERTAUTH       CERTAUTH     NO\n"
    ring.write_text(ring.read_text(encoding="utf-8").replace(row, ""), encoding="utf-8")
    certauth = site / "evidence" / "certauth.txt"
    two = "    Ring Owner: ZWESVUSR\n    Ring:\n       >ZoweKeyring<\n    Ring Owner: IZUSVR\n"
    before, label, after = certauth.read_text(encoding="utf-8").partition("Label: zOSMFCA")
    certauth.write_text(before + label + after.replace(two, "    Ring Owner: IZUSVR\n"), encoding="utf-8")
    text = (
        "RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring))\n"
        "SETROPTS RACLIST(DIGTRING) REFRESH\n"
    )
    (site / "change.txt").write_text(text, encoding="utf-8")
    done = rehearse(Call(("change.txt", "zowe.yaml"), AS_OF))
    assert done.healed == ("zowe.zaas -> zosmf",)
    assert "zowe.zaas -> zosmf holds now" in render_text(view(done), RenderOptions(width=200))


def test_the_model_before_and_after(site: Path) -> None:
    done = played("01-ca-replaced-on-one-ring.jcl", site)
    before, after = (model_lines(database) for database in done.databases)
    gone = [line for line in before if line not in after]
    assert "    subject: CN=z/OSMF CertAuth for Security Domain.OU=IZUDFLT" in gone
    assert "    subject: not shown" in after


def test_the_jobs_that_fix_writes_do_what_they_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples" / "quickstart", tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    change = fix(check(Call(("zowe.yaml",), AS_OF)))
    Path("apply.jcl").write_text(change.files["apply.jcl"], encoding="utf-8")
    done = rehearse(Call(("apply.jcl", "zowe.yaml"), AS_OF))
    known = {finding.id for finding in done.before.findings}
    new = [finding for finding in done.after.findings if finding.id not in known]
    assert [f.code for f in new if f.code.startswith("CG") or f.severity is not Severity.INFO] == []
    assert not done.change.broken
    assert done.healed
    assert all(one.ending is not Ending.FAILS for one in done.change.commands)


def test_programs_rehearse_by_the_public_api(site: Path) -> None:
    shutil.copy(JOBS / "11-right.jcl", site / "job.jcl")
    done = zcertlint.rehearse(["job.jcl", "zowe.yaml"], as_of=AS_OF)
    assert isinstance(done, zcertlint.Rehearsed)
    assert done.after.summary.links_hold == 10


def test_the_same_call_gives_the_same_bytes(site: Path) -> None:
    one, other = (render_json(view(played("09-ca-made-again.jcl", site))) for _ in range(2))
    assert one == other


def test_a_label_in_another_case_is_named(site: Path) -> None:
    (site / "change.txt").write_text("RACDCERT CERTAUTH DELETE(LABEL('ZOSMFCA'))\n", encoding="utf-8")
    done = rehearse(Call(("change.txt", "zowe.yaml"), AS_OF))
    (found,) = [finding for finding in done.after.findings if finding.code == "CG102"]
    assert found.note == "There is CERTAUTH/zOSMFCA."


@pytest.mark.parametrize(
    "lines",
    [
        (" RACDCERT ID(IZUSVR) ADD('SEC.IZU.P12') PASWORD('Hush4Marker')",),
        (" ALU IZUSVR PASW(Hush4Marker)",),
        (" ALU IZUSVR PASSWROD (Hush4Marker) PHRAS('Hush4Marker'",),
        (" ALU IZUSVR PASSWORD Hush4Marker",),
        (" ALU IZUSVR NEWPASSWORD(old -", "   Hush4Marker)"),
        (" RACDCERT ID(IZUSVR) ADD('A.B') PASSWD('Hush", "4Marker')"),
        (" RACDCERT ID(IZUSVR) ADD('A.B') PHRSE('Hush -", "4Marker') RIGN(X)"),
        (
            "/*",
            " ALU IZUSVR PASSWROD(Hush4Marker",
            " Hush4Marker)",
            "//T EXEC PGM=IKJEFT1B",
            "//SYSTSIN DD *",
            " ALU A(B",
        ),
    ],
)
def test_a_password_is_not_printed_when_its_keyword_is_mistyped(lines: tuple[str, ...], site: Path) -> None:
    job = "\n".join(("//J JOB", "//S EXEC PGM=IKJEFT1B", "//SYSTSIN DD *", *lines, "/*", ""))
    (site / "J.jcl").write_text(job, encoding="utf-8")
    done = rehearse(Call(("J.jcl", "zowe.yaml"), AS_OF, auditor=True))
    assert {"CG102", "CG111"} & {finding.code for finding in done.after.findings} or done.after.gaps
    shown = render_json(view(done)) + render_text(view(done), RenderOptions(width=200, verbose=True))
    assert "Hush" not in shown
    assert "4Marker" not in shown
    assert "HUSH4MARKER" not in shown


def test_a_password_in_an_echoed_command_is_not_printed(site: Path) -> None:
    (site / "evidence" / "echo.txt").write_text(
        "READY\nRACDCERT ID(ZWESVUSR) LISTRING(X) PASWORD('Hush4Marker')\nIRRD109I\nREADY\n"
        "ALU IZUSVR PASSWD(Hush4Marker\nICH408I USER(X)\nREADY\nEND\n",
        encoding="utf-8",
    )
    report = check(Call(("zowe.yaml",), AS_OF)).report
    for form in ("text", "json", "concise", "markdown", "sarif"):
        assert "HUSH4MARKER" not in render(form, report, RenderOptions(verbose=True)).upper()


def test_what_a_condition_that_is_met_lets_run_is_not_said_to_be_run_in_any_case(site: Path) -> None:
    job = (
        "//J JOB\n//X EXEC PGM=OTHER\n//G EXEC PGM=IKJEFT1B\n//SYSTSIN DD *\n RACDCERT ID(IZUSVR) LIST(LABEL('no'))\n"
        "/*\n//A IF (X.RC = 0) THEN\n//S EXEC PGM=IKJEFT1B\n//SYSTSIN DD *\n RACDCERT CERTAUTH LIST\n/*\n//A ENDIF\n"
        "//B IF (G.RC = 4) THEN\n//R EXEC PGM=IKJEFT1B\n//SYSTSIN DD *\n SETROPTS RACLIST(DIGTCERT) REFRESH\n/*\n"
        "//B ENDIF\n//T EXEC PGM=IKJEFT1B\n//SYSTSIN DD *\n SETROPTS RACLIST(DIGTRING) REFRESH\n/*\n"
    )
    (site / "J.jcl").write_text(job, encoding="utf-8")
    lines = render_text(view(rehearse(Call(("J.jcl", "zowe.yaml"), AS_OF))), RenderOptions(width=120)).split(
        "\n"
    )
    heads = [line.strip() for line in lines if line.endswith(":") and line.split()[0] in {"if", "as", "in"}]
    assert heads == ["if (X.RC = 0):", "as its conditions are met here:", "in any case:"]


def test_kr105_calls_no_label_on_the_ring_that_it_misses(site: Path) -> None:
    """The related place is where the row got its label, no row of the listing from before."""
    config = yaml.safe_load((site / "zowe.yaml").read_text(encoding="utf-8"))
    label = config["zowe"]["certificate"]["keystore"]["alias"]
    (site / "J.jcl").write_text(
        "//J JOB\n//S EXEC PGM=IKJEFT1B\n//SYSTSIN DD *\n"
        f" RACDCERT ID(ZWESVUSR) ALTER(LABEL('{label}')) NEWLABEL('Other')\n/*\n",
        encoding="utf-8",
    )
    after = rehearse(Call(("J.jcl", "zowe.yaml"), AS_OF)).after
    found = next(one for one in after.findings if one.code == "KR105")
    assert "J.jcl" in {span.path for span, _ in found.related}
    assert not any(label in (span.text or "") for span, _ in found.related)


def test_a_job_for_another_label_than_the_one_of_zowe_yaml_is_told_of_its_patch(site: Path) -> None:
    """The jobs of a new key have a patch beside them, and only commands are played."""
    lines = (
        " RACDCERT ID(ZWESVUSR) GENCERT SUBJECTSDN(CN('a')) SIZE(2048) -", "  WITHLABEL('Zowe New')",
        " RACDCERT ID(ZWESVUSR) CONNECT(LABEL('{}') RING(ZoweKeyring))",
    )  # fmt: skip
    job = "\n".join(("//J JOB", "//S EXEC PGM=IKJEFT1B", "//SYSTSIN DD *", *lines, "/*", ""))
    (site / "J.jcl").write_text(job.format("Zowe New"), encoding="utf-8")
    done = rehearse(Call(("J.jcl", "zowe.yaml"), AS_OF))
    alias = yaml.safe_load((site / "zowe.yaml").read_text(encoding="utf-8"))["zowe"]["certificate"][
        "keystore"
    ]["alias"]
    (hint,) = done.hints
    assert hint.startswith(
        f"zowe.yaml names '{alias}' on ZWESVUSR/ZoweKeyring, and the change puts 'Zowe New' there"
    )
    shown = Rehearsal(done.before, done.after, done.change, done.healed, hints=done.hints)
    assert "zowe.yaml.patch beside the job is not played" in render_text(shown, RenderOptions(width=250))
    assert json.loads(render_json(shown))["hints"] == [hint]
    config = (site / "zowe.yaml").read_text(encoding="utf-8").replace(alias, "Zowe New")
    (site / "zowe.yaml").write_text(config, encoding="utf-8")
    assert rehearse(Call(("J.jcl", "zowe.yaml"), AS_OF)).hints == ()
