"""Which command is answered by what, and what is said of lines that nobody understands."""

from pathlib import Path

import pytest

from zcertlint.model.certificate import Key, KeyKind, TrustStatus
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.readers import ReadContext
from zcertlint.readers.racdcert import read, recognise
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "racdcert"
Told = list[tuple[AnswerKind, str | None, str | None]]


def read_text(text: str, name: str = "listing.txt") -> Facts:
    source = load(name, text.encode())
    assert recognise(source)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines)
    assert found.lines[2] == len(found.unread)
    return found


def facts(name: str) -> Facts:
    return read_text((FIXTURES / name).read_text(encoding="utf-8"), name)


def told(found: Facts) -> Told:
    return [
        (answer.kind, None if answer.owner is None else str(answer.owner), answer.name)
        for answer in found.answers
    ]


def unread(found: Facts) -> list[int | None]:
    return [line.span.line for line in found.unread]


def noise(found: Facts) -> list[int]:
    return [number for number, mark in enumerate(found.marks, 1) if mark == 0]


def test_chains() -> None:
    found = facts("shapes/chain_and_check.txt")
    web, authority = found.certificates
    assert (web.id, web.key, web.hardware_key, web.rings) == (
        "ID(WEBSRV)/Web", Key(KeyKind.RSA, 2048), "WEB.KEY.ONE", (),
    )  # fmt: skip
    assert (authority.id, authority.key) == ("CERTAUTH/Site CA", Key(KeyKind.BRAINPOOL, 256))
    assert not found.answers
    assert not found.problems
    assert not found.unread


def test_a_label_that_is_missing_in_a_chain_is_told() -> None:
    found = facts("damaged/chain_label_lost.txt")
    assert not found.certificates
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert unread(found) == [5, 6, 7, 8, 9]


def test_filters() -> None:
    found = facts("shapes/maps.txt")
    assert [(entry.user, entry.label, entry.status) for entry in found.filters] == [
        ("WEBSRV", "Staff", TrustStatus.TRUST),
        (None, "By application", TrustStatus.NOTRUST),
        ("WEBSRV", "Staff", TrustStatus.TRUST),
    ]
    assert found.filters[1].criteria == "APPLID=&APPLID"
    assert told(found) == [
        (AnswerKind.ALL_MAPPINGS, "ID(WEBSRV)", None),
        (AnswerKind.ALL_MAPPINGS, None, "MULTIID"),
        (AnswerKind.NO_MAPPINGS, "ID(NOBODY)", None),
    ]
    assert not found.problems
    assert not found.unread


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.removesuffix("READY\n"),  # where it ends is not known
        lambda text: text.replace("RACDCERT LISTMAP ID(U)", "RACDCERT LISTMAP(LABEL('A')) ID(U)"),
        lambda text: text.replace(" Subject's Name Filter:\n      ><\n", ""),
        lambda text: text.replace(" Status", "strange\n Status"),
        lambda text: text.replace("user U", "user V"),
    ],
)
def test_filters_that_may_not_be_all(damage: object) -> None:
    text = (
        "READY\nRACDCERT LISTMAP ID(U)\nMapping information for user U:\n\n Label: A\n Status: TRUST\n"
        " Issuer's Name Filter:\n      >O=x<\n Subject's Name Filter:\n      ><\n\nREADY\n"
    )
    assert callable(damage)
    assert told(read_text(text)) == [(AnswerKind.ALL_MAPPINGS, "ID(U)", None)]
    assert AnswerKind.ALL_MAPPINGS not in [kind for kind, _, _ in told(read_text(damage(text)))]


def test_messages_are_facts() -> None:
    found = facts("shapes/messages.txt")
    long, longer = (
        "A.ring.of.a.name.that.does.not.fit.on.a.line.of.the.screen.at.all",
        "A.ring.that.goes.on.and.on.and.is.cut.in.the.middle.of.its.name.by.it",
    )
    assert told(found) == [
        (AnswerKind.DENIED, "ID(WEBSRV)", None),
        (AnswerKind.NO_SUCH_CERTIFICATE, "CERTAUTH", "Nowhere"),
        (AnswerKind.NO_SUCH_RING, "ID(WEBSRV)", long),
        (AnswerKind.NO_SUCH_RING, "ID(WEBSRV)", longer),
        # CONNECT names two owners: whose certificate is missing is not concluded.
        (AnswerKind.DENIED, "ID(WEBSRV)", None),
        (AnswerKind.DENIED, "ID(WEBSRV)", None),
        (AnswerKind.NO_RINGS, "ID(EMPTY)", "*"),
    ]
    assert not found.problems
    assert not found.unread


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IRRD114I Ring A.B does not exist.\n", "A.B"),
        (f"IRRD114I Ring {'A' * 65}\n{'B' * 3} does not exist.\n", "A" * 65 + "B" * 3),
        (f"IRRD114I Ring {'A' * 50}\n{'B' * 3} does not exist.\n", None),  # folded by hand: a blank, or none
        ("IRRD114I Ring ABC\n", None),
    ],
)
def test_the_ring_that_a_message_names(text: str, expected: str | None) -> None:
    assert [name for _, _, name in told(read_text(text))] == [expected]


def test_token_listings_are_told_not_analysed() -> None:
    found = facts("shapes/tokens.txt")
    assert [(problem.code, problem.fatal) for problem in found.problems] == [("IN008", False)]
    assert "LISTTOKEN" in found.problems[0].expected
    assert unread(found) == [3, 5, 6]
    assert [ring.name for ring in found.stores] == ["WebRing"]


def test_ragged_rings() -> None:
    found = facts("shapes/ragged_rings.txt")
    assert [(ring.id, [row.certificate for row in ring.connections]) for ring in found.stores] == [
        ("ring:WEBSRV/One", ["ID(WEBSRV)/Web", "CERTAUTH/Site CA"]),
        ("ring:WEBSRV/Two", ["ID(WEBSRV)/Web CERTAUTH 2026"]),
        ("ring:WEBSRV/Three", []),
    ]
    assert told(found) == [(AnswerKind.ALL_RINGS, "ID(WEBSRV)", None)]
    assert not found.problems
    assert not found.unread
    assert {1, 21} <= set(noise(found))


def test_what_no_section_claims_between_ready_and_ready_is_not_understood() -> None:
    found = facts("damaged/strange_lines.txt")
    assert unread(found) == [3, 12]
    assert noise(found) == [1, 5, 9, 11, 13, 14]


def test_a_listing_cut_at_a_column_keeps_what_is_whole() -> None:
    [certificate] = facts("damaged/cut_at_72.txt").certificates
    assert certificate.issuer is None
    assert certificate.subject is not None
    assert certificate.serial == 0x1F
    names = certificate.alt_names
    assert names is None or (names.dns, names.complete) == ((), frozenset())


@pytest.mark.parametrize("width", [72, 79, 80])
def test_a_value_that_ends_at_the_edge_may_go_on(width: int) -> None:
    host = "h" * (width - len("    Domain: "))
    text = (
        "Digital certificate information for user U:\n\n  Label: Web\n  Status: TRUST\n  Subject's AltNames:\n"
        f"    Domain: {host}\n    Domain: a.example.com\n  Signing Algorithm: sha256RSA\n  Private Key: YES\n"
    )
    [certificate] = read_text(text).certificates
    assert certificate.alt_names is not None
    assert certificate.alt_names.dns == ("a.example.com",)
    assert certificate.alt_names.complete == frozenset()
    [certificate] = read_text(f"{text}{'A wider line shows that nothing was cut. ' * 3}\n").certificates
    assert certificate.alt_names is not None
    assert certificate.alt_names.dns == (host, "a.example.com")


CHAT = """Digital ring information for user ZWESVUSR:

  Ring:
       >ZoweKeyring<
  Certificate Label Name             Cert Owner     USAGE      DEFAULT
  --------------------------------   ------------   --------   -------
  Zowe Server                        ID(ZWESVUSR)   PERSONAL     YES
  zOSMFCA                            CERTAUTH       CERTAUTH     NO
"""
AGAIN = "List it again, with RACDCERT LISTRING(ZoweKeyring) ID(ZWESVUSR)"


@pytest.mark.parametrize(
    ("behind", "hint"),
    [
        (
            "[10:05] Karin\nthanks!\n",
            (
                f"{AGAIN}. Line 9 stands below the last row without a blank line or READY, and may be what is left of"
                " another row"
            ),
        ),
        ("  Zowe CA                            CERTAU\n", f"{AGAIN}. Line 9 stands"),
        ("  Zowe CA                            CERTAUTH\n", AGAIN),  # a row that is cut, plainly
        ("[10:05] Karin\n  Zowe CA                            CERTAUTH       CERTAUTH     NO\n\n", AGAIN),
        ("\n[10:05] Karin\n", None),
        ("READY\n[10:05] Karin\n", None),
    ],
)
def test_why_a_table_is_not_known_to_be_whole(behind: str, hint: str | None) -> None:
    told = [problem.hint for problem in read_text(CHAT + behind).problems if problem.code == "IN002"]
    assert len(told) == (hint is not None)
    if hint is not None:
        assert told[0].startswith(hint)
        assert (told[0] == AGAIN) == (hint == AGAIN)


@pytest.mark.parametrize(
    ("listed", "usages"),
    [
        ("clientAuth, serverAuth", frozenset(("clientAuth", "serverAuth"))),
        ("clientAuth, server\nAuth", None),
        ("clientAuth, 1.3.6.1.4.1.311.20.2.2", frozenset(("clientAuth", "1.3.6.1.4.1.311.20.2.2"))),
    ],
)
def test_a_usage_that_is_folded_inside_a_word_is_not_known(
    listed: str, usages: frozenset[str] | None
) -> None:
    text = (FIXTURES.parents[1] / "deployments" / "site" / "evidence" / "zwesvusr.txt").read_text(
        encoding="utf-8"
    )
    found = read_text(
        text.replace("  Key Type: RSA\n", f"  Extended Key Usage: {listed}\n  Key Type: RSA\n", 1)
    )
    assert found.certificates[0].extended_usage == usages
