"""How fast a database unload is read: ``python benchmarks/irrdbu00.py PEERS`` (see README.md beside this file).

PEERS is a Python that has what ``requirements.txt`` names: mfpandas, which reads unloads, and racf-generator, which
makes them. ``make FILE MB`` writes an unload and ``peer FILE`` reads it with mfpandas, both with that Python;
``read FILE`` reads it as ``zcertlint check`` does, with the digest, and ends the program when something is missing.
"""

import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

SIZES = (100, 1000)
MEGABYTES = 200
ROUNDS = 5
SERVERS, LABELS = 5, 4  # of each block: users with certificates, and how many each has
TOLD = ("0200", "0207", "0562")  # how many of these there are stands in a file beside the unload
DIGITAL = ("0207", "0500", "0560", "0561", "0562", "1560")
# Columns of user and group IDs, counted from 1, in the records that racf-generator makes.
ID_COLUMNS = {
    "0100": (6, 15, 35), "0102": (6, 15), "0120": (6,), "0200": (6, 26, 96), "0203": (6, 15), "0204": (6,),
    "0205": (6, 15, 35), "0220": (6,), "0270": (6,), "0400": (), "0404": (51,), "0500": (282,), "0505": (262,),
    "0540": (262, 271),
}  # fmt: skip
PLACE = "O=Example Incorporated.L=Anytown.SP=New York.C=US"


class Unload:
    """Blocks of racf-generator with names of their own, and certificates laid out by mfpandas' table of offsets."""

    def __init__(self, base: list[str]) -> None:
        self.base = base
        self.ids = list(dict.fromkeys(line[5:13] for line in base if line[:4] in {"0100", "0200"}))
        self.users = [line[5:13] for line in base if line.startswith("0200")]
        table = json.loads((files("mfpandas") / "irrdbu00-offsets.json").read_text(encoding="utf-8"))
        self.fields = {
            record["record-type"]: {
                field["field-name"].partition("_")[2]: (int(field["start"]) - 1, int(field["end"]))
                for field in record["offsets"]
            }
            for record in table.values()
        }

    def record(self, kind: str, **values: str) -> str:
        fields = self.fields[kind]
        text = [" "] * max(end for _, end in fields.values())
        for name, value in {"RECORD_TYPE": kind, **values}.items():
            start, end = fields[name]
            text[start:end] = value[: end - start].ljust(end - start)
        return "".join(text)

    def names(self, block: int) -> dict[str, str]:
        if block == 0:
            return {}
        return {name: f"{name[0]}{block:03}{number:04}" for number, name in enumerate(self.ids)}

    def lines(self, kind: str, block: int) -> Iterator[str]:
        """The records of one type: those of racf-generator renamed, then those of certificates and rings."""
        names = self.names(block)
        for line in self.base:
            if line[:4] == kind:
                renamed = line
                for column in ID_COLUMNS[kind]:
                    at = column - 1
                    ident = renamed[at : at + 8]
                    renamed = renamed[:at] + names.get(ident, ident) + renamed[at + 8 :]
                if kind[1] == "5":  # a profile's name
                    renamed = f"{renamed[:5]}{f'B{block:03}.' + renamed[5:]:.246}{renamed[251:]}"
                yield renamed
        if kind == "0200" and block == 0:
            first = next(line for line in self.base if line.startswith(kind))
            yield from (first[:5] + name + first[13:] for name in ("irrcerta", "irrmulti", "irrsitec"))
        if kind in DIGITAL:
            for user in self.users[:SERVERS]:
                yield from self.digital(kind, block, names.get(user, user).rstrip())

    def digital(self, kind: str, block: int, user: str) -> Iterator[str]:
        ring = f"{user}.SharedServerRing"
        if kind == "0500":
            yield self.record(
                kind, NAME=ring, CLASS_NAME="DIGTRING", GENERIC="NO", OWNER_ID=user, UACC="NONE", WARNING="NO"
            )
        for number in range(LABELS):
            issuer, label = (
                f"CN=Example Issuing CA {number:02}.OU=CAs.{PLACE}",
                f"Server certificate {number}",
            )
            name = f"{block:04X}{number:04X}{user.encode().hex().upper()}.{issuer.replace(' ', '¢')}"
            certificate = {"NAME": name, "CLASS_NAME": "DIGTCERT"}
            match kind:
                case "0207":
                    yield self.record(kind, NAME=user, CERT_NAME=name, CERTLABL=label)
                case "0500":
                    values = {"GENERIC": "NO", "OWNER_ID": user, "UACC": "TRUST", "WARNING": "NO"}
                    yield self.record(kind, **certificate, **values, APPL_DATA=user)
                case "0560":
                    start = {"START_DATE": f"20{20 + block % 6}-03-04", "START_TIME": "00:00:00"}
                    end = {"END_DATE": f"20{26 + block % 4}-03-04", "END_TIME": "23:59:59"}
                    key = {"KEY_TYPE": "PKCSDER", "KEY_SIZE": "0000002048", "GEN_REQ": "NO"}
                    yield self.record(kind, **certificate, **start, **end, **key)
                case "0561":
                    yield self.record(kind, **certificate, RING_NAME=ring)
                case "0562":
                    use = {"CERT_USAGE": "PERSONAL", "CERT_DEFAULT": "YES" if number == 0 else "NO"}
                    yield self.record(
                        kind, NAME=ring, CLASS_NAME="DIGTRING", CERT_NAME=name, CERT_LABEL=label, **use
                    )
                case _:
                    subject = f"CN={user.lower()}{number}.example.com.OU=Servers.{PLACE}"
                    print_ = f"{block:08X}{number:08X}{user.encode().hex().upper():0>48.48}"
                    yield self.record(
                        kind,
                        **certificate,
                        ISSUER_DN=issuer,
                        SUBJECT_DN=subject,
                        SIG_ALG="sha256RSA",
                        CERT_FGRPRNT=print_,
                    )


def make(path: Path, megabytes: int) -> None:
    """Write an unload of about this size, sorted by the types of its records; the same for each call."""
    from racf_generator import IRRDBU00Generator  # type: ignore[import-not-found]  # noqa: PLC0415 - PEERS only

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "block.txt"
        IRRDBU00Generator(seed=20261121).write(str(made))
        unload = Unload(made.read_text(encoding="utf-8").splitlines())
    kinds = sorted({*DIGITAL, *(line[:4] for line in unload.base)})
    size = sum(len(line.encode()) + 1 for kind in kinds for line in unload.lines(kind, 1))
    blocks = range(max(1, round(megabytes * 1_000_000 / size)))
    counts = {}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for kind in kinds:
            count = 0
            for block in blocks:
                for line in unload.lines(kind, block):
                    file.write(f"{line}\n")
                    count += 1
            if kind in TOLD:
                counts[kind] = count
    path.with_suffix(".json").write_text(json.dumps(counts), encoding="utf-8")


def timed(action: Callable[[], object]) -> dict[str, float]:
    """Seconds of the clock and of the processor, and the peak of the memory of this process in MB."""
    clock, cpu = time.perf_counter(), time.process_time()
    action()
    return {
        "seconds": time.perf_counter() - clock,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def read(path: Path) -> dict[str, float]:
    from zcertlint.inputs import Inputs  # noqa: PLC0415 - "make" and "peer" need no zcertlint
    from zcertlint.readers import ReadContext  # noqa: PLC0415

    gc.set_threshold(100_000, 20, 20)  # as the command line does
    inputs = Inputs(ReadContext())
    found = timed(lambda: inputs.add(str(path), explicit=True))
    facts = inputs.facts[0]
    counts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    security = facts.security
    seen = {
        "0200": len(security.users) if security else 0,
        "0207": len(facts.certificates),
        "0562": sum(len(store.connections) for store in facts.stores),
    }
    if seen != counts or facts.problems or security is None or security.unload is None:
        sys.exit(f"benchmarks: records {counts}, read {seen}, {len(facts.problems)} problems")
    return found


def peer(path: Path) -> dict[str, float]:
    from mfpandas import IRRDBU00  # type: ignore[import-not-found]  # noqa: PLC0415 - PEERS only

    return timed(lambda: IRRDBU00(str(path)).parse_t())


def other(python: str, *arguments: str) -> dict[str, float]:
    """What this program says in a process of its own."""
    done = subprocess.run([python, __file__, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return dict(json.loads(done.stdout or "{}"))


def compare(peers: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unload.txt"
        other(peers, "make", str(path), str(MEGABYTES))
        size = path.stat().st_size / 1e6
        pairs = [
            (other(sys.executable, "read", str(path)), other(peers, "peer", str(path))) for _ in range(ROUNDS)
        ]
        for unit in ("seconds", "cpu"):
            ours, theirs = (statistics.median(size / pair[side][unit] for pair in pairs) for side in (0, 1))
            ratio = statistics.median(theirs[unit] / ours[unit] for ours, theirs in pairs)
            print(f"{size:.0f} MB, {unit}: {ours:.0f} MB/s, mfpandas {theirs:.0f} MB/s: {ratio:.1f} times")
        print(f"peak of mfpandas: {pairs[0][1]['peak']:.0f} MB")
        for megabytes in SIZES:
            other(peers, "make", str(path), str(megabytes))
            peak = other(sys.executable, "read", str(path))["peak"]
            print(f"{path.stat().st_size / 1e6:.0f} MB: peak {peak:.0f} MB")


def main(arguments: list[str]) -> int:
    """Do what the first argument says, else measure and print."""
    match arguments:
        case ["make", name, megabytes]:
            make(Path(name), int(megabytes))
        case ["read", name]:
            print(json.dumps(read(Path(name))))
        case ["peer", name]:
            print(json.dumps(peer(Path(name))))
        case [peers]:
            compare(peers)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
