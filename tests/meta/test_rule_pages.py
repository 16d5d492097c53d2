"""docs/rules/ is what the rule book says, and the documents name rules that exist."""

import re
import subprocess
import sys
from pathlib import Path

from meta.repository import ROOT, RULES, text_files

SCRIPT = ROOT / "scripts" / "make_rule_pages.py"


def script(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")


def test_pages_are_current() -> None:
    done = script("--check")
    assert done.returncode == 0, done.stderr


def test_a_page_that_was_edited_forgotten_or_left_over_is_seen_and_made_again(tmp_path: Path) -> None:
    assert script("--to", str(tmp_path)).returncode == 0
    assert len(list(tmp_path.glob("*.md"))) == len(list(RULES.rglob("*.yaml"))) + 1
    (tmp_path / "CE101.md").write_text("edited\n", encoding="utf-8")
    (tmp_path / "CH101.md").unlink()
    (tmp_path / "XY101.md").write_text("left over\n", encoding="utf-8")
    done = script("--check", "--to", str(tmp_path))
    assert (done.returncode, done.stderr.partition(": ")[2]) == (1, "CE101.md, CH101.md, XY101.md\n")
    assert script("--to", str(tmp_path)).returncode == 0
    assert script("--check", "--to", str(tmp_path)).returncode == 0


def test_documents_name_rules_that_exist() -> None:
    codes = {path.name[:5] for path in RULES.rglob("*.yaml")} | {"XY101"}  # the example of CONTRIBUTING.md
    families = {code[:2] for code in codes}
    named = [
        (path.relative_to(ROOT).as_posix(), code)
        for path, text in text_files()
        if path.suffix == ".md" and "rules" not in path.parts
        for code in re.findall(r"\b[A-Z]{2}[1-9]\d\d\b", text)
        if code[:2] in families
    ]
    assert [one for one in named if one[1] not in codes] == []
