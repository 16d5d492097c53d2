"""A configuration in several files, as CONFIG= names them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = (SITE / "zowe.yaml").read_text(encoding="utf-8")
    Path("base.yaml").write_text(text, encoding="utf-8")
    Path("site.yaml").write_text("zowe:\n  verifyCertificates: DISABLED\n", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_files_that_are_named_are_one_configuration() -> None:
    report = check(Call(("site.yaml", "base.yaml"), AS_OF)).report
    assert ("zowe.verifyCertificates", "DISABLED") in report.headline
    assert ("The configuration", "site.yaml before base.yaml") in report.headline
    assert not [gap for gap in report.gaps if "was not judged" in gap.needs]


@pytest.mark.usefixtures("folder")
def test_the_order_decides() -> None:
    report = check(Call(("base.yaml", "site.yaml"), AS_OF)).report
    assert ("zowe.verifyCertificates", "STRICT") in report.headline


@pytest.mark.usefixtures("folder")
def test_files_that_were_found_are_two_deployments() -> None:
    report = check(Call((".",), AS_OF)).report
    assert [gap for gap in report.gaps if "was not judged" in gap.needs]
