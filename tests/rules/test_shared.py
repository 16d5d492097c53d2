"""What several rules share: the schema of zowe.yaml's certificate settings, public CAs, authentication."""

from typing import Any

import pytest

from support.certificates import certificate
from zcertlint.model.certificate import Certificate
from zcertlint.model.names import Name
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.policy._public import publicly_trusted
from zcertlint.rules.zowe._auth import auth_settings, provider
from zcertlint.rules.zowe._network import attls_on, limits, tls_sections
from zcertlint.rules.zowe._schema import unknown_keys
from zcertlint.text.source import Span

HERE = Span("racf.txt", 1)


# --- the schema of zowe.yaml -----------------------------------------------------------------------------------


def settings(text: str) -> Settings:
    """From dotted paths, one a line, the value behind a colon."""
    found: dict[tuple[str, ...], Setting] = {}
    for number, line in enumerate(text.split(), 1):
        dotted, _, value = line.partition(":")
        path, span = tuple(dotted.split(".")), Span("zowe.yaml", number)
        for depth in range(1, len(path)):
            found.setdefault(path[:depth], Setting(path[:depth], None, "", False, True, span, span))
        found[path] = Setting(path, value or "x", value or "x", value.startswith("${{"), False, span, span)
    return Settings("zowe.yaml", found)


LEGAL = """
    zowe.certificate.keystore.type zowe.certificate.keystore.file zowe.certificate.keystore.password
    zowe.certificate.keystore.alias zowe.certificate.keystore.clientCertificateAlias
    zowe.certificate.truststore.type zowe.certificate.truststore.file zowe.certificate.truststore.password
    zowe.certificate.pem.key zowe.certificate.pem.certificate zowe.certificate.pem.certificateAuthorities
    zowe.setup.certificate.type zowe.setup.certificate.pkcs12.directory zowe.setup.certificate.pkcs12.lock
    zowe.setup.certificate.pkcs12.name zowe.setup.certificate.pkcs12.password
    zowe.setup.certificate.pkcs12.caAlias zowe.setup.certificate.pkcs12.caPassword
    zowe.setup.certificate.pkcs12.import.keystore zowe.setup.certificate.pkcs12.import.password
    zowe.setup.certificate.pkcs12.import.alias
    zowe.setup.certificate.keyring.owner zowe.setup.certificate.keyring.name
    zowe.setup.certificate.keyring.label zowe.setup.certificate.keyring.caLabel
    zowe.setup.certificate.keyring.connect.user zowe.setup.certificate.keyring.connect.label
    zowe.setup.certificate.keyring.import.dsName zowe.setup.certificate.keyring.import.password
    zowe.setup.certificate.keyring.zOSMF.ca zowe.setup.certificate.keyring.zOSMF.user
    zowe.setup.certificate.dname.caCommonName zowe.setup.certificate.dname.commonName
    zowe.setup.certificate.dname.orgUnit zowe.setup.certificate.dname.org
    zowe.setup.certificate.dname.locality zowe.setup.certificate.dname.state
    zowe.setup.certificate.dname.country zowe.setup.certificate.validity zowe.setup.certificate.san
    zowe.setup.certificate.importCertificateAuthorities
    zowe.network.server.tls.attls zowe.network.server.tls.minTls zowe.network.server.tls.maxTls
    zowe.network.server.tls.ciphers zowe.network.server.tls.curves zowe.network.server.listenAddresses
    zowe.network.server.vipaIp zowe.network.server.validatePortFree zowe.network.client.tls.attls
    zowe.network.vipaIp zowe.network.validatePortFree zowe.externalDomains zowe.verifyCertificates
    components.zss.certificate.keystore.alias components.zss.zowe.network.server.tls.minTls
    haInstances.lpar1.components.zss.certificate.keystore.alias zOSMF.host
"""


def test_what_the_schema_has() -> None:
    assert list(unknown_keys(settings(LEGAL))) == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("zowe.certificate.keystore.Type", "zowe.certificate.keystore.type"),
        ("zowe.certificate.key_store", "zowe.certificate.keystore"),
        ("zowe.certificate.trust-store", "zowe.certificate.truststore"),
        ("zowe.certificate.alias", "zowe.certificate.keystore.alias"),
        ("zowe.certificate.file", "zowe.certificate.keystore.file or zowe.certificate.truststore.file"),
        ("zowe.certificate.truststore.alias", "zowe.certificate.keystore.alias"),
        ("zowe.certificate.keystore.aliass", "zowe.certificate.keystore.alias"),
        ("zowe.certificate.keystore.colour", None),
        ("zowe.certificate.colour", None),
        ("zowe.network.server.minTls", "zowe.network.server.tls.minTls or zowe.network.client.tls.minTls"),
        ("zowe.network.tls", "zowe.network.server.tls or zowe.network.client.tls"),
        ("zowe.setup.certificate.keyring.user",
         "zowe.setup.certificate.keyring.connect.user or zowe.setup.certificate.keyring.zOSMF.user"),
        ("zowe.setup.certificate.keyring.zosmf", "zowe.setup.certificate.keyring.zOSMF"),
        ("components.zss.certificate.alias", "components.zss.certificate.keystore.alias"),
        ("components.zss.zowe.network.tls",
         "components.zss.zowe.network.server.tls or components.zss.zowe.network.client.tls"),
        ("haInstances.a.components.zss.certificate.alias",
         "haInstances.a.components.zss.certificate.keystore.alias"),
        ("zowe.keystore", "zowe.certificate.keystore"),
        ("zowe.truststore", "zowe.certificate.truststore"),
        ("zowe.pem", "zowe.certificate.pem"),
        ("zowe.tls", "zowe.network.server.tls"),
        ("zowe.components", "components"),
        ("zowe.zOSMF", "zOSMF"),
        ("zowe.haInstances", "haInstances"),
        ("certificate", "zowe.certificate"),
        ("keystore", "zowe.certificate.keystore"),
        ("truststore", "zowe.certificate.truststore"),
        ("network", "zowe.network"),
        ("externalDomains", "zowe.externalDomains"),
        ("verifyCertificates", "zowe.verifyCertificates"),
        ("zowe.externalDomain", "zowe.externalDomains"),
        ("zowe.verifycertificates", "zowe.verifyCertificates"),
        ("zowe.networks", "zowe.network"),
    ],
)  # fmt: skip
def test_what_it_has_not(path: str, meant: str | None) -> None:
    found = list(unknown_keys(settings(f"zowe.job.prefix {path}")))
    assert [(".".join(one.path), one.meant) for one in found] == [(path, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "zowe.externalDomain zowe.externalDomains",  # the right one is there
        "zowe.certs.keystore zowe.certificate.keystore.type",
        "zowe.job.certificate.colour",  # no section of ours
        "components.zss.other.certificate.colour",
        "certificate.colour",  # no zowe.yaml without zowe
        "keystore network",
        "other.certificate.colour zowe.x",
        "components.zss.network.colour",
    ],
)
def test_what_is_none_of_its_business(text: str) -> None:
    assert list(unknown_keys(settings(text))) == []


@pytest.mark.parametrize("store", ["keystore", "truststore", "trustStore"])
def test_stores_under_another_name(store: str) -> None:
    (found,) = unknown_keys(settings(f"zowe.certs.{store}.file"))
    assert (found.path, found.meant) == (("zowe", "certs"), "zowe.certificate")


def test_the_outermost_key_of_a_branch() -> None:
    found = list(unknown_keys(settings("zowe.certificate.other.a zowe.certificate.other.b")))
    assert [one.path for one in found] == [("zowe", "certificate", "other")]


# --- TLS sections and authentication ---------------------------------------------------------------------------


def test_tls_sections() -> None:
    text = """components.zss.zowe.network.server.tls.minTls:A zowe.network.client.tls.maxTls:B
              zowe.network.server.tls.minTls:C zowe.network.other.tls.x zowe.other.server.tls.x
              components.off.zowe.network.server.tls.minTls:D components.off.enabled:false"""
    found = [".".join(path) for path in tls_sections(settings(text))]
    assert found == [
        "zowe.network.client.tls", "zowe.network.server.tls", "components.zss.zowe.network.server.tls",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "answer"), [("true", True), ("TRUE", True), ("false", False), ("${{x}}", False)]
)
def test_at_tls(value: str, answer: bool) -> None:  # noqa: FBT001
    held = settings(f"zowe.network.server.tls.attls:{value}")
    assert attls_on(held, ("zowe", "network", "server", "tls")) is answer
    assert attls_on(held, ("zowe", "network", "client", "tls")) is False


def test_limits_of_a_section() -> None:
    held = settings(
        "zowe.network.server.tls.minTls:A zowe.network.server.tls.maxTls:B zowe.network.client.tls.minTls:C "
        "components.zss.zowe.network.server.tls.minTls:D"
    )
    found = limits(held, ("components", "zss", "zowe", "network", "server", "tls"))
    assert [entry.value if entry else None for entry in found] == ["D", "B"]
    found = limits(held, ("zowe", "network", "client", "tls"))
    assert [entry.value if entry else None for entry in found] == ["C", None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("components.gateway.apiml.security.auth.provider:a", "a"),
        (
            "components.gateway.apiml.security.auth.provider:a components.zaas.apiml.security.auth.provider:b",
            "b",
        ),
        (
            "components.zaas.apiml.security.auth.provider:b components.apiml.apiml.security.auth.provider:c",
            "c",
        ),
        ("components.zaas.apiml.security.auth.provider:b components.zaas.enabled:false", None),
        ("components.zaas.apiml.security.auth.provider.x", None),
        ("components.other.apiml.security.auth.provider:b", None),
    ],
)
def test_who_authenticates(text: str, value: str | None) -> None:
    entry = provider(settings(text))
    assert (entry.value if entry is not None else None) == value
    assert [one.value for one in auth_settings(settings(text), "auth", "provider")][:1] == [value] * (
        value is not None
    )


# --- public CAs ------------------------------------------------------------------------------------------------

ORGANIZATION = "2.5.4.10"


def issued_by(name: Name | None, **facts: Any) -> Certificate:
    return Certificate("file:x#1", subject=Name("CN=zowe"), issuer=name, **facts)


def encoded(*parts: tuple[str, str]) -> Name:
    return Name.from_rdns(tuple((part,) for part in parts))


@pytest.mark.parametrize(
    ("issuer", "organization"),
    [
        (Name("CN=R3.O=Let's Encrypt.C=US"), "Let's Encrypt"),
        (Name("CN=DigiCert TLS CA.O=DigiCert Inc.C=US"), "DigiCert Inc"),
        (Name("CN=X.O=DIGICERT, INC..C=US"), "DIGICERT, INC."),
        (Name("O=Sectigo Limited"), "Sectigo Limited"),
        (Name("CN=O=Sectigo Limited"), None),
        (Name("CN=Root.OU=DigiCert Inc.O=Acme.C=US"), None),
        (Name("CN=Root.OU=DigiCert Inc"), None),
        (encoded((ORGANIZATION, "Let's Encrypt"), ("2.5.4.3", "R3")), "Let's Encrypt"),
        (encoded(("2.5.4.11", "Let's Encrypt")), None),
        (encoded((ORGANIZATION, "Acme"), (ORGANIZATION, "Entrust, Inc.")), "Entrust, Inc."),
        (Name("CN=Acme CA.O=Acme.C=US"), None),
        (None, None),
    ],
)
def test_public_ca(issuer: Name | None, organization: str | None) -> None:
    assert publicly_trusted(issued_by(issuer)) == organization


def test_a_root_is_nobody_s() -> None:
    assert publicly_trusted(certificate("x", subject="DigiCert.O=DigiCert Inc")) is None
