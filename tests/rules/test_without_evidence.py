"""Missing evidence is never a pass and never a finding: every failing case again, its listings taken away.

Many rules have no question of their own: where nothing shows their subject they are silent, and the links say that
they cannot be told. This is their case of *cannot tell*.
"""

import shutil
from pathlib import Path

import pytest

from population.plants import Plant, plant_all, plants

_OF_EVIDENCE = ("CE", "CP", "KR", "CH", "NA", "LK", "ID")
# What zowe.yaml shows alone: settings of OIDC, a virtual key ring, versions of TLS, names of the sample.
_BY_CONFIGURATION = {"ID115", "ID116", "KR131", "LK102", "NA110"}


def _candidates() -> list[Plant]:
    seen: dict[str, Plant] = {}
    for plant in plants():
        usual = plant.base is not None and not plant.special() and not plant.removed
        if usual and plant.rule.startswith(_OF_EVIDENCE):
            seen.setdefault(plant.rule, plant)
    return list(seen.values())


@pytest.mark.parametrize("plant", _candidates(), ids=lambda plant: plant.rule)
def test_a_fault_that_nothing_shows(plant: Plant, tmp_path: Path) -> None:
    planted = plant_all(tmp_path / "site", [plant])
    before = {link.link.id: link.verdict.value for link in planted.judge(auditor=True).report.links}
    for folder in ("evidence", "files", "stores"):
        shutil.rmtree(planted.folder / folder, ignore_errors=True)
    for path in planted.folder.glob("*"):
        if path.name not in {"zowe.yaml", "zcertlint.yaml"}:
            path.unlink()
    report = planted.judge(auditor=True).report
    after = {link.link.id: link.verdict.value for link in report.links}
    assert {
        ident for ident, verdict in before.items() if verdict == "fails" and after.get(ident) == "holds"
    } == set()
    fired = {found.code for found in report.findings if found.code.startswith(_OF_EVIDENCE)}
    assert fired <= _BY_CONFIGURATION
