"""What a transcript says, and what is not concluded from a damaged one."""

from pathlib import Path

import pytest

from support.listings import certificate_id
from zcertlint.model.certificate import Absent, AltNames, Key, KeyKind, Owner, TrustStatus
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.readers import ReadContext
from zcertlint.readers._racdcert_command import parse_command
from zcertlint.readers.racdcert import read, recognise
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "racdcert"
WEBSRV = Owner.of_user("WEBSRV")


def facts(name: str) -> Facts:
    source = load(name, (FIXTURES / name).read_bytes())
    assert recognise(source)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines)
    return found


def read_text(text: str) -> Facts:
    return read(load("pasted.txt", text.encode()), ReadContext())


def test_batch_job_with_carriage_control() -> None:
    found = facts("shapes/batch_two_commands.txt")
    assert [(ring.id, len(ring.connections)) for ring in found.stores] == [
        ("ring:WEBSRV/WebRing", 2),
        ("ring:WEBSRV/webring", 0),
    ]
    assert found.stores[0].connections[0].label == "Web CERTAUTH 2026"
    assert found.stores[0].connections[0].span.column == 4
    assert [(answer.kind, str(answer.owner), answer.name) for answer in found.answers] == [
        (AnswerKind.ALL_RINGS, "ID(WEBSRV)", None),
        (AnswerKind.NO_SUCH_CERTIFICATE, "CERTAUTH", "Nowhere"),
        (AnswerKind.NO_SUCH_RING, "ID(WEBSRV)", "Lost"),
    ]
    assert not found.problems


def test_layout_before_v1r12() -> None:
    [certificate] = facts("shapes/old_release.txt").certificates
    assert certificate.id == "SITE/Old Site"
    assert certificate.trust is TrustStatus.HIGHTRUST
    assert certificate.key == Key(KeyKind.RSA, 1024)
    assert certificate.private_key is True
    assert certificate.key_usage is Absent.ABSENT
    assert certificate.alt_names == AltNames()
    assert certificate.rings == ()
    assert certificate.extended_usage is None
    assert certificate.is_ca is None


def test_quoted_mail() -> None:
    found = facts("shapes/quoted_mail.txt")
    assert [ring.id for ring in found.stores] == ["ring:WEBSRV/WebRing"]
    assert not found.unread


def test_missing_columns_are_refused() -> None:
    found = facts("damaged/sdsf_columns.txt")
    assert not found.stores
    assert [(problem.code, problem.span.line, problem.fatal) for problem in found.problems] == [
        ("IN002", 1, False)
    ]
    assert [answer.kind for answer in found.answers] == [AnswerKind.TRUNCATED]


def test_a_ring_cut_inside_a_row_is_not_used_and_the_others_are_not_all() -> None:
    found = facts("damaged/row_cut.txt")
    assert [ring.name for ring in found.stores] == ["Whole"]
    assert [(answer.kind, answer.name) for answer in found.answers] == [(AnswerKind.TRUNCATED, "Cut")]
    assert [problem.code for problem in found.problems] == ["IN002"]


def test_a_batch_output_that_stops_without_ready_is_not_whole() -> None:
    lines = (FIXTURES / "damaged/row_cut.txt").read_text(encoding="utf-8").split("\n")
    rows = "\n".join(["READY", *(line for line in lines if not line.endswith("CERTAU"))]) + "\n"
    found = read(load("cut.txt", rows.encode()), ReadContext())
    assert [ring.name for ring in found.stores] == ["Whole"]
    assert [(answer.kind, answer.name) for answer in found.answers] == [(AnswerKind.TRUNCATED, "Cut")]
    found = read(load("whole.txt", f"{rows}READY\nEND\n".encode()), ReadContext())
    assert [ring.name for ring in found.stores] == ["Whole", "Cut"]
    assert [answer.kind for answer in found.answers] == [AnswerKind.ALL_RINGS]


def test_a_record_without_label_does_not_change_the_one_before() -> None:
    found = facts("damaged/label_line_lost.txt")
    [certificate] = found.certificates
    assert certificate.serial == 1
    assert certificate.private_key is True
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert not found.answers
    assert found.lines[2] == 10


def test_a_cut_record_claims_nothing_about_what_is_missing() -> None:
    found = facts("damaged/record_cut.txt")
    [certificate] = found.certificates
    assert certificate.alt_names is not None
    assert certificate.alt_names.dns == ("web.example.com", "web2.example.com")
    assert certificate.alt_names.complete == frozenset()
    assert certificate.key_usage is None
    assert certificate.private_key is None
    assert not found.answers


def test_certificate_id_tells_the_owner_and_other_labels() -> None:
    found = facts("damaged/other_certificate_id.txt")
    [certificate] = found.certificates
    assert certificate.id == "CERTAUTH/Renamed"
    assert certificate.not_before is None
    assert [problem.code for problem in found.problems] == ["IN002", "IN004"]
    assert [unread.span.line for unread in found.unread] == [4]


def test_a_ring_that_nobody_owns_is_skipped() -> None:
    found = facts("damaged/nobodys_ring.txt")
    assert not found.stores
    assert [problem.code for problem in found.problems] == ["IN008"]


@pytest.mark.parametrize(
    ("command", "function", "owner", "name", "everything"),
    [
        ("RACDCERT ID(WEBSRV) LISTRING(R.x)", "LISTRING", WEBSRV, "R.x", False),
        ("racdcert listring(*) id(websrv)", "LISTRING", WEBSRV, "*", True),
        ("RACDCERT LISTR(*)", "LISTRING", None, "*", True),
        ("RACDCERT ID(WEBSRV) LIST", "LIST", WEBSRV, None, True),
        ("RACDCERT LIST(LABEL('it''s ( me')) ID(WEBSRV)", "LIST", WEBSRV, "it's ( me", False),
        ("RACDCERT LIST(LABEL(web)) ID(WEBSRV)", "LIST", WEBSRV, "WEB", False),
        ("RACDCERT ID(WEBSRV) LIST LISTRING(A)", "LISTRING", WEBSRV, "A", False),
        ("LISTCAT", "", None, None, False),
    ],
)
def test_commands(
    command: str, function: str, owner: Owner | None, name: str | None, *, everything: bool
) -> None:
    asked = parse_command(command)
    assert (asked.function, asked.owner, asked.name, asked.everything) == (function, owner, name, everything)


def test_a_long_text_below_a_listing_costs_no_more_than_its_length() -> None:
    listing = (FIXTURES / "shapes/old_release.txt").read_bytes()
    source = load("x", listing + b"prose\n" * 100_000)
    found = read(source, ReadContext())
    assert found.lines == (15, 1, 100_000)


def test_a_second_listing_without_its_heading_is_not_the_first_ones() -> None:
    """The Certificate IDs tell: those above agree with the heading, so it is no heading that somebody changed."""
    mine, theirs = Owner.of_user("ZWESVUSR"), Owner.of_user("IZUSVR")

    def record(owner: Owner, label: str) -> str:
        names = ("Serial Number:", ">01<", "Issuer's Name:", ">CN=a<", "Subject's Name:", ">CN=a<")
        shown = ("Status: TRUST", *names, "Private Key: YES", "")
        return "\n".join([f"Label: {label}", f"Certificate ID: {certificate_id(owner, label)}", *shown, ""])

    heading = "Digital certificate information for user ZWESVUSR:\n\n"
    found = read_text(heading + record(mine, "a") + record(theirs, "b"))
    assert [certificate.id for certificate in found.certificates] == ["ID(ZWESVUSR)/a", "ID(IZUSVR)/b"]
    assert [problem.code for problem in found.problems] == ["IN004"]
    # Where none agrees, the heading may have been changed to hide a name: it is the one that other listings have.
    found = read_text(heading + record(theirs, "b"))
    assert [certificate.id for certificate in found.certificates] == ["ID(ZWESVUSR)/b"]
    assert [problem.code for problem in found.problems] == ["IN004"]


@pytest.mark.parametrize("missing", [("Serial", ">0"), ("Issuer", ">CN=CA"), ("Subject", ">CN=web"), ()])
def test_a_record_that_lacks_lines_is_said_to(missing: tuple[str, ...]) -> None:
    """What is shown is kept; what may stand in the missing lines is not known to be absent."""
    lines = (
        "Label: Web", "Status: TRUST", "Start Date: 2026/01/01 00:00:00", "End Date: 2026/12/31 23:59:59",
        "Serial Number:", ">01<", "Issuer's Name:", ">CN=CA<", "Subject's Name:", ">CN=web<", "Private Key: YES",
    )  # fmt: skip
    left = lines if missing else (*lines[:4], lines[-1])
    kept = [line for line in left if not (missing and line.startswith(missing))]
    found = read_text("Digital certificate information for user WEBSRV:\n\n" + "\n".join(kept) + "\n")
    [certificate] = found.certificates
    assert (certificate.id, certificate.private_key) == ("ID(WEBSRV)/Web", True)
    assert (certificate.alt_names, certificate.key_usage) == (None, None)
    assert [(problem.code, problem.span.line) for problem in found.problems] == [("IN002", 3)]
    assert not found.answers
