"""Which signatures ZSS accepts, by System SSL's list or its own."""

from dataclasses import replace

import pytest

from support.certificates import certificate
from zcertlint.model.certificate import Certificate, Key, KeyKind
from zcertlint.model.deployment import Basis, Endpoint, Link, Role, Stack, Verify
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.pairs import Pairs, outside, pairs_of

ZSS = Endpoint("zowe.zss", "zowe", Role.BOTH, Stack.SYSTEM_SSL)
CALL = Link("a -> b", "a", "b", None, None, Verify.STRICT, Basis.CONFIGURED, Span(""), Stack.SYSTEM_SSL)
V12, BOTH = frozenset({"TLSv1.2"}), frozenset({"TLSv1.2", "TLSv1.3"})
LIST, OTHER = "GSK_TLS_CERT_SIG_ALG_PAIRS", "GSK_TLS_SIG_ALG_PAIRS"


def settings(**values: str | int | None) -> Settings:
    entries: dict[tuple[str, ...], Setting] = {}
    for name, value in values.items():
        path = ("zowe", "environments", name)
        entries[path] = Setting(path, value, str(value), False, False, Span("z", 1), Span("z", 1))
    return Settings("zowe.yaml", entries)


def accepted(zowe: Settings | None, versions: frozenset[str] | None = V12) -> set[str] | None:
    found = pairs_of(ZSS, CALL, zowe, versions)
    return set(found.accepted) if found is not None else None


def test_default() -> None:
    old = accepted(settings())
    new = accepted(settings(), BOTH)
    assert old is not None
    assert new is not None
    assert {"0601", "0401", "0403", "0201", "0203"} <= old
    assert new - old == {"0804", "0805", "0806"}
    assert accepted(settings(), None) is None


def test_list_of_its_own() -> None:
    assert accepted(settings(**{LIST: "06010a0B"}), None) == {"0601", "0A0B"}
    assert accepted(settings(**{OTHER: "0601"})) == {"0601"}
    assert accepted(settings(**{LIST: "0401", OTHER: "0601"})) == {"0401"}
    assert accepted(settings(**{LIST: "", OTHER: "0601"})) == {"0601"}
    assert accepted(settings(**{LIST: None, OTHER: "0601"})) == {"0601"}
    assert accepted(settings(**{LIST: "no list"})) is None
    assert accepted(settings(**{LIST: "060"})) is None
    zowe = settings(**{LIST: "0601"})
    found = pairs_of(ZSS, CALL, zowe, V12)
    assert found is not None
    assert found.setting is zowe.at("zowe", "environments", LIST)


@pytest.mark.parametrize(
    ("end", "call"),
    [
        (replace(ZSS, product="zosmf"), CALL),
        (replace(ZSS, attls_out=True), CALL),
        (ZSS, replace(CALL, stack=Stack.JSSE)),
    ],
)
def test_not_known_elsewhere(end: Endpoint, call: Link) -> None:
    assert pairs_of(end, call, settings(), V12) is None
    assert pairs_of(ZSS, CALL, None, V12) is None


RSA, EC = Key(KeyKind.RSA, 2048), Key(KeyKind.EC, 256)


def left_out(*path: Certificate, pairs: str) -> list[tuple[str | None, bool | None]]:
    return [(c.label, answer) for c, answer in outside(path, Pairs(frozenset(pairs.split())))]


@pytest.mark.parametrize(
    ("signature", "pairs", "answer"),
    [
        ("sha1RSA", "0201", True),
        ("sha224RSA", "0301", True),
        ("sha256RSA", "0401", True),
        ("sha384RSA", "0501", True),
        ("sha512RSA", "0601", True),
        ("sha256ECDSA", "0403", True),
        ("sha256DSA", "0402", True),
        ("sha256RSAPSS", "0804", True),
        ("sha384RSAPSS", "0805", True),
        ("sha512RSAPSS", "0806", True),
        ("1.3.101.112", "0807", True),
        ("1.3.101.113", "0808", True),
        ("sha256RSA", "0601", False),
        ("sha256RSAPSS", "0401", False),
        ("1.3.101.112", "0808", False),
        ("1.3.101.113", "0807", False),
        ("sha1RSA", "0401", False),
        ("sha384ECDSA", "0501", False),
        ("sha512DSA", "0601", False),
        ("md5RSA", "0401", True),
        ("MD2rsa", "0401", True),
        ("something", "0401", True),
        (None, "0401", True),
        ("UNKNOWN", "0401", None),
        ("UNKNOWN", "0804 0805", None),
        ("unknown", "0804 0805 0806", True),
    ],
)
def test_signature(signature: str | None, pairs: str, answer: bool | None) -> None:  # noqa: FBT001
    held = certificate("S", signature=signature)
    assert left_out(held, pairs=pairs) == ([] if answer else [("S", answer)])


@pytest.mark.parametrize(
    ("kind", "pairs", "answer"),
    [
        (KeyKind.RSA, "0401", True),
        (KeyKind.RSA, "0403 0804", True),
        (KeyKind.RSA, "0403", False),
        (KeyKind.EC, "0403", True),
        (KeyKind.EC, "0401", False),
        (KeyKind.ED25519, "0807", True),
        (KeyKind.ED25519, "0808", False),
        (KeyKind.ED448, "0808", True),
        (KeyKind.ED448, "0807", False),
        (KeyKind.DSA, "0401", True),
        (None, "0401", True),
    ],
)
def test_key_of_the_server(kind: KeyKind | None, pairs: str, answer: bool) -> None:  # noqa: FBT001
    held = certificate("S", key=Key(kind) if kind else None)
    assert left_out(held, pairs=pairs) == ([] if answer else [("S", False)])
    # The key of a CA is used for its signature only.
    assert left_out(certificate("T", key=None), held, pairs=pairs) == []


def test_every_certificate_of_the_path() -> None:
    first, second = (
        certificate("A", signature="sha256ECDSA", key=RSA),
        certificate("B", signature="sha1RSA", key=EC),
    )
    assert left_out(first, second, pairs="0401") == [("A", False), ("B", False)]
    assert left_out(first, second, pairs="0401 0403") == [("B", False)]
