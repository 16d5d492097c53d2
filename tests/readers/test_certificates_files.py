"""Certificate files: PEM in every surrounding, DER, PKCS#7, keys; nothing raises, nothing hides another."""

import base64
import datetime as dt
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, certificate_files
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "certificates"
KEY = ec.generate_private_key(ec.SECP256R1())
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM


def certificate(name: str) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2034, 1, 1, tzinfo=dt.UTC))
        .sign(KEY, hashes.SHA256())
    )


ONE, TWO = certificate("one"), certificate("two")
ONE_PEM, TWO_PEM = (cert.public_bytes(PEM).decode() for cert in (ONE, TWO))


def read(data: bytes | str, path: str = "c.pem") -> Facts:
    source = load(path, data if isinstance(data, bytes) else data.encode())
    assert certificate_files.recognise(source)
    facts = certificate_files.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)
    return facts


def names(facts: Facts) -> list[tuple[str, str]]:
    return [(cert.id, str(cert.subject)) for cert in facts.certificates]


BOTH = [("file:c.pem#1", "CN=one"), ("file:c.pem#2", "CN=two")]


@pytest.mark.parametrize(
    "text",
    [
        ONE_PEM + TWO_PEM,
        (ONE_PEM + TWO_PEM).replace("\n", "\r\n"),
        "Subject: one\n\n" + ONE_PEM + "Bag Attributes\n  friendlyName: two\n" + TWO_PEM + "bye\n",
        "\n".join(line + "   " for line in (ONE_PEM + TWO_PEM).split("\n")),
        "\n".join("    " + line for line in (ONE_PEM + TWO_PEM).split("\n")),
        ONE_PEM.replace("CERTIFICATE", "X509 CERTIFICATE") + TWO_PEM,
        ONE_PEM.replace("\n", "\n\n") + TWO_PEM,
        '{"a": "' + ONE_PEM.replace("\n", "\\n") + '",\n"b": "' + TWO_PEM.replace("\n", "\\n") + '"}',
        '{"a": "' + (ONE_PEM + TWO_PEM).replace("\n", "\\r\\n") + '"}',
        (ONE_PEM + TWO_PEM).replace("\n", ""),
        (ONE_PEM + TWO_PEM).replace("\n", " "),
        ONE_PEM.rstrip() + TWO_PEM,
        "\n".join("> > " + line for line in (ONE_PEM + TWO_PEM).split("\n")),
        (ONE_PEM + TWO_PEM).replace("\n", "\u200b\n").replace("-----BEGIN", "\u00a0-----BEGIN"),
        (ONE_PEM + TWO_PEM).replace("-----", "\u2014\u2014"),
        "".join(f"{line:<72}{n:08}\n" for n, line in enumerate((ONE_PEM + TWO_PEM).split("\n"))),
        "".join(f"{n:06} {line}\n" for n, line in enumerate((ONE_PEM + TWO_PEM).split("\n"))),
        f"<a><cert>{ONE_PEM}</cert><cert>{TWO_PEM.strip()}</cert></a>",
    ],
    ids=[
        "plain",
        "crlf",
        "text around",
        "trailing blanks",
        "indented",
        "x509 label",
        "blank lines",
        "json",
        "json crlf",
        "no line ends",
        "blanks for line ends",
        "end and begin in one line",
        "quoted twice",
        "invisible characters",
        "a word processor's dashes",
        "sequence numbers",
        "an editor's line numbers",
        "xml",
    ],
)
def test_every_surrounding(text: str) -> None:
    facts = read(text)
    assert names(facts) == BOTH
    assert not facts.problems


def test_the_place_is_the_begin_line() -> None:
    facts = read("note\n" + ONE_PEM + "note\n  " + TWO_PEM)
    places = [cert.span() for cert in facts.certificates]
    assert [(place.line, place.column) for place in places] == [(2, 1), (3 + ONE_PEM.count("\n"), 3)]
    assert places[0].text == "-----BEGIN CERTIFICATE-----"


def test_an_ebcdic_export_is_read() -> None:
    assert names(read((ONE_PEM + TWO_PEM).encode("cp037").replace(b"\x25", b"\x15"))) == BOTH


def test_a_trusted_certificate_loses_openssl_s_own_data() -> None:
    body = base64.encodebytes(ONE.public_bytes(DER) + b"\x30\x03\x02\x01\x01").decode()
    facts = read(f"-----BEGIN TRUSTED CERTIFICATE-----\n{body}-----END TRUSTED CERTIFICATE-----\n")
    assert facts.certificates[0].der == ONE.public_bytes(DER)


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (ONE_PEM.replace("M", "!", 1), 2),
        (ONE_PEM.replace("-----END CERTIFICATE-----\n", ""), None),
        ("\n".join(ONE_PEM.split("\n")[:3] + ONE_PEM.split("\n")[-2:]), 1),
    ],
    ids=["no base64", "no end", "lines lost"],
)
def test_a_broken_block_is_one_problem_and_its_neighbours_survive(damage: str, line: int | None) -> None:
    facts = read(damage + TWO_PEM)
    assert names(facts) == [("file:c.pem#2", "CN=two")]
    (problem,) = facts.problems
    assert (problem.code, problem.fatal) == ("IN001", True)
    assert problem.span.line == (line or 1 + damage.count("\n"))
    assert "base64" not in problem.hint


def test_a_block_that_never_ends_is_a_problem_of_its_first_line() -> None:
    facts = read("x\n" + ONE_PEM.replace("-----END", "-----AND"))
    assert [(p.code, p.span.line) for p in facts.problems] == [("IN001", 2)]


def test_a_block_with_lines_left_out_by_its_author_is_an_illustration() -> None:
    lines = ONE_PEM.split("\n")
    facts = read("\n".join([*lines[:2], "...", *lines[-3:]]) + TWO_PEM)
    assert names(facts) == [("file:c.pem#1", "CN=two")]
    assert not facts.problems


@pytest.mark.parametrize(
    ("form", "protection", "found"),
    [
        (serialization.PrivateFormat.PKCS8, serialization.NoEncryption(), True),
        (serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption(), True),
        (serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x"), False),
        (serialization.PrivateFormat.TraditionalOpenSSL, serialization.BestAvailableEncryption(b"x"), False),
    ],
    ids=["pkcs8", "traditional", "pkcs8 encrypted", "traditional encrypted"],
)
def test_a_private_key_in_clear_is_reported_and_never_shown(
    form: serialization.PrivateFormat, protection: serialization.KeySerializationEncryption, *, found: bool
) -> None:
    key = KEY.private_bytes(PEM, form, protection).decode()
    facts = read(ONE_PEM + key)
    assert names(facts) == [("file:c.pem#1", "CN=one")]
    assert [(p.code, p.fatal, p.span.line) for p in facts.problems] == (
        [("IN007", False, 1 + ONE_PEM.count("\n"))] if found else []
    )
    assert key.split("\n")[1] not in repr(facts)


def test_requests_and_public_keys_are_noise() -> None:
    request = x509.CertificateSigningRequestBuilder().subject_name(ONE.subject).sign(KEY, hashes.SHA256())
    facts = read(request.public_bytes(PEM).decode() + ONE_PEM)
    assert names(facts) == [("file:c.pem#1", "CN=one")]
    public = KEY.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert not certificate_files.recognise(load("k.pem", public))


def test_der_with_and_without_padding() -> None:
    for data in (ONE.public_bytes(DER), ONE.public_bytes(DER) + bytes(40)):
        facts = read(data, "c.der")
        assert names(facts) == [("file:c.der#1", "CN=one")]
        assert facts.certificates[0].der == ONE.public_bytes(DER)
        assert facts.certificates[0].span().line is None


def test_pkcs7_in_der_and_pem() -> None:
    for encoding, path in ((DER, "c.p7b"), (PEM, "c.pem")):
        facts = read(pkcs7.serialize_certificates([ONE, TWO], encoding), path)
        assert sorted(str(cert.subject) for cert in facts.certificates) == ["CN=one", "CN=two"]
        assert {cert.der for cert in facts.certificates} == {ONE.public_bytes(DER), TWO.public_bytes(DER)}
        assert [cert.id for cert in facts.certificates] == [f"file:{path}#1", f"file:{path}#2"]


def test_a_message_without_certificates_is_a_problem_beside_a_certificate() -> None:
    facts = read(ONE_PEM + "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n")
    assert names(facts) == [("file:c.pem#1", "CN=one")]
    assert [p.code for p in facts.problems] == ["IN001"]


def test_every_block_keeps_its_lines() -> None:
    facts = read("note\n" + ONE_PEM + "\nnote\n" + TWO_PEM)
    size = ONE_PEM.count("\n")
    assert facts.marks == b"\x00" + b"\x01" * size + b"\x00\x00" + b"\x01" * TWO_PEM.count("\n")
    assert facts.lines == (facts.marks.count(1), 3, 0)


def test_certificates_in_der_one_behind_the_other() -> None:
    both = ONE.public_bytes(DER) + TWO.public_bytes(DER)
    assert names(read(both)) == BOTH
    assert names(read(both + bytes(8000))) == BOTH
    facts = read(both + b"\x04\x02no")
    assert names(facts) == BOTH
    assert [(p.code, p.fatal) for p in facts.problems] == [("IN008", False)]
    assert "4 bytes" in facts.problems[0].expected


@pytest.mark.parametrize("size", [100, 250, -1])
def test_half_a_certificate_in_der_is_a_problem_not_another_file(size: int) -> None:
    facts = read(ONE.public_bytes(DER)[:size], "c.der")
    assert not facts.certificates
    assert [(p.code, p.fatal) for p in facts.problems] == [("IN001", True)]
    assert "file ends" in facts.problems[0].expected


@pytest.mark.parametrize(
    "form", [serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL]
)
@pytest.mark.parametrize("key", [KEY, rsa.generate_private_key(65537, 2048)], ids=["EC", "RSA"])
def test_a_private_key_in_der_is_reported(
    form: serialization.PrivateFormat, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
) -> None:
    facts = read(key.private_bytes(DER, form, serialization.NoEncryption()), "k.der")
    assert [(p.code, p.fatal) for p in facts.problems] == [("IN007", False)]
    locked = serialization.BestAvailableEncryption(b"x")
    data = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, locked)
    assert not certificate_files.recognise(load("k.der", data))


def test_a_request_and_a_list_of_revoked_ones_in_der_are_named() -> None:
    request = x509.CertificateSigningRequestBuilder().subject_name(ONE.subject).sign(KEY, hashes.SHA256())
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateRevocationListBuilder(ONE.subject, moment, moment + dt.timedelta(1))
    for data, word in (
        (request.public_bytes(DER), "certificate request"),
        (builder.sign(KEY, hashes.SHA256()).public_bytes(DER), "revoked"),
    ):
        source = load("x.der", data)
        if certificate_files.recognise(source):
            facts = certificate_files.read(source, ReadContext())
            assert [(p.code, p.fatal) for p in facts.problems] == [("IN008", False)]
            assert word in facts.problems[0].expected


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----\n" * 20_000,
        "-----BEGIN CERTIFICATE-----" * 20_000,
        ("-----BEGIN CERTIFICATE-----\nMAA=\n" * 5_000),
        "-----BEGIN CERTIFICATE-----\n" + "A" * 1_000_000,
        "-----BEGIN CERTIFICATE-----\n" + "-" * 1_000_000 + "END CERTIFICATE-----",
        "-----BEGIN " + "A " * 500_000 + "CERTIFICATE-----\n-----BEGIN CERTIFICATE-----",
    ],
    ids=["begins", "begins in one line", "bodies", "no end", "dashes", "a long label"],
)
def test_hostile_text_costs_little_and_is_told_in_few_words(text: str) -> None:
    started = time.process_time()
    facts = read(text)
    assert time.process_time() - started < 5
    assert 0 < len(facts.problems) <= 101
    assert {problem.code for problem in facts.problems} == {"IN001"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"zowe:\n  a: 1\n",
        b"RACDCERT LIST\n  Label: x\n",
        b"0\x82",
        b"\x30\x80\x00\x00",
        b"see -----BEGIN and END",
    ],
)
def test_other_inputs_are_left_alone(data: bytes) -> None:
    assert not certificate_files.recognise(load("x", data))


@pytest.mark.parametrize("path", sorted((FIXTURES / "shapes").iterdir()), ids=lambda path: path.name)
def test_written_shapes(path: Path) -> None:
    facts = read(path.read_bytes(), path.name)
    assert facts.certificates
    assert not facts.problems


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").iterdir()), ids=lambda path: path.name)
def test_written_damage(path: Path) -> None:
    facts = read(path.read_bytes(), path.name)
    assert [problem.code for problem in facts.problems] == ["IN001"]
    assert len(facts.certificates) == 1


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)), st.integers(0, 500))
def test_anything_gives_facts(junk: bytes, at: int) -> None:
    for carrier in (ONE_PEM.encode(), ONE.public_bytes(DER)):
        try:
            source = load("x", carrier[:at] + junk + carrier[at:])
        except Exception:  # noqa: BLE001 (decoding is another reader's business)
            continue
        if certificate_files.recognise(source):
            assert isinstance(certificate_files.read(source, ReadContext()), Facts)
