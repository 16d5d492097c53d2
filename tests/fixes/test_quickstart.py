"""The example site, through the real readers and rules."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fixes import readback
from zcertlint.app import Call, Outcome, check
from zcertlint.engine.results import Report
from zcertlint.fixes import FixOptions, PatchEdit, make_change, patched_settings, summarise
from zcertlint.fixes.commands.issue import GencertFromRequest
from zcertlint.model.deployment import Database, Deployment

AS_OF = datetime(2026, 11, 21, 9, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "quickstart" / "zowe.yaml"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return check(Call((str(EXAMPLE),), AS_OF))


def test_the_example_is_repaired_as_far_as_racf_can(outcome: Outcome) -> None:
    options = FixOptions(AS_OF, settings=outcome.configuration.zowe, sources=outcome.sources)

    def rebuild(database: Database, edits: tuple[PatchEdit, ...]) -> Deployment:
        zowe = outcome.configuration.zowe
        assert zowe is not None
        return outcome.rebuild(database, replace(outcome.configuration, zowe=patched_settings(zowe, edits)))

    runs: list[Report] = []

    def run(deployment: Deployment) -> Report:
        runs.append(outcome.judge(deployment))
        return runs[-1]

    change = make_change(outcome.report, outcome.deployment, options, rebuild, run)
    assert {"LK101", "CH101", "CH108", "NA103"} <= {found.code for found in change.total.gone}
    assert {"NA102", "NA108"} <= {found.code for found in change.total.gone}
    assert [plan.builder for plan in change.plans].count("reissue-names") == 1  # zOSMF.host: the setting
    issued = [c for plan in change.plans for c in plan.commands if isinstance(c, GencertFromRequest)]
    assert len({(c.owner, c.label) for c in issued}) == len(issued)  # one GENCERT for each certificate
    assert "zowe.zaas -> zosmf" in change.total.healed
    assert not change.total.broken
    assert not [found for found in change.total.new if found.severity.value != "info"]
    for name, text in change.files.items():
        assert "\t" not in text
        if name.endswith(".jcl"):
            assert readback.steps(text)
    for finding in outcome.report.findings:
        if finding.hint is not None:
            fix = summarise(finding.hint, outcome.deployment, options)
            assert fix.summary
