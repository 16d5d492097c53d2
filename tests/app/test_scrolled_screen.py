"""A listing copied from an SDSF screen that was scrolled right: said in one line, and nothing is concluded from it."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
HEADING = "SDSF OUTPUT DISPLAY LISTJOB  JOB00123  DSID   102 LINE 2       COLUMNS {}\n"
SAID = (
    "this listing was copied from an SDSF screen scrolled right (COLUMNS 41-120): the first 40 columns are missing."
    " Copy it again from column 1, or print it to a data set (XDC) and download that as text."
    " Nothing was concluded from it."
)


def site(folder: Path, first: int, columns: str) -> Path:
    """The site with z/OSMF's listing as the screen shows it from a column on."""
    copytree(SITE, folder)
    listing = folder / "evidence" / "izusvr.txt"
    rows = listing.read_text(encoding="utf-8").split("\n")
    cut = "\n".join(row[first - 1 :] for row in rows)
    listing.write_text(HEADING.format(columns) + cut, encoding="utf-8")
    return folder


def run(path: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "zcertlint",
            "check",
            path.name,
            "--as-of",
            "2026-06-01",
            "--format",
            "concise",
        ],
        capture_output=True,
        check=False,
        cwd=path.parent,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "400", "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, " ".join(done.stderr.split())


@pytest.mark.parametrize("columns", ["41- 120", "41-120", "  41 - 120"])
def test_it_is_said_in_one_line(tmp_path: Path, columns: str) -> None:
    code, out, told = run(site(tmp_path / "site", 41, columns) / "zowe.yaml")
    assert code == 2
    assert told == f"zcertlint: evidence/izusvr.txt:1: {SAID}"
    assert out.count("IN002") == 1
    assert not any(rule in out for rule in ("KR109", "KR110", "CH101", "IN001"))


def test_alone_it_is_said_too(tmp_path: Path) -> None:
    code, _, told = run(site(tmp_path / "site", 41, "41- 120") / "evidence" / "izusvr.txt")
    assert (code, told) == (2, f"zcertlint: izusvr.txt:1: {SAID}")


def test_output_without_a_trace_of_a_listing_is_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    copytree(SITE, folder)
    (folder / "evidence" / "log.txt").write_text(
        f"{HEADING.format('81- 160')}ended at 10:05\n", encoding="utf-8"
    )
    code, out, told = run(folder / "zowe.yaml")
    assert (code, told) == (0, "")
    assert "this output was copied from an SDSF screen scrolled right (COLUMNS 81-160)" in out


@pytest.mark.parametrize("columns", ["1- 80", "02- 81"])
def test_from_the_first_column_on_it_is_another_file(tmp_path: Path, columns: str) -> None:
    folder = tmp_path / "site"
    copytree(SITE, folder)
    (folder / "evidence" / "log.txt").write_text(
        f"{HEADING.format(columns)}ended at 10:05\n", encoding="utf-8"
    )
    assert "IN002" not in run(folder / "zowe.yaml")[1]
