"""What is wrong with an input is told once, and nothing is hidden by where it was found."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from zcertlint import inputs
from zcertlint.app import Call, check
from zcertlint.doubts import line_counts, with_doubts
from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.readers.racdcert import read
from zcertlint.report import RenderOptions, render
from zcertlint.text import envelope
from zcertlint.text.decode import load

LISTING = (
    "Digital ring information for user ZWESVUSR:\n\n  Ring:\n       >ZoweKeyring<\n"
    "  Certificate Label Name             Cert Owner     USAGE      DEFAULT\n"
    "  --------------------------------   ------------   --------   -------\n"
    "  Zowe[Server                        ID(ZWESVUSR)   PERSONAL     YES\n"
)


def test_a_label_that_the_code_page_leaves_open_is_a_question() -> None:
    source = load("x.txt", LISTING.encode())
    facts = read(source, ReadContext())
    assert with_doubts(source, (facts,)) == (facts,)
    doubtful = replace(source, undecided=frozenset("["))
    (told,) = with_doubts(doubtful, (facts,))
    (problem,) = told.problems
    assert problem.question is not None
    assert "Zowe[Server" in problem.question
    assert (problem.code, problem.span.line) == ("IN008", 7)


def test_an_undecided_character_that_no_name_has_is_no_matter() -> None:
    source = replace(load("x.txt", LISTING.encode()), undecided=frozenset("{"))
    facts = read(source, ReadContext())
    assert with_doubts(source, (facts,)) == (facts,)


def test_a_line_that_one_reader_understands_is_understood() -> None:
    one, other = Facts("a", "x", marks=b"\x01\x00\x02\x02"), Facts("b", "x", marks=b"\x02\x00\x00\x01")
    assert line_counts((one, other)) == (2, 1, 1)
    assert line_counts((one,)) == (1, 1, 2)


def test_too_many_exchanges_are_one_problem_of_one_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "EXCHANGE_LIMIT", 100)
    (tmp_path / "many.txt").write_text(
        "READY\nRACDCERT LIST ID(A)\nIRRD101I You are not authorized.\n" * 101, encoding="utf-8"
    )
    (tmp_path / "ring.txt").write_text(LISTING, encoding="utf-8")
    report = check(Call((str(tmp_path),), datetime(2026, 11, 21, tzinfo=UTC))).report
    assert len(report.problems) == 1
    assert report.summary.keyrings == 1


def test_verbose_shows_every_line_that_was_not_understood(tmp_path: Path) -> None:
    rows = "".join(f"  ?? damaged row {number} password=hunter2\x1b[31m\n" for number in range(12))
    listing = LISTING.replace("  Zowe[Server", f"{rows}  Zowe Server")
    (tmp_path / "ring.txt").write_text(listing, encoding="utf-8")
    report = check(Call((str(tmp_path),), datetime(2026, 11, 21, tzinfo=UTC))).report
    shown = render("text", report, RenderOptions(verbose=True))
    for number in range(12):
        assert f"{tmp_path}/ring.txt:{7 + number}:   ?? damaged row {number} password=********" in shown
    assert "hunter2" not in shown
    assert "\x1b" not in shown
    assert "ring.txt:14:" not in render("text", report, RenderOptions())


def test_an_unload_has_the_digest_of_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unload = Path(__file__).parents[2] / "fixtures" / "readers" / "irrdbu00" / "shapes" / "whole.txt"
    path = tmp_path / "unload.txt"
    path.write_bytes(unload.read_bytes() * 3)
    for piece in (1000, 1 << 22):
        monkeypatch.setattr(inputs, "_PIECE", piece)
        taken = inputs.Inputs(ReadContext())
        taken.add(str(path), explicit=True)
        data = path.read_bytes()
        assert [(view.sha256, view.size) for view in taken.views] == [(sha256(data).hexdigest(), len(data))]
