"""Deployments that work, of which other checkers say that they do not (``never.yaml``)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.test_cases import _check, _lay_out
from zcertlint.engine.results import Answer3
from zcertlint.engine.verdict import Severity


def _cases() -> list[Any]:
    file = Path(__file__).with_name("never.yaml")
    return [
        pytest.param(case, id=case["name"])
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]
    ]


@pytest.mark.parametrize("case", _cases())
def test_it_is_no_finding(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _lay_out(case, tmp_path)
    report = _check(case).report
    told = {finding.code: finding.message for finding in report.findings}
    assert sorted(told) == sorted(case.get("but", ())), told
    assert Severity.ERROR not in {finding.severity for finding in report.findings}
    assert {gap.command for gap in report.gaps} == set(case.get("asks", ())), report.gaps
    still = {result.link.id: result.verdict for result in report.links if result.verdict is not Answer3.HOLDS}
    assert still == dict.fromkeys(case.get("open", ()), Answer3.UNKNOWN)
