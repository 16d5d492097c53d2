"""SARIF that its schema accepts and that a scanner's page can open."""

import json
from dataclasses import replace
from typing import Any

import pytest

from report.factory import RULE, empty, failing, finding, holding, unknown
from support.corpus import corpus_dir
from zcertlint.engine.results import Report
from zcertlint.engine.verdict import Severity
from zcertlint.report import RenderOptions, RuleText, render
from zcertlint.report.sarif import uri
from zcertlint.text.source import Span


def run(report: Report, **options: Any) -> Any:
    return json.loads(render("sarif", report, RenderOptions(**options)))["runs"][0]


@pytest.mark.parametrize("report", [failing(), holding(), unknown(), empty(), failing(problems=("bad",))])
def test_the_schema_accepts_it(report: Report) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    folder = corpus_dir()
    path = folder / "schemas" / "sarif-schema-2.1.0-errata01.json" if folder else None
    if path is None or not path.is_file():
        pytest.skip("the SARIF schema is not here")
    validator = jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")))
    for options in (RenderOptions(), RenderOptions(rules={"CH101": RULE})):
        document = json.loads(render("sarif", report, options))
        assert [str(error) for error in validator.iter_errors(document)] == []
    assert list(validator.iter_errors({"version": "2.1.0"})), "a schema that accepts anything proves nothing"


def test_a_result_points_at_its_rule_its_places_and_its_subjects() -> None:
    shown = run(failing())
    first = shown["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert shown["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "CH101"
    assert place == {"artifactLocation": {"uri": "evidence/rings.txt"}, "region": {"startLine": 6}}
    names = [one["fullyQualifiedName"] for one in first["locations"][0]["logicalLocations"]]
    assert names == ["ring:ZWESVUSR/ZoweKeyring", "CERTAUTH/zOSMFCA"]
    other = first["relatedLocations"][0]
    assert other["message"]["text"] == "this CA issued it; connect it"
    assert other["physicalLocation"]["region"] == {"startLine": 41, "startColumn": 10, "endColumn": 17}
    assert first["partialFingerprints"] == {"zcertlint/v1": "ch1010badcafe"}


def test_levels_and_the_baseline() -> None:
    results = run(failing())["results"]
    assert [one["level"] for one in results] == ["error", "error", "warning", "warning"]
    assert [one["baselineState"] for one in results] == ["new", "new", "new", "unchanged"]
    assert [("suppressions" in one) for one in results] == [False, False, False, True]
    info = run(empty(findings=(finding(severity=Severity.INFO),)))
    assert info["results"][0]["level"] == "note"


def test_a_gap_is_a_notification_of_its_rule_with_its_command() -> None:
    shown = run(failing())
    (note,) = shown["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
    assert note["message"]["text"].endswith("FORMAT(CERTB64)")
    rule = note["associatedRule"]
    assert shown["tool"]["driver"]["rules"][rule["index"]]["id"] == rule["id"] == "CH107"


def test_a_problem_with_an_input_is_no_success() -> None:
    assert run(failing())["invocations"][0]["executionSuccessful"] is True
    shown = run(failing(problems=("evidence/x.txt: cut",)))["invocations"][0]
    assert shown["executionSuccessful"] is False
    assert shown["toolExecutionNotifications"][0] == {
        "level": "error",
        "message": {"text": "evidence/x.txt: cut"},
    }


def test_the_words_of_the_rule_book_are_used() -> None:
    rules = {"CH107": RuleText("CH107", "x-y", "words", severity="info"), "CH101": RULE}
    by_id = {one["id"]: one for one in run(failing(), rules=rules)["tool"]["driver"]["rules"]}
    assert by_id["CH101"]["help"]["markdown"].startswith("# CH101: ")
    assert by_id["CH101"]["properties"]["security-severity"] == "7.5"
    assert by_id["CH107"]["defaultConfiguration"] == {"level": "note"}
    assert by_id["CE103"]["name"] == "certificate-expires-soon"
    assert by_id["CE103"]["help"] == {"text": "zcertlint explain CE103"}
    assert list(by_id) == sorted(by_id)


def test_a_rule_has_the_level_of_its_worst_finding() -> None:
    two = (finding(severity=Severity.INFO), replace(finding(), id="CH101-b", severity=Severity.WARNING))
    (rule,) = run(empty(findings=two))["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "warning"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("evidence/rings.txt", "evidence/rings.txt"),
        ("./a b/ü#1?.txt", "a%20b/%C3%BC%231%3F.txt"),
        ("../other/zowe.yaml", "../other/zowe.yaml"),
        ("a:b/c.txt", "a%3Ab/c.txt"),
        ("a\\b.txt", "a%5Cb.txt"),
        ("/u/zowe/zowe.yaml", "file:///u/zowe/zowe.yaml"),
        ("//host/share", "file:///host/share"),
        ("C:/a b.yaml", "file:///C:/a%20b.yaml"),
        ("half\ud800", "half%EF%BF%BD"),
    ],
)
def test_paths_become_uris(path: str, expected: str) -> None:
    assert uri(path) == expected


def test_a_finding_without_a_file_has_no_physical_location() -> None:
    shown = run(empty(findings=(finding(primary=Span(""), related=()),)))
    assert "physicalLocation" not in shown["results"][0]["locations"][0]


def test_what_the_schema_wants_once_is_there_once() -> None:
    view = failing().inputs[0]
    shown = run(empty(findings=(finding("tls", subjects=("a", "a", "b")),), inputs=(view, view)))
    names = [one["fullyQualifiedName"] for one in shown["results"][0]["locations"][0]["logicalLocations"]]
    assert names == ["a", "b"]
    assert shown["tool"]["driver"]["rules"][0]["properties"]["tags"] == ["security", "tls", "certificate"]
    assert len(shown["artifacts"]) == 1


def test_a_line_or_column_that_cannot_be_is_left_out() -> None:
    shown = run(empty(findings=(finding(primary=Span("a", 0, 0)), finding(primary=Span("a", 1, 0)))))
    places = [one["locations"][0]["physicalLocation"] for one in shown["results"]]
    assert [place.get("region") for place in places] == [None, {"startLine": 1}]
