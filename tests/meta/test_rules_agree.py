"""The id is the address: words, predicate and cases of a rule stand where its id says, all three or none."""

import re
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from meta.repository import FIXTURES, RULES, SRC
from zcertlint.engine.rule import all_rules

ID = re.compile(r"[A-Z]{2}\d{3}")
PAGES = sorted(RULES.rglob("*.yaml"))
VERDICTS = {"fails", "holds", "unknown"}


@cache
def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def ident(page: Path) -> str:
    return page.name[:5]


def predicate_files(folder: str, code: str) -> list[Path]:
    """Of its own, or shared by a tight group: ``zw105_zw108_…`` names every id that it serves."""
    files = (SRC / "rules" / folder).glob("*.py")
    return [path for path in files if code.lower() in path.stem.split("_")]


def test_there_are_rules() -> None:
    assert PAGES


@pytest.mark.parametrize("page", PAGES, ids=ident)
def test_page_is_named_by_id_and_name(page: Path) -> None:
    data = load(page)
    assert ID.fullmatch(data["id"])
    assert page.stem == f"{data['id']}-{data['name']}"
    assert page.parent.parent == RULES, "rules/<family>/<ID>-<name>.yaml"


@pytest.mark.parametrize("page", PAGES, ids=ident)
def test_page_has_its_predicate(page: Path) -> None:
    files = predicate_files(page.parent.name, ident(page))
    assert len(files) == 1, f"one file src/zcertlint/rules/{page.parent.name}/{ident(page).lower()}_….py"
    assert f'"{ident(page)}"' in files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=ident)
def test_page_has_cases_of_each_verdict(page: Path) -> None:
    cases = load(FIXTURES / "rules" / f"{ident(page)}.yaml")["cases"]
    verdicts = {case["verdict"] for case in cases}
    # A rule that can always tell has no sentence for "unknown" and needs no case of it.
    wanted = {"fails", "holds"} | ({"unknown"} & set(load(page)["sentences"]))
    assert verdicts <= VERDICTS
    assert wanted <= verdicts, f"no case for {', '.join(sorted(wanted - verdicts))}"
    names = Counter(case["name"] for case in cases)
    assert [name for name, count in names.items() if count > 1] == []


def test_ids_are_unique() -> None:
    assert [code for code, count in Counter(map(ident, PAGES)).items() if count > 1] == []


def test_names_are_unique() -> None:
    names = Counter(load(page)["name"] for page in PAGES)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_predicate_has_its_page() -> None:
    codes = {ident(page) for page in PAGES}
    used = set()
    for path in (SRC / "rules").rglob("*.py"):
        used |= set(re.findall(r'@rule\(\s*"([A-Z]{2}\d{3})"', path.read_text(encoding="utf-8")))
    assert used - codes == set()


def test_every_file_of_cases_has_its_page() -> None:
    codes = {ident(page) for page in PAGES}
    assert {path.stem for path in (FIXTURES / "rules").glob("*.yaml")} - codes == set()


def test_every_rule_is_imported_when_its_subject_occurs() -> None:
    """A family is imported when one of its ``ON`` occurs; a rule on another subject would never run."""
    left_out = [
        rule.id
        for rule in all_rules()
        if rule.on not in import_module(rule.predicate.__module__.rpartition(".")[0]).ON
    ]
    assert left_out == []


def test_what_only_an_auditor_sees_is_said_in_the_book() -> None:
    shown = {rule.id: rule.hardening for rule in all_rules()}
    told = {ident(page): load(page).get("persona") == "auditor" for page in PAGES}
    assert shown == told
