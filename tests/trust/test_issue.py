"""Did this certificate issue that one: by signature, by key identifiers, by name and dates."""

from datetime import timedelta
from typing import Any

import pytest

from support.certificates import authority, certificate, when
from support.pki import Spec, issue, key, named, self_signed
from zcertlint.model.certificate import Absent, Certificate, Moment
from zcertlint.model.names import Name
from zcertlint.trust.issue import Edge, EdgeReason, Issuers

START, END = when("2026-01-01").at, when("2030-01-01").at


def edge(child: Certificate, issuer: Certificate, *others: Certificate) -> tuple[bool | None, EdgeReason]:
    found = Issuers([child, issuer, *others]).edge(child, issuer)
    assert isinstance(found, Edge)
    assert found.issuer is issuer
    return found.answer, found.reason


LEAF = certificate("Server", "Root")
KEYED = certificate("Server", "Root", authority_key_id="K1")


@pytest.mark.parametrize(
    ("child", "issuer", "answer", "reason"),
    [
        (LEAF, authority("Root"), True, EdgeReason.NAME),
        (LEAF, authority("Other"), False, EdgeReason.OTHER_NAME),
        (LEAF, Certificate("CERTAUTH/Root"), None, EdgeReason.NOT_SHOWN),
        (Certificate("ID(X)/Server", subject=Name("CN=S")), authority("Root"), None, EdgeReason.NOT_SHOWN),
        (LEAF, authority("Root", not_before=None), None, EdgeReason.NOT_SHOWN),
        (certificate("Server", "Root", not_before=None), authority("Root"), None, EdgeReason.NOT_SHOWN),
        (KEYED, authority("Root", subject_key_id="K1"), True, EdgeReason.KEY_ID),
        (KEYED, authority("Root", subject_key_id="K2"), False, EdgeReason.OTHER_KEY),
        (KEYED, authority("Root", subject_key_id=Absent.ABSENT), True, EdgeReason.NAME),
        (KEYED, authority("Root"), True, EdgeReason.NAME),
        (LEAF, authority("Root", subject_key_id="K1"), True, EdgeReason.NAME),
        (
            certificate("Server", "Root", signed_by="CERTAUTH/Root"),
            authority("Root"),
            True,
            EdgeReason.COMMAND,
        ),
        (
            certificate("Server", "Root", signed_by="CERTAUTH/New"),
            authority("Root"),
            False,
            EdgeReason.COMMAND,
        ),
    ],
)
def test_edge(child: Certificate, issuer: Certificate, answer: bool | None, reason: EdgeReason) -> None:  # noqa: FBT001
    assert edge(child, issuer) == (answer, reason)


@pytest.mark.parametrize(("hours", "answer"), [(0, True), (14, True), (15, None)])
def test_listing_in_local_time_may_make_a_ca_seem_younger(hours: int, answer: bool | None) -> None:  # noqa: FBT001
    later = Moment(START + timedelta(hours=hours), local=True)
    reason = EdgeReason.NAME if answer else EdgeReason.YOUNGER
    assert edge(LEAF, authority("Root", not_before=later)) == (answer, reason)


def root(label: str, **facts: Any) -> Certificate:
    return authority(label, subject="Root", **facts)


@pytest.mark.parametrize(
    ("child", "issuer", "other", "answer", "reason"),
    [
        (LEAF, root("A"), root("B"), None, EdgeReason.GENERATIONS),
        (LEAF, root("A", fingerprint="F"), root("B", fingerprint="G"), None, EdgeReason.GENERATIONS),
        # One certificate in two places, and a CA renewed with its key, are one issuer.
        (LEAF, root("A", fingerprint="F"), root("B", fingerprint="F"), True, EdgeReason.NAME),
        (LEAF, root("A", subject_key_id="K"), root("B", subject_key_id="K"), True, EdgeReason.NAME),
        (LEAF, root("A", subject_key_id="K"), root("B"), None, EdgeReason.GENERATIONS),
        (LEAF, root("A", subject_key_id="K"), root("B", subject_key_id="L"), None, EdgeReason.GENERATIONS),
        (LEAF, root("A", subject_key_id=Absent.ABSENT), root("B", subject_key_id=Absent.ABSENT), None,
         EdgeReason.GENERATIONS),
        # Key identifiers confirm or exclude the other one.
        (KEYED, root("A"), root("B", subject_key_id="K1"), False, EdgeReason.OTHER_KEY),
        (KEYED, root("A"), root("B", subject_key_id="K2"), True, EdgeReason.NAME),
    ],
)  # fmt: skip
def test_two_of_one_name(
    child: Certificate,
    issuer: Certificate,
    other: Certificate,
    answer: bool | None,  # noqa: FBT001
    reason: EdgeReason,
) -> None:
    assert edge(child, issuer, other) == (answer, reason)


def test_namesakes() -> None:
    first, second, other = root("A"), root("B"), authority("Other")
    issuers = Issuers([LEAF, first, second, other, Certificate("file:x#1")])
    assert issuers.namesakes(LEAF) == (first, second)
    assert issuers.namesakes(first) == (second,)
    assert issuers.namesakes(Certificate("file:x#1")) == ()


def test_names_are_compared_in_full() -> None:
    """The index is by what RACF prints of a name, which two different X.509 names may have in common."""
    one = Name.from_rdns(((("2.5.4.10", "Acme.CN=Root"),),))
    two = Name.from_rdns(((("2.5.4.3", "Root"),), (("2.5.4.10", "Acme"),)))
    assert one.key == two.key
    issuer = authority("Root", "x", subject="x")
    held = Certificate(issuer.id, subject=one)
    assert Issuers([held]).namesakes(Certificate("file:x#1", subject=two, issuer=two)) == ()


def test_an_answer_is_remembered() -> None:
    issuers = Issuers([LEAF, authority("Root")])
    assert issuers.edge(LEAF, authority("Root")) is issuers.edge(LEAF, authority("Root"))


@pytest.mark.parametrize(
    ("facts", "others", "answer"),
    [
        ({}, (), True),
        ({"issuer": Name("CN=Other")}, (), False),
        ({"issuer": None}, (), None),
        ({"subject": None, "issuer": None}, (), None),
        ({"subject_key_id": "K", "authority_key_id": "K"}, (root("B"),), True),
        ({"subject_key_id": "K", "authority_key_id": "L"}, (), False),
        ({"subject_key_id": "K"}, (root("B", subject_key_id="L"),), None),
        ({"subject_key_id": "K"}, (root("B", subject_key_id="K"),), True),
        ({"authority_key_id": "K"}, (root("B"),), None),
        ({"signed_by": "CERTAUTH/A"}, (root("B"),), True),
        ({"signed_by": "CERTAUTH/B"}, (), False),
    ],
)
def test_self_signed(facts: dict[str, Any], others: tuple[Certificate, ...], answer: bool | None) -> None:  # noqa: FBT001
    plain = root("A")
    made = Certificate(
        plain.id, **({"subject": plain.subject, "issuer": plain.issuer, "trust": plain.trust} | facts)
    )
    assert Issuers([made, *others]).self_signed(made) is answer


# --- with encodings ------------------------------------------------------------------------------------------

FIRST, SECOND = key("EC256", 1), key("EC256", 2)
BARE: dict[str, Any] = {"start": START, "end": END, "own_id": False, "issuer_id": False}
CA = self_signed(Spec(named("Root"), FIRST, ca=True, **BARE))
NAMESAKE = self_signed(Spec(named("Root"), SECOND, ca=True, **BARE))
CHILD = issue(Spec(named("Server"), key("EC256", 3), **BARE), CA)


def test_the_signature_decides_where_both_are_in_files() -> None:
    assert edge(CHILD.model, CA.model, NAMESAKE.model) == (True, EdgeReason.SIGNATURE)
    assert edge(CHILD.model, NAMESAKE.model, CA.model) == (False, EdgeReason.OTHER_KEY)


def test_the_signature_tells_who_signed_itself() -> None:
    issuers = Issuers([CA.model, NAMESAKE.model])
    assert issuers.self_signed(CA.model) is True
    cross = issue(Spec(named("Root"), SECOND, ca=True, **BARE), CA)
    assert Issuers([CA.model, cross.model]).self_signed(cross.model) is False


def test_a_listed_namesake_is_excluded_by_the_signature_of_the_other() -> None:
    listed = authority("Root")
    listed = Certificate(
        listed.id, owner=listed.owner, subject=CA.model.subject, not_before=listed.not_before
    )
    assert edge(CHILD.model, listed, CA.model) == (False, EdgeReason.OTHER_KEY)
    assert edge(CHILD.model, listed, NAMESAKE.model) == (True, EdgeReason.NAME)


def test_an_encoding_that_cannot_be_read_leaves_it_to_the_identifiers() -> None:
    child = certificate("Server", "Root", der=b"no", authority_key_id="K")
    assert edge(child, authority("Root", der=b"no", subject_key_id="K")) == (True, EdgeReason.KEY_ID)
    itself = authority("Root", der=b"no", subject_key_id="K", authority_key_id="L")
    assert Issuers([itself]).self_signed(itself) is False


def test_a_namesake_with_another_identifier_is_no_broken_signature() -> None:
    ids: dict[str, Any] = {"start": START, "end": END}
    root, namesake = (self_signed(Spec(named("Root"), holder, ca=True, **ids)) for holder in (FIRST, SECOND))
    leaf = issue(Spec(named("Server"), key("EC256", 3), **ids), root)
    assert edge(leaf.model, namesake.model) == (False, EdgeReason.OTHER_KEY)
    assert edge(leaf.model, root.model) == (True, EdgeReason.SIGNATURE)
