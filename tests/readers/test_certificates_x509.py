"""certificate_from_der: every field, damaged extensions, and the tolerant view against the strict one."""

import base64
import datetime as dt
import json
import warnings
from collections.abc import Iterable
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.errors import InputError
from zcertlint.model.certificate import Absent, Certificate, Key, KeyKind
from zcertlint.readers._x509 import certificate_from_der
from zcertlint.readers._x509_strict import Strict
from zcertlint.readers._x509_tolerant import Tolerant
from zcertlint.text.source import Span

PLACE = Span("a.pem", 3, 1)
FIELDS = (
    "subject", "issuer", "serial", "not_before", "not_after", "key", "signature", "alt_names", "key_usage",
    "extended_usage", "constraints", "subject_key_id", "authority_key_id",
)  # fmt: skip
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CZ"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Zowe Sample"),
        x509.NameAttribute(NameOID.COMMON_NAME, "zowe.example.com"),
    ]
)


def build(
    key: CertificateIssuerPrivateKeyTypes = RSA,
    *,
    extensions: Iterable[tuple[x509.ExtensionType, bool]] = (),
    serial: int = 7,
    sign: CertificateIssuerPrivateKeyTypes = RSA,
    algorithm: hashes.SHA256 | hashes.SHA384 | hashes.SHA512 | None = None,
    pss: padding.PSS | None = None,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2051, 1, 1, tzinfo=dt.UTC))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    if algorithm is None and not isinstance(sign, ed25519.Ed25519PrivateKey):
        algorithm = hashes.SHA256()
    return builder.sign(sign, algorithm, rsa_padding=pss).public_bytes(serialization.Encoding.DER)


def read(der: bytes) -> Certificate:
    return certificate_from_der(der, "file:a.pem#1", PLACE)


LEAF: list[tuple[x509.ExtensionType, bool]] = [
    (x509.BasicConstraints(ca=False, path_length=None), True),
    (
        x509.SubjectAlternativeName(
            [
                x509.DNSName("zowe.example.com"),
                x509.DNSName("*.example.com"),
                x509.IPAddress(ip_address("192.0.2.7")),
                x509.IPAddress(ip_address("2001:db8::1")),
                x509.RFC822Name("ops@example.com"),
                x509.UniformResourceIdentifier("https://example.com/"),
                x509.DirectoryName(NAME),
            ]
        ),
        False,
    ),
    (
        x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=True,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=True,
        ),
        True,
    ),
    (
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, x509.ObjectIdentifier("1.3.18.0.2.22.3")]),
        False,
    ),
    (x509.SubjectKeyIdentifier(b"\x01\xab"), False),
    (x509.AuthorityKeyIdentifier(b"\x02\xcd", None, None), False),
]


def test_every_field_of_a_leaf() -> None:
    der = build(extensions=LEAF)
    cert = read(der)
    assert cert.id == "file:a.pem#1"
    assert cert.files == ("file:a.pem#1",)
    assert cert.span("subject") == PLACE
    assert cert.subject is not None
    assert cert.subject.text == "CN=zowe.example.com.O=Zowe Sample.C=CZ"
    assert cert.subject.rdns == (
        (("2.5.4.6", "CZ"),),
        (("2.5.4.10", "Zowe Sample"),),
        (("2.5.4.3", "zowe.example.com"),),
    )
    assert cert.serial == 7
    assert str(cert.not_before) == "2024-01-02 03:04:05 UTC"
    assert str(cert.not_after) == "2051-01-01 00:00:00 UTC"
    assert cert.key == Key(KeyKind.RSA, 2048)
    assert cert.signature == "sha256RSA"
    assert cert.alt_names is not None
    assert cert.alt_names.dns == ("zowe.example.com", "*.example.com")
    assert cert.alt_names.ips == ("192.0.2.7", "2001:db8::1")
    assert cert.alt_names.emails == ("ops@example.com",)
    assert cert.alt_names.uris == ("https://example.com/",)
    assert cert.alt_names.all_known
    assert cert.key_usage == frozenset({"digitalSignature", "nonRepudiation", "keyAgreement", "decipherOnly"})
    assert cert.extended_usage == frozenset({"serverAuth", "1.3.18.0.2.22.3"})
    assert (cert.is_ca, cert.path_length) == (False, None)
    assert (cert.subject_key_id, cert.authority_key_id) == ("01AB", "02CD")
    assert cert.fingerprint == x509.load_der_x509_certificate(der).fingerprint(hashes.SHA256()).hex().upper()
    assert cert.der == der
    assert (cert.owner, cert.label, cert.trust, cert.private_key) == (None, None, None, None)


def test_what_a_certificate_is_known_not_to_have_is_absent_not_unknown() -> None:
    cert = read(build())
    assert cert.key_usage is Absent.ABSENT
    assert cert.extended_usage is Absent.ABSENT
    assert cert.subject_key_id is Absent.ABSENT
    assert cert.authority_key_id is Absent.ABSENT
    assert cert.is_ca is False
    assert cert.alt_names is not None
    assert str(cert.alt_names) == "none"
    assert cert.alt_names.all_known


def test_a_ca_with_a_path_length() -> None:
    cert = read(build(extensions=[(x509.BasicConstraints(ca=True, path_length=0), True)]))
    assert (cert.is_ca, cert.path_length) == (True, 0)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (EC, Key(KeyKind.EC, 256)),
        (ec.generate_private_key(ec.SECP521R1()), Key(KeyKind.EC, 521)),
        (ec.generate_private_key(ec.BrainpoolP384R1()), Key(KeyKind.BRAINPOOL, 384)),
        (ec.generate_private_key(ec.SECP256K1()), Key(KeyKind.OTHER, 256)),
        (dsa.generate_private_key(1024), Key(KeyKind.DSA, 1024)),
        (ed25519.Ed25519PrivateKey.generate(), Key(KeyKind.ED25519)),
        (ed448.Ed448PrivateKey.generate(), Key(KeyKind.ED448)),
    ],
    ids=str,
)
def test_key_kinds_in_both_views(key: CertificateIssuerPrivateKeyTypes, expected: Key) -> None:
    der = build(key)
    assert read(der).key == expected
    assert Tolerant(der).key() == expected


@pytest.mark.parametrize(
    ("der", "expected"),
    [
        (build(sign=RSA, algorithm=hashes.SHA512()), "sha512RSA"),
        (build(sign=EC, algorithm=hashes.SHA384()), "sha384ECDSA"),
        (build(pss=padding.PSS(padding.MGF1(hashes.SHA256()), 32)), "sha256RSAPSS"),
        (build(sign=ed25519.Ed25519PrivateKey.generate()), "1.3.101.112"),
    ],
    ids=["rsa", "ecdsa", "pss", "ed25519"],
)
def test_signatures_in_both_views(der: bytes, expected: str) -> None:
    assert read(der).signature == expected
    assert Tolerant(der).signature() == expected


@pytest.mark.parametrize("serial", [0x02, 0x00, 0xFF])
def test_serial_zero_and_negative_serials_come_without_a_warning(serial: int) -> None:
    der = build(serial=2)
    patched = der.replace(b"\x02\x01\x02\x30", b"\x02\x01" + bytes([serial]) + b"\x30", 1)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cert = read(patched)
    assert cert.serial == int.from_bytes([serial], signed=True)
    assert not caught


def test_a_bad_extension_costs_that_field_only() -> None:
    der = build(extensions=LEAF)
    oid = bytes.fromhex("0603551d11")  # subjectAltName
    at = der.index(oid) + len(oid)
    assert der[at : at + 2] == b"\x04\x81"
    # The value stays in place and in size, but its SEQUENCE becomes a NULL that is too long.
    damaged = der[: at + 3] + b"\x05" + der[at + 4 :]
    cert = read(damaged)
    assert cert.alt_names is None
    assert cert.key_usage == frozenset({"digitalSignature", "nonRepudiation", "keyAgreement", "decipherOnly"})
    assert cert.extended_usage == frozenset({"serverAuth", "1.3.18.0.2.22.3"})
    assert cert.subject_key_id == "01AB"
    assert cert.is_ca is False


def test_an_extension_that_stands_twice_is_unknown() -> None:
    der = build(extensions=LEAF)
    twice = der.replace(
        bytes.fromhex("0603551d0e"), bytes.fromhex("0603551d23")
    )  # subjectKeyIdentifier → a second AKI
    cert = read(twice)
    assert cert.authority_key_id is None
    assert cert.subject_key_id is Absent.ABSENT
    assert cert.extended_usage == frozenset({"serverAuth", "1.3.18.0.2.22.3"})


def test_a_name_with_bytes_that_its_type_forbids_is_still_read() -> None:
    der = build().replace(b"\x0c\x0bZowe Sample", b"\x13\x0bZowe S\xe1mple")
    cert = read(der)
    assert cert.subject is not None
    assert cert.subject.text == "CN=zowe.example.com.O=Zowe Sámple.C=CZ"


def test_a_year_of_two_digits_turns_at_50() -> None:
    der = build().replace(b"240102030405Z", b"500102030405Z")
    assert str(Tolerant(der).not_before()) == "1950-01-02 03:04:05 UTC"
    der = build().replace(b"240102030405Z", b"490102030405Z")
    assert str(Tolerant(der).not_before()) == "2049-01-02 03:04:05 UTC"


def tlv(tag: int, content: bytes) -> bytes:
    """One element of DER."""
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 128 + len(octets))) + octets + content


def elements(data: bytes) -> list[bytes]:
    """The elements of DER that stand one behind the other."""
    found = []
    while data:
        head = 2 if data[1] < 128 else data[1] - 126
        end = head + (data[1] if data[1] < 128 else int.from_bytes(data[2:head]))
        found.append(data[:end])
        data = data[end:]
    return found


def inside(element: bytes) -> bytes:
    return element[2 if element[1] < 128 else element[1] - 126 :]


def edited(algorithm: bytes | None = None, **fields: bytes) -> bytes:
    """A certificate in which fields of its tbsCertificate stand as given; empty ones are left out."""
    body, signed_with, signature = elements(inside(build(EC, extensions=LEAF[:1])))
    names = ("version", "serial", "signed_with", "issuer", "validity", "subject", "key", "extensions")
    parts = dict(zip(names, elements(inside(body)), strict=True)) | fields
    return tlv(0x30, tlv(0x30, b"".join(parts.values())) + (algorithm or signed_with) + signature)


def common_name(tag: int, content: bytes) -> bytes:
    return tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex("0603550403") + tlv(tag, content))))


def rest_is_read(cert: Certificate, *odd: str) -> None:
    """Everything but the odd fields is as in the certificate that was edited."""
    normal = read(edited())
    for name in ("subject", "issuer", "serial", "not_before", "not_after", "key", "signature", "is_ca"):
        if name not in odd:
            assert getattr(cert, name) == getattr(normal, name)
            assert getattr(cert, name) is not None


@pytest.mark.parametrize(
    ("tag", "content", "text"),
    [
        (0x14, "Zürich".encode("latin-1"), "Zürich"),  # T61, in practice Latin-1
        (0x1E, "Žluť ☃".encode("utf-16-be"), "Žluť ☃"),
        (0x1C, "Žluť 😀".encode("utf-32-be"), "Žluť 😀"),
        (0x1C, b"abcde", "abcde"),
        (0x0C, b"\xff\xfe", "ÿþ"),
        (0x16, b"caf\xe9", "café"),
        (0x12, b"12 3", "12 3"),
        (0x0C, b"", ""),
        (0x30, b"\x05\x00", "#30020500"),
    ],
)
def test_names_in_every_kind_of_string(tag: int, content: bytes, text: str) -> None:
    cert = read(edited(subject=common_name(tag, content)))
    assert cert.subject is not None
    assert cert.subject.text == f"CN={text}"
    rest_is_read(cert, "subject")


def test_a_certificate_of_version_1_has_no_extensions() -> None:
    cert = read(edited(version=b"", extensions=b""))
    rest_is_read(cert, "is_ca")
    assert (cert.is_ca, cert.key_usage, cert.subject_key_id) == (False, Absent.ABSENT, Absent.ABSENT)


def test_a_certificate_without_a_subject() -> None:
    cert = read(edited(subject=b"\x30\x00"))
    assert cert.subject is not None
    assert cert.subject.empty
    rest_is_read(cert, "subject")


EC_OID = bytes.fromhex("06072a8648ce3d0201")
RSA_ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")


def key_info(algorithm: bytes, key: bytes) -> bytes:
    return tlv(0x30, algorithm + tlv(0x03, b"\x00" + key))


def rsa_key(modulus: bytes) -> bytes:
    return key_info(RSA_ALGORITHM, tlv(0x30, tlv(0x02, modulus) + bytes.fromhex("0203010001")))


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (
            key_info(tlv(0x30, EC_OID + bytes.fromhex("06052b81040063")), b"\x04" + b"\x01" * 64),
            Key(KeyKind.OTHER),
        ),
        (key_info(bytes.fromhex("300506032a0304"), b"\x01"), Key(KeyKind.OTHER)),
        (rsa_key(b"\x00" + b"\xff" * 2048), Key(KeyKind.RSA, 16384)),
        (rsa_key(b"\x00" + b"\xff" * 100_000), Key(KeyKind.RSA, 800_000)),
        (rsa_key(b"\xff" * 256), None),  # negative
        (rsa_key(b"\x00"), None),
    ],
    ids=["unknown curve", "unknown algorithm", "16384", "800000", "negative", "zero"],
)
def test_keys_that_nobody_expects(info: bytes, expected: Key | None) -> None:
    cert = read(edited(key=info))
    assert cert.key == expected
    rest_is_read(cert, "key")


def test_an_unknown_signature_is_named_by_its_oid() -> None:
    cert = read(edited(bytes.fromhex("300506032a0304")))
    assert cert.signature == "1.2.3.4"
    rest_is_read(cert, "signature")


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (0x18, "20510101000000Z", "2051-01-01 00:00:00 UTC"),
        (0x18, "99991231235959Z", "9999-12-31 23:59:59 UTC"),
        (0x18, "20240101000000.5Z", "2024-01-01 00:00:00 UTC"),
        (0x17, "340101000000+0100", "2033-12-31 23:00:00 UTC"),
        (0x17, "3401010000Z", "2034-01-01 00:00:00 UTC"),
        (0x17, "341301000000Z", None),
        (0x17, "340230000000Z", None),
        (0x17, "340101240000Z", None),
        (0x18, "00000101000000Z", None),
        (0x18, "99991231235959-2359", None),
        (0x18, "", None),
    ],
)
def test_dates_of_all_kinds(tag: int, text: str, expected: str | None) -> None:
    until = tlv(tag, text.encode())
    cert = read(edited(validity=tlv(0x30, tlv(0x17, b"240102030405Z") + until)))
    assert (None if cert.not_after is None else str(cert.not_after)) == expected
    rest_is_read(cert, "not_after")


def test_a_serial_number_that_python_would_not_print_is_unknown() -> None:
    assert read(edited(serial=tlv(0x02, b"\x01" * 40))).serial == int.from_bytes(b"\x01" * 40)
    cert = read(edited(serial=tlv(0x02, b"\x01" * 5000)))
    assert cert.serial is None
    rest_is_read(cert, "serial")


def test_nesting_without_end_is_refused_in_no_time() -> None:
    deep = b""
    for _ in range(3000):
        deep = tlv(0x30, deep)
    cert = read(edited(tlv(0x30, bytes.fromhex("06092a864886f70d01010a") + deep)))
    assert cert.signature is None
    rest_is_read(cert, "signature")


@pytest.mark.parametrize(
    "der", [b"", b"0", b"\x30\x03\x02\x01\x05", b"x" * 100, b"\x30" * 5000, bytes(1 << 21)]
)
def test_what_is_no_certificate_is_refused_with_its_place(der: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(der)
    assert (caught.value.file, caught.value.line) == ("a.pem", 3)
    assert "RACDCERT EXPORT" in caught.value.hint


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_certificate_or_an_input_error(data: st.DataObject) -> None:
    der = bytearray(_SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        der[data.draw(st.integers(0, len(der) - 1))] = data.draw(st.integers(0, 255))
    try:
        cert = read(bytes(der))
    except InputError:
        return
    assert cert.der == bytes(der)


_SAMPLE = build(extensions=LEAF)


def test_both_views_agree_over_the_public_corpus() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("no corpus")
    cases = json.loads((folder / "limbo" / "limbo-208.json").read_text(encoding="utf-8"))["testcases"]
    seen = 0
    for case in cases:
        for pem in [case["peer_certificate"], *case["trusted_certs"], *case["untrusted_intermediates"]]:
            der = base64.b64decode("".join(line for line in pem.split("\n") if "-----" not in line))
            assert read(der).subject is not None
            seen += _compare(der)
    assert seen > 10_000


def _compare(der: bytes) -> int:
    """How many fields both views can decode; they must be equal."""
    agreed = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        strict, tolerant = Strict(der), Tolerant(der)
        for field in FIELDS:
            try:
                answers = getattr(strict, field)(), getattr(tolerant, field)()
            except Exception:  # noqa: BLE001
                continue
            if field == "key" and answers[1].kind is KeyKind.OTHER:
                continue  # explicit curve parameters: only the strict view names the curve
            assert answers[0] == answers[1], field
            agreed += 1
    return agreed
