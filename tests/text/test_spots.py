"""What a large listing is full of is no sign of an envelope: else each of its lines would be looked at."""

import pytest

from zcertlint.text.envelope import transcript


def looked_at(line: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    found: list[int] = []
    monkeypatch.setattr("zcertlint.text.envelope._Builder.boundary", lambda _, index: found.append(index))
    transcript(["Label: x", f"     {line}", "Status: TRUST"])
    return found != []


@pytest.mark.parametrize("line", ["> Technology.O=Example<", ">CN=x<", "F9:0F:48:11:F1:", "F1:00"])
def test_a_piece_of_a_value_is_no_margin(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not looked_at(line, monkeypatch)


@pytest.mark.parametrize("line", ["> text", "> x", "F9=Swap  F10=Left", "F1"])
def test_a_margin_is_seen(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked_at(line, monkeypatch)


def test_a_quote_of_pieces_and_other_lines_is_a_quote() -> None:
    texts = transcript(["> Issuer's Name:", ">      >CN=x<", "> Status: TRUST", "> Label: y"]).texts
    assert list(texts) == ["Issuer's Name:", ">CN=x<", "Status: TRUST", "Label: y"]
