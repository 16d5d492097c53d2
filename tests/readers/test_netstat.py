"""NETSTAT HOME: the shapes in which it comes, what damage does, and that the reader inverts the printer."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.netstat_print import print_home
from zcertlint.model.facts import Facts
from zcertlint.model.security import Home, HomeList
from zcertlint.readers import ReadContext, netstat
from zcertlint.text.decode import load
from zcertlint.text.source import Span

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "netstat"
NOWHERE = Span("")


def facts(data: bytes) -> Facts:
    source = load("home.txt", data)
    found = netstat.read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines[2] == len(found.unread)
    return found


def homes_of(found: Facts) -> tuple[HomeList, ...]:
    return () if found.security is None else found.security.homes


def fixture(name: str) -> tuple[HomeList, Facts]:
    found = facts((FIXTURES / name).read_bytes())
    (homes,) = homes_of(found)
    return homes, found


def bare(homes: HomeList) -> HomeList:
    return replace(
        homes, span=NOWHERE, addresses=tuple(replace(home, span=NOWHERE) for home in homes.addresses)
    )


def addresses(homes: HomeList) -> list[str]:
    return [home.address for home in homes.addresses]


def test_short() -> None:
    homes, found = fixture("shapes/short.txt")
    assert homes.stack == "TCPIP"
    assert [(home.address, home.interface, home.flags) for home in homes.addresses] == [
        ("10.20.30.40", "OSA1", ("P",)),
        ("10.20.30.99", "VIPL0A141E63", ("I",)),
        ("127.0.0.1", "LOOPBACK", ()),
    ]
    assert homes.complete
    assert homes.addresses[1].span.line == 8
    assert found.lines == (8, 3, 0)


def test_long_with_two_addresses_of_one_interface() -> None:
    homes, found = fixture("shapes/long.txt")
    assert homes.stack == "TCPSVT"
    assert [(home.address, home.interface, home.flags, home.kind) for home in homes.addresses] == [
        ("10.20.30.1", "EZASAMEMVS", (), None),
        ("10.20.30.40", "QDIO4A", ("Primary",), None),
        ("2001:db8::40", "QDIO6A", ("Autoconfigured", "Deprecated"), "Global"),
        ("fe80::1:2", "QDIO6A", ("Autoconfigured",), "Link_Local"),
        ("::1", "LOOPBACK6", (), "Loopback"),
    ]
    assert homes.complete
    assert not found.problems
    assert found.lines == (19, 0, 0)


def test_console() -> None:
    homes, found = fixture("shapes/console.txt")
    assert homes.stack == "TCPIP"
    assert addresses(homes) == ["127.0.0.1", "10.20.30.40", "::1"]
    assert homes.addresses[1].flags == ("PRIMARY",)
    assert homes.complete
    assert not found.unread


def test_shell_report_below_the_answer_of_another_command() -> None:
    homes, found = fixture("shapes/shell_below_another_command.txt")
    assert addresses(homes) == ["10.20.30.40"]
    assert homes.complete
    assert found.marks[:2] == b"\0\0"  # the answer of RLIST is not ours
    assert not found.unread


@pytest.mark.parametrize("name", ["records_left_out", "report_truncated", "entry_without_flags"])
def test_a_cut_report_is_told(name: str) -> None:
    homes, found = fixture(f"damaged/{name}.txt")
    assert not homes.complete
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert not any(problem.fatal for problem in found.problems)


def test_a_line_without_an_address_is_not_understood() -> None:
    homes, found = fixture("damaged/no_address.txt")
    assert addresses(homes) == ["10.20.30.41"]
    assert not homes.complete
    assert [unread.span.line for unread in found.unread] == [5]


def test_a_filter_makes_a_part() -> None:
    homes, found = fixture("damaged/filtered.txt")
    assert addresses(homes) == ["10.20.30.40"]
    assert not homes.complete
    assert not found.problems


def test_an_address_that_may_be_cut_is_not_taken() -> None:
    homes, found = fixture("damaged/columns_cut_at_21.txt")
    assert addresses(homes) == ["10.2.3.4"]
    assert not homes.complete
    assert found.problems


def test_a_heading_in_prose_gives_nothing_certain() -> None:
    found = facts(b"The report begins with\nHome address list:\n\nand then come the addresses.\n")
    assert all(not homes.complete and not homes.addresses for homes in homes_of(found))


def test_an_open_batch_job_is_no_proof() -> None:
    text = b"READY\nNETSTAT HOME\n" + b"".join(
        (FIXTURES / "shapes/long.txt").read_bytes().splitlines(True)[:6]
    )
    (homes,) = homes_of(facts(text))
    assert not homes.complete


@pytest.mark.parametrize("text", ["", "Home", "NETSTAT CONN\nUser Id  Conn     Local Socket\n"])
def test_other_text_is_not_recognised(text: str) -> None:
    assert not netstat.recognise(load("x", text.encode()))


NAMES = st.from_regex(r"[A-Z][A-Z0-9]{0,15}", fullmatch=True)
V4 = st.ip_addresses(v=4).map(str)
V6 = st.ip_addresses(v=6).map(str)
LONG = st.one_of(
    st.builds(Home, V4, NAMES, st.just(NOWHERE), st.sampled_from([(), ("Primary",), ("Internal",)])),
    st.builds(
        Home,
        V6,
        NAMES,
        st.just(NOWHERE),
        st.sampled_from([(), ("Autoconfigured",), ("Autoconfigured", "Deprecated")]),
        st.sampled_from(["Global", "Link_Local", "Loopback"]),
    ),
)
SHORT = st.builds(Home, V4, NAMES, st.just(NOWHERE), st.sampled_from([(), ("P",)]))
STACKS = st.from_regex(r"[A-Z$#@][A-Z0-9$#@]{0,7}", fullmatch=True)


def lists(homes: st.SearchStrategy[Home]) -> st.SearchStrategy[HomeList]:
    many = st.lists(homes, min_size=1, max_size=5).map(tuple)
    return st.builds(HomeList, STACKS, many, st.just(True), st.just(NOWHERE))


@envelopes
@given(model=lists(LONG))
@settings(max_examples=15, deadline=None)
def test_long_is_read_back(envelope: Envelope, model: HomeList) -> None:
    data = envelope(print_home(model))
    assert netstat.recognise(load("x", data))
    found = facts(data)
    assert [bare(homes) for homes in homes_of(found)] == [model]
    assert not found.problems
    assert not found.unread


@envelopes
@given(model=lists(SHORT))
@settings(max_examples=15, deadline=None)
def test_short_is_read_back(envelope: Envelope, model: HomeList) -> None:
    found = facts(envelope(print_home(model, form="short")))
    assert [bare(homes) for homes in homes_of(found)] == [model]
    assert not found.unread


@given(model=lists(LONG))
@settings(max_examples=25, deadline=None)
def test_console_is_read_back(model: HomeList) -> None:
    (homes,) = homes_of(facts(print_home(model, form="console").encode()))
    assert addresses(homes) == addresses(model)
    assert homes.complete


@given(model=lists(LONG), data=st.data())
@settings(max_examples=60, deadline=None)
def test_damage_never_raises_and_never_invents(model: HomeList, data: st.DataObject) -> None:
    lines = print_home(model).split("\n")
    damage = data.draw(st.sampled_from(["cut", "columns", "deleted"]))
    width = data.draw(st.sampled_from([20, 25, 40, 60, 72]))
    if damage == "cut":
        lines = lines[: data.draw(st.integers(0, len(lines)))]
    elif damage == "columns":
        lines = [line[:width] for line in lines]
    else:
        del lines[data.draw(st.integers(0, len(lines) - 1))]
    found = facts("\n".join(lines).encode())
    known = set(addresses(model))
    for homes in homes_of(found):
        assert set(addresses(homes)) <= known


@pytest.mark.parametrize(
    "line",
    [
        "a " * 200_000,
        "Address: " * 50_000,
        "-" * 200_000,
        "home address list " * 20_000,
        f"{'9' * 9000} OF 1 RECORDS DISPLAYED",
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    facts(f"Home address list:\n{line}\nAddress: 1.2.3.4\n{line}\n".encode())
