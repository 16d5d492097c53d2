"""How many small defects in trust/ and rules/ the tests see: `python scripts/mutation.py [--all] [PART...]`.

The tests are collected once; then each mutant (mutants.py) is made in a fork of that warm process, which runs the
tests that reach the changed line until one fails. What was measured, what it means and the survivors that are no
defects: docs/mutation.md. Needs a system that can fork.
"""
# ruff: noqa: INP001, T201 (a script, no package; it prints)

import argparse
import ast
import gc
import importlib
import json
import os
import pickle
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import coverage
import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
sys.path[:0] = [str(SRC), str(Path(__file__).parent)]

from mutants import Mutant, mutants  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

PARTS = ("trust", "rules")
TESTS = ("tests/trust", "tests/rules")
CASES = "::test_case["
EQUIVALENT = ROOT / "docs" / "mutation-equivalent.json"
_KILLED, _LIVES, _NOT_MADE = 0, 1, 2
_TOLD = 100  # mutants between two lines of progress


@dataclass(slots=True)
class Target:
    """A module that is changed."""

    path: Path
    tree: ast.Module
    module: ModuleType
    mutants: list[Mutant]
    functions: dict[tuple[str, int], list[FunctionType]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """Its path within the package."""
        return self.path.relative_to(SRC / "zcertlint").as_posix()

    @property
    def part(self) -> str:
        """``trust`` or ``rules``."""
        return self.name.split("/", 1)[0]


@dataclass(slots=True)
class Reach:
    """What the tests do without a change: which pass, how long each takes, and the lines that each runs."""

    passed: set[int] = field(default_factory=set)
    seconds: dict[int, float] = field(default_factory=dict)
    lines: dict[str, dict[int, set[int]]] = field(default_factory=dict)


def targets(wanted: Iterable[str]) -> list[Target]:
    """The modules whose path begins with one of ``wanted``, imported."""
    found = []
    for part in PARTS:
        for path in sorted((SRC / "zcertlint" / part).rglob("*.py")):
            name = path.relative_to(SRC / "zcertlint").as_posix()
            if path.name != "__init__.py" and name.startswith(tuple(wanted)):
                tree = ast.parse(path.read_text(encoding="utf-8"))
                module = importlib.import_module("zcertlint." + name.removesuffix(".py").replace("/", "."))
                found.append(Target(path, tree, module, list(mutants(tree))))
    by_module = {target.module.__name__: target for target in found}
    # Looked for among all objects, since a decorator may hide a function or keep it elsewhere.
    for live in gc.get_objects():
        if isinstance(live, FunctionType) and live.__module__ in by_module:
            place = (live.__code__.co_qualname, live.__code__.co_firstlineno)
            by_module[live.__module__].functions[place].append(live)
    return found


def rules_of(target: Target) -> tuple[str, ...]:
    """The rules whose cases judge a module of rules/: its own, or those that import it."""
    if not target.path.stem.startswith("_"):
        return _codes(target.path)
    seen, todo = {target.module.__name__}, [target.module.__name__]
    codes: set[str] = set()
    texts = {path: path.read_text(encoding="utf-8") for path in (SRC / "zcertlint" / "rules").rglob("*.py")}
    while todo:
        name = todo.pop()
        for path, text in texts.items():
            importer = "zcertlint." + path.relative_to(SRC / "zcertlint").as_posix()[:-3].replace("/", ".")
            if f"from {name} import" in text and importer not in seen:
                seen.add(importer)
                if path.stem.startswith("_"):
                    todo.append(importer)
                else:
                    codes.update(_codes(path))
    return tuple(sorted(codes))


def _codes(path: Path) -> tuple[str, ...]:
    return tuple(part.upper() for part in path.stem.split("_") if re.fullmatch(r"[a-z]{2}\d{3}", part))


def _code_named(code: CodeType, name: str) -> Iterable[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == name:
                yield inner
            yield from _code_named(inner, name)


def put_in_place(target: Target, mutant: Mutant) -> bool:
    """Make the mutant in this process; False when it cannot be."""
    mutant.apply()
    ast.fix_missing_locations(target.tree)
    if mutant.owner.startswith("<"):
        return _bind_anew(target, mutant)
    compiled = compile(target.tree, str(target.path), "exec")
    done = False
    for code in _code_named(compiled, mutant.owner):
        for live in target.functions[mutant.owner, code.co_firstlineno]:
            if code.co_freevars != live.__code__.co_freevars:
                return False
            live.__code__ = code
            done = True
    return done


def _names(statement: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def _bind_anew(target: Target, mutant: Mutant) -> bool:
    """A statement of the module run again, its names bound anew wherever they were imported."""
    place = next(n for n, s in enumerate(target.tree.body) if s.lineno <= mutant.line <= (s.end_lineno or 0))
    old = dict(vars(target.module))
    changed: set[str] = set()
    for statement in target.tree.body[place:]:
        # With it what is made of it: a pattern of a list of words, a set of a tuple.
        if isinstance(statement, ast.Assign | ast.AnnAssign) and (
            statement is target.tree.body[place] or changed & _names(statement, ast.Load)
        ):
            changed |= _names(statement, ast.Store)
            exec(compile(ast.Module([statement], []), str(target.path), "exec"), vars(target.module))  # noqa: S102
    for name, value in vars(target.module).items():
        if name in old and old[name] is not value:
            for module in list(sys.modules.values()):
                if module.__name__.startswith("zcertlint") and vars(module).get(name) is old[name]:
                    setattr(module, name, value)
    return True


class Plugin:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options = options
        self.folder = folder
        self.failed = False
        self.items: list[pytest.Item] = []
        self.done = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure, change, count."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        self.items = list(session.items)
        Campaign(self, targets(self.options.parts)).run()
        self.done = True
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self.failed = self.failed or report.failed

    def passes(self, number: int) -> bool:
        """Run one test here."""
        self.failed = False
        item = self.items[number]
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self.failed


def forked(folder: Path, seconds: float, work: Callable[[], object]) -> object:
    """What ``work`` returns in a fork of this process; None when it dies or takes more seconds of a core."""
    answer = folder / "answer"
    answer.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            quiet = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(quiet, stream)
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, seconds)  # of this process, however busy the machine is
            answer.write_bytes(pickle.dumps(work()))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return pickle.loads(answer.read_bytes()) if status == 0 else None  # noqa: S301 (our own)


class Campaign:
    """All mutants of a choice, and what became of each."""

    def __init__(self, plugin: Plugin, found: list[Target]) -> None:
        self.plugin = plugin
        self.options = plugin.options
        self.targets = found
        self.reach = Reach()
        self.codes: dict[str, tuple[str, ...]] = {}
        self.equivalent: dict[str, dict[str, str]] = {}
        if EQUIVALENT.exists():
            self.equivalent = json.loads(EQUIVALENT.read_text(encoding="utf-8"))

    def _codes(self, target: Target) -> tuple[str, ...]:
        if target.name not in self.codes:
            self.codes[target.name] = rules_of(target)
        return self.codes[target.name]

    def _judges(self, number: int, own: Iterable[str]) -> bool:
        """Whether a test is a case of one of these rules, or no case at all."""
        nodeid = self.plugin.items[number].nodeid
        return CASES not in nodeid or any(mark in nodeid for mark in own)

    def _measure(self) -> Reach:
        reach = Reach()
        files = [str(target.path) for target in self.targets]
        cover = coverage.Coverage(data_file=None, include=files, config_file=False)
        cover.start()
        own = {f"{CASES}{code}-" for target in self.targets for code in self._codes(target)}
        numbers = list(range(len(self.plugin.items)))
        if all(target.part == "rules" for target in self.targets):
            numbers = [n for n in numbers if self._judges(n, own)]
        elif all(target.part == "trust" for target in self.targets):
            cases = [n for n in numbers if CASES in self.plugin.items[n].nodeid]
            some = min(len(cases), 10 * self.options.cases)
            left = set(cases) - set(random.Random(self.options.seed).sample(cases, some))  # noqa: S311
            numbers = [n for n in numbers if n not in left]
        for number in numbers:
            cover.switch_context(str(number))
            began = time.process_time()
            if self.plugin.passes(number):
                reach.passed.add(number)
            reach.seconds[number] = time.process_time() - began
        cover.stop()
        data = cover.get_data()
        for file in data.measured_files():
            by_line = data.contexts_by_lineno(file).items()
            reach.lines[file] = {line: {int(c) for c in told if c.isdigit()} for line, told in by_line}
        return reach

    def run(self) -> None:
        """Measure the tests, try the mutants, print the table."""
        began = time.perf_counter()
        gc.collect()
        gc.freeze()
        reach = forked(self.plugin.folder, 1200, self._measure)
        if not isinstance(reach, Reach):
            raise SystemExit("the tests do not run")
        self.reach = reach
        for number in sorted(reach.seconds.keys() - reach.passed):
            print(f"left out, it does not pass without a change: {self.plugin.items[number].nodeid}")
        print(f"{len(reach.passed)} tests in {time.perf_counter() - began:.0f} s", flush=True)
        chosen = self._sample()
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        survivors: list[dict[str, object]] = []
        for number, (target, mutant) in enumerate(chosen):
            outcome = self._try(target, mutant)
            counts[target.name][outcome] += 1
            if outcome == "lives":
                survivors.append(
                    {"file": target.name, "line": mutant.line, "operator": mutant.operator, "key": mutant.key}
                )
                print(f"{target.name}:{mutant.line}: {mutant.key}", flush=True)
            if not (number + 1) % _TOLD:
                print(f"... {number + 1} of {len(chosen)}, {time.perf_counter() - began:.0f} s", flush=True)
        self._tell(counts, survivors, time.perf_counter() - began)

    def _sample(self) -> list[tuple[Target, Mutant]]:
        chosen = []
        if self.options.again:
            wanted = {
                (one["file"], one["key"]) for one in json.loads(Path(self.options.again).read_text("utf-8"))
            }
            return [(t, m) for t in self.targets for m in t.mutants if (t.name, m.key) in wanted]
        for part in PARTS:
            every = [(t, m) for t in self.targets if t.part == part for m in t.mutants]
            if not self.options.all and len(every) > self.options.sample:
                picked = random.Random(self.options.seed).sample(range(len(every)), self.options.sample)  # noqa: S311
                every = [every[n] for n in sorted(picked)]
            chosen += every
        return chosen

    def _tests(self, target: Target, mutant: Mutant) -> list[int]:
        """The tests that reach the changed lines, those of the module's own rules first, quick ones first."""
        by_line = self.reach.lines.get(str(target.path), {})
        lines = range(mutant.line, mutant.last + 1) if not mutant.owner.startswith("<") else list(by_line)
        reached = set().union(*(by_line.get(line, set()) for line in lines)) & self.reach.passed
        if target.part == "rules":
            own = tuple(f"{CASES}{code}-" for code in self._codes(target))
            reached = {n for n in reached if self._judges(n, own)}
        shuffled = sorted(reached)
        random.Random(self.options.seed).shuffle(shuffled)  # noqa: S311 (neighbours test the same thing)
        unit = [n for n in shuffled if CASES not in self.plugin.items[n].nodeid]
        cases = [n for n in shuffled if CASES in self.plugin.items[n].nodeid]
        return unit + cases[: self.options.cases]

    def _try(self, target: Target, mutant: Mutant) -> str:
        if mutant.key in self.equivalent.get(target.name, {}):
            return "equivalent"
        numbers = self._tests(target, mutant)
        if not numbers:
            return "lives"
        seconds = 2 + 3 * sum(self.reach.seconds[n] for n in numbers)

        def work() -> int:
            if not put_in_place(target, mutant):
                return _NOT_MADE
            return _LIVES if all(self.plugin.passes(n) for n in numbers) else _KILLED

        answer = forked(self.plugin.folder, seconds, work)
        for left in (self.plugin.folder / "laid-out").glob("*"):
            shutil.rmtree(left, ignore_errors=True)
        return "lives" if answer == _LIVES else "not made" if answer == _NOT_MADE else "killed"

    def _tell(
        self, counts: dict[str, Counter[str]], survivors: list[dict[str, object]], seconds: float
    ) -> None:
        print(f"\n{'':44}{'mutants':>8}{'killed':>8}{'equiv.':>8}{'live':>6}{'score':>8}")
        for part in PARTS:
            total: Counter[str] = Counter()
            for name, one in sorted(counts.items()):
                if name.startswith(f"{part}/"):
                    total += one
                    _line(name, one)
            if total:
                _line(f"{part}/", total)
                print()
        print(f"{seconds:.0f} s, seed {self.options.seed}, at most {self.options.cases} cases for a mutant")
        if self.options.survivors:
            told = json.dumps(survivors, indent=1)
            Path(self.options.survivors).write_text(told, encoding="utf-8")


def _line(name: str, one: Counter[str]) -> None:
    judged = one["killed"] + one["lives"]
    score = f"{100 * one['killed'] / judged:.1f} %" if judged else "-"
    made = f"  ({one['not made']} not made)" if one["not made"] else ""
    print(
        f"{name:44}{sum(one.values()):8}{one['killed']:8}{one['equivalent']:8}{one['lives']:6}{score:>8}{made}"
    )


def main() -> int:
    """Read the call, and let pytest collect."""
    parser = argparse.ArgumentParser(description="How many small defects in trust/ and rules/ the tests see.")
    parser.add_argument(
        "parts", nargs="*", default=list(PARTS), help="trust, rules/keyring, trust/chain.py ..."
    )
    parser.add_argument("--all", action="store_true", help="every mutant, not a sample")
    parser.add_argument("--sample", type=int, default=600, help="mutants of each of trust/ and rules/ (600)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (1)")
    parser.add_argument(
        "--cases", type=int, default=25, help="cases of rules that are tried on a mutant (25)"
    )
    parser.add_argument("--survivors", metavar="FILE", help="write the survivors as JSON")
    parser.add_argument("--again", metavar="FILE", help="only the mutants of such a file")
    options = parser.parse_args()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        plugin = Plugin(options, Path(folder))
        tests = [test for test in TESTS if Path(test).exists()]
        call = ["-q", "-s", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", "-p", "no:cov"]
        call += [f"--basetemp={folder}/laid-out", "-o", "tmp_path_retention_policy=none", *tests]
        pytest.main(call, plugins=[plugin])
    return 0 if plugin.done else 2


if __name__ == "__main__":
    sys.exit(main())
