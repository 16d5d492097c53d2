"""Commands and their answers, out of everything that surrounds them."""

import pytest

from zcertlint.text.envelope import masked, transcript


def exchanges(text: str) -> list[tuple[str | None, list[str], bool]]:
    found = transcript(text.split("\n"))
    return [
        (each.command, [line for line in found.texts[each.start : each.end] if line], each.closed)
        for each in found.exchanges
    ]


def test_batch_output() -> None:
    text = (
        "1READY\n READY\n RACDCERT ID(A) -\n   LISTRING(*)\n answer\n READY\n LISTCAT\n other\n READY\n END\n"
    )
    assert exchanges(text) == [
        ("RACDCERT ID(A) LISTRING(*)", ["answer"], True),
        ("LISTCAT", ["other"], True),
    ]


def test_an_answer_without_echo() -> None:
    text = "READY\nDigital ring information for user A:\nREADY\nIRRD101I no\nEND"
    assert exchanges(text) == [
        (None, ["Digital ring information for user A:"], True),
        (None, ["IRRD101I no"], True),
    ]


@pytest.mark.parametrize(
    "echo",
    ["racdcert list certauth", '$ tsocmd "racdcert list certauth"', "tsocmd racdcert list certauth"],
)
def test_echo_without_ready(echo: str) -> None:
    assert exchanges(f"{echo}\nanswer") == [("racdcert list certauth", ["answer"], False)]


def test_prose_is_no_command() -> None:
    text = "RACDCERT was run by Bob\nIRRD101I You are not authorized to issue the RACDCERT command."
    assert [command for command, _, _ in exchanges(text)] == [None]


def test_sdsf_columns() -> None:
    found = transcript(["SDSF OUTPUT DISPLAY X  JOB1  DSID 2 LINE 0  COLUMNS 21- 100", "me  Cert Owner"])
    assert [(each.lost_columns, each.first_column) for each in found.exchanges] == [(0, 21)]
    found = transcript(["SDSF OUTPUT DISPLAY X  JOB1  DSID 2 LINE 0  COLUMNS 1- 80", "text"])
    assert [each.lost_columns for each in found.exchanges] == [None]


def test_marks_of_screens_and_markdown_are_blanked_but_not_answers() -> None:
    lines = ["***", "*** No certificates connected ***", "```text", "**** BOTTOM OF DATA ****", "<pre>"]
    assert transcript(lines).texts == ["", "*** No certificates connected ***", "", "", ""]


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("RACDCERT ADD('a') PASSWORD('s3(c''ret)') TRUST", "RACDCERT ADD('a') PASSWORD(...) TRUST"),
        ("RACDCERT ADD('a') password( s3cret )", "RACDCERT ADD('a') password(...)"),
        ("RACDCERT ADD('a') PASSWORD('s3cret", "RACDCERT ADD('a') PASSWORD(...)"),
    ],
)
def test_passwords_never_leave(command: str, shown: str) -> None:
    assert masked(command) == shown
    assert exchanges(f"READY\n{command}\nREADY")[0][0] == shown
