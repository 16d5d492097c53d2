"""Which names of a certificate cover the host that a client calls."""

from dataclasses import replace

import pytest

from support.certificates import certificate, client
from zcertlint.model.certificate import AltNames
from zcertlint.model.deployment import Stack
from zcertlint.model.names import Name
from zcertlint.trust.names import NameMatch, NameReason, address_of, dns_matches, match_host

ALL = frozenset({"dns", "ip", "email", "uri"})
LISTED = frozenset({"email", "uri"})  # a LIST before z/OS 3.2: one name of each type


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("zowe.acme.example", "zowe.acme.example", True),
        ("ZOWE.acme.example", "zowe.ACME.example", True),
        ("zowe.acme.example.", "zowe.acme.example", True),
        ("zowe.acme.example", "zowe.acme.example.", True),
        ("zowe.acme.example", "zowe.acme.example2", False),
        ("*.acme.example", "zowe.acme.example", True),
        ("*.ACME.example.", "zowe.acme.example.", True),
        ("*.acme.example", "a.zowe.acme.example", False),
        ("*.acme.example", "acme.example", False),
        ("*.acme.example", "zowe.acme.test", False),
        ("*.example", "acme.example", False),
        ("*.", "acme", False),
        ("*zowe.acme.example", "azowe.acme.example", False),
        ("z*.acme.example", "zowe.acme.example", False),
        ("acme.example", "zowe.acme.example", False),
        ("xn--zsmf-5qa.acme.example", "ZÖSMF.acme.example", True),
        ("zösmf.acme.example", "xn--zsmf-5qa.acme.example", False),
        ("zosmf.acme.example", "zösmf.acme.example", False),
        ("a..example", "ä..example", False),
    ],
)
def test_pattern(pattern: str, host: str, fits: bool) -> None:  # noqa: FBT001
    assert dns_matches(pattern, host) is fits


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "[2001:db8::1]"])
def test_address(host: str) -> None:
    assert address_of(host) is not None


@pytest.mark.parametrize("host", ["zowe", "192.0.2", "192.0.2.1.example", ""])
def test_no_address(host: str) -> None:
    assert address_of(host) is None


def match(
    names: AltNames | None, host: str, stack: Stack, subject: str | None = "CN=zowe.acme.example"
) -> NameMatch:
    held = certificate(alt_names=names)
    return match_host(replace(held, subject=Name(subject) if subject else None), host, client(stack))


JAVA, CLIENT4, BROWSER = Stack.JSSE, Stack.CLIENT4, Stack.BROWSER
HOST, OTHER, ADDRESS = "zowe.acme.example", "mvs1.acme.example", "192.0.2.1"


@pytest.mark.parametrize(
    ("names", "host", "stack", "answer", "reason"),
    [
        (AltNames((OTHER, HOST)), HOST, JAVA, True, NameReason.SAN),
        (AltNames((HOST,), complete=LISTED), HOST, BROWSER, True, NameReason.SAN),
        (AltNames((OTHER,)), HOST, JAVA, False, NameReason.NOT_IN_SAN),  # the CN is not looked at
        (AltNames(), HOST, JAVA, True, NameReason.COMMON_NAME),
        (AltNames(), OTHER, JAVA, False, NameReason.NO_SAN),
        (AltNames(), HOST, BROWSER, False, NameReason.NO_SAN),
        (AltNames(ips=(ADDRESS,)), HOST, JAVA, True, NameReason.COMMON_NAME),
        (AltNames(ips=(ADDRESS,)), HOST, CLIENT4, False, NameReason.NO_SAN),
        (AltNames(emails=("a@acme.example",)), HOST, CLIENT4, True, NameReason.COMMON_NAME),
        (AltNames(ips=(ADDRESS,)), ADDRESS, JAVA, True, NameReason.SAN),
        (AltNames(ips=("2001:db8:0::1",)), "[2001:db8::1]", JAVA, True, NameReason.SAN),
        (AltNames(ips=(ADDRESS,), complete=LISTED), ADDRESS, JAVA, True, NameReason.SAN),
        (AltNames(ips=("192.0.2.2",)), ADDRESS, JAVA, False, NameReason.ADDRESS_NOT_IN_SAN),
        (AltNames((ADDRESS,)), ADDRESS, JAVA, False, NameReason.ADDRESS_NOT_IN_SAN),
    ],
)
def test_host(names: AltNames, host: str, stack: Stack, answer: bool, reason: NameReason) -> None:  # noqa: FBT001
    assert match(names, host, stack) == NameMatch(answer, reason)


@pytest.mark.parametrize(
    ("names", "host", "reason", "question"),
    [
        (None, HOST, NameReason.NOT_SHOWN, None),
        (None, ADDRESS, NameReason.NOT_SHOWN, None),
        (AltNames((OTHER,), complete=LISTED), HOST, NameReason.MORE_NAMES, NameReason.NOT_IN_SAN),
        (AltNames((OTHER,), complete=LISTED | {"ip"}), HOST, NameReason.MORE_NAMES, NameReason.NOT_IN_SAN),
        (AltNames(complete=LISTED | {"ip"}), HOST, NameReason.MORE_NAMES, NameReason.NO_SAN),
        (AltNames(complete=LISTED | {"dns"}), ADDRESS, NameReason.MORE_NAMES, NameReason.ADDRESS_NOT_IN_SAN),
        (
            AltNames(ips=("192.0.2.2",), complete=LISTED),
            ADDRESS,
            NameReason.MORE_NAMES,
            NameReason.ADDRESS_NOT_IN_SAN,
        ),
    ],
)
def test_listing_leaves_it_open(
    names: AltNames | None, host: str, reason: NameReason, question: NameReason | None
) -> None:
    assert match(names, host, JAVA) == NameMatch(None, reason, question)


@pytest.mark.parametrize("stack", [JAVA, CLIENT4])
def test_common_name_of_a_subject_that_no_input_shows(stack: Stack) -> None:
    assert match(AltNames(), HOST, stack, subject=None) == NameMatch(None, NameReason.NOT_SHOWN)
    assert match(AltNames(), HOST, BROWSER, subject=None) == NameMatch(False, NameReason.NO_SAN)


@pytest.mark.parametrize("stack", [JAVA, CLIENT4])
def test_subject_without_common_name(stack: Stack) -> None:
    assert match(AltNames(), HOST, stack, subject="O=Acme") == NameMatch(False, NameReason.NO_SAN)


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        (AltNames(), True),
        (AltNames((HOST,)), False),
        (AltNames(ips=("192.0.2.2",)), False),
        (AltNames(complete=frozenset({"dns", "ip"})), False),
    ],
)
def test_address_in_the_common_name_counts_for_httpclient_4_without_any_name(
    names: AltNames,
    answer: bool,  # noqa: FBT001
) -> None:
    assert match(names, ADDRESS, CLIENT4, subject=f"CN={ADDRESS}").answer is answer
    assert match(names, ADDRESS, JAVA, subject=f"CN={ADDRESS}").answer is False
    assert match(names, ADDRESS, CLIENT4, subject="CN=192.0.2.9").answer is False
