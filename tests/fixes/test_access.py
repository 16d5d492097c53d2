"""Access: the profile that protects the resource today gets one more entry, and nothing else changes."""

from dataclasses import replace

import pytest

from fixes import world
from fixes.world import AS_OF, RING
from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.rehearse import play
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Access, Level, Profile, Security
from zcertlint.text.source import Span

HERE = Span("rlist.txt", 3)
EXACT = "ZWESVUSR.ZOWEKEYRING.LST"


def profile(
    name: str = EXACT, *entries: tuple[str, Level], class_name: str = "RDATALIB", **more: object
) -> Profile:
    listed = tuple(Access(who, level, HERE) for who, level in entries)
    return replace(Profile(class_name, name, HERE, access=listed), **more)  # type: ignore[arg-type]


def site(*profiles: Profile) -> Deployment:
    return world.deployment(replace(world.database(), security=Security(profiles=profiles)))


def plan(where: Deployment, user: str = "ZWEUSER", code: str = "SA104", **more: str) -> Plan:
    """As the rules of ring access ask for it, by the first profile that is shown."""
    profiles = where.database.security.profiles
    values = {
        "code": code, "user": user, "ring": RING.title, "class": "RDATALIB", "resource": EXACT, "level": "READ",
        "key": "READ", "profile": profiles[0].id if profiles else "",
    }  # fmt: skip
    return plan_for(FixHint("access", values | more), ("F-1",), where, world.options())


def texts(made: Plan) -> list[str]:
    return [text_of(command) for command in made.commands]


def test_the_profile_of_the_ring_gets_one_more_entry() -> None:
    where = site(profile(EXACT, ("ZWESVUSR", Level.CONTROL)))
    made = plan(where, level="UPDATE", key="UPDATE")
    assert texts(made) == [f"PERMIT {EXACT} CLASS(RDATALIB) ID(ZWEUSER) ACCESS(UPDATE)"]
    assert made.commands[0].refresh == ("RDATALIB",)
    assert made.safety is Safety.READY
    assert made.advice == ()  # the ring's owner is no group to connect to
    assert any(text.startswith("Zowe:") for text in made.restart)
    assert [text_of(c) for step in made.backout for c in step.commands] == [
        f"PERMIT {EXACT} CLASS(RDATALIB) ID(ZWEUSER) DELETE"
    ]
    after, failed = play(made.commands, where.database, AS_OF)
    assert failed is None
    back, failed = play((c for step in made.backout for c in step.commands), after, AS_OF)
    assert failed is None
    assert back.security == where.database.security
    assert play(made.commands, after, AS_OF)[0] == after


def test_control_is_looked_at() -> None:
    made = plan(site(profile()), level="CONTROL", key="CONTROL")
    assert made.safety is Safety.REVIEW
    assert any("not confirmed" in text for text in made.reasons)


def test_who_may_not_be_the_user_is_looked_at() -> None:
    made = plan(site(profile()), doubt="RLIST STARTED ZWESLSTC.* STDATA NORACF")
    assert made.safety is Safety.REVIEW
    assert any("RLIST STARTED" in text for text in made.reasons)


@pytest.mark.parametrize("name", ["ZWESVUSR.*.LST", "ZWESVUSR.**", "ZWESVUSR.ZOWEKEYRIN%.LST", "ZWESVUSR.*"])
def test_a_generic_profile_of_the_owner_gets_the_entry_and_opens_more(name: str) -> None:
    made = plan(site(profile(name)))
    assert texts(made) == [f"PERMIT {name} CLASS(RDATALIB) ID(ZWEUSER) ACCESS(READ)"]
    assert made.safety is Safety.REVIEW
    assert any("is generic" in text for text in made.reasons)


@pytest.mark.parametrize("name", ["**", "*", "*.ZOWEKEYRING.LST", "%WESVUSR.**"])
def test_a_ring_leaves_the_profile_of_everybody_s_rings_with_a_copy_of_it(name: str) -> None:
    where = site(profile(name, ("IZUSVR", Level.READ), asked=frozenset({EXACT})))
    made = plan(where)
    assert texts(made) == [
        f"RDEFINE RDATALIB {EXACT} FROM({name})",
        f"PERMIT {EXACT} CLASS(RDATALIB) ID(ZWEUSER) ACCESS(READ)",
    ]
    assert made.safety is Safety.REVIEW
    assert any("ADDCREATOR" in text for text in made.reasons)
    after, failed = play(made.commands, where.database, AS_OF)
    assert failed is None
    new = next(one for one in after.security.profiles if one.name == EXACT)
    assert [entry.who for entry in new.access or ()] == ["IZUSVR", "ZWEUSER"]  # nobody loses anything
    assert new.asked == frozenset()
    undo = [c for step in made.backout for c in step.commands]
    assert [text_of(c) for c in undo] == [f"RDELETE RDATALIB {EXACT}"]
    back, failed = play(undo, after, AS_OF)
    assert failed is None
    assert back.security.profiles == where.database.security.profiles


def test_listring_by_a_generic_profile_of_more_is_copied_too() -> None:
    listring = "IRR.DIGTCERT.LISTRING"
    where = site(profile("IRR.DIGTCERT.**", class_name="FACILITY", asked=frozenset({listring})))
    made = plan(where, **{"class": "FACILITY", "resource": listring})
    assert texts(made) == [
        f"RDEFINE FACILITY {listring} FROM(IRR.DIGTCERT.**)",
        f"PERMIT {listring} CLASS(FACILITY) ID(ZWEUSER) ACCESS(READ)",
    ]


def test_listring_with_update_opens_every_ring() -> None:
    listring = "IRR.DIGTCERT.LISTRING"
    where = site(profile(listring, class_name="FACILITY"))
    read = plan(where, **{"class": "FACILITY", "resource": listring})
    assert read.safety is Safety.READY
    update = plan(where, **{"class": "FACILITY", "resource": listring, "level": "UPDATE"})
    assert update.safety is Safety.REVIEW
    assert any("every key ring" in text for text in update.reasons)


LISTRING = {"class": "FACILITY", "resource": "IRR.DIGTCERT.LISTRING"}


@pytest.mark.parametrize(
    ("profiles", "more", "words"),
    [
        ((), {}, "would take the ring from everybody"),
        ((), LISTRING, "is not defined"),
        (
            (profile(LISTRING["resource"], class_name="FACILITY"),),
            LISTRING | {"key": "UPDATE"},
            "never the key",
        ),
        (
            (profile("IRR.DIGTCERT.GENCERT", class_name="FACILITY"),),
            {"class": "FACILITY", "code": "SA105"},
            "sign",
        ),
        ((profile(EXACT, access=None),), {}, "AUTHUSER"),
        ((profile(EXACT, grouped="GDATALIB"),), {}, "PERMIT belongs there"),
        ((profile(EXACT, ("ZWEUSER", Level.CONTROL)),), {}, "has CONTROL"),  # PERMIT READ would take it away
    ],
)
def test_nothing_is_defined_or_opened(
    profiles: tuple[Profile, ...], more: dict[str, str], words: str
) -> None:
    made = plan(site(*profiles), **more)
    assert words in (made.refused or "")
    assert made.commands == ()


def test_an_entry_that_says_no_is_looked_at() -> None:
    where = site(profile("IZUDFLT", ("ANNA", Level.NONE), ("IZUUSER", Level.READ), class_name="APPL"))
    made = plan(where, "ANNA", "ID114", subjects="user:ANNA\nprofile:APPL/IZUDFLT")
    assert made.safety is Safety.REVIEW
    assert any("stands on the list with NONE" in text for text in made.reasons)
    assert any("CONNECT ANNA GROUP" in text and "IZUUSER" in text for text in made.advice)
    assert [text_of(c) for step in made.backout for c in step.commands] == [
        "PERMIT IZUDFLT CLASS(APPL) ID(ANNA) ACCESS(NONE)"
    ]


def test_a_predicate_may_name_everything() -> None:
    where = site(profile("BPX.SERVER", class_name="FACILITY"))
    values = {"profile": "profile:FACILITY/BPX.SERVER", "user": "ZWESVUSR", "level": "UPDATE"}
    made = plan_for(FixHint("access", values), (), where, world.options())
    assert text_of(made.commands[0]) == "PERMIT BPX.SERVER CLASS(FACILITY) ID(ZWESVUSR) ACCESS(UPDATE)"
    gone = plan_for(FixHint("access", values), (), site(), world.options())
    assert "not shown" in (gone.refused or "")
