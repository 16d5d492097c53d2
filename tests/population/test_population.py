"""Deployments with several faults: what was planted is found, and nothing else. The long run: docs/population.md."""

from dataclasses import replace
from pathlib import Path

import pytest

from population.plants import FAMILIES, plants
from population.run import run
from zcertlint.engine.rule import _REGISTRY, all_rules
from zcertlint.engine.verdict import Holds

ROOT = Path(__file__).parents[2]


def test_every_rule_of_the_families_can_be_planted() -> None:
    assert {plant.rule for plant in plants()} == {r.id for r in all_rules() if r.id.startswith(FAMILIES)}


def test_none_is_missed_and_none_invented(tmp_path: Path) -> None:
    tally = run(tmp_path, seed=1, count=40)
    assert tally.missed == []
    assert tally.invented == []
    assert sum(tally.found.values()) > sum(tally.planted.values()) * 0.7


def test_the_table_names_every_rule() -> None:
    text = (ROOT / "docs" / "population.md").read_text(encoding="utf-8")
    rules = {plant.rule for plant in plants()}
    assert sorted(rule for rule in rules if f"| {rule} |" not in text) == []


def test_a_rule_that_is_blind_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = (rule for rule in all_rules() if rule.id == "KR105")
    blind = replace(rule, predicate=lambda _subject, _ctx: Holds())
    monkeypatch.setitem(_REGISTRY, "KR105", blind)
    monkeypatch.setattr("population.run.plants", lambda: [p for p in plants() if p.rule == "KR105"])
    tally = run(tmp_path, seed=1, count=3)
    assert {fault[:5] for fault, _, _ in tally.missed} == {"KR105"}
