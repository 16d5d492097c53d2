"""The commands that the documents show are run, and what they show is what is printed."""

import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from meta.repository import ROOT, tracked

FENCE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUICKSTART = ["check", "examples/quickstart/zowe.yaml", "--as-of", "2026-11-21T09:00:00Z"]
HEALTHY = ["check", "examples/healthy/zowe.yaml", "--as-of", "2026-11-28T09:00:00Z"]


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZCERTLINT")}
    return {**kept, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}


def zcertlint(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zcertlint", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env=environment(),
    )


def shown() -> list[tuple[str, str, str]]:
    """(document, command, output as shown) of each ``$ zcertlint …`` in a block marked ``console``."""
    found = []
    for path in tracked():
        if path.suffix != ".md" or "fixtures" in path.parts:
            continue
        for block in FENCE.findall(path.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if command.startswith("zcertlint "):
                    found.append((path.relative_to(ROOT).as_posix(), command, output))
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether the output is as shown; a line ``...`` stands for any lines."""
    parts = re.split(r"^\.\.\.$\n?", expected, flags=re.MULTILINE)
    pattern = r"(?:.*\n)*?".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize(("document", "command", "output"), shown(), ids=lambda text: text[:60])
def test_document_shows_what_is_printed(document: str, command: str, output: str, tmp_path: Path) -> None:
    for folder in ("examples", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    done = zcertlint(*shlex.split(command)[1:], cwd=tmp_path)
    assert done.returncode in {0, 1}, done.stderr
    difference = "\n".join(difflib.unified_diff(output.split("\n"), done.stdout.split("\n"), lineterm=""))
    assert matches(output, done.stdout), f"{document}: {command}\n{difference}"


def test_readme_shows_a_check() -> None:
    assert any(document == "README.md" and "zcertlint check" in command for document, command, _ in shown())


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert matches("a\n...\nd\n", "a\nb\nc\nd\n")
    assert matches("a\n...\n", "a\nb\n")
    assert not matches("a\n...\nd\n", "a\nb\n")
    assert not matches("a\n", "a\nb\n")


def test_quickstart_finds_what_its_description_says() -> None:
    done = zcertlint(*QUICKSTART, "--format", "concise")
    assert done.returncode == 1, done.stderr
    told = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    wanted = {
        code
        for row in re.findall(r"^\| .* \| ([A-Z0-9, ]+) \|", told, re.MULTILINE)
        for code in row.split(", ")
    }
    assert wanted >= {
        "CE101",
        "LK101",
        "NA101",
        "NA102",
        "NA103",
        "NA108",
        "CH101",
        "CH108",
        "IT101",
        "IT106",
    }
    assert {code for code in wanted if f" {code} " not in done.stdout} == set()


def test_healthy_has_nothing_to_tell() -> None:
    done = zcertlint(*HEALTHY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing to fix" in done.stdout
    assert "Nothing was left unknown" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["rules"],
        ["explain", "CH101"],
        QUICKSTART,
        *([*QUICKSTART, "--format", name] for name in ("concise", "json", "sarif", "markdown")),
    ],
    ids=" ".join,
)
def test_command_survives_a_closed_pipe(arguments: list[str]) -> None:
    """``zcertlint … | head``: the reader has gone before the first byte is written."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "zcertlint", *arguments],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            env=environment(),
        )
    assert done.stderr == b""
    assert done.returncode in {0, 1}
