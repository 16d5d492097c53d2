"""A name with a character that an EBCDIC code page leaves open proves nothing: no finding rests on it."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from zcertlint.app import Call, check
from zcertlint.engine.results import Answer3, Report
from zcertlint.text.codepages import table

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
LABEL = "Zowe #1@RSA$ [a]"


def _report(folder: Path, page: str, old: str, new: str, *, settings: bool = False) -> Report:
    """The verdict on a site where a name is another one and files are EBCDIC."""
    copytree(SITE, folder)
    for file in folder.rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        for tail in ("  ", ""):
            text = text.replace(old.ljust(35) if tail else old, new.ljust(35) if tail else new)
        if (file.suffix == ".yaml" and settings) or file.suffix == ".txt":
            signs = table(page)
            file.write_bytes(bytes(0x15 if char == "\n" else signs.index(char) for char in text))
        else:
            file.write_text(text, encoding="utf-8")
    return check(Call((str(folder),), datetime(2026, 6, 1, tzinfo=UTC))).report


def _errors(report: Report) -> set[str]:
    return {found.code for found in report.findings if found.severity.value == "error"}


@pytest.mark.parametrize("page", ["cp273", "cp285", "cp297", "cp280", "cp871", "cp037"])
def test_a_label_that_may_be_the_configured_one_is_a_question(tmp_path: Path, page: str) -> None:
    report = _report(tmp_path / "site", page, "Zowe Server", LABEL)
    assert (report.verdict, _errors(report)) == (Answer3.UNKNOWN, set())
    assert any(gap.code == "IN008" for gap in report.gaps)


def test_a_page_that_the_brackets_tell_is_read(tmp_path: Path) -> None:
    assert _report(tmp_path / "site", "cp1047", "Zowe Server", LABEL).verdict is Answer3.HOLDS


@pytest.mark.parametrize(("page", "label"), [("cp273", "Zowe~a"), ("cp280", "Zowe{a}"), ("cp278", "Zowe`s")])
def test_a_sign_that_looks_like_a_letter_is_open(tmp_path: Path, page: str, label: str) -> None:
    assert _errors(_report(tmp_path / "site", page, "Zowe Server", label)) == set()


@pytest.mark.parametrize("settings", [True, False])
def test_a_ring_that_may_be_the_configured_one_is_a_question(tmp_path: Path, *, settings: bool) -> None:
    report = _report(tmp_path / "site", "cp273", "ZoweKeyring", "Zowe@Ring", settings=settings)
    assert _errors(report) == set()
    assert settings or report.verdict is Answer3.UNKNOWN


@pytest.mark.parametrize("page", ["cp273", "cp297"])
def test_no_ring_of_another_owner_is_named_where_the_own_one_may_be_it(tmp_path: Path, page: str) -> None:
    folder = tmp_path / "site"
    _report(folder, page, "ZoweKeyring", "Zowe@Ring")
    text = (
        "READY\nRACDCERT ID(OTHER) LISTRING(*)\nDigital ring information for user OTHER:\n\n"
        "  Ring:\n       >Zowe@Ring<\n  *** No certificates connected ***\n\nREADY\nEND\n"
    )
    (folder / "evidence" / "other.txt").write_text(text, encoding="utf-8")
    report = check(Call((str(folder),), datetime(2026, 6, 1, tzinfo=UTC))).report
    assert not [found.message for found in report.findings if found.code == "KR110"]
    assert any("leaves open whether" in gap.needs and "ZWESVUSR" in gap.subject for gap in report.gaps)
    # Where the own rings are another's altogether, the other owner's is named.
    own = folder / "evidence" / "zwesvusr.txt"
    own.write_text((SITE / "evidence" / "zwesvusr.txt").read_text(encoding="utf-8"), encoding="utf-8")
    report = check(Call((str(folder),), datetime(2026, 6, 1, tzinfo=UTC))).report
    assert [found.code for found in report.findings if found.code == "KR110"] == ["KR110"]


UNLOAD = SITE.with_name("unload")


def _unload(folder: Path, page: str, label: str, alias: str) -> Report:
    """A site whose database is unloaded in EBCDIC; the certificate has another label."""
    folder.mkdir()
    text = (UNLOAD / "answered.txt").read_text(encoding="utf-8")
    assert len(label) == len("Zowe Server")  # the columns behind it stay
    text = text.replace("Zowe Server", label)
    signs = table(page)
    places = {char: signs.index(char) for char in set(text) - {"\n", "¢"}} | {"\n": 0x15, "¢": 0x4A}
    (folder / "unload.bin").write_bytes(bytes(places[char] for char in text))
    settings = (UNLOAD / "zowe.yaml").read_text(encoding="utf-8").replace('"Zowe Server"', f"'{alias}'")
    (folder / "zowe.yaml").write_text(settings, encoding="utf-8")
    return check(Call((str(folder),), datetime(2026, 6, 1, tzinfo=UTC))).report


@pytest.mark.parametrize("page", ["cp1047", "cp273", "cp297", "cp037", "cp500"])
def test_a_label_of_an_unload_that_may_be_the_configured_one_is_a_question(tmp_path: Path, page: str) -> None:
    report = _unload(tmp_path / "site", page, "Zowe [a]#@$", "Zowe [a]#@$")
    assert not _errors(report) & {"KR105", "KR106"}
    # The answer is the right label, or a question.
    asked = [gap.needs for gap in report.gaps if gap.code == "IN008"]
    told = any(end.certificate == "ID(ZWESVUSR)/Zowe [a]#@$" for end in report.endpoints)
    assert told or asked


def test_a_label_of_an_unload_that_no_code_page_makes_the_configured_one_is_not_there(tmp_path: Path) -> None:
    assert "KR105" in _errors(_unload(tmp_path / "site", "cp273", "Zowe [a]#@$", "Zowe Other"))


def test_an_unload_with_usual_labels_leaves_nothing_open(tmp_path: Path) -> None:
    report = _unload(tmp_path / "site", "cp273", "Zowe Server", "Zowe Server")
    assert not [gap for gap in report.gaps if gap.code == "IN008"]


def test_a_label_that_no_code_page_makes_the_configured_one_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    report = _report(folder, "cp273", "Zowe Server", LABEL)
    settings = folder / "zowe.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(LABEL, "Zowe Other"), encoding="utf-8")
    report = check(Call((str(folder),), datetime(2026, 6, 1, tzinfo=UTC))).report
    assert "KR105" in _errors(report)
