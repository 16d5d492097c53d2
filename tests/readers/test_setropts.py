"""SETROPTS LIST as it is printed, pasted, cut and damaged; and the reader as the inverse of the printer."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from support.envelopes import Envelope, envelopes
from support.setropts_print import print_setropts
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import ClassOptions
from zcertlint.readers import ReadContext
from zcertlint.readers.setropts import read, recognise
from zcertlint.text.decode import load
from zcertlint.text.source import Span

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "readers" / "setropts"
CORPUS = corpus_dir()
NOWHERE = Span("")
FIELDS = ("active", "raclist", "generic", "generic_commands", "global_checking", "global_raclist")
KNOWN = [
    "DATASET",
    "USER",
    "GROUP",
    "CDT",
    "JAVA",
    "SDSF",
    "DIGTCERT",
    "DIGTNMAP",
    "RDATALIB",
    "FACILITY",
    "$$LOGON",
]
NAMES = st.one_of(st.sampled_from(KNOWN), st.from_regex(r"[A-Z@#$][A-Z0-9@#$]{3,7}", fullmatch=True)).filter(
    lambda name: name not in {"NONE", "BEING", "WILL"}
)
SHUFFLED = [
    *(
        "ATTRIBUTES = X",
        "ACTIVE CLASSES = A",
        "ACTIVE CLASSES =",
        "APPL SDSF",
        "NONE",
        "READY",
        "SETROPTS LIST",
    ),
    *("X IS Y", "```", "", "ICH14063I DONE", "USER=A NAME=B", "GLOBAL=YES RACLIST ONLY =  NONE"),
]
LISTS = st.none() | st.frozensets(NAMES, max_size=30)


@st.composite
def options(draw: st.DrawFn) -> ClassOptions:
    lists: dict[str, Any] = {field: draw(LISTS) for field in FIELDS}
    return ClassOptions(NOWHERE, **lists)


def facts(data: bytes, name: str = "listing.txt") -> Facts:
    source = load(name, data)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines == (found.marks.count(1), found.marks.count(0), found.marks.count(2))
    return found


def fixture(name: str) -> Facts:
    data = (FIXTURES / name).read_bytes()
    assert recognise(load(name, data))
    return facts(data, name)


def only(found: Facts) -> ClassOptions:
    assert found.security is not None
    (one,) = found.security.classes
    return one


def counts(one: ClassOptions) -> list[int | None]:
    return [None if (names := getattr(one, field)) is None else len(names) for field in FIELDS]


@pytest.mark.parametrize("name", ["shapes/batch.txt", "shapes/indent_lost.txt"])
def test_every_list_is_read(name: str) -> None:
    found = fixture(name)
    one = only(found)
    assert counts(one) == [18, 11, 7, 7, 0, 1]
    assert one.raclist is not None
    assert {"RDATALIB", "DIGTCERT"} <= one.raclist
    assert "DIGTNMAP" not in (one.active or ())
    assert not found.unread
    assert not found.problems


def test_a_refusal_is_no_empty_list() -> None:
    found = fixture("shapes/denied.txt")
    assert found.security is None
    assert [(one.kind, one.function, one.name) for one in found.answers] == [
        (AnswerKind.DENIED, "SETROPTS", None)
    ]


def test_a_refresh_is_left_alone() -> None:
    assert fixture("shapes/batch.txt").marks[-6:] == b"\1\0\0\0\0\0"


def test_a_list_that_the_input_cuts_stays_open() -> None:
    found = fixture("damaged/cut_in_a_list.txt")
    assert counts(only(found)) == [None] * 6
    assert [(one.code, one.fatal) for one in found.problems] == [("IN002", False)]


def test_lists_that_reach_the_edge_of_a_copy_stay_open() -> None:
    found = fixture("damaged/cut_at_72.txt")
    one = only(found)
    assert one.active is None
    assert one.global_checking == frozenset()
    assert {problem.code for problem in found.problems} == {"IN002"}


def test_first_lines_alone_are_no_lists() -> None:
    one = only(fixture("damaged/only_headings.txt"))
    assert (one.active, one.raclist, one.generic) == (None, None, None)


def test_a_lost_heading_does_not_join_two_lists() -> None:
    found = fixture("damaged/heading_lost.txt")
    one = only(found)
    assert (one.active, one.generic) == (None, None)
    assert one.raclist is not None
    assert [problem.code for problem in found.problems] == ["IN002"]


def test_a_line_that_was_not_understood_is_told() -> None:
    found = fixture("damaged/odd_line.txt")
    assert [item.span.line for item in found.unread] == [5]
    assert only(found).active is None


def test_a_second_listing_begins_anew() -> None:
    text = print_setropts(ClassOptions(NOWHERE, active=frozenset(("APPL",))))
    found = facts((text + text.replace("APPL", "SDSF")).encode())
    assert found.security is not None
    assert [one.active for one in found.security.classes] == [frozenset(("APPL",)), frozenset(("SDSF",))]


@pytest.mark.parametrize(
    "text", ["", "Active classes are listed by SETROPTS LIST.", "SETROPTS RACLIST(X) REFRESH\nREADY"]
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert not recognise(load("x.txt", text.encode()))


@pytest.mark.parametrize("width", range(8, 73))
def test_lost_columns_invent_nothing(width: int) -> None:
    text = (FIXTURES / "shapes/batch.txt").read_text()
    truth = only(facts(text.encode()))
    cut = facts("\n".join(line[:width] for line in text.split("\n")).encode())
    for one in cut.security.classes if cut.security else ():
        assert_no_contradiction(one, truth)


@envelopes
@given(model=options(), indent=st.booleans())
@settings(max_examples=15, deadline=None)
def test_lists_are_read_back(envelope: Envelope, model: ClassOptions, indent: bool) -> None:  # noqa: FBT001
    data = envelope(print_setropts(model, indent=indent))
    found = facts(data)
    if all(getattr(model, field) is None for field in FIELDS):
        assert found.security is None
        return
    assert recognise(load("x", data))
    one = replace(only(found), span=NOWHERE)
    assert_no_contradiction(one, model)
    if not found.problems:
        assert one == model
    assert not found.unread


@given(model=options())
@settings(max_examples=40, deadline=None)
def test_a_whole_listing_leaves_nothing_open(model: ClassOptions) -> None:
    model = replace(model, active=frozenset(("APPL", "SDSF")))
    found = facts(f"READY\nSETROPTS LIST\n{print_setropts(model)}READY\nEND\n".encode())
    assert found.lines[1:] == (3, 0)  # READY, READY, END
    assert not found.problems
    assert replace(only(found), span=NOWHERE) == model


@given(model=options(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_damage_invents_nothing(model: ClassOptions, data: st.DataObject) -> None:
    text = print_setropts(model, indent=data.draw(st.booleans()))
    cut = facts(text[: data.draw(st.integers(0, len(text)))].encode())
    for one in cut.security.classes if cut.security else ():
        assert_no_contradiction(one, model)


@given(lines=st.lists(st.sampled_from(SHUFFLED), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_order_of_lines_is_survived(lines: list[str]) -> None:
    facts("\n".join(lines).encode())


def assert_no_contradiction(one: ClassOptions, truth: ClassOptions) -> None:
    for field in FIELDS:
        assert getattr(one, field) in (None, getattr(truth, field)), field


@pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("setropts_list_a.txt", [213, 39, 115, 115, 4, 1]),
        ("setropts_list_b_no_indent.txt", [33, 2, 22, 22, 1, 2]),
        ("setropts_list_c.txt", [208, 55, 171, 176, 197, 3]),
    ],
)
def test_real_listings(name: str, expected: list[int]) -> None:
    """Counted by splitting the lists with an editor, without this reader."""
    assert CORPUS is not None
    found = facts((CORPUS / "racf" / name).read_bytes(), name)
    assert counts(only(found)) == expected
    assert not found.unread
    assert not found.problems


@pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")
def test_nothing_else_in_the_corpus_is_taken() -> None:
    assert CORPUS is not None
    texts = (load(path.name, path.read_bytes()) for path in (CORPUS / "racf").glob("*.txt"))
    assert sorted(source.path for source in texts if recognise(source)) == [
        "setropts_list_a.txt",
        "setropts_list_b_no_indent.txt",
        "setropts_list_c.txt",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", None),
        ("LIST OF GROUPS ACCESS CHECKING IS ACTIVE.\n", True),
        ("LIST OF GROUPS ACCESS CHECKING IS INACTIVE.\n", False),
        ("LIST OF GROUPS ACCESS CHECKING IS INACTIVE.\nLIST OF GROUPS ACCESS CHECKING IS ACTIVE.\n", None),
        ("LIST OF GROUPS ACCESS CHECKING IS IN", None),
    ],
)
def test_list_of_groups(lines: str, expected: bool | None) -> None:  # noqa: FBT001 (three answers)
    text = f"READY\nSETROPTS LIST\nATTRIBUTES = INITSTATS\nACTIVE CLASSES = DATASET USER\n{lines}READY\nEND\n"
    assert only(facts(text.encode())).group_lists is expected
