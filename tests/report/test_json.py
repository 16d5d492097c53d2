"""The document has the keys of the contract, always."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from report.factory import ZOSMF_LINK, empty, failing, finding, holding, result, unknown
from zcertlint.engine.results import Fix, FixKind, Report
from zcertlint.report import RenderOptions, render
from zcertlint.report._view import message_id
from zcertlint.report.json import to_dict

CONTRACT: dict[str, set[str]] = {
    "": {
        "schema", "tool", "as_of", "verdict", "inputs", "endpoints", "links", "findings", "gaps", "summary",
    },
    "inputs": {"path", "kind", "sha256", "bytes", "system", "problems"},
    "endpoints": {"id", "product", "role", "keystore", "truststore", "certificate", "names"},
    "links": {"id", "client", "server", "host", "port", "verify", "basis", "verdict", "because", "needs"},
    "findings": {
        "id", "code", "name", "severity", "confidence", "title", "message", "subjects", "where", "breaks",
        "links", "fix", "help", "fingerprint", "baselined",
    },
    "gaps": {"code", "subject", "needs", "command"},
    "summary": {
        "errors", "warnings", "infos", "baselined", "gaps", "links", "rules_run", "certificates", "keyrings",
    },
}  # fmt: skip


def document(report: Report) -> Any:
    return json.loads(render("json", report, RenderOptions()))


@pytest.mark.parametrize("report", [failing(), holding(), unknown(), empty()])
def test_every_key_is_always_there(report: Report) -> None:
    shown = document(report)
    assert set(shown) >= CONTRACT[""]
    assert set(shown["summary"]) >= CONTRACT["summary"]
    assert set(shown["summary"]["links"]) == {"holds", "fails", "unknown"}
    for part in ("inputs", "endpoints", "links", "findings", "gaps"):
        assert len(shown[part]) == len(getattr(report, part))
        assert all(set(one) >= CONTRACT[part] for one in shown[part])


def test_the_document_says_what_the_report_says() -> None:
    shown = document(failing())
    first = shown["findings"][0]
    assert shown["schema"] == 1
    assert shown["as_of"] == "2026-11-21T09:00:00Z"
    assert shown["verdict"] == "fails"
    assert first["where"] == [
        {"path": "evidence/rings.txt", "line": 6, "column": None, "text": ">ZoweKeyring<"},
        {"path": "evidence/certs.txt", "line": 41, "column": 10, "text": "zOSMFCA"},
    ]
    assert first["breaks"][0] == "ZWEAG182E"
    assert first["help"] == "zcertlint explain CH101"
    assert first["fix"]["safety"] == "ready"
    assert shown["links"][0]["because"] == [first["id"]]
    assert (shown["links"][0]["host"], shown["links"][0]["port"]) == ("zosmf.acme.example", 10443)
    assert shown["links"][2]["basis"] == "assumed"
    assert shown["links"][2]["verify"] == "NAME"
    assert shown["inputs"][1]["lines"] == {"understood": 40, "noise": 2, "unread": 3}
    assert [one["baselined"] for one in shown["findings"]] == [False, False, False, True]


def test_what_is_not_known_is_null() -> None:
    nothing = finding(fix=Fix(FixKind.NONE, None, ""), breaks=())
    shown = document(empty(findings=(nothing,), links=(result(replace(ZOSMF_LINK, host=None, port=None)),)))
    assert shown["findings"][0]["fix"] == {"kind": "none", "safety": None, "summary": ""}
    assert shown["links"][0]["host"] is None
    assert shown["links"][0]["port"] is None
    assert shown["next_expiry"] is None


def test_a_moment_in_another_zone_is_told_in_utc() -> None:
    moment = datetime(2026, 11, 21, 1, 2, 3, tzinfo=timezone(timedelta(hours=2)))
    assert document(empty(as_of=moment))["as_of"] == "2026-11-20T23:02:03Z"


def test_characters_are_written_as_they_are_unless_a_terminal_would_act_on_them() -> None:
    report = empty(problems=("Müller Käse", "\x1b[2J\x9b\x7f\u202e", "half \ud800"))
    text = render("json", report)
    assert "Müller Käse" in text
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["problems"] == ["Müller Käse", "\x1b[2J\x9b\x7f\u202e", "half \ufffd"]


def test_to_dict_is_what_is_written() -> None:
    assert document(failing()) == to_dict(failing())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ZWEAG182E, "LoadBalancer does not"', "ZWEAG182E"),
        ("ZWEAM701E Unrecognized RSA", "ZWEAM701E"),
        ("EZD1287I TTLS Error", "EZD1287I"),
        ("EZD1287I 435", "EZD1287I"),
        ("EZD1287I TTLS Error RC: 435 Initial Handshake", "EZD1287I"),
        ("GSK 401", "GSK 401"),
        ("CertificateExpired", "CertificateExpired"),
        ("", ""),
    ],
)
def test_breaks_holds_message_ids(text: str, expected: str) -> None:
    assert message_id(text) == expected
