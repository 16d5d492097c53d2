"""What fuzzing promises of readers holds for every fixture, and every reader is fuzzed."""

import importlib.util
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from zcertlint import readers

ROOT = Path(__file__).parents[2]
FUZZ = ROOT / "fuzz"
FIXTURES = sorted(path for path in (ROOT / "fixtures" / "readers").rglob("*") if path.is_file())


def module(name: str) -> ModuleType:
    """A module of the command's folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", FUZZ / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


TARGETS = module("targets")


def test_every_reader_is_a_target() -> None:
    public = {info.name for info in pkgutil.iter_modules(readers.__path__) if not info.name.startswith("_")}
    assert set(TARGETS.names()) == public | {"decode", "envelope", "job", "quote"}


@pytest.mark.parametrize("name", TARGETS.names())
def test_fixtures_keep_the_promises(name: str) -> None:
    target = TARGETS.target_of(name)
    for path in FIXTURES:
        target(path.read_bytes())


def test_a_broken_promise_is_seen() -> None:
    with pytest.raises(AssertionError, match="does not hold"):
        TARGETS._require(0, "that nothing is something")


def test_mutations_are_repeatable_and_bounded() -> None:
    pool = [path.read_bytes() for path in FIXTURES[:20]]
    mutate = module("mutate").line_mutator(pool, lambda data, _limit: data)
    made = [mutate(pool[0], 500, number) for number in range(300)]
    assert made == [mutate(pool[0], 500, number) for number in range(300)]
    assert len(set(made)) > 50
    assert max(map(len, made)) <= max(500, len(pool[0]))
