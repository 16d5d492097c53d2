"""Who has which access: the profile that decides, and the level that it gives."""

from typing import Any

import pytest

from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.security import Access, ClassOptions, Group, Level, Profile, Security, User
from zcertlint.text.source import Span
from zcertlint.trust.access import (
    Held,
    active,
    allows,
    covering,
    covers,
    deciding,
    held,
    in_storage,
    is_generic,
    undefined,
)

HERE = Span("racf.txt", 1)
RING = "ZWESVUSR.ZOWEKEYRING.LST"
NONE, READ, UPDATE, CONTROL, ALTER = Level.NONE, Level.READ, Level.UPDATE, Level.CONTROL, Level.ALTER


def profile(name: str, class_name: str = "APPL", **facts: Any) -> Profile:
    usual: dict[str, Any] = {"universal": NONE, "access": (), "warning": False}
    return Profile(class_name, name, HERE, **(usual | facts))


def database(*profiles: Profile, **more: Any) -> Database:
    return Database({}, {}, security=Security(profiles=profiles, **more.pop("security", {})), **more)


# --- which profile ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("AB.CD*", "AB.CD"),
        ("AB.CD*", "AB.CDEF"),
        ("AB.CD*", "AB.CD.EF.GH"),
        ("AB.CD.*", "AB.CD.EF"),
        ("AB.CD.*", "AB.CD.EF.GH"),
        ("AB.*.CD", "AB.X.CD"),
        ("AB.X*.CD", "AB.XYZ.CD"),
        ("AB.**.CD", "AB.CD"),
        ("AB.**.CD", "AB.X.Y.CD"),
        ("AB.**", "AB"),
        ("AB.**", "AB.CD"),
        ("**.LST", "A.B.LST"),
        ("**.LST", "LST"),
        ("**", "A.B"),
        ("*", "A.B"),
        ("ZWESVUSR.ZOWE*", RING),
        ("zwesvusr.*.lst", RING),
        ("*.ZOWE%EYRING.LST", RING),
        ("IZUSVR.**.LST", "IZUSVR.IZUKEYRING.IZUDFLT.LST"),
    ],
)
def test_a_pattern_covers(pattern: str, name: str) -> None:
    assert covers(pattern, name)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("AB.CD.*", "AB.CD"),
        ("AB.CD.*", "AB.CDE.F"),
        ("AB.*.CD", "AB.X.Y.CD"),
        ("AB.*.CD", "AB.CD"),
        ("AB.X*.CD", "AB.X.Y.CD"),
        ("*.LST", RING),
        ("**.LST", "ALST"),
        ("AB%", "AB"),
        ("AB%.C", "AB..C"),
        ("AB.**", "ABC.D"),
        ("IZUSVR.*.LST", "IZUSVR.IZUKEYRING.IZUDFLT.LST"),
        ("I*T", "IZUDFLT"),
        ("A.B", "A.BC"),
    ],
)
def test_a_pattern_does_not_cover(pattern: str, name: str) -> None:
    assert not covers(pattern, name)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["IZUDFLT", "IZU*"], "IZUDFLT"),
        (["*", "IZU*", "IZUD*"], "IZUD*"),
        (["IZU*", "**"], "IZU*"),
        (["**"], "**"),
        (["**", "*"], "*"),
        (["IZUDF%T"], "IZUDF%T"),
        (["IZUDF*", "IZUDF%T"], "IZUDF%T"),
        (["IZUDF%"], None),
        (["IZUDFLT*"], "IZUDFLT*"),
        (["IZUDFLTX*"], None),
        (["IZUD%LT*"], "IZUD%LT*"),
        (["I*T"], None),
        (["CICS*"], None),
        (["IZUDFL"], None),
        ([], None),
    ],
)
def test_profile_that_decides(names: list[str], found: str | None) -> None:
    answer = covering(database(*(profile(name) for name in names)), "APPL", "IZUDFLT")
    assert (answer.name if answer is not None else None) == found


@pytest.mark.parametrize(
    "order",
    [["ZWESVUSR.ZOWEKEYRIN%.LST", "ZWESVUSR.ZOWE*", "ZWESVUSR.*.LST", "ZWESVUSR.*", "ZWESVUSR.**", "%WESVUSR.**",
      "*.ZOWEKEYRING.LST", "*", "**"]],
)  # fmt: skip
def test_the_most_specific_generic_profile(order: list[str]) -> None:
    for at, name in enumerate(order):
        answer = covering(database(*(profile(one) for one in reversed(order[at:]))), "APPL", RING)
        assert answer is not None
        assert answer.name == name


def test_profile_of_another_class() -> None:
    other = Profile("FACILITY", "IZUDFLT", HERE)
    assert covering(database(other), "APPL", "IZUDFLT") is None


def test_no_profile() -> None:
    told = Answer(AnswerKind.NO_SUCH_PROFILE, None, "APPL/IZUDFLT", "ICH13003I", None, HERE)
    assert undefined(database(answers=(told,)), "APPL", "IZUDFLT")
    assert not undefined(database(answers=(told,)), "APPL", "OTHER")
    assert not undefined(database(), "APPL", "IZUDFLT")
    assert not undefined(database(profile("IZU*"), answers=(told,)), "APPL", "IZUDFLT")
    unload = {"unload": HERE, "unload_classes": frozenset({"APPL"})}
    assert undefined(database(security=unload), "APPL", "IZUDFLT")
    assert not undefined(database(security=unload), "FACILITY", "IZUDFLT")
    assert not undefined(database(profile("&APPLS"), security=unload), "APPL", "IZUDFLT")
    assert not undefined(database(security={"unload_classes": frozenset({"APPL"})}), "APPL", "IZUDFLT")


def test_a_generic_profile_decides_only_where_no_closer_one_can_be() -> None:
    wide, own = profile("IZU*"), profile("IZUDFLT")
    unload = {"unload": HERE, "unload_classes": frozenset({"APPL"})}
    asked = profile("IZU*", asked=frozenset({"IZUDFLT"}))
    assert deciding(database(wide), "APPL", "IZUDFLT") is None
    assert deciding(database(wide, own), "APPL", "IZUDFLT") is own
    assert deciding(database(wide, security=unload), "APPL", "IZUDFLT") is wide
    assert deciding(database(wide, profile("&RACFVAR"), security=unload), "APPL", "IZUDFLT") is None
    assert deciding(database(asked), "APPL", "IZUDFLT") is asked
    assert deciding(database(asked), "APPL", "IZUTEST") is None
    # What is more specific than the answer was defined behind it.
    closer = profile("IZUDF*")
    assert deciding(database(asked, closer), "APPL", "IZUDFLT") is closer
    assert deciding(database(), "APPL", "IZUDFLT") is None
    assert deciding(database(security=unload), "APPL", "IZUDFLT") is Absent.ABSENT


def test_generic_profiles_count_only_in_classes_that_have_them() -> None:
    asked = profile("IZU*", asked=frozenset({"IZUDFLT"}))
    off = ClassOptions(HERE, generic=frozenset({"FACILITY"}))
    on = ClassOptions(HERE, generic=frozenset({"APPL"}))
    assert deciding(database(asked, security={"classes": (off,)}), "APPL", "IZUDFLT") is None
    assert deciding(database(asked, security={"classes": (on, off)}), "APPL", "IZUDFLT") is None
    assert deciding(database(asked, security={"classes": (on,)}), "APPL", "IZUDFLT") is asked


def test_generic_by_sign_or_by_name() -> None:
    assert is_generic(profile("A.B", generic=True))
    assert is_generic(profile("A.*"))
    assert is_generic(profile("&X.B"))
    assert not is_generic(profile("A.B", generic=False))


# --- which class -----------------------------------------------------------------------------------------------


def test_class_in_use() -> None:
    lists: dict[str, Any] = {
        "active": frozenset({"APPL"}), "raclist": frozenset({"APPL"}), "global_raclist": frozenset()
    }  # fmt: skip
    known = database(security={"classes": (ClassOptions(HERE, **lists),)})
    assert active(known, "APPL") is True
    assert active(known, "RDATALIB") is False
    assert in_storage(known, "APPL") is True
    assert in_storage(known, "RDATALIB") is False
    assert active(database(), "APPL") is None
    assert in_storage(database(), "APPL") is None
    bare = database(security={"classes": (ClassOptions(HERE, raclist=frozenset()),)})
    assert in_storage(bare, "APPL") is None  # it may stand in the list that is not shown
    apart = (
        ClassOptions(HERE, active=frozenset(), raclist=frozenset(), global_raclist=frozenset({"APPL"})),
        ClassOptions(HERE, **lists),
    )
    assert active(database(security={"classes": apart}), "APPL") is None
    assert in_storage(database(security={"classes": apart}), "APPL") is True


# --- which level -----------------------------------------------------------------------------------------------


def entries(*told: tuple[str, Level | None]) -> tuple[Access, ...]:
    return tuple(Access(who, level, HERE) for who, level in told)


MEMBER = User("CI", HERE, groups=("ZOWEUSR", "OTHER"))
STRANGER = User("CI", HERE, groups=())
BARE = User("CI", HERE, groups=None)
LOCKED = User("CI", HERE, groups=(), attributes=frozenset({"RESTRICTED"}))


@pytest.mark.parametrize(
    ("facts", "user", "answer"),
    [
        ({"universal": READ}, None, True),
        ({"universal": ALTER}, None, True),
        ({"universal": READ, "access": None}, None, None),
        ({"universal": READ, "access": entries(("CI", NONE))}, None, False),
        ({"universal": READ, "access": entries(("ZOWEUSR", NONE))}, MEMBER, False),
        ({"universal": READ, "access": entries(("ZOWEUSR", NONE))}, BARE, None),
        ({"universal": READ, "access": entries(("ZOWEUSR", UPDATE))}, BARE, True),
        ({"universal": READ}, LOCKED, False),
        ({"access": entries(("*", READ))}, LOCKED, False),
        ({"access": entries(("CI", READ))}, LOCKED, True),
        ({"universal": Level.EXECUTE}, STRANGER, False),
        ({"warning": True}, STRANGER, True),
        ({"warning": True, "access": entries(("CI", NONE))}, STRANGER, True),
        ({"warning": None}, STRANGER, None),
        ({}, STRANGER, False),
        ({}, None, False),
        ({"access": None}, STRANGER, None),
        ({"access": entries(("CI", READ))}, None, True),
        ({"access": entries(("CI", NONE))}, MEMBER, False),
        ({"access": entries(("CI", NONE), ("ZOWEUSR", READ))}, MEMBER, False),
        ({"access": entries(("CI", None))}, MEMBER, None),
        ({"access": entries(("ZOWEUSR", READ))}, MEMBER, True),
        ({"access": entries(("ZOWEUSR", NONE), ("OTHER", READ))}, MEMBER, True),
        ({"access": entries(("ZOWEUSR", NONE))}, MEMBER, False),
        ({"access": entries(("ZOWEUSR", None))}, MEMBER, None),
        ({"access": entries(("ZOWEUSR", None), ("OTHER", READ))}, MEMBER, True),
        ({"access": entries(("SOMEGRP", READ))}, MEMBER, False),
        ({"access": entries(("SOMEGRP", READ))}, BARE, None),
        ({"access": entries(("SOMEGRP", READ))}, None, None),
        ({"access": entries(("SOMEGRP", NONE))}, None, False),
        ({"access": entries(("IBMUSER", ALTER))}, None, False),
        ({"access": entries(("SHOWN", READ))}, None, True),
        ({"access": entries(("EMPTY", READ))}, None, False),
        ({"access": entries(("*", READ))}, None, True),
        ({"access": entries(("&RACUID", READ))}, None, True),
        ({"access": entries(("*", NONE))}, STRANGER, False),
        ({"access": entries(("*", NONE))}, None, False),
        ({"universal": READ, "access": entries(("*", NONE))}, None, None),
        ({"access": entries(("*", READ), ("SOMEGRP", NONE))}, STRANGER, True),
        ({"access": entries(("*", READ), ("SOMEGRP", NONE))}, None, None),
        ({"universal": None}, STRANGER, None),
        ({"universal": None, "access": entries(("*", READ))}, STRANGER, True),
        ({"conditional": entries(("CI", READ))}, STRANGER, None),
        ({"conditional": entries(("SOMEGRP", READ))}, STRANGER, False),
        ({"conditional": entries(("SOMEGRP", READ))}, BARE, None),
        ({"conditional": entries(("*", READ)), "access": entries(("CI", READ))}, STRANGER, True),
    ],
)
def test_read(facts: dict[str, Any], user: User | None, answer: bool | None) -> None:  # noqa: FBT001
    people = (User("IBMUSER", HERE), *((user,) if user is not None else ()))
    groups = (Group("SHOWN", HERE, users=("CI",)), Group("EMPTY", HERE, users=()))
    known = database(security={"users": people, "groups": groups})
    assert allows(known, profile("IZUDFLT", **facts), "CI", READ) is answer


def test_a_class_with_global_access_checking_refuses_nobody_for_certain() -> None:
    table = ClassOptions(HERE, global_checking=frozenset({"APPL"}))
    known = database(security={"classes": (table,)})
    assert allows(known, profile("IZUDFLT"), "CI", READ) is None
    assert allows(known, profile("IZUDFLT", "FACILITY"), "CI", READ) is False


def test_levels_are_bounds() -> None:
    known = database()
    assert held(known, profile("X", access=entries(("CI", UPDATE))), "CI") == Held(UPDATE, UPDATE)
    assert held(known, profile("X", access=entries(("GRP", CONTROL))), "CI") == Held(NONE, CONTROL)
    assert held(known, profile("X", access=entries(("GRP", CONTROL))), "CI").level is None
    assert held(known, profile("X", universal=READ), "CI").level is READ
    assert Held(READ, UPDATE).covers(CONTROL) is False
    assert Held(READ, UPDATE).covers(UPDATE) is None
    assert Held(READ, UPDATE).covers(READ) is True


def test_a_group_counts_where_the_connection_does() -> None:
    listed = profile("RING", access=(Access("GRP", READ, HERE), Access("OWN", UPDATE, HERE)))

    def least_and_most(**facts: Any) -> tuple[Level, Level]:
        group_lists = facts.pop("group_lists", None)
        user = User("U", HERE, groups=("GRP",), **facts)
        options = (ClassOptions(HERE, group_lists=group_lists), ClassOptions(HERE))
        has = held(database(listed, security={"users": (user,), "classes": options}), listed, "U")
        return has.least, has.most

    assert least_and_most() == least_and_most(group_lists=True) == (READ, READ)
    assert least_and_most(revoked_groups=("GRP",)) == (NONE, NONE)
    assert least_and_most(revoked_groups=("OWN",)) == (READ, READ)
    assert least_and_most(dated_groups=("GRP",)) == (NONE, READ)
    # Only the group of the logon counts: the default one, unless another was named.
    assert least_and_most(group_lists=False, default_group="GRP") == (READ, READ)
    assert least_and_most(group_lists=False, default_group="OWN") == (NONE, READ)
    assert least_and_most(group_lists=False) == (NONE, READ)
