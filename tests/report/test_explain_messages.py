"""An entry of the message book shows every word that the book has, and fits the screen."""

import pytest

from zcertlint.messages import Cause, Entry, Found, answer, entries
from zcertlint.report._words import cells
from zcertlint.report.explain import MessageText, render_message, render_message_markdown, render_short

FULL = Entry(
    id="ABC123E",
    family="abc",
    title="something is wrong",
    texts=("It is %s wrong with %d",),
    means="It means this.",
    causes=(Cause("The first.", ("CH101", "AT153")), Cause("The second.")),
    look=("RACDCERT LIST",),
    fix="Repair it.",
    see=("GSK 6",),
)
ONE = Entry(id="some-words", family="abc", title="t", texts=("a * b",), causes=(Cause("Only this."),))


def built(rule: str) -> bool:
    return rule == "CH101"


def test_every_word_is_shown() -> None:
    words = MessageText.of(Found(FULL, "ABC123E"), built)
    for shown in (render_message(words), render_message_markdown(words).replace("\\", "")):
        for part in (
            "ABC123E", "something is wrong", "It is ... wrong with n", "It means this.", "The first.", "The second.",
            "CH101, (AT153)", "in brackets", "RACDCERT LIST", "Repair it.", "See also: GSK 6",
        ):  # fmt: skip
            assert part in shown


def test_what_is_not_there_is_left_out() -> None:
    words = MessageText.of(Found(ONE, "some-words"), built)
    assert render_message(words) == '"a ... b"   t\n\nWhy\n  Only this.\n'
    assert render_message_markdown(words) == '# "a ... b": t\n\n## Most often\n\n1. Only this.\n'


def test_rules_stand_at_the_right_edge() -> None:
    line = next(
        row for row in render_message(MessageText.of(Found(FULL, ""), built)).split("\n") if "first" in row
    )
    assert len(line) == 80
    assert line.endswith("CH101, (AT153)")


def test_values_and_others_of_a_text() -> None:
    found = answer("ZWEAM511E 'PKIX path building failed' EZZZ999I USERID: " + "A" * 100)
    shown = render_message(MessageText.of(found.found[0], built, found))
    assert "USERID " + "A" * 57 + "..." in shown
    assert "Also in this text\n  ZWEAM511E  a call with TLS failed" in shown
    assert "not in the book: EZZZ999I" in shown


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_entry_fits_the_screen(width: int) -> None:
    """Only a word that is longer than the line may stand out."""
    for one in entries():
        for line in render_message(MessageText.of(Found(one, one.id), built), width).split("\n"):
            assert cells(line) <= width or len(line.split()[-1]) > width - 30, (one.id, line)


def test_short_form() -> None:
    assert render_short([FULL, ONE]) == '  ABC123E  something is wrong\n  "a ... b"  t'
