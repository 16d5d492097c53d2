"""Zowe v1: the gateway's certificate and the one of all else, a trust store without a type, and two switches."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, Outcome, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
V1 = """\
zowe:
  externalDomains: [zowe.acme.example]
  externalCertificate:
    keystore: {type: JCERACFKS, file: "safkeyring:////ZWESVUSR/ZoweKeyring", alias: Zowe Server, password: password}
    trustStore: {file: "safkeyring:////ZWESVUSR/ZoweKeyring"}
    pem: {certificateAuthority: "safkeyring:////ZWESVUSR/ZoweKeyring&Acme Zowe CA"}
zOSMF: {host: zosmf.acme.example, port: "10443", applId: IZUDFLT}
components:
  gateway: {enabled: true, port: "7554"}
  discovery: {enabled: true, port: "7553"}
"""


def outcome(folder: Path, text: str) -> Outcome:
    shutil.copytree(SITE, folder / "site")
    file = folder / "site" / "zowe.yaml"
    file.write_text(text, encoding="utf-8")
    return check(Call((str(file),), datetime(2026, 11, 21, tzinfo=UTC)))


def test_a_whole_one_holds(tmp_path: Path) -> None:
    report = outcome(tmp_path, V1).report
    assert report.findings == ()
    assert report.gaps == ()
    assert {link.verdict.value for link in report.links} == {"holds"}


def test_the_certificate_of_all_else_is_not_the_gateways(tmp_path: Path) -> None:
    more = V1.replace(
        "  externalCertificate:\n",
        "  internalCertificate:\n    keystore: {alias: zowe server}\n  externalCertificate:\n",
    )
    report = outcome(tmp_path, more).report
    verdicts = {link.link.id: link.verdict.value for link in report.links}
    assert [finding.code for finding in report.findings] == ["KR106"]
    assert verdicts["zowe.gateway -> zowe.discovery"] == "fails"
    assert verdicts["zowe.zss -> zowe.gateway"] == verdicts["browser -> zowe.gateway"] == "holds"


def test_a_component_has_its_own(tmp_path: Path) -> None:
    own = V1.replace('port: "7553"}', 'port: "7553", certificate: {keystore: {alias: zowe server}}}')
    report = outcome(tmp_path, own).report
    assert [finding.code for finding in report.findings] == ["KR106"]
    assert [link.link.id for link in report.links if link.verdict.value == "fails"] == [
        "zowe.gateway -> zowe.discovery"
    ]


@pytest.mark.parametrize(
    ("strict", "relaxed", "word"),
    [
        ("true", "false", "STRICT"),
        ("false", "true", "NONSTRICT"),
        ("false", "false", "DISABLED"),
        ("true", "true", "STRICT"),
    ],
)
def test_the_two_switches(tmp_path: Path, strict: str, relaxed: str, word: str) -> None:
    switches = (
        f'port: "7554", apiml: {{security: {{ssl: {{verifySslCertificatesOfServices: {strict},'
        f" nonStrictVerifySslCertificatesOfServices: {relaxed}}}}}}}}}"
    )
    found = outcome(tmp_path, V1.replace('port: "7554"}', switches))
    link = found.deployment.links["zowe.gateway -> zowe.discovery"]
    assert link.verify.value == word
