"""Faults to plant: the failing cases of the rules.

A plant is what the case of a rule changes in one of ``fixtures/deployments``: a few texts in its files, files beside
them. Several plants make a deployment with several faults; what each does alone says what must be found.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zcertlint.app import Call, Outcome, check
from zcertlint.engine.results import Report

__all__ = ["FAMILIES", "Plant", "Planted", "codes", "plant_all", "plants"]

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
AS_OF = "2026-11-21"
FAMILIES = ("IN", "CE", "CP", "KR", "CH", "NA", "LK", "ID", "ZW", "SA")


@dataclass(frozen=True)
class Plant:
    """One fault.

    Attributes:
        rule: the rule that must find it. name: of its case. base: the deployment that it was written for; None
            where the case brings all its files.
        edits: file, old text, new text. files: name and text of files beside the base's. removed: files taken away.
        paths, cert, as_of, version: how zcertlint must be called to see it; empty or None where any call does.
    """

    rule: str
    name: str
    base: str | None
    edits: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    paths: tuple[str, ...]
    cert: tuple[tuple[str, str], ...]
    as_of: str
    version: str | None
    auditor: bool

    @property
    def id(self) -> str:
        """For messages."""
        return f"{self.rule}: {self.name}"

    def special(self) -> bool:
        """Whether zcertlint must be called in a way of its own to see it."""
        return (self.paths, self.cert, self.as_of, self.version) != ((), (), AS_OF, None)


@dataclass
class Planted:
    """A deployment with faults.

    Attributes:
        folder: where it lies. plants: those that found a place in it.
        changed: those whose settings a later one changed or moved: what they were is not to be found.
    """

    folder: Path
    plants: list[Plant] = field(default_factory=list)
    changed: list[Plant] = field(default_factory=list)

    def judge(self, *, auditor: bool) -> Outcome:
        """What comes of it, by the call that its faults want, told to an auditor or not."""
        chosen = self.plants[0]
        whole = ("zowe.yaml",) if (self.folder / "zowe.yaml").exists() else (".",)
        paths = tuple(str(self.folder / name) for name in chosen.paths or whole)
        form = "%Y-%m-%dT%H:%M:%SZ" if "T" in chosen.as_of else "%Y-%m-%d"
        return check(
            Call(
                paths,
                datetime.strptime(chosen.as_of, form).replace(tzinfo=UTC),
                certificates={who: str(self.folder / name) for who, name in chosen.cert},
                zowe_version=chosen.version,
                auditor=auditor,
            )
        )


def _plant(rule: str, case: dict[str, Any]) -> Plant:
    return Plant(
        rule,
        case["name"],
        case.get("from"),
        tuple((name, old, new) for name, pairs in case.get("edit", {}).items() for old, new in pairs),
        tuple(case.get("inputs", {}).items()),
        tuple(case.get("remove", ())),
        tuple(case.get("paths", ())),
        tuple(sorted(case.get("cert", {}).items())),
        str(case.get("as_of", AS_OF)),
        case.get("zowe_version"),
        case.get("persona") == "auditor",
    )


@cache
def plants() -> tuple[Plant, ...]:
    """Every fault that can be planted, in the order of the rules."""
    return tuple(
        _plant(path.stem, case)
        for path in sorted((FIXTURES / "rules").glob("*.yaml"))
        if path.stem.startswith(FAMILIES)
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        if case["verdict"] == "fails"
    )


def _laid(plant: Plant, folder: Path, *, first: bool) -> bool:
    """Plant a fault; False, and nothing changed, where an earlier one has taken its place."""
    texts: dict[Path, str] = {}
    for name, old, new in plant.edits:
        path = folder / name
        text = texts.get(path, path.read_text(encoding="utf-8") if path.exists() else "")
        if old not in text:
            return False
        texts[path] = text.replace(old, new)
    if not all((folder / name).exists() for name in plant.removed):
        return False
    if not first and any((folder / name).exists() for name, _ in plant.files):
        return False
    for name in plant.removed:
        (folder / name).unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    for name, text in plant.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return True


def plant_all(folder: Path, wanted: Iterable[Plant]) -> Planted:
    """The deployment of the first fault, with it and those of the others that it has a place for.

    A fault that needs another call of zcertlint, or brings a whole deployment, finds no place beside others.
    """
    shutil.rmtree(folder, ignore_errors=True)
    planted = Planted(folder)
    wrote: dict[Plant, tuple[set[tuple[tuple[str, ...], str]], set[tuple[str, ...]]]] = {}
    for plant in wanted:
        first = not planted.plants
        if first and plant.base is not None:
            shutil.copytree(FIXTURES / plant.base, folder)
        if not first and (plant.base is None or plant.special()):
            continue
        before = _settings(folder)
        if _laid(plant, folder, first=first):
            planted.plants.append(plant)
            wrote[plant] = _difference(before, _settings(folder))
    after = _settings(folder)
    for plant, (added, removed) in wrote.items():
        moved = after is not None and not (added <= set(after.items()) and removed.isdisjoint(after))
        if moved or not _still_there(plant, folder):
            planted.changed.append(plant)
    return planted


def _still_there(plant: Plant, folder: Path) -> bool:
    """Whether every text that a fault wrote is in its file."""
    return all(
        (folder / name).exists() and new in (folder / name).read_text(encoding="utf-8")
        for name, _, new in plant.edits
    )


_Flat = dict[tuple[str, ...], str]


def _settings(folder: Path) -> _Flat | None:
    """The values of zowe.yaml by their place; None where it is not there or not YAML."""
    path = folder / "zowe.yaml"
    try:
        loaded = next(yaml.safe_load_all(path.read_text(encoding="utf-8")), None)
    except (OSError, yaml.YAMLError):
        return None
    return dict(_flat((), loaded))


def _flat(place: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _flat((*place, str(key)), below)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _flat((*place, str(number)), below)
    else:
        yield place, repr(value)


def _difference(
    before: _Flat | None, after: _Flat | None
) -> tuple[set[tuple[tuple[str, ...], str]], set[tuple[str, ...]]]:
    """What was added or changed, and what was taken away."""
    if before is None or after is None:
        return set(), set()
    return set(after.items()) - set(before.items()), set(before) - set(after)


def codes(report: Report) -> frozenset[str]:
    """The rules that fired."""
    return frozenset(found.code for found in report.findings)
