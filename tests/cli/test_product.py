"""The security product: what is named, else what zowe.setup.security.product says, for fix, check and collect."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "quickstart"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def told(site: Path, product: str) -> None:
    config = site / "zowe.yaml"
    text = config.read_text(encoding="utf-8")
    assert "      product: RACF\n" in text
    config.write_text(text.replace("      product: RACF\n", f"      product: {product}\n"), encoding="utf-8")


def run(site: Path, *words: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZCERTLINT")}
    done = subprocess.run(
        [sys.executable, "-m", "zcertlint", *words, "--as-of", "2026-11-28"],
        cwd=site,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(("product", "name"), [("ACF2", "ACF2"), ("TSS", "Top Secret"), ("acf2", "ACF2")])
def test_fix_follows_the_setting_and_says_so(product: str, name: str, site: Path) -> None:
    told(site, product)
    shown = run(site, "fix", "zowe.yaml", "-o", "change")
    assert f"For {name}, as zowe.setup.security.product says (--product racf: for RACF)." in shown
    job = (site / "change" / "apply.jcl").read_text(encoding="utf-8")
    assert f"apply.jcl for {name}" in job
    assert "RACDCERT" not in job
    assert "(ready)" not in job


def test_fix_takes_the_product_that_is_named_first(site: Path) -> None:
    told(site, "ACF2")
    shown = run(site, "fix", "zowe.yaml", "-o", "change", "--product", "racf")
    assert "security.product" not in shown
    assert "RACDCERT" in (site / "change" / "apply.jcl").read_text(encoding="utf-8")


def test_without_a_setting_that_zowe_knows_it_is_racf(site: Path) -> None:
    told(site, "OTHER")
    assert "security.product" not in run(site, "fix", "zowe.yaml", "-o", "change")


@pytest.mark.parametrize(
    ("product", "command", "note"),
    [
        ("RACF", "RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe ZSS'))", ""),
        ("ACF2", "CHKCERT ZWESVUSR.XXXXXXXX CHAIN", "no input tells the suffix"),
        ("TSS", "TSS LIST(ZWESVUSR) DIGICERT(ALL)", ""),
    ],
)
def test_the_questions_of_check_name_the_commands_of_the_product(
    product: str, command: str, note: str, site: Path
) -> None:
    told(site, product)
    gaps = json.loads(run(site, "check", "zowe.yaml", "--format", "json"))["gaps"]
    assert [gap["command"] for gap in gaps] == [command]
    assert note in gaps[0]["needs"]
    assert command in run(site, "check", "zowe.yaml")
    # collect asks in its own words, also of the same setting.
    assert ("RACDCERT" in run(site, "collect", "zowe.yaml")) is (product == "RACF")


def test_what_check_says_of_a_fix_is_what_fix_will_do(site: Path) -> None:
    """No plan for another product is ready, and one that needs a second job is none."""
    racf = run(site, "check", "zowe.yaml")
    assert "[ready]" in racf
    told(site, "TSS")
    tss = run(site, "check", "zowe.yaml")
    assert "[ready]" not in tss
    assert "CONNECT CERTAUTH 'zOSMFCA' to ZWESVUSR/ZoweKeyring   [review]" in tss
    assert "by hand: for Top Secret: it takes a second job" in " ".join(tss.split())
    ticket = run(site, "check", "zowe.yaml", "--format", "markdown")
    assert "TSS ADD(ZWESVUSR)" in ticket
