"""What is on a store decides whether a symptom has a nearer cause; which certificate could take another's place."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, authority, certificate, on, ring, when
from support.links import Meeting
from zcertlint.model.certificate import Absent, Certificate, Moment, TrustStatus
from zcertlint.model.deployment import Deployment, Stack
from zcertlint.model.facts import Problem
from zcertlint.model.store import Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.ends import ChainReason, ChainResult
from zcertlint.trust.stores import base_name, chain_code, is_ca, listed_labels, newer_twin, pem_in_place

ROOT, SUB, OTHER = authority("Root"), authority("Sub", "Root"), authority("Other Root")
LEAF, PERSON = certificate("Server", "Sub"), certificate("Somebody", "Other Root")
KNOWN = {c.id: c for c in (ROOT, SUB, OTHER, LEAF, PERSON)}
NODE, JAVA = Stack.NODE, Stack.JSSE
UNANCHORED = ChainResult(ChainReason.NO_ANCHOR, (LEAF, SUB, ROOT))
UNSENT = ChainResult(ChainReason.NOT_SENT, (LEAF, SUB))


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (ROOT, True),
        (LEAF, False),
        (replace(LEAF, is_ca=True), True),
        (replace(LEAF, is_ca=None, key_usage=frozenset({"keyCertSign"})), True),
        (replace(LEAF, is_ca=None, key_usage=frozenset({"digitalSignature"})), False),
        (replace(LEAF, is_ca=False, key_usage=Absent.ABSENT), False),
        (Certificate("ID(X)/Row"), None),
        (None, None),
    ],
)
def test_is_ca(entry: Certificate | None, answer: bool | None) -> None:  # noqa: FBT001
    assert is_ca(entry) is answer


def test_labels_of_a_ring_that_is_cut() -> None:
    assert listed_labels("ring:A/R") == ()
    assert listed_labels("ring:A/R&One&Two") == ("One", "Two")
    assert listed_labels(None) == ()


def code(chain: ChainResult, store: Store | None, stack: Stack = JAVA) -> str:
    return chain_code("CH101", chain, store, KNOWN, stack)


def cut(*labels: str, rows: tuple[Certificate, ...] = ()) -> Store:
    """A ring as app-server's configuration cuts it."""
    return replace(ring(*(on(row) for row in rows)), id="&".join(("ring:ZWESVUSR/ZoweKeyring", *labels)))


@pytest.mark.parametrize(
    ("store", "rule"),
    [
        (None, "CH101"),
        (ring(on(OTHER)), "CH101"),
        (ring(), "CH101"),
        (ring(on(OTHER), state=StoreState.NOT_SHOWN), "CH101"),
        (ring(on(ROOT, Usage.PERSONAL), on(OTHER)), "KR133"),
        (ring(on(SUB, Usage.PERSONAL)), "KR133"),
        (ring(on(LEAF, Usage.PERSONAL), on(OTHER)), "CH101"),
        (ring(on(LEAF, Usage.PERSONAL)), "KR132"),
        (ring(on(LEAF, Usage.PERSONAL), on(PERSON, Usage.PERSONAL)), "KR132"),
        (ring(on(LEAF, Usage.PERSONAL), on(PERSON, Usage.SITE)), "CH101"),
        (ring(on(OTHER, Usage.PERSONAL)), "CH101"),
        (ring(replace(on(LEAF, Usage.PERSONAL), certificate="ID(X)/Hidden")), "CH101"),
    ],
)
def test_no_anchor(store: Store | None, rule: str) -> None:
    assert code(UNANCHORED, store) == rule


@pytest.mark.parametrize("reason", list(ChainReason))
def test_only_where_an_anchor_is_missing(reason: ChainReason) -> None:
    nearer = reason in {ChainReason.NO_ANCHOR, ChainReason.SELF_SIGNED, ChainReason.STORE_EMPTY}
    store = ring(on(LEAF, Usage.PERSONAL))
    assert code(replace(UNANCHORED, reason=reason), store) == ("KR132" if nearer else "CH101")


def test_browser() -> None:
    assert code(UNSENT, None, Stack.BROWSER) == "KR114"
    assert code(UNSENT, ring(on(ROOT)), Stack.BROWSER) == "KR114"
    assert code(UNANCHORED, ring(on(OTHER)), Stack.BROWSER) == "CH101"
    assert code(UNSENT, ring(on(ROOT))) == "CH101"


@pytest.mark.parametrize(
    ("chain", "store", "rule"),
    [
        (UNANCHORED, cut("Root", rows=(OTHER,)), "KR124"),
        (UNANCHORED, cut("Other Root", "Root", rows=(OTHER,)), "KR124"),
        (UNANCHORED, cut("Other Root", rows=(OTHER,)), "CH101"),
        (UNANCHORED, cut("Sub", rows=(SUB,)), "KR125"),
        (UNSENT, cut("Root", rows=(ROOT,)), "KR125"),
        (replace(UNANCHORED, reason=ChainReason.ISSUER_UNSURE), cut("Root", rows=(OTHER,)), "CH101"),
        (UNANCHORED, ring(on(SUB)), "CH101"),
        (UNANCHORED, replace(ring(on(SUB)), kind=StoreKind.PEM), "KR125"),
        (UNANCHORED, replace(ring(on(ROOT)), kind=StoreKind.PEM), "CH101"),
        (UNSENT, replace(ring(on(ROOT)), kind=StoreKind.PEM), "KR125"),
        (
            replace(UNSENT, reason=ChainReason.ANCHOR_EXPIRED),
            replace(ring(on(SUB)), kind=StoreKind.PEM),
            "CH101",
        ),
    ],
)
def test_list_of_authorities(chain: ChainResult, store: Store, rule: str) -> None:
    assert code(chain, store, NODE) == rule


def test_label_that_is_connected_personal_is_no_authority() -> None:
    personal = replace(cut("Root"), connections=(on(ROOT, Usage.PERSONAL),))
    assert code(UNANCHORED, personal, NODE) == "KR124"
    assert code(UNANCHORED, replace(ring(on(SUB)), kind=StoreKind.PEM), JAVA) == "CH101"


# --- a PEM file in the place of a keystore ----------------------------------------------------------------------

WANTED = Store("store:/zowe/keystore.p12", StoreKind.PKCS12, None, "/zowe/keystore.p12", StoreState.NOT_SHOWN)


def filed(path: str, line: int = 3, at: str | None = None) -> Certificate:
    ident = f"file:{path}#1"
    span = Span(at or path, line)
    return Certificate(ident, subject=LEAF.subject, files=(ident,), spans=(("id", span), ("subject", span)))


def found(
    *held: Certificate, store: Store | None = WANTED, problems: tuple[Problem, ...] = ()
) -> Span | None:
    deployment: Deployment = Meeting(certificates=held, more={"problems": problems}).deployment
    return pem_in_place(store, deployment)


def test_pem_in_place_of_a_keystore() -> None:
    assert base_name("a/b/c.p12") == base_name("c.p12") == "c.p12"
    assert found(filed("copies/keystore.p12")) == Span("copies/keystore.p12", 3)
    assert found(filed("copies/other.p12"), filed("copies/keystore.p12")) == Span("copies/keystore.p12", 3)
    assert found(filed("copies/keystore.p12", at="certs.txt")) == Span("copies/keystore.p12")
    assert found(filed("copies/keystore.p12", 0)) is None  # DER has no lines
    assert found(filed("copies/other.p12")) is None
    assert found() is None


def test_not_where_the_store_is_shown_or_no_keystore() -> None:
    held = filed("copies/keystore.p12")
    assert found(held, store=None) is None
    assert found(held, store=replace(WANTED, state=StoreState.SHOWN)) is None
    assert found(held, store=replace(WANTED, kind=StoreKind.PEM)) is None


def test_private_key_in_place_of_a_keystore() -> None:
    def problem(problem_code: str, span: Span) -> Problem:
        return Problem(problem_code, span, "a key", "x")

    here = Span("copies/keystore.p12", 7)
    assert found(problems=(problem("IN007", here),)) == here
    assert found(problems=(problem("IN001", here),)) is None
    assert found(problems=(problem("IN007", Span("copies/other.p12", 7)),)) is None
    assert found(problems=(problem("IN007", Span("copies/keystore.p12")),)) is None


# --- which one could take its place ----------------------------------------------------------------------------

OLD = certificate("Old", "Root", subject="zowe", ends="2026-11-01")
NEW = certificate("New", "Root", subject="zowe", begins="2026-10-01", ends="2027-11-01")


@pytest.mark.parametrize(
    ("facts", "usable"),
    [
        ({}, True),
        ({"trust": TrustStatus.HIGHTRUST}, True),
        ({"trust": TrustStatus.NOTRUST}, False),
        ({"private_key": None}, False),
        ({"private_key": False}, False),
        ({"subject": OTHER.subject}, False),
        ({"subject": None}, False),
        ({"not_after": None}, False),
        ({"not_before": None}, False),
        ({"not_after": when("2026-11-01")}, False),
        ({"not_after": when("2026-11-02")}, False),
        ({"not_before": when("2026-12-01")}, False),
        ({"not_before": Moment(NOW, local=True)}, False),
        ({"not_before": Moment(NOW)}, True),
        ({"not_after": Moment(NOW, local=True)}, False),
        ({"not_after": Moment(NOW)}, True),
    ],
)
def test_newer_twin(facts: dict[str, Any], usable: bool) -> None:  # noqa: FBT001
    other = replace(NEW, **facts)
    assert newer_twin(OLD, [other], NOW) == (other if usable else None)


def test_the_one_that_ends_last() -> None:
    last = replace(NEW, id="ID(ZWESVUSR)/Last", not_after=when("2028-01-01"))
    assert newer_twin(OLD, [NEW, last], NOW) == newer_twin(OLD, [last, NEW], NOW) == last
    same = replace(NEW, id="ID(ZWESVUSR)/Zoo")
    assert newer_twin(OLD, [NEW, same], NOW) == newer_twin(OLD, [same, NEW], NOW) == same
    assert newer_twin(NEW, [NEW], NOW) is None
    assert newer_twin(replace(OLD, not_after=None), [NEW], NOW) is None
    assert newer_twin(replace(OLD, subject=None), [NEW], NOW) is None
    assert newer_twin(OLD, [replace(NEW, subject=OTHER.subject), NEW], NOW) == NEW
    for bad in ({"private_key": None}, {"not_before": None}, {"not_before": when("2026-12-01")}):
        changed: dict[str, Any] = bad
        assert newer_twin(OLD, [replace(NEW, **changed), NEW], NOW) == NEW
