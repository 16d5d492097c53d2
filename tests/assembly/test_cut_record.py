"""A record that is cut in one file, and whole in another one."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from zcertlint.app import Call, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
LAST = "  Signing Algorithm: sha256RSA\n"
TEXT = (SITE / "evidence" / "izusvr.txt").read_text(encoding="utf-8")


def cut(text: str) -> str:
    """The listing up to the signature of its one record."""
    return text[text.index("READY\nRACDCERT ID(IZUSVR) LIST\n") : text.index(LAST)]


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (cut(TEXT), TEXT, False),
        (cut(TEXT), cut(TEXT), True),
        (cut(TEXT).replace(">01<", ">02<"), TEXT, True),  # another certificate under that label
        (cut(TEXT).replace("DefaultzOSMFCert.IZUDFLT", "Other"), TEXT, True),
        (cut(TEXT).replace("IZUSVR", "IZUPROD"), TEXT, True),
    ],
)
def test_it_is_told_unless_it_is_shown_whole(tmp_path: Path, part: str, whole: str, *, told: bool) -> None:
    site = tmp_path / "site"
    copytree(SITE, site)
    (site / "evidence" / "izusvr.txt").write_text(whole, encoding="utf-8")
    (site / "evidence" / "part.txt").write_text(part, encoding="utf-8")
    report = check(Call((str(site / "zowe.yaml"),), datetime(2026, 6, 1, tzinfo=UTC))).report
    assert any(found.code == "IN002" for found in report.findings) is told
