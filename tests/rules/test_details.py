"""Single questions inside of rules, where a table of cases says more than whole deployments."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from support.certificates import authority, certificate, when
from support.pki import Spec, key, named, self_signed
from zcertlint.model.certificate import AltNames, Certificate, Key, KeyKind, Moment
from zcertlint.model.names import Name
from zcertlint.rules.certificate.ce108_sample_expiry_date import _job
from zcertlint.rules.certificate.ce119_duplicate_serial import _are_two, _number
from zcertlint.rules.identity.id102_filter_never_matches import _wrong
from zcertlint.rules.keyring.kr119_people_in_truststore import _names_host
from zcertlint.rules.link.lk107_ha_signing_keys_differ import _one_key, _unknown
from zcertlint.rules.names._hosts import _loopback
from zcertlint.rules.policy.cp101_weak_key import _weak
from zcertlint.trust.identity import rdns_of

IZUSEC, ZWEKRING = "IZUSEC of z/OSMF", "ZWEKRING of Zowe"


@pytest.mark.parametrize(
    ("end", "local", "job"),
    [
        ("2023-05-17T23:59:59", True, IZUSEC),
        ("2028-04-12T23:59:59", True, IZUSEC),
        ("2030-05-01T23:59:59", True, ZWEKRING),
        ("2030-05-01T23:59:58", True, None),
        ("2030-05-02T23:59:59", True, None),
        # A file shows UTC: the last second of the day lies up to 14 hours before, or 12 after, the system's.
        ("2030-05-01T23:59:59", False, ZWEKRING),
        ("2030-05-01T09:59:59", False, ZWEKRING),
        ("2030-05-01T08:59:59", False, None),
        ("2030-05-02T11:59:59", False, ZWEKRING),
        ("2030-05-02T12:59:59", False, None),
        ("2030-05-01T18:29:59", False, ZWEKRING),
        ("2030-05-01T18:30:00", False, None),
        ("2030-05-01T18:58:59", False, None),
        ("2028-04-13T03:59:59", False, IZUSEC),
        ("2031-05-01T23:59:59", False, None),
    ],
)
def test_day_of_a_sample(end: str, local: bool, job: str | None) -> None:  # noqa: FBT001
    assert _job(Moment(datetime.fromisoformat(end).replace(tzinfo=UTC), local)) == job


FIRST = certificate("A", "Root", serial=2)


def other(**facts: Any) -> Certificate:
    return replace(certificate("B", "Root", serial=2), **facts)


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        (FIRST, other(), True),
        (FIRST, other(subject=FIRST.subject), False),
        (FIRST, other(issuer=Name("CN=Other")), False),
        (FIRST, other(issuer=None), False),
        (replace(FIRST, issuer=None), other(), False),
        (FIRST, other(subject=None), False),
        (replace(FIRST, subject=None), other(), False),
        (FIRST, other(subject=FIRST.subject, fingerprint="B"), False),
        (replace(FIRST, fingerprint="A"), other(subject=FIRST.subject), False),
        (replace(FIRST, fingerprint="A"), other(subject=FIRST.subject, fingerprint="A"), False),
        (replace(FIRST, fingerprint="A"), other(fingerprint="A"), False),
        (replace(FIRST, fingerprint="A"), other(subject=FIRST.subject, fingerprint="B"), True),
        # A file beside a listing for the same subject is IN006.
        (replace(FIRST, fingerprint="A"), other(subject=FIRST.subject, fingerprint="B", owner=None), False),
        (replace(FIRST, fingerprint="A", owner=None), other(subject=FIRST.subject, fingerprint="B"), False),
        (replace(FIRST, fingerprint="A", owner=None), other(fingerprint="B"), True),
        (
            replace(FIRST, fingerprint="A", owner=None),
            other(subject=FIRST.subject, fingerprint="B", owner=None), True,
        ),
        (authority("Root", serial=0), replace(authority("Root", serial=0), id="x"), False),
    ],
)  # fmt: skip
def test_two_certificates_of_one_number(one: Certificate, two: Certificate, answer: bool) -> None:  # noqa: FBT001
    assert _are_two(one, two) is answer


def test_number() -> None:
    assert _number(FIRST) == (2, "cn=root")
    assert _number(replace(FIRST, serial=None)) is None
    assert _number(replace(FIRST, issuer=None)) is None
    assert _number(replace(FIRST, serial=0)) == (0, "cn=root")


@pytest.mark.parametrize(
    ("text", "joined", "wrong"),
    [
        ("CN=Jane.O=Acme.C=GB", False, None),
        ("Jane.O=Acme", False, "it does not begin with a keyword such as CN= or OU="),
        ("CN=Jane.ST=x", False, "RACF writes SP= and not ST="),
        ("CN=Jane.S=x", False, "RACF writes SP= and not S="),
        ("CN=Jane.EMAILADDRESS=x", False, "RACF writes MAIL= and not EMAILADDRESS="),
        ("CN=Jane. O=Acme", False, "a blank stands around a period or an equals sign"),
        ("C=GB.O=Acme.CN=Jane", True, None),
        ("C=GB", False, None),
    ],
)
def test_form_of_a_filter(text: str, joined: bool, wrong: str | None) -> None:  # noqa: FBT001
    assert _wrong(rdns_of(text), joined=joined) == wrong


def test_filter_that_begins_with_the_country() -> None:
    told = _wrong(rdns_of("C=GB.O=Acme.CN=Jane"), joined=False)
    assert told is not None
    assert told.startswith("it begins with the country")


@pytest.mark.parametrize(
    ("subject", "names", "answer"),
    [
        ("CN=Mike Miller", AltNames(), False),
        ("CN=J. Miller", AltNames(), False),
        ("CN=mike", None, False),
        ("CN=mike.acme.example", AltNames(), True),
        ("CN=Mike Miller", AltNames(("a.example",)), True),
        ("CN=Mike Miller", AltNames(ips=("192.0.2.1",)), True),
        ("CN=Mike Miller", AltNames(emails=("m@acme.example",)), False),
        ("O=Acme", AltNames(), True),
        (None, AltNames(), True),
    ],
)
def test_name_of_a_host(subject: str | None, names: AltNames | None, answer: bool) -> None:  # noqa: FBT001
    held = replace(FIRST, subject=Name(subject) if subject else None, alt_names=names)
    assert _names_host(held) is answer


START, END = when("2026-01-01").at, when("2030-01-01").at
ONE = self_signed(Spec(named("One"), key("EC256", 1), START, END)).model
TWO = self_signed(Spec(named("Two"), key("EC256", 1), START, END)).model
THREE = self_signed(Spec(named("Three"), key("EC256", 2), START, END)).model
RSA2, RSA4, EC2 = Key(KeyKind.RSA, 2048), Key(KeyKind.RSA, 4096), Key(KeyKind.EC, 256)
BARE = certificate("Bare")


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        (ONE, TWO, True),
        (ONE, THREE, False),
        (replace(ONE, subject_key_id="k"), replace(THREE, subject_key_id="k"), False),
        (replace(BARE, subject_key_id="k"), replace(FIRST, subject_key_id="k"), True),
        (replace(BARE, subject_key_id="k"), replace(FIRST, subject_key_id="l"), False),
        (replace(BARE, subject_key_id="k"), FIRST, None),
        (replace(BARE, key=RSA2), replace(FIRST, key=RSA2), None),
        (replace(BARE, key=RSA2), replace(FIRST, key=RSA4), False),
        (replace(BARE, key=RSA2), replace(FIRST, key=Key(KeyKind.RSA)), None),
        (replace(BARE, key=Key(KeyKind.RSA)), replace(FIRST, key=RSA2), None),
        (replace(BARE, key=RSA2), replace(FIRST, key=EC2), False),
        (replace(BARE, key=RSA2), FIRST, None),
        (BARE, replace(FIRST, key=RSA2), None),
        (replace(ONE, key=None, subject_key_id=None), replace(FIRST, key=None), None),
        (replace(FIRST, key=None), replace(ONE, key=None, subject_key_id=None), None),
    ],
)
def test_one_key(one: Certificate, two: Certificate, answer: bool | None) -> None:  # noqa: FBT001
    assert _one_key(one, two) is answer


def test_question_about_two_keys() -> None:
    both = _unknown(BARE, FIRST).needs
    assert [need.subject for need in both] == [BARE.id, FIRST.id]
    assert [need.subject for need in _unknown(ONE, FIRST).needs] == [FIRST.id]
    (only,) = _unknown(ONE, THREE).needs
    assert (only.subject, only.command) == (ONE.id, None)


@pytest.mark.parametrize(
    ("kind", "bits", "answer"),
    [
        (KeyKind.RSA, 1024, True),
        (KeyKind.RSA, 2047, True),
        (KeyKind.RSA, 2048, False),
        (KeyKind.EC, 192, True),
        (KeyKind.EC, 224, False),
        (KeyKind.BRAINPOOL, 192, True),
        (KeyKind.BRAINPOOL, 256, False),
        (KeyKind.DSA, 4096, True),
        (KeyKind.ED25519, None, False),
        (KeyKind.ED448, None, False),
        (KeyKind.OTHER, None, False),
    ],
)
def test_weak_key(kind: KeyKind, bits: int | None, answer: bool) -> None:  # noqa: FBT001
    assert _weak(Key(kind, bits)) is answer


@pytest.mark.parametrize(
    ("text", "answer"), [("127.0.0.1", True), ("::1", True), ("192.0.2.1", False), ("no address", True)]
)
def test_loopback(text: str, answer: bool) -> None:  # noqa: FBT001
    assert _loopback(text) is answer
