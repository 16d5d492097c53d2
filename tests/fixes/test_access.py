"""Access: the profile that protects the resource today gets one more entry, and nothing else changes."""

from dataclasses import replace

import pytest

from fixes import world
from fixes.world import AS_OF, RING, SERVER
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


def plan(where: Deployment, user: str = "ZWEUSER", code: str = "SA104", *subjects: str) -> Plan:
    named = subjects or (f"user:{user}", RING.id)
    values = {"code": code, "subjects": "\n".join(named), "user": user}
    return plan_for(FixHint("access", values), ("F-1",), where, world.options())


def test_the_profile_of_the_ring_gets_one_more_entry() -> None:
    where = site(profile(EXACT, ("ZWESVUSR", Level.CONTROL)))
    made = plan(where, "ZWEUSER")
    # the server's certificate belongs to another user: its private key takes UPDATE
    assert [text_of(c) for c in made.commands] == [
        f"PERMIT {EXACT} CLASS(RDATALIB) ID(ZWEUSER) ACCESS(UPDATE)"
    ]
    assert made.commands[0].refresh == ("RDATALIB",)
    assert made.safety is Safety.READY
    assert [text_of(c) for step in made.backout for c in step.commands] == [
        f"PERMIT {EXACT} CLASS(RDATALIB) ID(ZWEUSER) DELETE"
    ]
    after, failed = play(made.commands, where.database, AS_OF)
    assert failed is None
    back, failed = play((c for step in made.backout for c in step.commands), after, AS_OF)
    assert failed is None
    assert back.security == where.database.security
    assert play(made.commands, after, AS_OF)[0] == after


@pytest.mark.parametrize(
    ("owner", "level"),
    [(world.ZWE, "READ"), (world.IZU, "UPDATE"), (world.CERTAUTH, "CONTROL")],
)
def test_the_level_is_what_the_key_takes(owner: object, level: str) -> None:
    cert = replace(SERVER, owner=owner, id=f"{owner}/Zowe Server")  # type: ignore[arg-type]
    rows = (RING.connections[0], replace(RING.connections[1], owner=cert.owner, certificate=cert.id))
    data = world.database(world.ZOWE_CA, world.ZOSMF_CA, cert, world.ZOSMF,
                          stores=(replace(RING, connections=rows), world.IZU_RING))  # fmt: skip
    where = world.deployment(replace(data, security=Security(profiles=(profile(),))))
    assert text_of(plan(where, "ZWESVUSR").commands[0]).endswith(f"ACCESS({level})")


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["ZWESVUSR.*.LST", "**"], "ZWESVUSR.*.LST"),
        (["ZWESVUSR.**", "ZWESVUSR.ZOWE*.LST"], "ZWESVUSR.ZOWE*.LST"),
        (["**", "OTHER.**"], "**"),
        (["ZWESVUSR.ZOWEKEYRIN%.LST"], "ZWESVUSR.ZOWEKEYRIN%.LST"),
        (["ZWESVUSR.*"], "ZWESVUSR.*"),
        ([EXACT, "ZWESVUSR.**"], EXACT),
    ],
)
def test_the_profile_that_covers_the_ring(names: list[str], chosen: str) -> None:
    made = plan(site(*(profile(name) for name in names)))
    assert f"PERMIT {chosen} CLASS" in text_of(made.commands[0])
    generic = chosen != EXACT
    assert (made.safety is Safety.REVIEW) == generic
    assert any("is generic" in text for text in made.reasons) == generic


@pytest.mark.parametrize(
    ("profiles", "words"),
    [
        ((), "would take the ring from everybody"),
        ((profile("OTHER.*.LST"), profile("ZWESVUSR"), profile("ZWESVUSR*X.LST")), "would take the ring"),
        ((profile(EXACT, access=None),), "AUTHUSER"),
        ((profile(EXACT, grouped="GDATALIB"),), "PERMIT belongs there"),
        ((profile(EXACT, ("ZWEUSER", Level.CONTROL)),), "has CONTROL"),  # PERMIT UPDATE would take it away
    ],
)
def test_no_profile_is_defined(profiles: tuple[Profile, ...], words: str) -> None:
    made = plan(site(*profiles))
    assert words in (made.refused or "")
    assert made.commands == ()


def test_an_entry_that_says_no_is_looked_at() -> None:
    where = site(profile("IZUDFLT", ("ANNA", Level.NONE), ("IZUUSER", Level.READ), class_name="APPL"))
    made = plan(where, "ANNA", "ID114", "user:ANNA", "profile:APPL/IZUDFLT")
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
