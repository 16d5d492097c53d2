"""Coverage-guided fuzzing of the readers: ``python fuzz/run.py READER [--minutes 10]``, or ``all``.

Needs atheris beside zcertlint (docs/fuzzing.md). A finding is kept in ``fuzz/findings/`` with what it raised and
the command that repeats it; a run goes on behind it. The record at the end belongs into docs/fuzzing.md.
"""

# ruff: noqa: INP001, T201 (a command, no package)

import argparse
import contextlib
import importlib
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
FINDINGS = HERE / "findings"
TIMEOUT = 5  # seconds for one input
MEMORY = 2048  # MiB
LONGEST = 1 << 16  # bytes of one input
_WORKER = 3  # arguments in front of atheris's own
_RESTARTS = 20  # after inputs that ended the process (hangs, memory)


@dataclass(frozen=True, slots=True)
class Record:
    """What was run: the target, for how long, how many inputs, and the names of its findings."""

    target: str
    minutes: float
    executions: int
    findings: tuple[str, ...]


def main() -> int:
    """The command."""
    sys.path.insert(0, str(HERE))
    if len(sys.argv) > _WORKER and sys.argv[2] == "--worker":
        return _work(sys.argv[1], Path(sys.argv[3]), sys.argv[4:])
    from targets import names  # noqa: PLC0415 (a worker imports it instrumented)

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("target", choices=(*names(), "all"))
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target (default: 10)")
    parser.add_argument("--seeds", type=Path, help="a folder with more inputs to start from")
    parser.add_argument("--repeat", type=Path, help="run one input, without atheris, and show what it raises")
    given = parser.parse_args()
    if given.repeat:
        return _repeat(given.target, given.repeat)
    chosen = names() if given.target == "all" else (given.target,)
    records = [_run(name, given.minutes, given.seeds) for name in chosen]
    print("\n| target | minutes | executions | findings |\n|---|---|---|---|")
    for record in records:
        found = ", ".join(record.findings) or "none"
        print(f"| {record.target} | {record.minutes:.1f} | {record.executions:,} | {found} |")
    return 1 if any(record.findings for record in records) else 0


def _repeat(name: str, path: Path) -> int:
    """One input, as a run meets it."""
    from targets import target_of  # noqa: PLC0415

    started = time.monotonic()
    target_of(name)(path.read_bytes())
    print(f"{name}: nothing raised, {time.monotonic() - started:.2f} s")
    return 0


def _run(name: str, minutes: float, extra: Path | None) -> Record:
    """A target in processes of its own, until its time is over."""
    from seeds import seeds  # noqa: PLC0415

    FINDINGS.mkdir(exist_ok=True)
    before = {path.name for path in FINDINGS.iterdir()}
    started = time.monotonic()
    executions = 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        for seed in seeds(name, extra):
            (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
        print(f"{name}: {sum(1 for _ in corpus.iterdir())} seeds, {minutes:g} minutes", flush=True)
        for _ in range(_RESTARTS):
            left = round(minutes * 60 - (time.monotonic() - started))
            if left < 1:
                break
            executions += _process(name, corpus, left)
    found = sorted({path.name for path in FINDINGS.iterdir()} - before)
    kept = tuple(path for path in found if not path.endswith(".txt"))
    return Record(name, (time.monotonic() - started) / 60, executions, kept)


def _process(name: str, corpus: Path, seconds: int) -> int:
    """One process; the number of inputs that it ran."""
    options = [
        f"-max_total_time={seconds}", f"-timeout={TIMEOUT}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}",
        f"-artifact_prefix={FINDINGS}/{name}-", "-print_final_stats=1", "-verbosity=1",
    ]  # fmt: skip
    command = [sys.executable, __file__, name, "--worker", str(corpus), *options]
    done = subprocess.run(command, stdout=sys.stdout, stderr=subprocess.PIPE, check=False)  # noqa: S603 (ourselves)
    text = done.stderr.decode("utf-8", "replace")
    counts = re.findall(r"number_of_executed_units: *(\d+)", text) or re.findall(
        r"^#(\d+)", text, re.MULTILINE
    )
    if done.returncode:
        print(f"{name}: the process ended with {done.returncode}\n" + text[-2000:], flush=True)
    return int(counts[-1]) if counts else 0


def _work(name: str, corpus: Path, options: list[str]) -> int:
    """The process that atheris drives."""
    import atheris  # noqa: PLC0415
    from atheris import core_with_libfuzzer  # noqa: PLC0415 (its Mutate works; that of atheris itself does not)

    # What a reader imports while it reads must be instrumented too, so all of it is imported here.
    with atheris.instrument_imports(include=["zcertlint"], enable_loader_override=False):
        import zcertlint  # noqa: PLC0415

        for package in ("text", "model", "fixes", "readers"):
            for info in pkgutil.walk_packages(
                [f"{zcertlint.__path__[0]}/{package}"], f"zcertlint.{package}."
            ):
                with contextlib.suppress(ImportError):
                    importlib.import_module(info.name)
        from mutate import line_mutator  # noqa: PLC0415
        from targets import target_of  # noqa: PLC0415

        target = target_of(name)
    known: set[str] = set()

    def one_input(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 (this is what is looked for)
            _keep(name, data, error, known)

    pool = [path.read_bytes() for path in corpus.iterdir()]
    mutator = line_mutator(pool, core_with_libfuzzer.Mutate)
    atheris.Setup([sys.argv[0], *options, str(corpus)], one_input, custom_mutator=mutator)
    atheris.Fuzz()
    return 0


def _keep(name: str, data: bytes, error: Exception, known: set[str]) -> None:
    """Write a finding down, once for each place that raises."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    mark = sha256(f"{type(error).__name__} {places[-3:]}".encode()).hexdigest()[:10]
    if mark in known:
        return
    known.add(mark)
    path = FINDINGS / f"{name}-{mark}"
    if path.exists() and path.stat().st_size <= len(data):
        return
    path.write_bytes(data)
    repeat = f"python fuzz/run.py {name} --repeat fuzz/findings/{path.name}"
    text = "".join(traceback.format_exception(error))
    path.with_suffix(".txt").write_text(f"{repeat}\n\n{text}", encoding="utf-8")
    print(f"{name}: {type(error).__name__} at {places[-1]}; repeat it with: {repeat}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
