"""Seeded deployments with planted faults: what was found of them, what hid what, and what nobody planted."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from population.explain import combined, hidden_by
from population.plants import Plant, Planted, codes, plant_all, plants
from zcertlint.app import Outcome

__all__ = ["Tally", "draws", "run"]

# Told where two plants changed one text: the same key twice, half a record, two contents of one ring.
_COLLIDED = frozenset(("IN002", "IN005", "IN008", "ZW120", "ZW130"))


@dataclass
class Tally:
    """What a run found.

    Attributes:
        planted, found, hidden: by rule; hidden: another finding as bad, or a question, is told of the same subject.
        instead: rule, and what was told instead. used: reasons of combined faults.
        missed: fault, its company. invented: rule, what was planted.
    """

    deployments: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    instead: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    invented: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def draws(seed: int, count: int) -> Iterator[list[Plant]]:
    """Deployments: every fault in its turn, with up to three others."""
    chance = random.Random(seed)
    known = list(plants())
    order = known.copy()
    chance.shuffle(order)
    for number in range(count):
        company = chance.sample(known, min(len(known), chance.randint(0, 12)))
        yield [order[number % len(order)], *company]


class Solo:
    """What each fault does alone, on the deployment of another one and called like that."""

    def __init__(self, folder: Path) -> None:
        """Deployments are laid out in ``folder``."""
        self._folder = folder
        self._known: dict[tuple[object, ...], Outcome] = {}

    def __call__(self, first: Plant, plant: Plant, *, auditor: bool) -> Outcome:
        """What comes of ``plant`` on the base of ``first``."""
        if first is plant:
            key: tuple[object, ...] = (plant, auditor)
        else:
            key = (first.base, first.paths, first.cert, first.as_of, first.version, plant, auditor)
        if key not in self._known:
            if first is plant:
                planted = plant_all(self._folder, [plant])
            else:
                planted = plant_all(self._folder, [_empty(first), plant])
            self._known[key] = planted.judge(auditor=auditor)
        return self._known[key]


def _empty(first: Plant) -> Plant:
    """The deployment of a fault without it; with its files where the call names them."""
    files = first.files if first.paths else ()
    return replace(first, name="nothing", edits=(), files=files, removed=(), auditor=False)


def run(folder: Path, seed: int, count: int) -> Tally:
    """Plant, judge and compare.

    Args:
        folder: to lay deployments out in. seed: of the draws. count: of deployments.
    """
    tally = Tally()
    solo = Solo(folder / "alone")
    for wanted in draws(seed, count):
        first = wanted[0]
        others = [p for p in wanted[1:] if first.base is not None and p.base is not None and not p.special()]
        company = [p for p in others if p.rule in codes(solo(first, p, auditor=p.auditor).report)][:3]
        planted = plant_all(folder / "together", [first, *company])
        _compare(planted, solo, tally)
    return tally


def _compare(planted: Planted, solo: Solo, tally: Tally) -> None:
    auditor = any(plant.auditor for plant in planted.plants)
    outcome = planted.judge(auditor=auditor)
    first, fired = planted.plants[0], codes(outcome.report)
    rules = tuple(sorted({plant.rule for plant in planted.plants}))
    expected = frozenset().union(
        *(codes(solo(first, plant, auditor=auditor).report) for plant in planted.plants)
    )
    if _COLLIDED & (fired - expected):
        return  # two faults wrote one section or one listing, and what is left is neither
    tally.deployments += 1
    for plant in planted.plants:
        if plant in planted.changed:
            continue
        tally.planted[plant.rule] += 1
        lost = [
            found for found in solo(first, plant, auditor=auditor).report.findings if found.code == plant.rule
        ]
        other = (
            None
            if plant.rule in fired
            else hidden_by(lost, solo(first, plant, auditor=auditor), outcome, rules)
        )
        if plant.rule in fired:
            tally.found[plant.rule] += 1
        elif other is not None:
            tally.hidden[plant.rule] += 1
            tally.instead[plant.rule, other] += 1
        else:
            tally.missed.append(
                (plant.id, tuple(p.id for p in planted.plants if p is not plant), tuple(sorted(fired)))
            )
    for code in sorted(fired - expected):
        why = combined(code, rules)
        if why is None:
            tally.invented.append((code, tuple(p.id for p in planted.plants)))
        else:
            tally.used[why] += 1
