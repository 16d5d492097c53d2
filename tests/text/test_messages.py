"""Messages over several lines."""

import pytest

from zcertlint.text.messages import unfold_message

LONG = (
    "IRRD109I The certificate cannot be added.  Profile 00.CN=Example.OU=AC95991C74A.CN=x is already defined."
)


@pytest.mark.parametrize("width", [79, 80])
def test_a_word_cut_at_the_edge_of_the_screen(width: int) -> None:
    lines = [LONG[:width], LONG[width:], "", "more"]
    assert unfold_message(lines, 0) == (" ".join(LONG.split()), 2)


def test_a_screen_in_a_margin() -> None:
    lines = [f"    {LONG[:79]}", f"    {LONG[79:]}"]
    assert unfold_message(lines, 0) == (" ".join(LONG.split()), 2)


def test_folded_between_words() -> None:
    lines = [
        "ICH10006I RACLISTED PROFILES FOR NETCMDS WILL NOT REFLECT THE ADDITION(S)",
        "UNTIL A SETROPTS REFRESH IS ISSUED.",
        "READY",
    ]
    assert unfold_message(lines, 0) == (f"{lines[0]} {lines[1]}", 2)


@pytest.mark.parametrize(
    "behind",
    [
        "READY",
        "",
        "ICH13003I X NOT FOUND",
        "Digital ring information for user A:",
        "RACDCERT SITE LIST",
        "***",
        "Ring:",
    ],
)
def test_what_ends_a_message(behind: str) -> None:
    first = "IRRD101I You are not authorized to issue the RACDCERT command, says this one and"
    assert unfold_message([first, behind], 0)[1] == 1


def test_a_short_message_is_whole() -> None:
    assert unfold_message(["IRRD115I User A has no rings.", "x"], 0) == ("IRRD115I User A has no rings.", 1)
    assert unfold_message(["ICH13003I A NOT FOUND", "x"], 0)[1] == 1


def test_the_end_of_the_answer_ends_it() -> None:
    assert unfold_message([LONG[:79], LONG[79:]], 0, 1) == (" ".join(LONG[:79].split()), 1)
