"""How fast a large RACDCERT LIST is read: ``python benchmarks/racdcert_list.py`` (see README.md beside this file).

``make FILE`` writes the listing, ``read FILE`` reads it once, ``floor FILE`` does what no reader can save: it cuts
the file into lines and strips them. Without an argument all three are done in turns and printed as MB for each
second of processor time and as a ratio. Needs zcertlint in the environment that runs it.
"""

import base64
import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

MEGABYTES = 100
ROUNDS = 5
OWNER = "ZWESVUSR"
PLACE = "O=Example Incorporated.L=Anytown.SP=New York.C=US"
_RECORD = """
  Label: {label}
  Certificate ID: {ident}
  Status: TRUST
  Start Date: 20{year:02}/{month:02}/{day:02} 00:00:00
  End Date:   20{end:02}/{month:02}/{day:02} 23:59:59
  Serial Number:
       >{serial:032X}<
  Issuer's Name:
       {issuer}
  Subject's Name:
       {subject}
  Subject's AltNames:
    IP: 10.{a}.{b}.{c}
    Domain: {host}
  Signing Algorithm: sha256RSA
  Key Usage: HANDSHAKE, DATAENCRYPT, KEYAGREE
  Key Type: RSA
  Key Size: {size}
  Private Key: YES
  PKDS Label: EXAMPLE.DEPT{number:04}.HOST{n:07}.RSA{size}
  Certificate Fingerprint (SHA256):
       {high}:
       {low}
  Ring Associations:
    Ring Owner: {owner}
    Ring:
       >SharedServerRing.Department{number:04}.Example<
"""


def _pieces(name: str) -> str:
    """A name as RACF prints it: 68 characters on a line."""
    return "\n       ".join(f">{name[start : start + 68]}<" for start in range(0, len(name), 68))


def make(path: Path, megabytes: int) -> int:
    """Write so many megabytes of records, the same for each call; returns their number."""
    random = Random(20261121)
    parts = [f"READY\nRACDCERT ID({OWNER}) LIST\nDigital certificate information for user {OWNER}:\n"]
    size, n = 0, 0
    head = bytes((0xD9, len(OWNER))) + OWNER.encode("cp037")
    while size < megabytes * 1_000_000:
        host = f"host{n:07}.dept{n % 997:03}.example.com"
        label = f"Server certificate {n:07}"
        ident = head + label.encode("cp037")
        digits = [f"{byte:02X}" for byte in random.randbytes(32)]
        year = random.randrange(20, 28)
        part = _RECORD.format(
            label=label,
            ident=base64.b64encode(ident + b"\x40" * (-len(ident) % 3)).decode("ascii"),
            year=year,
            end=year + random.randrange(1, 4),
            month=random.randrange(1, 13),
            day=random.randrange(1, 29),
            serial=random.getrandbits(124),
            issuer=_pieces(
                f"CN=Example Issuing CA {random.randrange(12):02}.OU=Certificate Authorities.{PLACE}"
            ),
            subject=_pieces(f"CN={host}.OU=Department {n % 997:04} of Information Technology.{PLACE}"),
            host=host,
            number=n % 997,
            a=n >> 16 & 255,
            b=n >> 8 & 255,
            c=n & 255,
            size=random.choice((2048, 4096)),
            n=n,
            high=":".join(digits[:16]),
            low=":".join(digits[16:]),
            owner=OWNER,
        )
        parts.append(part)
        size += len(part)
        n += 1
    path.write_text("".join([*parts, "\nREADY\nEND\n"]), encoding="ascii", newline="\n")
    return n


def read(path: Path) -> float:
    """CPU seconds for load, recognise and read, as ``zcertlint check`` does them; a wrong result ends the program."""
    from zcertlint.readers import ReadContext, racdcert  # noqa: PLC0415 - "make" and "floor" need no zcertlint
    from zcertlint.text.decode import load  # noqa: PLC0415

    gc.set_threshold(100_000, 20, 20)  # as the command line does
    data = path.read_bytes()
    start = time.process_time()
    source = load(str(path), data)
    recognised = racdcert.recognise(source)
    facts = racdcert.read(source, ReadContext())
    seconds = time.process_time() - start
    shown = data.count(b"\n  Label: ")
    if not recognised or facts.problems or facts.unread or len(facts.certificates) != shown:
        sys.exit(
            f"benchmarks: {len(facts.certificates)} of {shown} certificates, {len(facts.problems)} problems"
        )
    return seconds


def floor(path: Path) -> float:
    """CPU seconds for cutting the file into lines and stripping them."""
    data = path.read_bytes()
    start = time.process_time()
    for line in data.split(b"\n"):
        line.strip()
    return time.process_time() - start


def main(arguments: list[str]) -> int:
    """Do what the first argument says, else measure and print."""
    match arguments:
        case ["make", name]:
            make(Path(name), MEGABYTES)
        case ["read", name]:
            read(Path(name))
        case ["floor", name]:
            floor(Path(name))
        case []:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "list.txt"
                records = make(path, MEGABYTES)
                size = path.stat().st_size
                pairs = [(read(path), floor(path)) for _ in range(ROUNDS)]
            seconds = statistics.median(one for one, _ in pairs)
            ratio = statistics.median(one / other for one, other in pairs)
            print(f"{records} records, {size / 1e6:.0f} MB, {size // records} bytes each")
            print(
                f"load, recognise, read: {seconds:.2f} s, {size / 1e6 / seconds:.1f} MB/s, {ratio:.2f} x the floor"
            )
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
