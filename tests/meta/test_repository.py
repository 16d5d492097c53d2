"""What holds for the repository as a whole."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from meta.repository import ROOT, SRC, text_files, tracked

MODULES = sorted(path for path in SRC.rglob("*.py") if "_rulebook" not in path.parts)
LONGEST = 400
# Names of a place where somebody once worked, and of package indexes, have no meaning in another checkout.
# Written in pieces, so that this file is not its own finding.
WORDS = (
    "/wo" + "rk/",
    "../sha" + "red",
    "python" + "hosted",
    "pypi" + ".org",
    "/opt" + "/pypi",
    "/tmp/" + "brief",
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_names_a_workplace_or_an_index() -> None:
    found = [
        f"{name(path)}: {word}"
        for path, text in text_files()
        for word in WORDS
        if word in text.replace("\\", "/")
    ]
    assert found == []


def test_no_file_holds_a_private_key() -> None:
    begin = re.compile(r"^-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----\n[A-Za-z0-9+/=\n]{200,}", re.MULTILINE)
    assert [name(path) for path, text in text_files() if begin.search(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_short_and_named_for_what_it_does(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").split("\n")) <= LONGEST
    assert path.stem not in {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_inputs_are_not_split_where_they_have_no_line_end(path: Path) -> None:
    """``str.splitlines`` also splits at U+0085, U+2028 and 0x1C; a listing may contain them."""
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "splitlines"
    ]
    assert calls == []


@pytest.mark.parametrize("file", ["README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_what_people_look_for_first_is_there(file: str) -> None:
    assert (ROOT / file).stat().st_size > 500


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = [re.split(r"[<>=!~ \[]", requirement)[0].lower() for requirement in wanted]
    assert [one for one in names if one not in reasons] == []


def test_lock_pins_every_dependency_by_digest_and_holds_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    pins = re.findall(
        r"^([a-z0-9-]+)==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE
    )
    assert len(pins) == len(re.findall(r"^[a-z]", lock, re.MULTILINE))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted += project["build-system"]["requires"]
    names = {re.split(r"[<>=!~ \[]", requirement)[0].lower() for requirement in wanted}
    assert names <= set(pins)
    assert "://" not in lock


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in tracked():
        if path.suffix == ".md" and "fixtures" not in path.parts:
            targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8"))
            broken += [f"{name(path)}: {target}" for target in targets if not (path.parent / target).exists()]
    assert broken == []
