"""A fixture that no test reads proves nothing and looks as if it did."""

from functools import cache
from pathlib import Path

import pytest

from meta.repository import FIXTURES, ROOT, TESTS, tracked

FILES = [path for path in tracked() if path.is_relative_to(FIXTURES)]


@cache
def mentions() -> str:
    """The text of every test and of every file of cases: what names a fixture."""
    sources = [path for path in TESTS.rglob("*.py") if path != Path(__file__)]
    sources += (FIXTURES / "rules").glob("*.yaml")
    return "\n".join(path.read_text(encoding="utf-8") for path in sources)


def is_used(path: Path, text: str) -> bool:
    """By its own name, or by its folder: read whole by a test (a glob), or a deployment named by a case."""
    folders = path.relative_to(FIXTURES).parent.parts
    if folders[:1] == ("rules",):
        return '"rules"' in text  # the one test of all cases; that each has a rule is tested elsewhere
    if folders[:1] == ("deployments",):
        return len(folders) > 1 and folders[1] in text
    if path.name in text or f'"{path.stem}"' in text:
        return True
    # readers/<kind>/{shapes,damaged}: a test that globs names both the kind and the folder.
    return (
        bool(folders)
        and "glob" in text
        and all(f'"{part}"' in text or f"/{part}" in text for part in folders)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_fixture_is_used(path: Path) -> None:
    assert is_used(path, mentions())


def test_an_unused_fixture_would_be_seen() -> None:
    assert not is_used(FIXTURES / "readers" / "nobody" / "reads" / "this.txt", mentions())
