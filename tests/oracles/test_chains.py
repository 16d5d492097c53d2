"""Chains and names against ``openssl verify``, Python's ssl and cryptography's verifier, case by case."""

import datetime as dt
import ipaddress
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from oracles.explain import Difference, compare
from oracles.generate import FAULTS, Generated, meetings
from oracles.hosts import host_meetings
from oracles.peers import Outcome, openssl_verify, python_handshake
from support.pki import Meeting
from zcertlint.model.deployment import Stack

_AS_OF = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
_NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)  # a handshake cannot be told what time it is
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl command here")

_NAMED_AS_CA = (
    "CE118 rests on a handshake in which the chain was sent otherwise; the verdict is the stricter one"
)
_FIRST = "of several issuers of one name OpenSSL tries one; which, no input shows, so the answer stays open"
_RESTRICTED = "constraints that are not judged leave the answer open"
_OPENSSL = (
    Difference("?CH106", "*", _RESTRICTED),
    Difference("?KR117", "*", _FIRST),
    Difference("CE118", "", _NAMED_AS_CA),
)
# Where Java and curl do not agree, by the table of what each checks.
_PARTIAL = (
    Difference("?CH106", "*", _RESTRICTED),
    Difference("holds", "unhandled critical extension", "OpenSSL only: Java skips what stands in an anchor"),
    Difference("holds", "excluded subtree violation", "OpenSSL only: Java skips what stands in an anchor"),
    Difference("holds", "permitted subtree violation", "OpenSSL only: Java skips what stands in an anchor"),
    Difference("holds", "signature digest algorithm too weak", "OpenSSL only: Java's default allows SHA-1"),
    Difference("holds", "path length constraint exceeded", "OpenSSL only: Java skips the anchor's own"),
    Difference(
        "holds", "unsuitable certificate purpose", "OpenSSL looks at CAs and at anchors, Java does not"
    ),
    Difference("holds", "certificate is not yet valid", "OpenSSL only: Java skips the anchor's dates"),
    Difference("holds", "certificate has expired", "OpenSSL only: Java skips the anchor's dates"),
    Difference("holds", "self-signed certificate in certificate chain", "Java tries every issuer of a name"),
    Difference("CE115", "", "Java only: an anchor must say that it is a CA"),
    Difference("CE113", "", "Java only: it demands digitalSignature"),
    Difference("CE118", "", _NAMED_AS_CA),
)
_STRICTER = "the Web's policy is stricter than RFC 5280 and Java"
_WEB = (
    Difference("holds", "unaccounted-for critical extensions", "Java skips what stands in an anchor"),
    Difference("holds", "excluded name constraint", "Java skips what stands in an anchor"),
    Difference("holds", "no permitted name constraints", "Java skips what stands in an anchor"),
    Difference("?CH106", "*", _RESTRICTED),
    Difference("holds", "Forbidden signature algorithm", _STRICTER),
    Difference("holds", "Forbidden public key algorithm", _STRICTER),
    Difference("holds", "Certificate is missing required extension", _STRICTER),
    Difference("holds", "RSA key is too weak", _STRICTER),
    Difference("holds", "cA must not be asserted", _STRICTER),
    Difference("holds", "has no subjectAltName", "Java falls back to the CN"),
    Difference("holds", "has no matching subjectAltName", "Java falls back to the CN without a dNSName"),
    Difference("holds", "path length constraint violated", "Java skips the anchor's own"),
    Difference("holds", "cert is not valid at validation time", "Java skips the anchor's dates"),
    Difference("holds", "Neither EKU nor anyEKU", "Java does not look at the usages of a CA"),
    Difference(
        "holds", "required EKU not found", "Java takes anyExtendedKeyUsage, and what it holds as it is"
    ),
    Difference("CE113", "", "the verifier does not look at the key usage of a leaf"),
    Difference("CE118", "", _NAMED_AS_CA),
)
_PARTS = (
    "OpenSSL and Java let * stand for a part of a label; RFC 6125 advises against it, NA101 asks for more"
)


@needs_openssl
def test_node_chains_are_those_of_openssl(tmp_path: Path) -> None:
    cases = list(_both(meetings(5, 300, _AS_OF)))
    pairs = (
        (f"{case}, names {names}", case.meeting.judged(Stack.NODE, _AS_OF, names=names),
         openssl_verify(case.meeting, _AS_OF, tmp_path, names=names))
        for case, names in cases
    )  # fmt: skip
    compare(pairs, _OPENSSL)


def test_node_chains_are_those_of_a_handshake_with_openssl(tmp_path: Path) -> None:
    pairs = (
        (f"{case}, names {names}", case.meeting.judged(Stack.NODE, _NOW, names=names),
         python_handshake(case.meeting, tmp_path, names=names))
        for case, names in _both(meetings(5, 600, _NOW))
    )  # fmt: skip
    compare(pairs, _OPENSSL)


@needs_openssl
def test_java_chains_differ_from_openssl_with_any_anchor_only_as_listed(tmp_path: Path) -> None:
    pairs = (
        (str(case), case.meeting.judged(Stack.JSSE, _AS_OF, names=False),
         openssl_verify(case.meeting, _AS_OF, tmp_path, partial=True))
        for case in meetings(7, 500, _AS_OF)
    )  # fmt: skip
    compare(pairs, _PARTIAL)


def test_what_the_web_accepts_java_accepts() -> None:
    pairs = (
        (str(case), case.meeting.judged(Stack.JSSE, _AS_OF, names=True), _web(case.meeting))
        for case in meetings(7, 400, _AS_OF)
    )
    compare(pairs, _WEB)


def test_every_fault_is_planted_alone_once() -> None:
    alone = [case.planted for case in meetings(1, len(FAULTS), _AS_OF)]
    assert sorted(fault for planted in alone for fault in planted) == sorted(FAULTS)
    assert all(len(planted) == 1 for planted in alone)


def test_the_same_seed_makes_the_same_cases() -> None:
    one, other = (list(map(str, meetings(9, 80, _AS_OF))) for _ in range(2))
    assert one == other


def test_certificates_that_are_only_known_decide_nothing() -> None:
    """A CA that some input shows but nobody sends or trusts does not make a chain hold."""
    for case in meetings(11, 200, _AS_OF):
        alone = Meeting(
            case.meeting.name, case.meeting.leaf, case.meeting.sent, case.meeting.trusted, case.meeting.host
        )
        for stack in (Stack.JSSE, Stack.NODE, Stack.SYSTEM_SSL):
            known = case.meeting.judged(stack, _AS_OF, names=True).answer
            assert known is alone.judged(stack, _AS_OF, names=True).answer, f"{case}: {stack}"


def test_names_are_those_of_a_handshake_with_openssl(tmp_path: Path) -> None:
    """Python's own flag refuses * within a label, as RFC 6125 advises."""
    pairs = (
        (meeting.name, meeting.judged(Stack.NODE, _NOW, names=True),
         python_handshake(meeting, tmp_path, names=True))
        for meeting in host_meetings(_NOW)
    )  # fmt: skip
    compare(pairs, ())


@needs_openssl
def test_names_are_those_of_openssl_verify(tmp_path: Path) -> None:
    pairs = (
        (meeting.name, meeting.judged(Stack.NODE, _AS_OF, names=True),
         openssl_verify(meeting, _AS_OF, tmp_path, names=True))
        for meeting in host_meetings(_AS_OF)
    )  # fmt: skip
    compare(pairs, (Difference("NA101", "", _PARTS),))


def test_browser_names_are_those_of_cryptography() -> None:
    """The CN never counts. The client's chain is not judged, so only names can differ."""
    cases = [meeting for meeting in host_meetings(_AS_OF) if "*.com" not in meeting.name]
    pairs = (
        (meeting.name, meeting.judged(Stack.BROWSER, _AS_OF, names=True), _web(meeting)) for meeting in cases
    )
    compare(pairs, ())


def _both(cases: Iterator[Generated]) -> Iterator[tuple[Generated, bool]]:
    for case in cases:
        yield case, False
        yield case, True


def _web(meeting: Meeting) -> Outcome:
    """What cryptography's verifier, with the policy of the Web, says of the server."""
    subject: x509.GeneralName
    try:
        subject = x509.IPAddress(ipaddress.ip_address(meeting.host))
    except ValueError:
        subject = x509.DNSName(meeting.host)
    store = Store([made.certificate for made in meeting.trusted])
    verifier = PolicyBuilder().store(store).time(_AS_OF).build_server_verifier(subject)
    try:
        verifier.verify(meeting.leaf.certificate, [made.certificate for made in meeting.sent])
    except VerificationError as refused:
        return Outcome(False, str(refused))
    return Outcome(True)
