"""Input that nobody meant: time grows with its length and no faster, and what is given up is said."""

import time
from collections.abc import Callable

import pytest

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, _racdcert_answer, racdcert
from zcertlint.readers._racdcert_scan import PROBLEM_LIMIT
from zcertlint.text.decode import load
from zcertlint.text.source import Source

Make = Callable[[int], str]
LIST = "Digital certificate information for user U:\n\n"
LABEL = f"{LIST}Label: x\nStatus: TRUST\n"
RINGS = "Digital ring information for user U:\n"
TABLE = "Certificate Label Name             Cert Owner     USAGE      DEFAULT\n"
PIECE = f">{'a' * 60}<\n"
SMALL = 4_000
WHOLE = (
    "Label: x\nStatus: TRUST\nStart Date: 2020/01/01 00:00:00\nEnd Date: 2020/01/01 00:00:00\nSerial Number:\n>01<\n"
    "Issuer's Name:\n>CN=a<\nSubject's Name:\n>CN=a<\nKey Type: RSA\nKey Size: 2048\nPrivate Key: YES\n"
)

SHAPES: dict[str, Make] = {
    "labels": lambda n: LIST + "Label:\n" * n,
    "records of one line": lambda n: LIST + "Label: x\n" * n,
    "records without end": lambda n: LIST + WHOLE * (n // 8),
    "records, then signs": lambda n: LIST + (WHOLE + ">x<\n") * (n // 8),
    "a name of many pieces": lambda n: f"{LABEL}Subject's Name:\n{PIECE * n}",
    "a whole record with a name of many pieces": lambda n: LIST + WHOLE.replace(">CN=a<\n", PIECE * n),
    "a fingerprint of many lines": lambda n: LABEL + "Certificate Fingerprint (SHA256):\n" + "AA:BB:\n" * n,
    "an associated ring of many pieces": lambda n: (
        f"{LABEL}Ring Associations:\nRing Owner: U\nRing:\n{PIECE * n}"
    ),
    "associations": lambda n: LABEL + "Ring Associations:\n" + "Ring Owner: U\nRing:\n>r<\n" * n,
    "alternative names": lambda n: LABEL + "Subject's AltNames:\n" + "Domain: a.example.com\n" * n,
    "noise in a record": lambda n: LABEL + "noise\n" * n + "Private Key: NO\n",
    "blank lines in a record": lambda n: LABEL + " \n" * n + ">a<\n",
    "blank lines between records": lambda n: LIST + WHOLE + "\n" * n + WHOLE,
    "fields without label": lambda n: LIST + "Status: TRUST\n" * n,
    "numbered certificates": lambda n: "Certificate 1:\n" * n,
    "headings": lambda n: LIST * n,
    "rings without end": lambda n: RINGS + "Ring:\n" * n,
    "rings": lambda n: RINGS + "".join(f"Ring:\n>r{i}<\n{TABLE}a   SITE   SITE   NO\n" for i in range(n)),
    "a ring name of many pieces": lambda n: f"{RINGS}Ring:\n{PIECE * n}",
    "a filter of many pieces": lambda n: (
        f"Mapping information for U:\nLabel: x\nIssuer's Name Filter:\n{PIECE * n}"
    ),
    "filters without end": lambda n: "Mapping information for U:\n" + "Label: x\n" * n,
    "a long row": lambda n: f"{RINGS}Ring:\n>r<\n{TABLE}{'a SITE ' * n}\nx{' ' * 4 * n}y\n",
    "a long line of quotes below a ring": lambda n: f"ring:\n{'>' * 4 * n}\nring:\n{'> <' * n}x\n",
    "a long line of blanks below an owner": lambda n: f"site:\n{' ' * 4 * n}x\nlabel:\nuser {'a' * 4 * n}\n",
    "long values": lambda n: (
        f"{LABEL}Serial Number:\n>{'1' * n}<\nKey Usage: {'HANDSHAKE,' * n}\nKey Size: {'1' * n}\n"
        f"EMail: {' at ' * n}\nCertificate ID: {'A' * 4 * n}\n"
    ),
    "a long message": lambda n: f"{'.' * n}IRRD114I Ring {'ring x ' * n}\nIRRD105I {'user ' * n}\n",
    "messages": lambda n: "IRRD101I You are not authorized to issue the RACDCERT command.\n" * n,
    "parentheses": lambda n: f"READY\nRACDCERT {'ID(' * n}\n{LIST}",
    "apostrophes": lambda n: f"READY\nRACDCERT LIST(LABEL({chr(39) * n}\n{LIST}",
}


def source(make: Make, size: int) -> Source:
    return load("hostile.txt", make(size).encode())


def seconds(given: Source) -> float:
    """The least of three: another process may have the machine."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        racdcert.recognise(given)
        racdcert.read(given, ReadContext())
        least = min(least, time.process_time() - start)
    return least


def facts(make: Make, size: int) -> Facts:
    given = source(make, size)
    found = racdcert.read(given, ReadContext())
    assert sum(found.lines) == len(given.lines)
    return found


@pytest.mark.parametrize("make", SHAPES.values(), ids=SHAPES.keys())
def test_time_grows_with_the_length(make: Make) -> None:
    facts(make, SMALL)
    small = seconds(source(make, SMALL))
    assert seconds(source(make, 4 * SMALL)) < max(8 * small, 0.08)


@pytest.mark.parametrize("shape", ["labels", "rings without end", "filters without end"])
def test_more_damage_than_a_report_can_use_ends_the_reading(shape: str) -> None:
    found = facts(SHAPES[shape], PROBLEM_LIMIT + 500)
    assert [problem.fatal for problem in found.problems].count(True) == 1
    last = found.problems[-1]
    assert (last.code, last.fatal) == ("IN002", True)
    assert last.span.line is not None
    assert last.span.line > PROBLEM_LIMIT
    assert "Nothing behind this line was read" in last.hint
    assert found.lines[2] > 400


def test_lines_not_understood_are_named_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_racdcert_answer, "UNREAD_LIMIT", 10)
    found = facts(SHAPES["noise in a record"], 100)
    assert found.lines[2] == 100
    assert [unread.span.line for unread in found.unread] == list(range(5, 15))


def test_a_name_of_many_pieces_is_whole() -> None:
    [certificate] = facts(SHAPES["a whole record with a name of many pieces"], 5_000).certificates
    assert certificate.subject is not None
    assert len(certificate.subject.text) == 300_000
    assert certificate.trust is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{LIST}Label: {'x' * 100_000}\nStatus: TRUST\n",
        f"{RINGS}Ring:\n>{'x' * 100_000}<\n{TABLE}a   SITE   SITE   NO\n",
        f"{RINGS}Ring:\n>r<\n{TABLE}{'x' * 100_000}   SITE   SITE   NO\n",
        f"Mapping information for user U:\nLabel: {'x' * 100_000}\n",
        f"IRRD114I Ring {'x' * 100_000} does not exist.\n",
        f"{LABEL}Subject's Name:\n>{'x' * 100_000}\n",
    ],
)
def test_no_report_holds_a_line_that_nobody_could_read(text: str) -> None:
    found = racdcert.read(load("hostile.txt", text.encode()), ReadContext())
    assert not found.stores
    assert all(len(certificate.id) < 100 for certificate in found.certificates)
    told = [(problem.expected, problem.hint, problem.span.text or "") for problem in found.problems]
    told += [("", answer.name or "", answer.span.text or "") for answer in found.answers]
    assert told
    assert max(len(part) for parts in told for part in parts) < 1_500
