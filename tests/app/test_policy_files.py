"""A Policy Agent file beside the other inputs: recognised, no verdict of its own, and no password of it is told."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, check
from zcertlint.engine.results import Answer3

ROOT = Path(__file__).parents[2]
SITE = ROOT / "fixtures" / "deployments" / "site"
POLICY = ROOT / "fixtures" / "readers" / "policy_agent" / "shapes" / "zowe.policy"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)
MARKER = "Hush4Marker"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    listing = tmp_path / "evidence" / "zwesvusr.txt"
    text = listing.read_text(encoding="utf-8")
    text = text.replace("  Key Type: RSA\n  Key Size: 2048", "  Key Type: NIST ECC\n  Key Size: 256")
    listing.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("site")
def test_alone_it_is_an_input() -> None:
    report = check(Call((str(POLICY),), AS_OF)).report
    assert [view.kind for view in report.inputs] == ["Policy Agent file"]
    assert report.verdict is Answer3.HOLDS
    assert not report.findings
    assert not report.gaps


def test_it_adds_no_finding_and_no_gap(site: Path) -> None:
    before = check(Call(("zowe.yaml",), AS_OF)).report
    shutil.copy(POLICY, site / "evidence")
    after = check(Call(("zowe.yaml",), AS_OF)).report
    assert len(after.inputs) == len(before.inputs) + 1
    assert (after.findings, after.gaps, after.links) == (before.findings, before.gaps, before.links)


def test_zowe_behind_at_tls_is_still_open(site: Path) -> None:
    """Whether its policy is right is another question; but nobody says that it is not there."""
    path = site / "zowe.yaml"
    text = path.read_text(encoding="utf-8").replace("minTls: TLSv1.2, maxTls: TLSv1.3", "attls: true")
    path.write_text(text, encoding="utf-8")
    asked = {gap.needs for gap in check(Call(("zowe.yaml",), AS_OF)).report.gaps if "AT-TLS" in gap.needs}
    assert asked == {"AT-TLS makes the TLS of Zowe here, and no input shows its policy (Policy Agent)."}
    shutil.copy(POLICY, site / "evidence")
    asked = {gap.needs for gap in check(Call(("zowe.yaml",), AS_OF)).report.gaps if "AT-TLS" in gap.needs}
    assert asked == {
        "AT-TLS makes the TLS of Zowe here, and what its policy says is not judged yet (Policy Agent)."
    }


def said(site: Path, command: str, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "zcertlint", command, "zowe.yaml", "--as-of", "2026-11-21", *more],
        capture_output=True,
        check=False,
        cwd=site,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "markdown"])
def test_a_password_is_never_told(site: Path, form: str) -> None:
    text = POLICY.read_text(encoding="utf-8")
    ring = "  Keyring                         zwesvusr/ZoweKeyring\n"
    assert ring in text
    more = f"  KeyringPw {MARKER} {MARKER}\n  KeyringPasswd {MARKER}\n  # keyringpw   {MARKER}\n"
    text = text.replace(ring, ring + more) + f"KeyringPw {MARKER}\n"
    (site / "evidence" / "zowe.policy").write_text(text, encoding="utf-8")
    verbose = ["--verbose"] if form == "text" else []
    told = said(site, "check", "--format", form, *verbose) + said(site, "fix", "-o", "change")
    written = [path.read_text(encoding="utf-8") for path in sorted((site / "change").iterdir())]
    assert any("EnvironmentUserInstance" in one for one in written)
    assert MARKER not in told + "".join(written)
