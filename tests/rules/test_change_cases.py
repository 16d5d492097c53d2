"""Every case of the rules on a change: a job, what it is played on, and what the rule must make of it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from zcertlint.app import Call
from zcertlint.engine.rule import Context, all_rules
from zcertlint.engine.run import Options, _subjects
from zcertlint.engine.verdict import Fails, Holds, Unknown
from zcertlint.rehearsal import Rehearsed, rehearse
from zcertlint.trust.handshake import Judge

FIXTURES = Path(__file__).parents[2] / "fixtures"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)


def _cases() -> list[Any]:
    found = []
    for path in sorted((FIXTURES / "rules").glob("CG*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            label = f"{path.stem}-{case['name'].replace(' ', '-')}"
            found.append(pytest.param(path.stem, case, id=label))
    return found


def _lay_out(case: dict[str, Any], folder: Path) -> None:
    if "from" in case:
        shutil.copytree(FIXTURES / case["from"], folder, dirs_exist_ok=True)
    for name, edits in case.get("edit", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) >= 1, f"{name} does not hold {old!r}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    for name in case.get("remove", ()):
        (folder / name).unlink()
    for name, text in case["inputs"].items():
        (folder / name).write_text(text, encoding="utf-8")


def _verdict(code: str, done: Rehearsed) -> tuple[str, list[Fails], list[Unknown]]:
    judge = Judge(done.deployment, AS_OF)
    context = Context(done.deployment, judge, AS_OF, number=Options(AS_OF).number)
    rule = next(rule for rule in all_rules() if rule.id == code)
    verdicts = [rule.predicate(subject, context) for subject in _subjects(done.deployment)[rule.on]]
    assert all(isinstance(v, Holds | Fails | Unknown) for v in verdicts)
    unknown = [v for v in verdicts if isinstance(v, Unknown)]
    fails = [v for v in verdicts if isinstance(v, Fails)]
    return ("fails" if fails else "unknown" if unknown else "holds"), fails, unknown


@pytest.mark.parametrize(("code", "case"), _cases())
def test_case(code: str, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _lay_out(case, tmp_path)
    paths = [*case["inputs"], *(["zowe.yaml"] if Path("zowe.yaml").exists() else [])]
    done = rehearse(Call(tuple(paths), AS_OF, auditor=case.get("persona") == "auditor"))
    verdict, fails, unknown = _verdict(code, done)
    told = {finding.code: finding for finding in done.after.findings}
    assert verdict == case["verdict"], [(one.text, one.effect, one.reason) for one in done.change.commands]
    expect = case.get("expect", {})
    for other in expect.get("never", ()):
        assert other not in told
    if verdict == "unknown":
        assert all(need.text for v in unknown for need in v.needs), "a gap says what is missing"
        assert expect.get("command") in {None, *(need.command for v in unknown for need in v.needs)}
    if verdict != "fails":
        assert code not in told
        return
    finding = told[code]
    if "subjects" in expect:
        assert list(finding.subjects) == expect["subjects"]
    if "place" in expect:
        assert f"{finding.primary.path}:{finding.primary.line}" == expect["place"]
    if "severity" in expect:
        assert finding.severity.value == expect["severity"]
    if "confidence" in expect:
        assert finding.confidence.value == expect["confidence"]
    if "related" in expect:
        assert [f"{span.path}:{span.line}" for span, _ in finding.related] == expect["related"]
    if "broken" in expect:
        assert list(finding.links) == expect["broken"]
    if "variant" in expect:
        assert fails[0].variant == expect["variant"]
    if "noted" in expect:
        assert (finding.note is not None) is expect["noted"]
    for name, value in expect.get("facts", {}).items():
        assert fails[0].facts[name] == value
    for words in expect.get("says", ()):
        assert words in finding.message
