"""z/OSMF's usual key ring where only the prefix tells its name: RACF knows the prefix in upper case."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from zcertlint.app import Call, Outcome, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"


def judged(folder: Path, prefix: str, ring: str | None) -> Outcome:
    copytree(SITE, folder)
    settings = folder / "zowe.yaml"
    text = settings.read_text(encoding="utf-8").replace("applId: IZUDFLT", f"applId: {prefix}")
    settings.write_text(text, encoding="utf-8")
    (folder / "evidence" / "bootstrap.properties").unlink()
    listing = folder / "evidence" / "izusvr.txt"
    if ring is None:
        listing.unlink()
    else:
        shown = listing.read_text(encoding="utf-8").replace("IZUKeyring.IZUDFLT", ring)
        listing.write_text(shown, encoding="utf-8")
    return check(Call((str(settings),), datetime(2026, 6, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("prefix", "ring", "wanted"),
    [
        ("izudflt", None, "IZUKeyring.IZUDFLT"),
        ("IzuProd", None, "IZUKeyring.IZUPROD"),
        ("izudflt", "IZUKeyring.IZUDFLT", "IZUKeyring.IZUDFLT"),
        ("izudflt", "IZUKeyring.izudflt", "IZUKeyring.izudflt"),  # what a listing shows is what there is
    ],
)
def test_the_ring_of_a_prefix(tmp_path: Path, prefix: str, ring: str | None, wanted: str) -> None:
    outcome = judged(tmp_path / "site", prefix, ring)
    assert outcome.deployment.endpoints["zosmf"].keystore == f"ring:IZUSVR/{wanted}"
    assert "KR110" not in {found.code for found in outcome.report.findings}
    asked = {gap.command for gap in outcome.report.gaps if gap.subject.startswith("ring:IZUSVR")}
    assert asked == (set() if ring is not None else {f"RACDCERT LISTRING({wanted}) ID(IZUSVR)"})
