"""How fast zcertlint is, as ratios: ``python benchmarks/run.py`` (see README.md beside this file).

The wheel is built and installed into an empty environment first, because a checkout may be recompiled at
every start. Every subject is run in turns with its peer (one, the other, one, the other …), so that a busy
machine slows both; a ratio is the median over the pairs. Needs the standard library only, and openssl.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGE_LIST = ROOT / "benchmarks" / "racdcert_list.py"
UNLOAD = ROOT / "benchmarks" / "irrdbu00.py"
UNLOAD_CASE = "unload of 200 MB"
UNLOAD_MEGABYTES = "200"
AS_OF = "2026-11-21T09:00:00Z"
AS_OF_EPOCH = "1795251600"
PEM_FILES = 1000
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")

# Run with the Python of the new environment, which has cryptography. One key for all: what is measured is
# reading and verifying, not the making of keys.
MAKE_CERTIFICATES = """
import datetime, pathlib, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
start, end = datetime.datetime(2026, 1, 1), datetime.datetime(2028, 1, 1)
key, ca_key = (rsa.generate_private_key(65537, 2048) for _ in "ab")

def name(text):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Acme"),
                      x509.NameAttribute(NameOID.COMMON_NAME, text)])

def base(subject, public, serial):
    return (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("Benchmark CA"))
            .serial_number(serial).not_valid_before(start).not_valid_after(end).public_key(public)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False))

ca = base("Benchmark CA", ca_key.public_key(), 1).add_extension(
    x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(ca_key, hashes.SHA256())
(folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
for n in range(count):
    host = f"host{n:04}.acme.example"
    leaf = (base(host, key.public_key(), n + 2).add_extension(authority, critical=False)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(ca_key, hashes.SHA256()))
    (folder / "certs" / f"{n:04}.pem").write_bytes(leaf.public_bytes(Encoding.PEM))
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A subject and its peer; codes are the exit codes that count as done, most is the most rounds of a slow one."""

    name: str
    subject: list[str]
    peer: list[str]
    peer_name: str
    limit: float
    codes: tuple[int, ...] = (0, 1)
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    peer: str
    milliseconds: float
    peer_milliseconds: float
    ratio: float
    limit: float
    rounds: int
    within: bool


def run(command: list[str], *, codes: tuple[int, ...] = (0,), cwd: Path | None = None) -> float:
    """The wall-clock seconds of one run; ends the program when the command did not do its work."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "ZCERTLINT"))
    }
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, cwd=cwd, env=environment)
    seconds = time.perf_counter() - start
    if done.returncode not in codes:
        tail = (done.stderr or done.stdout).decode(errors="replace")[-800:]
        sys.exit(f"benchmarks: {' '.join(command[:6])} … ended with {done.returncode}\n{tail}")
    return seconds


def measure(case: Case, rounds: int, cwd: Path) -> Result:
    """Both once to warm up, then in turns; which goes first changes with every pair."""
    pairs = []
    rounds = min(rounds, case.most)
    for n in range(-1, rounds):
        seconds = {}
        for which in ("subject", "peer") if n % 2 else ("peer", "subject"):
            command, codes = (case.subject, case.codes) if which == "subject" else (case.peer, (0,))
            seconds[which] = run(command, codes=codes, cwd=cwd)
        if n >= 0:
            pairs.append((seconds["subject"], seconds["peer"]))
    ratio = statistics.median(subject / peer for subject, peer in pairs)
    return Result(
        name=case.name,
        peer=case.peer_name,
        milliseconds=round(1000 * statistics.median(subject for subject, _ in pairs), 1),
        peer_milliseconds=round(1000 * statistics.median(peer for _, peer in pairs), 1),
        ratio=round(ratio, 2),
        limit=case.limit,
        rounds=rounds,
        within=ratio <= case.limit,
    )


def install(work: Path) -> Path:
    """The folder of the commands of an environment that has the wheel and what it depends on."""
    run([sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", str(work / "dist"), str(ROOT)])
    wheel = next((work / "dist").glob("*.whl"))
    return environment(work / "venv", str(wheel))


def environment(folder: Path, *packages: str) -> Path:
    """The folder of the commands of a new environment that has these packages."""
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    run([str(commands / "python"), *PIP, "install", *packages])
    return commands


def inputs(work: Path, python: str) -> None:
    """``example`` as committed, ``listings`` without its certificate files, ``pem`` with a thousand, a large LIST."""
    example = work / "example"
    shutil.copytree(ROOT / "examples" / "quickstart", example)
    listings = work / "listings"
    shutil.copytree(example, listings, ignore=shutil.ignore_patterns("*.pem", "zcertlint.yaml"))
    (work / "pem" / "certs").mkdir(parents=True)
    run([python, "-c", MAKE_CERTIFICATES, str(work / "pem"), str(PEM_FILES)])
    run([python, str(LARGE_LIST), "make", str(work / "list.txt")])


def cases(commands: Path, work: Path, openssl: str) -> list[Case]:
    """What is measured, with the limits that the project has set itself."""
    zcertlint, python = str(commands / "zcertlint"), str(commands / "python")
    floor = [python, "-c", "import cryptography.x509, yaml"]
    floor_name = 'python -c "import cryptography.x509, yaml"'
    when = ["--as-of", AS_OF]
    files = [f"certs/{n:04}.pem" for n in range(PEM_FILES)]
    verify = [openssl, "verify", "-attime", AS_OF_EPOCH, "-CAfile", "ca.pem", *files]
    check = [zcertlint, "check"]
    large, listing = [python, str(LARGE_LIST)], str(work / "list.txt")
    return [
        Case("--version", [zcertlint, "--version"], floor, floor_name, 0.5, (0,)),
        Case(
            "check, listings", [*check, str(work / "listings" / "zowe.yaml"), *when], floor, floor_name, 2.0
        ),
        Case("check, example", [*check, str(work / "example" / "zowe.yaml"), *when], floor, floor_name, 2.5),
        Case(f"check, {PEM_FILES} PEM", [*check, ".", *when], verify, "openssl verify, one process", 2.0),
        Case(
            "LIST of 100 MB",
            [*large, "read", listing],
            [*large, "floor", listing],
            "its lines, stripped",
            9.0,
            (0,),
        ),
    ]


def unload_case(commands: Path, work: Path) -> Case:
    """An unload against the library that reads unloads, which has an environment of its own."""
    requirements = str(UNLOAD.parent / "requirements.txt")
    peers = str(environment(work / "peers", "--requirement", requirements) / "python")
    file, program = str(work / "unload.txt"), str(UNLOAD)
    run([peers, program, "make", file, UNLOAD_MEGABYTES])
    ours = [str(commands / "python"), program, "read", file]
    return Case(UNLOAD_CASE, ours, [peers, program, "peer", file], "mfpandas", 0.14, (0,), 5)


def table(results: list[Result]) -> str:
    """For people."""
    rows = [("", "ms", "against", "ms", "ratio", "limit", "")]
    for one in results:
        verdict = "ok" if one.within else "TOO SLOW"
        numbers = (f"{one.milliseconds:.0f}", one.peer, f"{one.peer_milliseconds:.0f}", f"{one.ratio:.2f}")
        rows.append((one.name, *numbers, f"{one.limit:.2f}", verdict))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def main() -> int:
    """Measure, print, and end with 1 when a limit is exceeded."""
    parser = argparse.ArgumentParser(description="Speed of zcertlint as ratios; ends with 1 beyond a limit.")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of runs for each case (15)")
    parser.add_argument("--only", default="", help="run the cases whose name contains this text")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    openssl = shutil.which("openssl")
    if openssl is None:
        sys.exit("benchmarks: openssl is needed as the peer of one case")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        commands = install(work)
        inputs(work, str(commands / "python"))
        chosen = [case for case in cases(commands, work, openssl) if options.only in case.name]
        if options.only in UNLOAD_CASE:
            chosen.append(unload_case(commands, work))
        results = [measure(case, options.rounds, work / "pem") for case in chosen]
    print(table(results))
    figures = json.dumps(
        {"python": sys.version.split()[0], "results": [asdict(one) for one in results]}, indent=2
    )
    if options.json:
        options.json.write_text(figures + "\n", encoding="utf-8")
    else:
        print(figures)
    return 0 if all(one.within for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
