"""Answers in XML and JSON as lines of a transcript, each where it stands in the file as far as that can be."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.text.decode import load
from zcertlint.text.envelope import transcript_of
from zcertlint.text.wrapped import is_wrapped, unwrapped

FOLDER = Path(__file__).parents[2] / "fixtures" / "text" / "wrapped"


def exchanges(data: bytes) -> list[tuple[str | None, list[str], bool]]:
    found = transcript_of(load("x", data))
    return [
        (each.command, [line for line in found.texts[each.start : each.end] if line], each.closed)
        for each in found.exchanges
    ]


RING = ["Ring:", ">Zowe<"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "irrsmo00.xml",
            [
                (
                    "RLIST   FACILITY             (BPX.DAEMON) AUTHUSER",
                    ["CLASS      NAME", "-----      ----", "FACILITY   BPX.DAEMON", "A <B> & C"],
                    True,
                )
            ],
        ),
        ("pyracf.json", [("RLIST FACILITY (NOT.THERE)", ["ICH13003I NOT.THERE NOT FOUND"], True)]),
        (
            "zosmf.json",
            [(None, ["Digital ring information for user ZWESVUSR:", "Ring:", '>Zowe "A"\\B<'], True)],
        ),
        ("zosmf-tsoapp.json", [(None, RING, True)]),
        ("zowe-cli.json", [(None, RING, True)]),
        ("console.json", [(None, ["EZZ2500I NETSTAT CS V2R5 TCPIP 1", "HOME ADDRESS LIST:"], False)]),
    ],
)
def test_shapes(name: str, expected: list[tuple[str | None, list[str], bool]]) -> None:
    assert exchanges((FOLDER / name).read_bytes()) == expected


def test_lines_keep_their_numbers_where_each_has_its_own() -> None:
    for name in ("irrsmo00.xml", "zosmf.json"):
        data = (FOLDER / name).read_bytes()
        written, found = data.decode().split("\n"), load("x", data).lines
        assert len(found) == len(written) - 1
        for word in ("CLASS      NAME", "Ring:"):
            place = next((n for n, line in enumerate(written) if word in line), None)
            assert place is None or word in found[place]


def test_an_answer_that_is_cut_is_not_closed() -> None:
    data = (FOLDER / "zosmf.json").read_bytes()
    cut = data[: data.index(b'    {"message": "READY')]
    assert [closed for _, _, closed in exchanges(cut)] == [False]
    cut = (FOLDER / "irrsmo00.xml").read_bytes().partition(b"    </command>")[0]
    assert [closed for _, _, closed in exchanges(cut)] == [False]


def test_no_prompt_means_more_may_come() -> None:
    data = b'{"cmdResponse":[{"message":"  Ring:"},{"message":"  >Z<"}],"tsoPromptReceived":"N"}'
    assert exchanges(data) == [(None, ["Ring:", ">Z<"], False)]


def test_a_command_that_failed_proves_no_end() -> None:
    data = b'{"success":false,"data":{"success":false,"commandResponse":"  Ring:\\n  >Z<"}}'
    assert exchanges(data) == [(None, ["Ring:", ">Z<"], False)]


@pytest.mark.parametrize(
    "text",
    ["<server>\n<x/></server>", '{"zowe": {"a": 1}}', "# notes", "", "<", "{", '"cmdResponse": [', "[]"],
)
def test_other_files_are_left_alone(text: str) -> None:
    assert not is_wrapped(text)


def test_cdata_and_prefixes() -> None:
    text = "<r:securityresult><r:command><r:image>LU A</r:image><r:message><![CDATA[a<b]]></r:message></r:command>"
    assert unwrapped(text) == ["READY", "LU A", "a<b", "READY"]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_nothing_is_raised_or_invented(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in FOLDER.iterdir())))
    whole = (FOLDER / name).read_text()
    known = {*unwrapped(whole), ""}
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    for line in unwrapped(cut) if is_wrapped(cut) else ():
        assert line in known
