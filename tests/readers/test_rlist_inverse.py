"""The reader of RLIST is the inverse of the printer, in every envelope; damage never raises and never invents."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import systsprt
from support.rlist_print import print_rlist
from zcertlint.model.certificate import Absent
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Access, Level, Profile, Signon, Started
from zcertlint.readers import ReadContext
from zcertlint.readers.rlist import read, recognise
from zcertlint.text.commands import family
from zcertlint.text.decode import load
from zcertlint.text.source import Span

NOWHERE = Span("")
# A user with the name of a command (RL READ 000000) would be taken for the command.
USERS = st.from_regex(r"[A-Z$#@][A-Z0-9$#@]{0,7}", fullmatch=True).filter(
    lambda user: family(user) is None and user not in {"CO", "PE", "AU"}
)
CLASSES = st.sampled_from(["FACILITY", "APPL", "PTKTDATA", "STARTED", "RDATALIB", "XFACILIT", "$MYCLASS"])
PLAIN = st.from_regex(r"[A-Z]{1,8}(?:\.[A-Z0-9$#@-]{1,8}){0,4}", fullmatch=True)
LEVELS = st.sampled_from(Level)
WHO = st.one_of(USERS, st.sampled_from(["*", "&RACUID"]))
ACCESS = st.lists(st.builds(Access, WHO, LEVELS, st.just(NOWHERE)), max_size=5).map(tuple)
CONDITIONS = st.builds(
    "{} {}".format, st.sampled_from(["PROGRAM", "TERMINAL", "JESINPUT"]), st.sampled_from(["IRRDBU00", "A.B"])
)
CONDITIONAL = st.lists(st.builds(Access, WHO, LEVELS, st.just(NOWHERE), CONDITIONS), max_size=3).map(tuple)
SIGNONS: st.SearchStrategy[Signon | Absent] = st.sampled_from(
    [
        Absent.ABSENT,
        Signon("KEYMASKED"),
        Signon("KEYENCRYPTED"),
        Signon("KEYLABEL", "A.LABEL"),
        Signon("EPTKEYLABEL", "MY.LABEL", "UPPER", 60, replay=True),
        Signon("EPTKEYLABEL", "MY.LABEL", "MIXED", 600, replay=False),
    ]
)
STARTED = st.one_of(st.just(Absent.ABSENT), st.builds(Started, USERS, USERS, st.booleans(), st.booleans()))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    generic = draw(st.sampled_from([True, False, None]))
    name = draw(PLAIN) + ("" if generic is False else draw(st.sampled_from([".*", ".**", "%A"])))
    return Profile(
        draw(CLASSES),
        name,
        NOWHERE,
        generic,
        draw(USERS),
        draw(LEVELS),
        draw(st.booleans()),
        draw(st.sampled_from([None, Absent.ABSENT, "NO REPLAY PROTECTION", "Some Data (G) - x"])),
        draw(st.none() | ACCESS),
        draw(st.none() | CONDITIONAL),
        draw(st.none() | st.lists(PLAIN, max_size=3).map(tuple)),
        draw(st.none() | st.just("GXFACILI")),
        draw(st.none() | SIGNONS),
        draw(st.none() | STARTED),
    )


SHUFFLED = [
    *print_rlist([Profile("A", "B.*", NOWHERE, generic=True, owner="C")]).split("\n"),
    *(
        "USER      ACCESS",
        "X READ",
        "NO USERS IN ACCESS LIST",
        "ICH13003I X NOT",
        "FOUND",
        "READY",
        "RLIST A B",
        "```",
    ),
    *(
        "SSIGNON INFORMATION",
        "KEYLABEL= A",
        "STDATA INFORMATION",
        "USER= X",
        "ID ACCESS CLASS ENTITY NAME",
        "Regards",
    ),
]
MODELS = st.lists(profiles(), min_size=1, max_size=3)


def facts(data: bytes) -> Facts:
    source = load("listing.txt", data)
    assert recognise(source) or not data.strip()
    return checked(data)


def checked(data: bytes) -> Facts:
    source = load("listing.txt", data)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines == (found.marks.count(1), found.marks.count(0), found.marks.count(2))
    assert [item.span.line for item in found.unread] == [
        n for n, mark in enumerate(found.marks, 1) if mark == 2
    ]
    return found


def bare(one: Profile) -> Profile:
    def entries(found: tuple[Access, ...] | None) -> tuple[Access, ...] | None:
        return None if found is None else tuple(replace(entry, span=NOWHERE) for entry in found)

    return replace(one, span=NOWHERE, access=entries(one.access), conditional=entries(one.conditional))


def shown(found: Facts) -> list[Profile]:
    return [bare(one) for one in found.security.profiles] if found.security else []


@envelopes
@given(model=MODELS, counts=st.booleans(), every=st.booleans())
@settings(max_examples=15, deadline=None)
def test_profiles_are_read_back(envelope: Envelope, model: list[Profile], counts: bool, every: bool) -> None:  # noqa: FBT001
    found = facts(envelope(print_rlist(model, counts=counts, every=every)))
    assert shown(found) == model
    assert not found.problems
    assert not found.unread


@given(model=MODELS)
@settings(max_examples=15, deadline=None)
def test_every_line_of_an_answer_is_counted(model: list[Profile]) -> None:
    text = systsprt([("RLIST FACILITY * ALL", print_rlist(model, every=True)), ("LISTCAT", "IN CATALOG:X\n")])
    found = facts(text.encode())
    lines = text.split("\n")
    assert [line for line, mark in zip(lines, found.marks, strict=False) if mark == 0 and line] == [
        "READY", "READY", "LISTCAT", "IN CATALOG:X", "READY", "END"
    ]  # fmt: skip


@given(model=MODELS, width=st.integers(40, 70))
@settings(max_examples=40, deadline=None)
def test_wrapped_headings_are_joined(model: list[Profile], width: int) -> None:
    """A narrow screen breaks headings in two; what is longer than the screen is read or left open."""
    model = [replace(one, conditional=None, signon=None, app_data=None) for one in model]
    lines = [
        part
        for line in print_rlist(model).split("\n")
        for part in ([line[i : i + width] for i in range(0, len(line), width)] or [""])
    ]
    found = checked("\n".join(lines).encode())
    for one, truth in zip(shown(found), model, strict=True):
        assert (one.name, one.class_name, one.access) == (truth.name, truth.class_name, truth.access)
        assert one.universal in {None, truth.universal}


@given(model=MODELS, data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_cut_is_left_open(model: list[Profile], data: st.DataObject) -> None:
    text = f"READY\nRLIST FACILITY * ALL\n{print_rlist(model, every=True)}"
    found = checked(text[: data.draw(st.integers(30, len(text) - 1))].encode())
    for one, truth in zip(shown(found), model, strict=False):
        assert_no_contradiction(one, truth, lists=True)


@given(model=MODELS, width=st.sampled_from([12, 20, 30, 40, 50, 72, 79]), data=st.data())
@settings(max_examples=40, deadline=None)
def test_lost_columns_invent_nothing(model: list[Profile], width: int, data: st.DataObject) -> None:
    counts = data.draw(st.booleans())
    lines = [line[:width] for line in print_rlist(model, counts=counts).split("\n")]
    for one in shown(checked("\n".join(lines).encode())):
        if width >= 40:
            truths = [
                truth for truth in model if (truth.class_name, truth.name) == (one.class_name, one.name)
            ]
            assert truths
            if len(truths) == 1 and width > 40:
                assert_no_contradiction(one, truths[0], lists=False)


@given(model=MODELS, data=st.data())
@settings(max_examples=40, deadline=None)
def test_lost_lines_never_mix_profiles(model: list[Profile], data: st.DataObject) -> None:
    lines = print_rlist(model).split("\n")
    heads = [n for n, line in enumerate(lines) if line.startswith(("CLASS  ", "-----   ")) or n == 0]
    lost = data.draw(st.sampled_from(heads))
    size = data.draw(st.integers(1, 3))
    del lines[lost : lost + size]
    for one in shown(checked("\n".join(lines).encode())):
        truths = [truth for truth in model if truth.name == one.name]
        assert truths
        if len(truths) == 1:
            assert_no_contradiction(one, truths[0], lists=True)
            assert one.members in {None, truths[0].members}
            assert one.signon in {None, truths[0].signon}
            assert one.started in {None, truths[0].started}


@given(lines=st.lists(st.sampled_from(SHUFFLED), max_size=25))
@settings(max_examples=100, deadline=None)
def test_any_order_of_lines_is_survived(lines: list[str]) -> None:
    checked("\n".join(lines).encode())


def assert_no_contradiction(one: Profile, truth: Profile, *, lists: bool) -> None:
    for field in ("class_name", "name", "owner", "universal", "warning", "app_data", "grouped"):
        assert getattr(one, field) in {None, getattr(truth, field)}, field
    for mine, its in ((one.access, truth.access), (one.conditional, truth.conditional)):
        if mine is not None:
            assert its is not None
            assert {(e.who, e.level, e.condition) for e in mine} <= {
                (e.who, e.level, e.condition) for e in its
            }
            assert not lists or len(mine) == len(its)
    if isinstance(one.started, Started) and isinstance(truth.started, Started):
        for field in ("user", "group", "trusted", "privileged"):
            assert getattr(one.started, field) in {None, getattr(truth.started, field)}, field
    if isinstance(one.signon, Signon):
        assert isinstance(truth.signon, Signon)
        assert one.signon.label in {None, truth.signon.label}


@pytest.mark.parametrize(
    "message",
    ["ICH13003I A.B NOT FOUND", "ICH13003I A.B NOT\nFOUND", "ICH13003I PROFILE FACILITY A.B NOT FOUND."],
)
def test_a_profile_that_does_not_exist(message: str) -> None:
    found = facts(systsprt([("RLIST FACILITY (A.B C) ALL", f"{message}\n")]).encode())
    assert [(a.kind, a.name, a.message, a.function) for a in found.answers] == [
        (AnswerKind.NO_SUCH_PROFILE, "FACILITY/A.B", "ICH13003I", "RLIST")
    ]
    assert not found.unread
