"""The JSON schema of zcertlint.yaml is what the reader and its document say."""

import json
import subprocess
import sys
from pathlib import Path

from meta.repository import ROOT

SCRIPT = ROOT / "scripts" / "make_config_schema.py"
SCHEMA = ROOT / "src" / "zcertlint" / "schemas" / "zcertlint.schema.json"


def script(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")


def test_the_schema_is_current() -> None:
    done = script("--check")
    assert done.returncode == 0, done.stderr


def test_one_that_was_edited_is_seen_and_made_again(tmp_path: Path) -> None:
    target = tmp_path / "zcertlint.schema.json"
    assert script("--check", "--to", str(target)).returncode == 1
    assert script("--to", str(target)).returncode == 0
    target.write_text(target.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert script("--check", "--to", str(target)).returncode == 1


def test_every_key_has_the_words_of_the_document() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    without = [
        f"{name}.{key}"
        for name in ("zos", "clients", "job", "rules")
        for key, one in schema["properties"][name]["properties"].items()
        if "description" not in one and "additionalProperties" not in one
    ]
    assert without == []
    assert schema["properties"]["version"]["description"]


def test_the_document_says_how_an_editor_finds_it() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert "# yaml-language-server: $schema=" in text
    assert "src/zcertlint/schemas/zcertlint.schema.json" in text
