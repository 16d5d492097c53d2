"""What a site decides about rules, seen as a user sees it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, Outcome, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)


def run(folder: Path, config: str, **call: object) -> Outcome:
    text = (SITE / "zowe.yaml").read_text(encoding="utf-8").replace(": STRICT", ": NOSTRICT")
    (folder / "zowe.yaml").write_text(text, encoding="utf-8")
    (folder / "zcertlint.yaml").write_text(config, encoding="utf-8")
    return check(Call((str(folder / "zowe.yaml"),), AS_OF, **call))  # type: ignore[arg-type]


def codes(outcome: Outcome) -> dict[str, str]:
    return {found.code: found.severity.value for found in outcome.report.findings}


def test_a_family_is_left_out(tmp_path: Path) -> None:
    assert "ZW101" not in codes(run(tmp_path, "version: 1\nrules: {ignore: [ZW]}\n"))


def test_only_a_family_is_run(tmp_path: Path) -> None:
    outcome = run(tmp_path, "version: 1\nrules: {select: [ZW101]}\n")
    assert set(codes(outcome)) == {"ZW101"}
    assert outcome.report.summary.rules_run == 1


def test_the_call_goes_before_the_file(tmp_path: Path) -> None:
    config = "version: 1\nrules: {ignore: [ZW101]}\n"
    assert "ZW101" in codes(run(tmp_path, config, select=("ZW101",)))


def test_what_is_mandatory_cannot_be_left_out(tmp_path: Path) -> None:
    config = "version: 1\nrules: {ignore: [ZW101], mandatory: [ZW101]}\n"
    assert "ZW101" in codes(run(tmp_path, config, ignore=("ZW",)))


def test_the_severity_of_the_longest_prefix(tmp_path: Path) -> None:
    config = "version: 1\nrules: {severity: {ZW: info, ZW101: warning}}\n"
    assert codes(run(tmp_path, config))["ZW101"] == "warning"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("rules: {ignore: [QQ]}", "no rule has the id 'QQ'"),
        ("rules: {severity: {CE103: fatal}}", "'fatal' is no severity"),
        ("rules: {params: {CE103: {weeks: 3}}}", "CE103 has no number 'weeks'"),
        ("rules: {params: {CE103: {days: soon}}}", "days is not a whole number"),
        ("suppress: [{rule: CE103}]", "has no reason"),
        ("suppress: [{rule: CE103, reason: x, expires: soon}]", "expires is no day"),
        ("suppress: [{rule: CE103, because: x}]", "'because'"),
        ("persona: king", "'king' is no persona"),
    ],
)
def test_a_slip_of_the_pen_is_told_and_exit_code_2(tmp_path: Path, config: str, words: str) -> None:
    outcome = run(tmp_path, f"version: 1\n{config}\n")
    assert any(words in line and "zcertlint.yaml:2" in line for line in outcome.unreadable)
    assert "ZW101" in codes(outcome), "everything else is still checked"
