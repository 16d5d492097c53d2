"""The rules of access on a database unload: it shows every profile of a class, so what it lacks is not there."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, Outcome, check, fix
from zcertlint.fixes.commands.base import text_of

LOGON = Path(__file__).parents[2] / "fixtures" / "deployments" / "logon"
PATHS = ("zowe.yaml", "files/system.txt", "evidence/bootstrap.properties", "evidence/security.txt")
RULES = {"SA101", "SA111", "SA112", "SA115"}


def checked(folder: Path, drop: tuple[str, ...] = (), edit: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """The check without these records (type, profile, class), and with these texts in place of others of one width."""
    site = folder / "site"
    shutil.copytree(LOGON, site)
    unload = site / "files" / "system.txt"
    lines = unload.read_text(encoding="utf-8").split("\n")
    kept = [
        line for line in lines if f"{line[:4]} {line[5:251].rstrip()} {line[252:260].rstrip()}" not in drop
    ]
    assert len(lines) - len(kept) == len(drop)
    text = "\n".join(kept)
    for old, new in edit:
        assert old in text
        assert len(old) == len(new)
        text = text.replace(old, new)
    unload.write_text(text, encoding="utf-8")
    paths = tuple(str(site / name) for name in PATHS)
    return check(Call(paths, datetime(2026, 11, 21, tzinfo=UTC)))


def told(outcome: Outcome) -> dict[str, str]:
    return {one.code: one.message for one in outcome.report.findings if one.code in RULES}


def test_all_is_there(tmp_path: Path) -> None:
    outcome = checked(tmp_path)
    assert told(outcome) == {}
    assert [gap.needs for gap in outcome.report.gaps if gap.code in RULES] == []


@pytest.mark.parametrize(
    ("drop", "code", "words"),
    [
        (("0505 BPX.DAEMON FACILITY",), "SA101", "has no READ on BPX.DAEMON"),
        (("0505 BPX.SERVER FACILITY",), "SA101", "has no READ on BPX.SERVER"),
        (("0500 BPX.DAEMON FACILITY", "0505 BPX.DAEMON FACILITY"), "SA101", "BPX.DAEMON is not defined"),
        (("0500 IZUDFLT PTKTDATA", "0530 IZUDFLT PTKTDATA"), "SA111", "has no profile IZUDFLT"),
        (("0505 IRRPTAUTH.IZUDFLT.* PTKTDATA",), "SA112", "has no UPDATE on IRRPTAUTH.IZUDFLT.*"),
        (
            ("0500 IRRPTAUTH.IZUDFLT.* PTKTDATA", "0505 IRRPTAUTH.IZUDFLT.* PTKTDATA"),
            "SA112",
            "no profile of class PTKTDATA covers",
        ),
    ],
)
def test_what_is_not_there(tmp_path: Path, drop: tuple[str, ...], code: str, words: str) -> None:
    found = told(checked(tmp_path, drop))
    assert list(found) == [code]
    assert words in found[code]


def test_the_right_is_planned_where_no_profile_gives_it(tmp_path: Path) -> None:
    outcome = checked(tmp_path, ("0500 IRRPTAUTH.IZUDFLT.* PTKTDATA", "0505 IRRPTAUTH.IZUDFLT.* PTKTDATA"))
    change = fix(outcome)
    (plan,) = (plan for plan in change.plans if plan.builder == "authority")
    assert [text_of(command) for command in plan.commands] == [
        "RDEFINE PTKTDATA IRRPTAUTH.IZUDFLT.* UACC(NONE)",
        "PERMIT IRRPTAUTH.IZUDFLT.* CLASS(PTKTDATA) ID(ZWESVUSR) ACCESS(UPDATE)",
    ]
    assert not told(outcome).keys() & {one.code for one in change.after.findings}


def test_the_access_of_a_more_general_profile(tmp_path: Path) -> None:
    """``IRRPTAUTH.**`` covers every application, and decides where nothing closer is there."""
    wider = (("IRRPTAUTH.IZUDFLT.*", "IRRPTAUTH.**       "),)
    assert told(checked(tmp_path, edit=wider)) == {}
    found = told(checked(tmp_path / "none", ("0505 IRRPTAUTH.IZUDFLT.* PTKTDATA",), wider))
    assert list(found) == ["SA112"]
    assert "IRRPTAUTH.**" in found["SA112"]


def test_no_key_in_any_profile_of_the_class(tmp_path: Path) -> None:
    """Records of a type that does not occur at all may have been left out: that is a question."""
    outcome = checked(tmp_path, ("0530 IZUDFLT PTKTDATA",))
    assert "SA111" not in told(outcome)
    assert [gap.command for gap in outcome.report.gaps if gap.code == "SA111"] == [
        "RLIST PTKTDATA IZUDFLT SSIGNON NORACF"
    ]
