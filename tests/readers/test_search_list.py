"""SEARCH: which lists are read, and when a list proves that nothing else is there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.listings import systsprt
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Search
from zcertlint.readers import ReadContext, search_list
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "search-list"


def facts(data: bytes) -> Facts:
    source = load("search.txt", data)
    found = search_list.read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines[2] == len(found.unread)
    return found


def searches(found: Facts) -> tuple[Search, ...]:
    return () if found.security is None else found.security.searches


def fixture(name: str) -> Facts:
    data = (FIXTURES / name).read_bytes()
    assert search_list.recognise(load(name, data))
    return facts(data)


def test_a_batch_job() -> None:
    found = fixture("shapes/batch.txt")
    assert [
        (item.class_name, item.names, sorted(item.generic), item.complete) for item in searches(found)
    ] == [
        (
            "FACILITY",
            ("BPX.DAEMON", "BPX.SERVER", "IRR.DIGTCERT.*", "STGADMIN.**"),
            ["IRR.DIGTCERT.*", "STGADMIN.**"],
            True,
        ),
        ("USER", ("irrcerta", "irrmulti", "irrsitec", "IBMUSER", "ZWESVUSR"), [], True),
        ("RDATALIB", ("ZWESVUSR.ZOWEKEYRING.LST",), [], False),
        ("DATASET", ("SYS1.**",), ["SYS1.**"], False),
        ("SURROGAT", ("BPX.SRV.ZWESVUSR",), [], False),
    ]
    assert [(answer.kind, answer.name, answer.message) for answer in found.answers] == [
        (AnswerKind.NO_ENTRIES, "PTKTDATA", "ICH31005I"),
        (AnswerKind.NO_ENTRIES, "APPL/ZZ*", "ICH31005I"),
    ]
    assert searches(found)[0].span.line == 2
    assert not found.unread


def test_a_screen_goes_on_behind_its_prompt_and_is_no_proof() -> None:
    found = fixture("shapes/screen.txt")
    (item,) = searches(found)
    assert item.names == ("IZUSVR.IZUKeyring.IZUDFLT", "ZWESVUSR.ZoweKeyring", "ZWESVUSR.ZoweKeyring2")
    assert not item.complete
    assert [unread.span.line for unread in found.unread] == [7]


def test_blank_lines_between_all_rows() -> None:
    (item,) = searches(fixture("shapes/double_spaced.txt"))
    assert item.names == ("IZUDFLT", "OMVSAPPL", "TSO*")
    assert item.generic == {"TSO*"}


def test_without_the_command_a_list_is_nothing() -> None:
    data = (FIXTURES / "shapes/no_command.txt").read_bytes()
    assert not search_list.recognise(load("x", data))
    found = facts(data)
    assert not searches(found)
    assert not any(found.marks)


def test_a_list_with_something_else_inside_is_no_proof() -> None:
    found = fixture("damaged/prose_inside.txt")
    (item,) = searches(found)
    assert (item.names, item.complete) == (("IZUDFLT", "OMVSAPPL"), False)
    assert [unread.span.line for unread in found.unread] == [4]


def test_names_that_may_go_on_in_the_next_line_are_not_taken() -> None:
    found = fixture("damaged/wrapped_names.txt")
    (item,) = searches(found)
    assert (item.names, item.complete) == (("01.CN=Short.C=DE",), False)
    assert [unread.span.line for unread in found.unread] == [3, 4]


def test_without_ready_a_list_is_no_proof() -> None:
    (item,) = searches(fixture("damaged/cut.txt"))
    assert not item.complete


@pytest.mark.parametrize("text", ["", "Search our site (beta)\n", "research (a)\nICH31004I\n"])
def test_other_text_is_not_recognised(text: str) -> None:
    assert not search_list.recognise(load("x", text.encode()))


@pytest.mark.parametrize("operand", ["C(USER)", "CL(USER)", "CLASS()", "CLASS(TOOLONGNAME)"])
def test_a_class_that_cannot_be_told_gives_nothing(operand: str) -> None:
    found = facts(systsprt([(f"SEARCH {operand}", "IBMUSER\n")]).encode())
    assert not searches(found)
    assert [unread.span.line for unread in found.unread] == [3]


NAMES = st.from_regex(r"[A-Z$#@][A-Za-z0-9$#@.*%]{0,40}", fullmatch=True).filter(
    lambda name: name.upper() not in {"END", "READY"}
)
CLASSES = st.sampled_from(["FACILITY", "USER", "DIGTRING", "RDATALIB", "APPL"])


@st.composite
def models(draw: st.DrawFn) -> tuple[str, list[str], set[str]]:
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    return draw(CLASSES), names, draw(st.sets(st.sampled_from(names)))


def printed(names: list[str], generic: set[str]) -> str:
    return "".join(f"{name}{' (G)' if name in generic else ''}\n" for name in names)


@given(model=models())
@settings(max_examples=60, deadline=None)
def test_a_list_is_read_back(model: tuple[str, list[str], set[str]]) -> None:
    class_name, names, generic = model
    text = systsprt([(f"SEARCH CLASS({class_name})", printed(names, generic))])
    (item,) = searches(facts(text.encode()))
    assert (item.class_name, list(item.names), set(item.generic), item.complete) == (
        class_name,
        names,
        generic,
        True,
    )


@given(model=models(), cut=st.integers(0, 12), width=st.sampled_from([8, 20, 72]))
@settings(max_examples=60, deadline=None)
def test_a_cut_list_is_never_complete(model: tuple[str, list[str], set[str]], cut: int, width: int) -> None:
    class_name, names, generic = model
    text = systsprt([(f"SEARCH CLASS({class_name})", printed(names, generic))])
    lines = text.split("\n")
    lines = lines[: min(cut, len(names) + 2)]
    for item in searches(facts("\n".join(line[: width + 40] for line in lines).encode())):
        assert not item.complete
        assert set(item.names) <= set(names)


@pytest.mark.parametrize(
    "line", ["search " * 100_000, "sr " * 200_000 + "-", "SEARCH CLASS(" + "'" * 200_000]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    text = f"READY\n{line}\nA\nREADY\nEND\n".encode()
    search_list.recognise(load("x", text))
    facts(text)
