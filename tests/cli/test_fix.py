"""``zcertlint fix``: what it writes, and what it never writes over."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "quickstart"
FILES = {"PLAN.md", "apply.jcl", "apply-2-after-soak.jcl", "verify.jcl", "backout.jcl", "zowe.yaml.patch"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def run(site: Path, *more: str, day: str = "2026-11-21") -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZCERTLINT")}
    return subprocess.run(
        [sys.executable, "-m", "zcertlint", "fix", "zowe.yaml", "--as-of", day, "-o", "change", *more],
        cwd=site,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def written(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / "change").iterdir()}


def test_the_same_plan_may_be_written_again(site: Path) -> None:
    first = run(site)
    assert first.stderr == ""
    before = written(site)
    assert set(before) == FILES
    again = run(site)
    assert again.returncode == first.returncode
    assert again.stdout == first.stdout
    assert written(site) == before


def test_an_earlier_plan_is_kept(site: Path) -> None:
    """Its backout.jcl may be the way back of what was run."""
    run(site)
    before = written(site)
    later = run(site, day="2026-11-22")
    assert later.returncode == 2
    assert "is there already" in later.stderr
    assert later.stderr.count("\n") == 1
    assert written(site) == before


@pytest.mark.parametrize("name", ["PLAN.md", "apply.jcl", "zowe.yaml.patch", "apply-01-ZWESVUSR.jcl"])
def test_what_others_wrote_is_kept(site: Path, name: str) -> None:
    (site / "change").mkdir()
    (site / "change" / name).write_text("mine\n", encoding="utf-8")
    refused = run(site)
    assert f"change/{name} is there already" in refused.stderr
    assert written(site) == {name: b"mine\n"}


def test_other_files_do_not_matter(site: Path) -> None:
    (site / "change").mkdir()
    (site / "change" / "notes.txt").write_text("mine\n", encoding="utf-8")
    run(site)
    assert set(written(site)) == {*FILES, "notes.txt"}


def test_a_link_is_not_followed(site: Path) -> None:
    (site / "change").mkdir()
    (site / "change" / "apply.jcl").symlink_to(site / "zowe.yaml")
    before = (site / "zowe.yaml").read_bytes()
    assert "is there already" in run(site).stderr
    assert (site / "zowe.yaml").read_bytes() == before


def test_a_job_for_each_owner(site: Path) -> None:
    done = run(site, "--split-by", "owner")
    assert done.stderr == ""
    names = set(written(site))
    assert {"apply-01-ZWESVUSR.jcl", "apply-02-IZUSVR.jcl", "backout-01-ZWESVUSR.jcl", "verify.jcl"} <= names
    assert "apply.jcl" not in names
    second = (site / "change" / "apply-02-IZUSVR.jcl").read_text(encoding="utf-8")
    assert "Only when apply-01-ZWESVUSR.jcl has ended well." in second
    plan = (site / "change" / "PLAN.md").read_text(encoding="utf-8")
    assert "2. Run apply-01-ZWESVUSR.jcl, apply-02-IZUSVR.jcl" in plan
    told = [done.stdout, *(text.decode() for text in written(site).values())]
    named = {name for text in told for name in re.findall(r"[\w-]+\.jcl", text.replace("\n//* ", " "))}
    assert named <= names  # no file that is named is missing
    first, last = (re.findall(r"Way back: (\S+)\.", plan)[n] for n in (0, -1))
    assert (first, last) != ("backout.jcl", "backout.jcl")
    head = (site / "change" / "backout-01-ZWESVUSR.jcl").read_text(encoding="utf-8")
    assert "//* backout-01-ZWESVUSR.jcl: undoes apply-01-ZWESVUSR.jcl" in head


def test_a_job_for_each_system(site: Path) -> None:
    run(site, "--split-by", "system")
    assert "apply-01-ALL.jcl" in written(site)


def test_other_ways_to_split_are_refused(site: Path) -> None:
    done = run(site, "--split-by", "color")
    assert done.returncode == 2
    assert done.stderr == "zcertlint: --split-by color: owner or system\n"


@pytest.mark.parametrize("product", ["acf2", "tss"])
def test_another_product_is_never_ready(site: Path, product: str) -> None:
    done = run(site, "--product", product)
    assert done.stderr == ""
    files = {name: data.decode() for name, data in written(site).items()}
    assert set(files) == {"PLAN.md", "apply.jcl", "verify.jcl", "backout.jcl", "zowe.yaml.patch"}
    plan = files["PLAN.md"]
    assert "[ready]" not in plan
    assert "| ready |" not in plan
    data = [line for name in files if name.endswith(".jcl") for line in files[name].split("\n")]
    assert "RACDCERT" not in " ".join(line for line in data if not line.startswith("//*"))
    assert "IRR.DIGTCERT" not in plan
    assert "LK101" in plan.partition("## No plan")[2]  # REKEY has no equivalent that is known
    assert "RENEW" in files["apply.jcl"]
    # one name for one meaning, in every file
    lines = " ".join(line[3:].strip() for line in files["apply.jcl"].split("\n") if line.startswith("//*"))
    told = re.findall(r"Replace ([?]XXXXX\d\d): (.*?)\.\s+(?=Replace |P1)", lines)
    assert len({name for name, _ in told}) == len({meaning for _, meaning in told}) == len(told) > 2
    used = set(re.findall(r"[?]XXXXX\d\d", files["apply.jcl"]))
    assert used == {name for name, _ in told}
    assert used >= set(re.findall(r"[?]XXXXX\d\d", plan))


def test_other_products_are_refused(site: Path) -> None:
    assert run(site, "--product", "vm").stderr == "zcertlint: --product vm: expected racf, acf2 or tss\n"


def test_a_few_rules_are_repaired_and_all_are_looked_at(site: Path) -> None:
    """A plan for one rule must not bring what another one would find."""
    done = run(site, "--select", "CH101")
    plan = written(site)["PLAN.md"].decode()
    assert done.stderr == ""
    assert "Repairs CH101" in plan
    assert "Repairs CE101" not in plan
    stay = plan.partition("Findings that stay: ")[2]
    assert {"CE101", "LK101"} <= set(re.findall(r"[A-Z]{2}\d{3}", stay.partition("\n")[0]))


def test_what_the_site_accepts_is_left_alone(site: Path) -> None:
    config = site / "zcertlint.yaml"
    text = config.read_text(encoding="utf-8") if config.exists() else "version: 1\n"
    config.write_text(text + "suppress:\n  - {rule: CH101, reason: known, owner: me}\n", encoding="utf-8")
    run(site)
    assert "Repairs CH101" not in written(site)["PLAN.md"].decode()


def test_a_healthy_system_is_called_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures" / "deployments" / "site", tmp_path, dirs_exist_ok=True)
    done = run(tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("No change is written: nothing was found.\n")
    assert set(written(tmp_path)) == {"PLAN.md"}
    assert b"nothing was found." in written(tmp_path)["PLAN.md"]


def test_what_cannot_be_repaired_was_found(site: Path) -> None:
    done = run(site, "--select", "CG")
    assert done.stdout.startswith("No change is written: nothing that was found can be repaired")
