"""Every case of every rule: what the inputs say, and what the rule must make of it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.beside import explained
from zcertlint.app import Call, Outcome, check
from zcertlint.engine.results import Finding
from zcertlint.engine.rule import Context, all_rules
from zcertlint.engine.run import Options, _subjects
from zcertlint.engine.verdict import Fails, Holds, Unknown
from zcertlint.trust.handshake import Judge

FIXTURES = Path(__file__).parents[2] / "fixtures"
AS_OF = "2026-11-21"


def _cases() -> list[Any]:
    found = []
    for path in sorted((FIXTURES / "rules").glob("*.yaml")):
        if path.stem.startswith("CG"):  # cases of a change: test_change_cases.py
            continue
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            label = f"{path.stem}-{case['name'].replace(' ', '-')}"
            found += [pytest.param(path.stem, case, id=label)]
    return found


def named_cases() -> list[tuple[str, str]]:
    """Rule and name of every case that fails."""
    return [
        (code, case["name"])
        for code, case in (entry.values for entry in _cases())
        if case["verdict"] == "fails"
    ]


def _moment(text: str) -> datetime:
    form = "%Y-%m-%dT%H:%M:%SZ" if "T" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _lay_out(case: dict[str, Any], folder: Path) -> None:
    """Write the inputs of a case: a deployment, the smallest edits, and files of its own."""
    if "from" in case:
        shutil.copytree(FIXTURES / case["from"], folder, dirs_exist_ok=True)
    for name in case.get("remove", ()):
        (folder / name).unlink()
    for name, edits in case.get("edit", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) >= 1, f"{name} does not hold {old!r}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in case.get("inputs", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _check(case: dict[str, Any]) -> Outcome:
    paths = tuple(case.get("paths") or (["zowe.yaml"] if Path("zowe.yaml").exists() else ["."]))
    return check(
        Call(
            paths,
            _moment(str(case.get("as_of", AS_OF))),
            certificates=case.get("cert", {}),
            zowe_version=case.get("zowe_version"),
            auditor=case.get("persona") == "auditor",
        )
    )


def _verdict(code: str, outcome: Outcome, as_of: datetime) -> tuple[str, list[Fails], list[Unknown]]:
    """The rule's own verdicts, before findings are merged: the worst counts."""
    deployment = outcome.deployment
    context = Context(deployment, Judge(deployment, as_of), as_of, number=Options(as_of).number)
    rule = next(rule for rule in all_rules() if rule.id == code)
    verdicts = [rule.predicate(subject, context) for subject in _subjects(deployment)[rule.on]]
    assert all(isinstance(v, Holds | Fails | Unknown) for v in verdicts)
    fails = [v for v in verdicts if isinstance(v, Fails)]
    unknown = [v for v in verdicts if isinstance(v, Unknown)]
    return ("fails" if fails else "unknown" if unknown else "holds"), fails, unknown


@pytest.mark.parametrize(("code", "case"), _cases())
def test_case(code: str, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _lay_out(case, tmp_path)
    outcome = _check(case)
    as_of = _moment(str(case.get("as_of", AS_OF)))
    verdict, fails, unknown = _verdict(code, outcome, as_of)
    if code == "IN009":  # run on what became of the others' findings
        verdict = "fails" if any(f.code == code for f in outcome.report.findings) else "holds"
    assert verdict == case["verdict"], [f.message for f in outcome.report.findings]
    expect = case.get("expect", {})
    if verdict == "fails":
        _expect_finding(code, expect, outcome, fails)
        told = {finding.code: finding.message for finding in outcome.report.findings}
        may = {code, *explained(code, case["name"])}
        assert not {other: text for other, text in told.items() if other not in may}, "one fault, one code"
    if verdict == "unknown":
        commands = {need.command for v in unknown for need in v.needs}
        assert any(need.text for v in unknown for need in v.needs), "a gap says what is missing"
        if "command" in expect:
            assert expect["command"] in commands
    for ident, wanted in expect.get("links", {}).items():
        results = {result.link.id: result.verdict.value for result in outcome.report.links}
        assert results[ident] == wanted
    for code_, reason in expect.get("suppressed", {}).items():
        told = {f.code: f.suppressed.reason for f in outcome.report.findings if f.suppressed is not None}
        assert told.get(code_) == reason
    for other in expect.get("never", ()):
        assert other not in {finding.code for finding in outcome.report.findings}


def _expect_finding(code: str, expect: dict[str, Any], outcome: Outcome, fails: list[Fails]) -> None:
    findings = [finding for finding in outcome.report.findings if finding.code == code]
    assert findings, "a failing verdict is a finding"
    finding = findings[0]
    if "subjects" in expect:
        assert list(finding.subjects) == expect["subjects"]
    if "place" in expect:
        assert f"{finding.primary.path}:{finding.primary.line}" == expect["place"]
    if "severity" in expect:
        assert finding.severity.value == expect["severity"]
    if "confidence" in expect:
        assert finding.confidence.value == expect["confidence"]
    for told in findings:
        _well_formed(told)
    if "related" in expect:
        assert [f"{span.path}:{span.line}" for span, _ in finding.related] == expect["related"]
    if "fix" in expect:
        hint = fails[0].fix if fails else finding.hint
        assert ({hint.builder: dict(hint.values)} if hint is not None else None) == expect["fix"]
    if "variant" in expect and fails:
        assert fails[0].variant == expect["variant"]
    if "noted" in expect:
        assert (finding.note is not None) is expect["noted"]
    if "broken" in expect:
        assert list(finding.links) == expect["broken"]
    if "spared" in expect:
        assert list(finding.spared) == expect["spared"]
    if "breaks" in expect:
        assert list(finding.breaks) == expect["breaks"]
    for name, value in expect.get("facts", {}).items():
        if not fails:
            assert str(value) in finding.message
            continue
        assert fails[0].facts[name] == value


def _well_formed(finding: Finding) -> None:
    """What every finding needs, whatever the rule: words, and places that are places."""
    assert finding.message.strip()
    assert finding.subjects
    assert all(finding.subjects)
    assert all(finding.breaks)
    for span, words in finding.related:
        assert span.path
        assert words.strip()
