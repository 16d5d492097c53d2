"""What the meta-tests read of the repository: which files belong to it, and where things stand."""

import subprocess
from functools import cache
from pathlib import Path

__all__ = ["FIXTURES", "ROOT", "RULES", "SRC", "TESTS", "text_files", "tracked"]

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "zcertlint"
RULES = ROOT / "rules"
FIXTURES = ROOT / "fixtures"
TESTS = ROOT / "tests"
_OURS = (
    "src",
    "rules",
    "fixtures",
    "examples",
    "tests",
    "benchmarks",
    "docs",
    "scripts",
    "messages",
    "fuzz",
    ".ci",
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository; without git (an unpacked sdist), every file of its folders."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        names = sorted(name for name in asked.stdout.decode().split("\0") if name)
        return tuple(ROOT / name for name in names if (ROOT / name).is_file())
    found = [
        path for folder in _OURS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]
    return tuple(sorted(path for path in (*found, *ROOT.iterdir()) if path.is_file()))


@cache
def text_files() -> tuple[tuple[Path, str], ...]:
    """Every tracked file that is text in UTF-8, with its text."""
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_bytes().decode()))
        except UnicodeDecodeError:
            continue
    return tuple(found)
