"""PKCS12 keystores: modern and old ciphers, passwords, trust stores, and what is none."""

import datetime as dt
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12 as writer
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.model.facts import Facts
from zcertlint.model.store import StoreKind, StoreState, Usage
from zcertlint.readers import ReadContext, certificate_files, pkcs12, zowe_yaml
from zcertlint.readers._pkcs12_rounds import MOST_ROUNDS, rounds
from zcertlint.text.decode import load

KEY = ec.generate_private_key(ec.SECP256R1())
WORD = "Tr0ub4dor"


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


SERVER, CA = certificate("server"), certificate("ca")
MODERN = serialization.BestAvailableEncryption(WORD.encode())
TRIPLE_DES = (
    serialization.PrivateFormat.PKCS12.encryption_builder()
    .key_cert_algorithm(writer.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    .hmac_hash(hashes.SHA1())
    .build(WORD.encode())
)


def keystore(
    protection: serialization.KeySerializationEncryption = MODERN, alias: bytes | None = b"localhost"
) -> bytes:
    chain = [
        writer.PKCS12Certificate(CA, b"local_ca"),
        writer.PKCS12Certificate(certificate("no alias"), None),
    ]
    return writer.serialize_key_and_certificates(alias, KEY, SERVER, chain, protection)


def read(data: bytes, password: str | None = WORD) -> Facts:
    source = load("k.p12", data)
    assert pkcs12.recognise(source)
    assert not certificate_files.recognise(source)
    assert not zowe_yaml.recognise(source)
    return pkcs12.read(source, ReadContext(lambda path: password if path == "k.p12" else None))


@pytest.mark.parametrize("protection", [MODERN, TRIPLE_DES], ids=["modern", "triple des"])
def test_certificates_and_store(protection: serialization.KeySerializationEncryption) -> None:
    facts = read(keystore(protection))
    assert not facts.problems
    assert [(c.id, str(c.subject), c.private_key) for c in facts.certificates] == [
        ("file:k.p12#localhost", "CN=server", True),
        ("file:k.p12#local_ca", "CN=ca", None),
        ("file:k.p12#3", "CN=no alias", None),
    ]
    (store,) = facts.stores
    assert (store.id, store.kind, store.state) == ("store:k.p12", StoreKind.PKCS12, StoreState.SHOWN)
    assert [(c.certificate, c.label, c.usage, c.default) for c in store.connections] == [
        ("file:k.p12#localhost", "localhost", Usage.PERSONAL, None),
        ("file:k.p12#local_ca", "local_ca", Usage.CERTAUTH, None),
        ("file:k.p12#3", None, Usage.CERTAUTH, None),
    ]


@pytest.mark.parametrize("password", [None, "", "hunter22", "Trøubadør"])
def test_a_wrong_password_is_one_fatal_problem_that_says_what_to_do(password: str | None) -> None:
    facts = read(keystore(), password)
    assert not facts.certificates
    assert not facts.stores
    (problem,) = facts.problems
    assert (problem.code, problem.fatal) == ("IN001", True)
    assert "ZCERTLINT_PASSWORD" in problem.hint
    assert WORD not in repr(facts)
    assert not password or password not in repr(facts)


def test_a_trust_store_has_no_personal_entry() -> None:
    entries = [writer.PKCS12Certificate(CA, b"one"), writer.PKCS12Certificate(SERVER, b"one")]
    facts = read(writer.serialize_java_truststore(entries, MODERN))
    assert sorted(c.id for c in facts.certificates) == ["file:k.p12#2", "file:k.p12#one"]
    assert {c.usage for c in facts.stores[0].connections} == {Usage.CERTAUTH}
    assert {c.private_key for c in facts.certificates} == {None}


def test_a_store_without_protection_needs_no_password() -> None:
    assert len(read(keystore(serialization.NoEncryption()), None).certificates) == 3
    assert len(read(keystore(serialization.NoEncryption()), "whatever").certificates) == 3


def test_no_key_material_stays() -> None:
    scalar = KEY.private_numbers().private_value
    assert str(scalar) not in repr(read(keystore()))


@pytest.mark.parametrize(("magic", "kind"), [(b"\xfe\xed\xfe\xed", "JKS"), (b"\xce\xce\xce\xce", "JCEKS")])
def test_a_java_keystore_is_refused_with_the_command(magic: bytes, kind: str) -> None:
    source = load("k.jks", magic + b"\x00\x00\x00\x02" + bytes(range(256)))
    assert pkcs12.recognise(source)
    facts = pkcs12.read(source, ReadContext())
    (problem,) = facts.problems
    assert facts.kind == f"{kind} keystore"  # what inputs[].kind and the first line of a report say
    assert problem.expected.endswith(f"a Java keystore of type {kind}")
    assert (problem.code, problem.fatal) == ("IN001", True)
    assert "keytool -importkeystore" in problem.hint


def test_a_store_written_by_openssl_in_the_old_way(tmp_path: Path) -> None:
    pem = tmp_path / "in.pem"
    pem.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + SERVER.public_bytes(serialization.Encoding.PEM)
    )
    out = tmp_path / "k.p12"
    command = [
        "openssl",
        "pkcs12",
        "-export",
        "-legacy",
        "-in",
        str(pem),
        "-out",
        str(out),
        "-name",
        "Zowe Server",
    ]
    try:
        done = subprocess.run(
            [*command, "-passout", f"pass:{WORD}"], capture_output=True, check=False, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("no openssl")
    if done.returncode:
        pytest.skip("this openssl has no legacy provider")
    facts = read(out.read_bytes())
    assert [c.id for c in facts.certificates] == ["file:k.p12#Zowe Server"]
    assert facts.certificates[0].private_key


def test_counts_of_rounds_are_added_up() -> None:
    assert rounds(keystore(serialization.NoEncryption())) < 10_000
    builder = serialization.PrivateFormat.PKCS12.encryption_builder()
    slow = builder.kdf_rounds(1_000_000).hmac_hash(hashes.SHA256()).build(WORD.encode())
    assert 2_000_000 <= rounds(keystore(slow)) <= MOST_ROUNDS
    assert read(keystore(slow)).certificates


def test_a_store_that_would_take_years_to_open_is_refused_at_once() -> None:
    builder = serialization.PrivateFormat.PKCS12.encryption_builder()
    slow = keystore(builder.kdf_rounds(1_000_000).hmac_hash(hashes.SHA256()).build(WORD.encode()))
    count = b"\x02\x03" + (1_000_000).to_bytes(3)
    assert count in slow
    started = time.process_time()
    facts = read(slow.replace(count, b"\x02\x03\x7f\xff\xff"))
    assert time.process_time() - started < 1
    (problem,) = facts.problems
    assert (problem.code, problem.fatal) == ("IN001", True)
    assert "rounds" in problem.expected


def test_a_count_is_seen_in_every_encoding() -> None:
    salt, many = b"\x04\x02ab", b"\x02\x04\x7f\xff\xff\xff"
    plain = b"\x30\x0a" + salt + many
    assert rounds(plain) == 0x7FFFFFFF
    assert rounds(b"\x04\x0c" + plain) == 0x7FFFFFFF
    assert rounds(b"\x30\x80" + salt + many + b"\x00\x00") == 0x7FFFFFFF
    assert rounds(b"\x30\x80\x24\x80" + salt + b"\x00\x00" + many + b"\x00\x00") == 0x7FFFFFFF
    assert rounds(b"\x30\x06" + many) == 0  # a number without salt is none
    assert rounds(b"\x30\x80" * 100) > MOST_ROUNDS


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:4] + b"\x02\x01\x03" + b"\x30\x80" * 30_000,
        lambda data: data[:2] + b"\xff\xff" + data[4:],
        lambda data: data[:-30],
        lambda data: data + bytes(17 << 20),
    ],
    ids=["nested", "a length that lies", "cut", "huge"],
)
def test_hostile_stores_are_one_problem(damage: Callable[[bytes], bytes]) -> None:
    source = load("k.p12", damage(keystore()))
    assert pkcs12.recognise(source)
    started = time.process_time()
    facts = pkcs12.read(source, ReadContext(lambda _: WORD))
    assert time.process_time() - started < 5
    assert [(problem.code, problem.fatal) for problem in facts.problems] == [("IN001", True)]
    assert not facts.certificates


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    damaged = bytearray(_STORE)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    source = load("k.p12", bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    if pkcs12.recognise(source):
        assert isinstance(pkcs12.read(source, ReadContext(lambda _: WORD)), Facts)


_STORE = keystore(serialization.NoEncryption())


def test_a_number_of_no_told_length_counts_nothing() -> None:
    assert rounds(b"\x30\x80\x04\x08saltsalt\x02\x80\x00\x00") == 0
