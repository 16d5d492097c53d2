"""Which TLS versions and cipher suites a side allows."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from support.links import CALL, CLIENT
from zcertlint.model.certificate import KeyKind
from zcertlint.model.deployment import Endpoint, Stack
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.protocols import Side, common_suites, common_versions, side_of, suite_setting

V12, V13 = "TLSv1.2", "TLSv1.3"
UNKNOWN = Side(None, None)
ZWE = replace(CLIENT, id="zowe.gateway")
NODE = replace(CLIENT, id="zowe.app-server")


def settings(values: Mapping[str, str | int | None], templates: tuple[str, ...] = ()) -> Settings:
    entries: dict[tuple[str, ...], Setting] = {}
    for number, (dotted, value) in enumerate(values.items(), 1):
        path = tuple(dotted.split("."))
        for depth in range(1, len(path)):
            entries.setdefault(
                path[:depth], Setting(path[:depth], None, "", False, True, Span("z"), Span("z"))
            )
        span = Span("zowe.yaml", number)
        entries[path] = Setting(path, value, str(value), dotted in templates, False, span, span)
    return Settings("zowe.yaml", entries)


def versions(
    end: Endpoint, values: Mapping[str, str | int | None], major: int | None, *, server: bool = True
) -> set[str] | None:
    found = side_of(end, CALL, settings(values), major, server=server).versions
    return set(found) if found is not None else None


TLS, CLIENT_TLS = "zowe.network.server.tls", "zowe.network.client.tls"
OWN = "components.gateway.zowe.network.server.tls"


@pytest.mark.parametrize(
    ("values", "major", "java", "node"),
    [
        ({}, 3, {V13}, {V12, V13}),
        ({}, 2, {V12}, {V12, V13}),
        ({}, 1, None, {V12, V13}),
        ({}, None, None, {V12, V13}),
        ({f"{TLS}.minTls": V12}, 3, {V12, V13}, {V12, V13}),
        ({f"{TLS}.minTls": V13}, 3, {V13}, {V13}),
        ({f"{TLS}.maxTls": V12}, 3, {V12}, {V12}),
        ({f"{TLS}.maxTls": V13}, 3, {V13}, {V12, V13}),
        ({f"{TLS}.minTls": V12, f"{TLS}.maxTls": V12}, 3, {V12}, {V12}),
        ({f"{TLS}.minTls": V13, f"{TLS}.maxTls": V12}, 3, None, None),
        ({f"{TLS}.minTls": "TLSv1.1"}, 3, None, None),
        ({f"{TLS}.maxTls": "TLSv1.4"}, 3, None, None),
        ({f"{TLS}.minTls": ""}, 3, {V13}, {V12, V13}),
        ({f"{TLS}.minTls": None}, 3, {V13}, {V12, V13}),
        ({f"{TLS}.maxTls": V12}, 2, None, {V12}),
        ({f"{CLIENT_TLS}.maxTls": V12}, 3, {V13}, {V12, V13}),
        ({f"{OWN}.maxTls": V12}, 3, {V12}, {V12, V13}),
        ({f"{OWN}.maxTls": V12, f"{TLS}.maxTls": V13}, 3, {V12}, {V12, V13}),
        ({"haInstances.lpar1.hostname": "a"}, 3, {V13}, {V12, V13}),
        ({"haInstances.lpar1.zowe.network.server.tls.maxTls": V12}, 3, None, None),
    ],
)
def test_versions_of_a_server(
    values: Mapping[str, str | int | None], major: int | None, java: set[str] | None, node: set[str] | None
) -> None:
    assert versions(ZWE, values, major) == java
    assert versions(replace(ZWE, id="zowe.gateway@LPAR1"), values, major) == java
    assert versions(NODE, values, major) == node


@pytest.mark.parametrize("name", ["gateway", "zaas", "discovery", "api-catalog", "caching-service", "apiml"])
def test_services_of_api_ml(name: str) -> None:
    assert versions(replace(ZWE, id=f"zowe.{name}"), {}, 2) == {V12}


@pytest.mark.parametrize(
    ("values", "java", "node"),
    [
        ({}, {V13}, {V12, V13}),
        ({f"{CLIENT_TLS}.maxTls": V12}, {V12}, {V12}),
        # A client of API ML without settings of its own takes the server's.
        ({f"{TLS}.maxTls": V12}, {V12}, {V12, V13}),
        ({f"{TLS}.minTls": V12}, {V12, V13}, {V12, V13}),
        ({f"{TLS}.maxTls": V12, f"{CLIENT_TLS}.minTls": V13}, {V13}, {V13}),
    ],
)
def test_versions_of_a_client(values: Mapping[str, str | int | None], java: set[str], node: set[str]) -> None:
    assert versions(ZWE, values, 3, server=False) == java
    assert versions(NODE, values, 3, server=False) == node


def test_places() -> None:
    zowe = settings({f"{TLS}.minTls": V12, f"{TLS}.maxTls": V13})
    for end, server in ((ZWE, True), (ZWE, False), (NODE, True)):
        found = side_of(end, CALL, zowe, 3, server=server)
        assert [entry.path[-1] for entry in found.settings] == ["minTls", "maxTls"]


def test_template_leaves_the_versions_open() -> None:
    zowe = settings({f"{TLS}.minTls": "${{ x }}", f"{TLS}.ciphers.0": "A"}, (f"{TLS}.minTls",))
    assert side_of(NODE, CALL, zowe, 3, server=True) == Side(None, frozenset({"A"}))


def test_who_is_not_known() -> None:
    zowe = settings({})
    assert side_of(replace(ZWE, attls=True), CALL, zowe, 3, server=True) == UNKNOWN
    assert side_of(replace(ZWE, attls_out=True), CALL, zowe, 3, server=False) == UNKNOWN
    assert side_of(replace(ZWE, attls_out=True), CALL, zowe, 3, server=True) != UNKNOWN
    assert side_of(replace(ZWE, attls=True), CALL, zowe, 3, server=False) != UNKNOWN
    assert side_of(replace(ZWE, product="zosmf"), CALL, zowe, 3, server=True) == UNKNOWN
    assert side_of(ZWE, CALL, None, 3, server=True) == UNKNOWN
    surfed = replace(CALL, stack=Stack.BROWSER)
    browser = replace(CLIENT, product="browser")
    assert side_of(browser, surfed, zowe, 3, server=False) == Side(frozenset({V12, V13}), None)
    assert side_of(replace(ZWE, product="zosmf"), surfed, zowe, 3, server=True) == UNKNOWN


def test_suites() -> None:
    zowe = settings({f"{TLS}.ciphers.0": "A", f"{TLS}.ciphers.1": "B"})
    assert side_of(ZWE, CALL, zowe, 3, server=True).suites == frozenset({"A", "B"})
    assert side_of(ZWE, CALL, zowe, 3, server=False).suites is None
    own = settings({f"{OWN}.ciphers.0": "C", f"{TLS}.ciphers.0": "A"})
    assert side_of(ZWE, CALL, own, 3, server=True).suites == frozenset({"C"})
    assert side_of(NODE, CALL, own, 3, server=True).suites == frozenset({"A"})
    template = settings({f"{TLS}.ciphers.0": "A", f"{TLS}.ciphers.1": "B"}, (f"{TLS}.ciphers.1",))
    assert side_of(ZWE, CALL, template, 3, server=True).suites is None
    empty = settings({f"{TLS}.ciphers": ""})
    assert side_of(ZWE, CALL, empty, 3, server=True).suites is None
    entry = suite_setting(zowe, "zowe.gateway@LPAR1", "server")
    assert entry is not None
    assert entry.path == tuple(f"{TLS}.ciphers".split("."))
    assert suite_setting(None, "zowe.gateway", "server") is None


def side(*allowed: str, suites: tuple[str, ...] | None = None) -> Side:
    return Side(frozenset(allowed) if allowed else None, frozenset(suites) if suites is not None else None)


def test_common_versions() -> None:
    assert common_versions((side(V12, V13), side(V13))) == frozenset({V13})
    assert common_versions((side(V12), side(V13))) == frozenset()
    assert common_versions((side(V12), UNKNOWN)) is None


RSA, EC, NEW = "TLS_ECDHE_RSA_WITH_A", "TLS_ECDHE_ECDSA_WITH_A", "TLS_AES_128_GCM_SHA256"
CHACHA = "TLS_CHACHA20_POLY1305_SHA256"


@pytest.mark.parametrize(
    ("version", "server", "client", "key", "answer"),
    [
        (V12, [RSA], [RSA, EC], KeyKind.RSA, True),
        (V12, [RSA], [EC], KeyKind.RSA, False),
        (V12, [RSA], None, KeyKind.RSA, None),
        (V12, [EC], None, KeyKind.RSA, False),
        (V12, [EC], [EC], KeyKind.EC, True),
        (V12, [RSA], [RSA], KeyKind.EC, False),
        (V12, [NEW], [NEW], KeyKind.RSA, False),
        (V13, [NEW], [NEW], KeyKind.RSA, True),
        (V13, [CHACHA], [CHACHA], KeyKind.EC, True),
        (V13, [RSA], [RSA], KeyKind.RSA, False),
        (V12, None, None, KeyKind.RSA, None),
        (V12, [RSA], [EC], KeyKind.ED25519, None),
        (V12, [], [], KeyKind.RSA, False),
    ],
)
def test_common_suites(
    version: str,
    server: list[str] | None,
    client: list[str] | None,
    key: KeyKind,
    answer: bool | None,  # noqa: FBT001
) -> None:
    sides = [side(suites=tuple(suites) if suites is not None else None) for suites in (server, client)]
    assert common_suites({version}, sides, key) is answer


def test_one_version_is_enough() -> None:
    sides = [side(suites=(NEW,)), side(suites=(NEW,))]
    assert common_suites({V12, V13}, sides, KeyKind.RSA) is True
