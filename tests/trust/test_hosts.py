"""Which rule speaks of a name that does not fit: where the name was configured decides."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from support.certificates import certificate
from support.links import CLIENT, SERVED
from zcertlint.model.deployment import Database, Deployment, Located
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.hosts import gateways, is_domain, is_host, is_member, name_rule
from zcertlint.trust.names import NameReason

ZOWE = certificate("Zowe Server")
GATEWAY = replace(CLIENT, id="zowe.gateway", certificate=ZOWE.id)


def settings(values: Mapping[str, str]) -> Settings:
    entries = {}
    for number, (dotted, value) in enumerate(values.items(), 1):
        path: tuple[str, ...] = tuple(dotted.split("."))
        span = Span("zowe.yaml", number)
        entries[path] = Setting(path, value, value, value.startswith("${{"), False, span, span)
    return Settings("zowe.yaml", entries)


def test_places() -> None:
    assert is_domain(("zowe", "externalDomains", "0"))
    assert not is_domain(("zowe", "other", "externalDomains"))
    assert is_member(("haInstances", "lpar1", "hostname"))
    assert not is_member(("haInstances", "lpar1", "sysname"))
    assert not is_member(("other", "lpar1", "hostname"))
    assert not is_member(("haInstances", "lpar1", "hostname", "x"))
    assert is_host(("zOSMF", "host"))
    assert is_host(("zowe", "externalDomains", "0"))
    assert is_host(("haInstances", "lpar1", "hostname"))
    assert not is_host(("zOSMF", "port"))


def test_gateways() -> None:
    ids = ("zowe.gateway", "zowe.gateway@LPAR1", "zowe.apiml", "zowe.zaas", "zosmf")
    ends = {ident: replace(CLIENT, id=ident) for ident in ids}
    assert [end.id for end in gateways(Deployment(Database({}, {}), ends))] == list(ids[:3])


DOMAIN, MEMBER, ZOSMF = "zowe.externalDomains.0", "haInstances.lpar1.hostname", "zOSMF.host"
HOST, SAMPLE = "zowe.acme.example", "zos.example.com"


@pytest.mark.parametrize(
    ("where", "host", "reason", "own", "rule"),
    [
        (DOMAIN, HOST, NameReason.NOT_IN_SAN, True, "NA104"),
        (DOMAIN, HOST, NameReason.NOT_IN_SAN, False, "NA101"),
        (DOMAIN, HOST, NameReason.NO_SAN, True, "NA102"),
        (DOMAIN, "192.0.2.1", NameReason.ADDRESS_NOT_IN_SAN, True, "NA103"),
        (MEMBER, HOST, NameReason.NOT_IN_SAN, True, "NA105"),
        (MEMBER, HOST, NameReason.NOT_IN_SAN, False, "NA105"),
        (MEMBER, HOST, NameReason.NO_SAN, True, "NA102"),
        (ZOSMF, HOST, NameReason.NOT_IN_SAN, True, "NA101"),
        (ZOSMF, SAMPLE, NameReason.NOT_IN_SAN, True, "NA110"),
        (DOMAIN, SAMPLE.upper(), NameReason.NO_SAN, False, "NA110"),
        (DOMAIN, SAMPLE, NameReason.ADDRESS_NOT_IN_SAN, True, "NA103"),
        ("zowe.other", HOST, NameReason.NOT_IN_SAN, True, "NA101"),
        ("zowe.other", SAMPLE, NameReason.NOT_IN_SAN, True, "NA101"),
        (DOMAIN, HOST, NameReason.MORE_NAMES, True, "NA104"),
    ],
)
@pytest.mark.parametrize("placed", [True, False])
def test_rule(where: str, host: str, reason: NameReason, own: bool, rule: str, placed: bool) -> None:  # noqa: FBT001
    zowe = settings({"zowe.a": "b", where: host})
    span = zowe.entries[tuple(where.split("."))].span if placed else None
    deployment = Deployment(Database({}, {}), {GATEWAY.id: GATEWAY}, zowe=zowe)
    assert name_rule(reason, Located(host, span), ZOWE if own else SERVED, deployment) == rule


def test_without_a_configuration() -> None:
    deployment = Deployment(Database({}, {}), {GATEWAY.id: GATEWAY})
    assert name_rule(NameReason.NOT_IN_SAN, Located(SAMPLE), ZOWE, deployment) == "NA101"


def test_a_template_is_no_name() -> None:
    zowe = settings({DOMAIN: "${{ x }}"})
    deployment = Deployment(Database({}, {}), {GATEWAY.id: GATEWAY}, zowe=zowe)
    assert name_rule(NameReason.NOT_IN_SAN, Located("${{ x }}"), ZOWE, deployment) == "NA101"


def test_the_place_goes_before_the_name() -> None:
    zowe = settings({DOMAIN: HOST, MEMBER: HOST})
    member = zowe.entries[tuple(MEMBER.split("."))].span
    deployment = Deployment(Database({}, {}), {GATEWAY.id: GATEWAY}, zowe=zowe)
    assert name_rule(NameReason.NOT_IN_SAN, Located(HOST, member), ZOWE, deployment) == "NA105"
    assert name_rule(NameReason.NOT_IN_SAN, Located(HOST), ZOWE, deployment) == "NA104"
