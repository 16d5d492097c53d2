"""LISTUSER and LISTGRP: shapes, messages, damage, and that the reader inverts the printer."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import systsprt
from support.listuser_print import print_group, print_user
from zcertlint.model.certificate import Absent
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Group, Security, User
from zcertlint.readers import ReadContext, listuser
from zcertlint.text.decode import load
from zcertlint.text.source import Span

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "listuser"
NOWHERE = Span("")


def facts(data: bytes) -> Facts:
    source = load("users.txt", data)
    found = listuser.read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines[2] == len(found.unread)
    return found


def security(found: Facts) -> Security:
    return found.security or Security()


def fixture(name: str) -> tuple[Security, Facts]:
    data = (FIXTURES / name).read_bytes()
    assert listuser.recognise(load(name, data))
    found = facts(data)
    return security(found), found


def test_a_batch_job() -> None:
    shown, found = fixture("shapes/batch.txt")
    (user,) = shown.users
    assert replace(user, span=NOWHERE) == User(
        "ZWESVUSR",
        NOWHERE,
        name="ZOWE SERVER",
        owner="SYS1",
        attributes=frozenset(("PROTECTED",)),
        revoked=False,
        protected=True,
        default_group="ZWEADMIN",
        groups=("ZWEADMIN", "IZUUSER"),
        uid=990010,
    )
    assert user.span.line == 3
    (group,) = shown.groups
    assert replace(group, span=NOWHERE) == Group("ZWEADMIN", NOWHERE, 990001, ("ZWESVUSR", "IBMUSER"))
    assert not found.problems
    assert found.lines == (55, 6, 0)


def test_revoked_now_later_or_by_a_date() -> None:
    shown, found = fixture("shapes/users_of_all_kinds.txt")
    assert [(user.id, user.revoked, user.name) for user in shown.users] == [
        ("REVO1", True, None),
        ("REVO2", None, "DATE DECIDES"),
        ("REVO3", None, "DATE DECIDES"),
    ]
    assert shown.users[0].attributes == frozenset(("SPECIAL", "OPERATIONS", "REVOKED"))
    assert shown.users[0].uid is Absent.ABSENT
    assert shown.users[2].attributes == frozenset()
    assert shown.users[2].uid is None
    assert not found.unread
    assert not found.problems


def test_a_segment_alone_and_commands_that_were_typed() -> None:
    shown, found = fixture("shapes/segment_only_typed.txt")
    assert [(user.id, user.uid, user.groups, user.revoked) for user in shown.users] == [
        ("ZWESVUSR", Absent.ABSENT, None, None),
        ("CICSUSER", 123, None, None),
    ]
    assert not found.problems
    assert not found.unread


def test_messages() -> None:
    shown, found = fixture("shapes/messages.txt")
    assert [(answer.kind, answer.name, answer.message, answer.function) for answer in found.answers] == [
        (AnswerKind.NO_SUCH_USER, "NOBODY", "ICH30001I", "LISTUSER"),
        (AnswerKind.DENIED, "SECADM", "ICH30002I", "LISTUSER"),
        (AnswerKind.DENIED, "ZWESVUSR", "IRR52021I", "LISTUSER OMVS"),
        (AnswerKind.DENIED, None, "ICH30010I", "LISTUSER"),
        (AnswerKind.NO_SUCH_GROUP, "NOGROUP", "ICH51003I", "LISTGRP"),
        (AnswerKind.DENIED, "SYS1", "ICH32002I", "LISTGRP"),
    ]
    assert [user.uid for user in shown.users] == [None]
    assert not found.unread


def test_an_echo_of_another_user_gives_no_answer() -> None:
    text = b"READY\nLISTUSER SOMEONE\nICH30001I UNABLE TO LOCATE USER    ENTRY NOBODY\nREADY\nEND\n"
    assert not facts(text).answers


def test_a_universal_group_does_not_show_its_users() -> None:
    shown, found = fixture("shapes/universal_group.txt")
    assert [(group.id, group.users) for group in shown.groups] == [("EVERYONE", None)]
    assert not found.unread


def test_without_its_end_the_groups_are_unknown() -> None:
    shown, found = fixture("damaged/cut_in_groups.txt")
    (user,) = shown.users
    assert (user.groups, user.revoked, user.default_group) == (None, False, "ZWEADMIN")
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert not found.problems[0].fatal


def test_a_value_that_may_be_cut_is_not_taken() -> None:
    shown, _ = fixture("damaged/columns_cut_at_21.txt")
    (user,) = shown.users
    assert replace(user, span=NOWHERE) == User("ZWESVUSR", NOWHERE)


def test_columns_that_sdsf_does_not_show() -> None:
    data = (FIXTURES / "damaged/sdsf_columns_gone.txt").read_bytes()
    found = facts(data)
    assert found.security is None
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert [unread.span.line for unread in found.unread] == [5, 6]


def test_lines_that_are_not_understood() -> None:
    shown, found = fixture("damaged/strange_lines.txt")
    assert [unread.span.line for unread in found.unread] == [5, 8]
    assert shown.users[0].groups is None


def test_another_commands_answer_is_not_touched() -> None:
    text = b"READY\nRACDCERT ID(A) LIST\n ATTRIBUTES=SPECIAL\n ICH30001I UNABLE\nREADY\nEND\n"
    found = facts(text)
    assert found.security is None
    assert not any(found.marks)


@pytest.mark.parametrize("text", ["", "USER", "db.url=x?user=a&password=b\n", "ICH408I USER(A)\n"])
def test_other_text_is_not_recognised(text: str) -> None:
    assert not listuser.recognise(load("x", text.encode()))


IDS = st.from_regex(r"[A-Z$#@][A-Z0-9$#@]{0,7}", fullmatch=True)
PEOPLE = st.from_regex(r"[A-Z][A-Z.,]{0,7}( [A-Z]{1,8})?", fullmatch=True).filter(
    lambda name: name != "UNKNOWN"
)
ATTRIBUTES = st.frozensets(
    st.sampled_from(["SPECIAL", "OPERATIONS", "AUDITOR", "PROTECTED", "REVOKED", "PASSPHRASE"])
)
NUMBERS = st.one_of(st.none(), st.just(Absent.ABSENT), st.integers(0, 2**31 - 1))


@st.composite
def users(draw: st.DrawFn) -> User:
    groups = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    words = draw(ATTRIBUTES)
    return User(
        draw(IDS),
        NOWHERE,
        draw(st.one_of(st.none(), PEOPLE)),
        draw(IDS),
        words,
        "REVOKED" in words,
        "PROTECTED" in words,
        draw(st.sampled_from(groups)),
        tuple(groups),
        draw(NUMBERS),
    )


GROUPS = st.builds(Group, IDS, st.just(NOWHERE), NUMBERS, st.lists(IDS, max_size=3, unique=True).map(tuple))
DATA = st.lists(
    st.sampled_from(["USER=NOBODY", "GROUP=X AUTH=USE", "ATTRIBUTES=REVOKED", "some words"]), max_size=4
)


@envelopes
@given(model=st.lists(users(), min_size=1, max_size=3), data=DATA)
@settings(max_examples=15, deadline=None)
def test_users_are_read_back(envelope: Envelope, model: list[User], data: list[str]) -> None:
    found = facts(envelope("\n".join(print_user(user, data=data) for user in model)))
    assert [replace(user, span=NOWHERE) for user in security(found).users] == model
    assert not found.problems
    assert not found.unread


@given(model=st.lists(GROUPS, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_groups_are_read_back(model: list[Group]) -> None:
    text = systsprt([(f"LISTGRP {group.id} OMVS", print_group(group)) for group in model])
    found = facts(text.encode())
    assert [replace(group, span=NOWHERE) for group in security(found).groups] == model
    assert not found.problems
    assert not found.unread


@given(model=users(), group=GROUPS, data=st.data())
@settings(max_examples=80, deadline=None)
def test_damage_never_raises_and_never_contradicts(model: User, group: Group, data: st.DataObject) -> None:
    text = print_user(model) if data.draw(st.booleans()) else print_group(group)
    lines = text.split("\n")
    damage = data.draw(st.sampled_from(["cut", "columns", "deleted"]))
    if damage == "cut":
        lines = lines[: data.draw(st.integers(0, len(lines)))]
    elif damage == "columns":
        width = data.draw(st.sampled_from([20, 25, 40, 60, 72]))
        lines = [line[:width] for line in lines]
    else:
        lone = [index for index, line in enumerate(lines) if "ATTRIBUTES=" not in line[:12]]
        del lines[data.draw(st.sampled_from(lone))]
    found = facts("\n".join(lines).encode())
    for user in security(found).users:
        assert user.id == model.id
        for name in ("name", "owner", "attributes", "revoked", "protected", "default_group", "groups", "uid"):
            value = getattr(user, name)
            assert value is None or value == getattr(model, name), name
    for shown in security(found).groups:
        assert shown.users is None or shown.users == group.users
        assert shown.gid is None or shown.gid == group.gid


@pytest.mark.parametrize(
    "line", ["USER=A NAME=" + " OWNER=" * 30_000, "user=" * 100_000, "A " * 200_000, "0" * 300_000]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    text = f"USER=A  NAME=B  OWNER=C  CREATED=23.158\n{line}\nOMVS INFORMATION\nUID= {line}\n".encode()
    listuser.recognise(load("x", text))
    facts(text)


_ATTRIBUTES = "    CONNECT ATTRIBUTES=NONE\n"
_DATES = "    REVOKE DATE=NONE   RESUME DATE=NONE\n"


@pytest.mark.parametrize(
    ("attributes", "dates", "revoked", "dated"),
    [
        ("NONE", "    REVOKE DATE=NONE   RESUME DATE=NONE\n", (), ()),
        ("GRPACC REVOKED", "    REVOKE DATE=NONE   RESUME DATE=NONE\n", ("B",), ()),
        ("REVOKED", "    REVOKE DATE=NONE   RESUME DATE=JANUARY 1, 2027\n", (), ("B",)),
        ("NONE", "    REVOKE DATE=JANUARY 1, 2027   RESUME DATE=NONE\n", (), ("B",)),
        ("REVOKED", "    REVOKE DATE=NONE\n    RESUME DATE=JANUARY 1, 2027\n", (), ("B",)),
    ],
)
def test_a_connection_may_be_revoked(
    attributes: str, dates: str, revoked: tuple[str, ...], dated: tuple[str, ...]
) -> None:
    model = User("U", NOWHERE, owner="SYS1", attributes=frozenset(), default_group="A", groups=("A", "B"))
    front, here, _ = print_user(model).rpartition(_ATTRIBUTES + _DATES)
    assert here
    text = front + f"    CONNECT ATTRIBUTES={attributes}\n{dates}" + "SECURITY-LEVEL=NONE SPECIFIED\n"
    (user,) = security(facts(text.encode())).users
    assert (user.groups, user.revoked_groups, user.dated_groups) == (("A", "B"), revoked, dated)


@pytest.mark.parametrize(
    ("old", "new"),
    [("ATTRIBUTES=NONE", "ATTRIBUTES=REVOKED"), ("RESUME DATE=NONE", "RESUME DATE=JANUARY 1, 2027")],
)
def test_a_revoked_connection_leaves_the_users_of_a_group_open(old: str, new: str) -> None:
    text = systsprt([("LISTGRP G", print_group(Group("G", NOWHERE, None, ("U", "V"))))])
    assert security(facts(text.encode())).groups[0].users == ("U", "V")
    assert security(facts(text.replace(old, new, 1).encode())).groups[0].users is None
