"""Which names a CA allows below it (RFC 5280, 4.2.1.10)."""

import ipaddress
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from support.certificates import certificate
from support.pki import key
from zcertlint.model.certificate import AltNames, Certificate
from zcertlint.model.names import Name
from zcertlint.trust.constraints import names_allowed

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
HOLDER = key("EC256", 1)


def dn(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


ORG, COMMON, MAIL = NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME, NameOID.EMAIL_ADDRESS
ACME = dn((ORG, "Acme"))


def tree(text: str) -> x509.GeneralName:
    if text.startswith("O="):
        return x509.DirectoryName(dn((ORG, text[2:])))
    if "@" in text:
        return x509.RFC822Name(text)
    if "/" in text:
        return x509.IPAddress(ipaddress.ip_network(text))
    return x509.DNSName(text)


def name(text: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address(text)) if text[0].isdigit() else tree(text)


def made(subject: x509.Name, *extensions: x509.ExtensionType) -> bytes:
    builder = x509.CertificateBuilder(ACME, subject, HOLDER.public_key(), 1, START, END)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(HOLDER, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def ca(permitted: str = "", excluded: str = "") -> bytes:
    trees = ([tree(text) for text in texts.split()] or None for texts in (permitted, excluded))
    return made(ACME, x509.NameConstraints(*trees))


def leaf(names: str = "", subject: x509.Name = ACME, *, self_issued: bool = False) -> Certificate:
    alternatives = [name(text) for text in names.split()]
    der = made(subject, *([x509.SubjectAlternativeName(alternatives)] if alternatives else []))
    issuer = Name("O=Acme") if self_issued else Name("O=Other")
    return Certificate("file:x#1", subject=Name("O=Acme"), issuer=issuer, der=der)


@pytest.mark.parametrize(
    ("permitted", "excluded", "names", "answer"),
    [
        ("acme.example", "", "acme.example", True),
        ("acme.example", "", "ZOWE.acme.example", True),
        ("acme.example.", "", "zowe.acme.example.", True),
        ("acme.example", "", "zowe.acme.example a.test", False),
        ("acme.example", "", "zoweacme.example", False),
        ("acme.example a.test", "", "zowe.acme.example b.a.test", True),
        ("acme.example", "", "192.0.2.1", True),  # an address is of another kind
        ("acme.example", "", "*.acme.example", True),
        ("a.acme.example", "", "*.acme.example", None),
        (".acme.example", "", "zowe.acme.example", None),
        ("", "acme.example", "zowe.acme.example", False),
        ("", "acme.example", "acme.test zowe.acme.example", False),
        ("", "acme.example", "zowe.acme.test", True),
        ("", "a.acme.example", "*.acme.example", None),
        ("", "a.acme.example", "*.acme.test", True),
        ("", ".acme.example", "zowe.acme.example", None),
        ("", ".acme.example acme.test", "zowe.acme.test", False),
        ("acme.example", "zowe.acme.example", "zowe.acme.example", False),
        ("192.0.2.0/24", "", "192.0.2.1", True),
        ("192.0.2.0/24", "", "192.0.2.1 a.example", True),
        ("192.0.2.0/24", "", "198.51.100.1", False),
        ("", "192.0.2.0/24", "192.0.2.1", False),
        ("", "192.0.2.0/24", "198.51.100.1", True),
        ("O=Acme", "", "", True),
        ("O=ACME", "", "", True),
        ("O=Other", "", "", False),
        ("", "O=Acme", "", False),
        ("", "O=Other", "", True),
        ("a@acme.example", "", "zowe.acme.example", True),
        ("a@acme.example", "", "a@acme.example", None),
        ("", "a@acme.example", "b@acme.example", None),
    ],
)
def test_names(permitted: str, excluded: str, names: str, answer: bool | None) -> None:  # noqa: FBT001
    assert names_allowed(ca(permitted, excluded), leaf(names), leaf=True) is answer


HOST = dn((ORG, "Acme"), (COMMON, "zowe.acme.example"))


@pytest.mark.parametrize(
    ("permitted", "excluded", "names", "subject", "answer"),
    [
        # OpenSSL constrains a CN that looks like a host, Java does not.
        ("acme.test", "", "", HOST, None),
        ("acme.example", "", "", HOST, True),
        ("acme.test acme.example", "", "", HOST, True),
        ("", "acme.example", "", HOST, None),
        ("", ".acme.example", "", HOST, None),
        ("", "acme.test", "", HOST, True),
        ("", "acme.example", "zowe.acme.test", HOST, True),
        ("acme.test", "", "zowe.acme.test", HOST, True),
        ("acme.test", "", "", dn((COMMON, "Zowe")), True),
        ("acme.test", "", "", dn((COMMON, "Zowe v2. Server")), True),
        ("acme.test", "", "", dn((COMMON, "zowe.acme.test"), (COMMON, "Zowe")), True),
        ("a@acme.example", "", "", dn((MAIL, "a@acme.example")), None),
        ("a@acme.example", "", "", ACME, True),
        ("", "192.0.2.0/24", "", HOST, True),
        ("192.0.2.0/24", "", "", HOST, True),
        ("O=Acme", "", "", HOST, True),
        ("O=Acme", "", "O=Other", HOST, False),
        ("O=Acme", "", "zowe.acme.test", x509.Name([]), True),
    ],
)
def test_subject(
    permitted: str,
    excluded: str,
    names: str,
    subject: x509.Name,
    answer: bool | None,  # noqa: FBT001
) -> None:
    assert names_allowed(ca(permitted, excluded), leaf(names, subject), leaf=True) is answer


def test_a_ca_that_is_its_own_issuer_is_not_looked_at() -> None:
    limits = ca(permitted="O=Other")
    assert names_allowed(limits, leaf(self_issued=True), leaf=False) is True
    assert names_allowed(limits, leaf(self_issued=True), leaf=True) is False
    assert names_allowed(limits, leaf(), leaf=False) is False


def test_without_constraints() -> None:
    assert names_allowed(made(ACME), leaf("a.test"), leaf=True) is True
    assert names_allowed(made(ACME), Certificate("file:x#1", der=b"no"), leaf=True) is True


def test_what_cannot_be_read() -> None:
    assert names_allowed(b"no", leaf("a.test"), leaf=True) is None
    assert names_allowed(ca("acme.example"), Certificate("file:x#1", der=b"no"), leaf=True) is None


@pytest.mark.parametrize(
    ("permitted", "excluded", "names", "common", "answer"),
    [
        ("acme.example", "", AltNames(("zowe.acme.example",)), "Zowe", True),
        ("acme.example", "", AltNames(("zowe.acme.test",)), "Zowe", False),
        ("acme.example", "", AltNames(("zowe.acme.test",), complete=frozenset({"dns"})), "Zowe", None),
        ("acme.example", "", None, "Zowe", None),
        ("192.0.2.0/24", "", AltNames(ips=("192.0.2.1",)), "Zowe", True),
        ("192.0.2.0/24", "", AltNames(ips=("no address",)), "Zowe", None),
        ("acme.test", "", AltNames(), "zowe.acme.example", None),
        ("acme.test", "", AltNames(("acme.test",)), "zowe.acme.example", True),
        # How a listed DN is encoded no listing tells.
        ("O=Acme", "", AltNames(), "Zowe", None),
        ("", "O=Acme", AltNames(), "Zowe", None),
        ("a@acme.example", "", AltNames(emails=("a@acme.example",)), "Zowe", None),
        ("a@acme.example", "", AltNames(uris=("https://acme.example",)), "Zowe", None),
        ("a@acme.example", "", AltNames(), "Zowe", True),
    ],
)
def test_names_of_a_listing(
    permitted: str,
    excluded: str,
    names: AltNames | None,
    common: str,
    answer: bool | None,  # noqa: FBT001
) -> None:
    listed = certificate(common, "Acme", alt_names=names)
    assert names_allowed(ca(permitted, excluded), listed, leaf=True) is answer


def test_subject_of_a_listing_that_is_not_shown() -> None:
    listed = Certificate("ID(X)/S", alt_names=AltNames(("zowe.acme.example",)))
    assert names_allowed(ca("acme.example"), listed, leaf=True) is None
