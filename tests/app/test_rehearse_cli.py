"""``zcertlint rehearse`` as it is called: exit codes, options, files."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zcertlint.app import Call, check
from zcertlint.cli.console import as_of

ROOT = Path(__file__).parents[2]
SITE = ROOT / "fixtures" / "deployments" / "site"
JOBS = ROOT / "fixtures" / "jobs"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(JOBS, tmp_path / "jobs")
    return tmp_path


def run(site: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "zcertlint", "rehearse", *arguments, "--as-of", "2026-11-21"],
        capture_output=True,
        check=False,
        cwd=site,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["jobs/11-right.jcl", "zowe.yaml"], 0),
        (["jobs/03-rollover-too-early.jcl", "zowe.yaml"], 1),
        (["jobs/03-rollover-too-early.jcl", "zowe.yaml", "--fail-on", "never"], 0),
        (["jobs/08-backup-overwritten.jcl", "zowe.yaml"], 0),
        (["jobs/08-backup-overwritten.jcl", "zowe.yaml", "--fail-on", "warning"], 1),
        (["zowe.yaml"], 2),
        (["jobs/nowhere.jcl", "zowe.yaml"], 2),
        (["jobs/11-right.jcl", "zowe.yaml", "--format", "html"], 2),
        (["jobs/11-right.jcl", "zowe.yaml", "--fail-on", "what"], 2),
        (["jobs/11-right.jcl", "README.md"], 3),
    ],
    ids=str,
)
def test_exit_codes(arguments: list[str], code: int, site: Path) -> None:
    (site / "README.md").write_text("nothing\n", encoding="utf-8")
    done = run(site, *arguments)
    assert done[0] == code, done[2]
    assert "Traceback" not in done[2]


def test_a_line_that_cannot_be_read_ends_with_2_and_all_is_printed(site: Path) -> None:
    (site / "job.jcl").write_text("//J JOB 1\nwhat is this\n", encoding="utf-8")
    code, out, err = run(site, "job.jcl", "zowe.yaml", "--format", "json")
    assert code == 2
    assert err.startswith("zcertlint: job.jcl:2: this is neither a JCL statement nor data")
    document = json.loads(out)
    assert document["commands"] == []
    assert document["problems"]


def test_the_document_is_written_to_a_file_and_a_document_of_nothing_is_a_document(site: Path) -> None:
    code, out, _ = run(site, "jobs/11-right.jcl", "zowe.yaml", "--format", "json", "-o", "out.json")
    assert (code, out) == (0, "")
    assert json.loads((site / "out.json").read_text(encoding="utf-8"))["verdict"] == "holds"
    (site / "README.md").write_text("nothing\n", encoding="utf-8")
    code, out, _ = run(site, "jobs/11-right.jcl", "README.md", "--format", "json")
    assert (code, json.loads(out)["commands"]) == (3, [])


def test_the_model_before_and_after_is_shown_on_demand(site: Path) -> None:
    code, out, _ = run(site, "jobs/07-data-ended-by-comment.jcl", "zowe.yaml", "--diff")
    assert code == 1
    assert "\n-    CERTAUTH/zOSMFCA CERTAUTH\n" in out
    assert "--- before" not in run(site, "jobs/07-data-ended-by-comment.jcl", "zowe.yaml")[1]
    document = json.loads(
        run(site, "jobs/07-data-ended-by-comment.jcl", "zowe.yaml", "--diff", "--format", "json")[1]
    )
    assert "-    CERTAUTH/zOSMFCA CERTAUTH" in document["diff"]


def test_quiet_has_one_line_for_each_finding(site: Path) -> None:
    _, out, _ = run(site, "jobs/07-data-ended-by-comment.jcl", "zowe.yaml", "--quiet")
    lines = out.splitlines()
    assert [line.split(" ")[2] for line in lines[:-2]] == ["CG101", "CG112", "CH101", "CG103"]


def test_check_tells_where_a_job_belongs(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    outcome = check(Call(("jobs/11-right.jcl", "zowe.yaml"), as_of("2026-11-21")))
    assert outcome.unreadable == (
        "jobs/11-right.jcl: this is a job, no evidence. zcertlint rehearse plays it",
    )
