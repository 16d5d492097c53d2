"""What no profile gives today: one right is defined where that takes nothing from anybody, all else is told."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from fixes import readback, world
from fixes.world import AS_OF
from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.collect.ask import parsed
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.dialects import Product, translate
from zcertlint.fixes.plan import Step
from zcertlint.fixes.product import for_product
from zcertlint.fixes.rehearse import play
from zcertlint.fixes.write import apply_job, backout_job
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Access, ClassOptions, Level, Profile, Search, Security, User
from zcertlint.text.source import Span

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"
HERE = Span("rlist.txt", 3)
RIGHT = "IRRPTAUTH.IZUDFLT.*"
IN_USE = frozenset({"PTKTDATA", "FACILITY"})
CLASSES = ClassOptions(HERE, active=IN_USE, raclist=IN_USE, generic=IN_USE, global_raclist=frozenset())


def listed(*names: str, complete: bool = True) -> Search:
    generic = frozenset(name for name in names if "*" in name)
    return Search("PTKTDATA", names, generic, complete, HERE)


def site(*searches: Search, classes: ClassOptions | None = CLASSES, **more: object) -> Deployment:
    shown = (classes,) if classes is not None else ()
    security = Security(searches=searches, classes=shown, **more)  # type: ignore[arg-type]
    return world.deployment(replace(world.database(), security=security))


def plan(where: Deployment, code: str = "SA112", **more: str) -> Plan:
    values = {"code": code, "user": "ZWESVUSR", "resource": RIGHT, "application": "IZUDFLT", **more}
    return plan_for(FixHint("authority", values), ("F-1",), where, world.options())


@pytest.mark.parametrize(
    "where",
    [
        site(listed("IZUDFLT", "TSOSYS1", "IRRPTAUTH.TSOSYS1.*", "IRRPTAUTH.CICS.ANNA")),
        site(unload=HERE, unload_classes=frozenset({"PTKTDATA"}), users=(User("ZWESVUSR", HERE),)),
    ],
    ids=["SEARCH", "unload"],
)
def test_the_right_is_defined_where_nobody_has_it(where: Deployment) -> None:
    made = plan(where)
    assert [text_of(c) for c in made.commands] == [
        f"RDEFINE PTKTDATA {RIGHT} UACC(NONE)",
        f"PERMIT {RIGHT} CLASS(PTKTDATA) ID(ZWESVUSR) ACCESS(UPDATE)",
    ]
    assert made.safety is Safety.REVIEW
    assert [text_of(c) for step in made.backout for c in step.commands] == [
        f"PERMIT {RIGHT} CLASS(PTKTDATA) ID(ZWESVUSR) DELETE",
        f"RDELETE PTKTDATA {RIGHT}",
    ]
    after, failed = play(made.commands, where.database, AS_OF)
    assert failed is None
    back, failed = play((c for step in made.backout for c in step.commands), after, AS_OF)
    assert failed is None
    assert [one.name for one in back.security.profiles] == [
        one.name for one in where.database.security.profiles
    ]
    assert [one.names for one in back.security.searches] == [
        one.names for one in where.database.security.searches
    ]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (site(), "SEARCH CLASS(PTKTDATA)"),
        (site(listed("IZUDFLT", complete=False)), "SEARCH CLASS(PTKTDATA)"),
        (site(listed("IRRPTAUTH.**")), "stand beside IRRPTAUTH.**"),
        (site(listed("IRRPTAUTH.IZU*.*")), "stand beside IRRPTAUTH.IZU*.*"),
        (site(listed("**")), "stand beside **"),
        (site(listed("IRRPTAUTH.IZUDFLT.ANNA")), "stand beside IRRPTAUTH.IZUDFLT.ANNA"),
        (site(listed("IZUDFLT"), classes=None), "generic profiles are not shown"),
        (
            site(listed("IZUDFLT"), classes=replace(CLASSES, generic=frozenset())),
            "generic profiles are not shown",
        ),
        (site(listed("IZUDFLT"), classes=replace(CLASSES, raclist=frozenset())), "active and RACLISTed"),
        (site(listed("IZUDFLT"), classes=replace(CLASSES, active=frozenset())), "active and RACLISTed"),
    ],
)
def test_it_is_told_where_it_might_take_something(where: Deployment, words: str) -> None:
    made = plan(where)
    assert words in (made.refused or "")
    assert made.commands == ()
    assert any("RDEFINE PTKTDATA" in line for line in made.advice)


def test_nobody_is_permitted_who_may_be_the_wrong_one() -> None:
    made = plan(site(listed("IZUDFLT")), doubt="under which user Zowe's started task ZWESLSTC runs")
    assert "not shown under which user" in (made.refused or "")


@pytest.mark.parametrize("resource", ["BPX.SERVER", "BPX.DAEMON"])
def test_a_bpx_profile_is_never_defined(resource: str) -> None:
    made = plan(site(), "SA101", resource=resource)
    assert made.commands == ()
    assert f"never defines {resource}" in (made.refused or "")
    told = " ".join(made.advice)
    assert "program controlled" in told
    assert f"RDELETE FACILITY {resource}" in told


def test_nobody_becomes_a_superuser_by_the_way() -> None:
    made = plan(site(), "SA101", resource="BPX.DAEMON", profile="profile:FACILITY/BPX.**", level="READ")
    assert made.commands == ()
    assert "BPX.SUPERUSER" in (made.refused or "")
    assert any("FROM(BPX.**)" in line for line in made.advice)


def test_a_user_that_is_only_likely_makes_the_plan_one_to_look_at() -> None:
    said = "no input shows that ZSS runs under ZWESVUSR: RLIST STARTED ZWESLSTC.* STDATA NORACF"
    server = Profile("FACILITY", "BPX.SERVER", HERE, access=())
    values = {"profile": server.id, "user": "ZWESVUSR", "level": "UPDATE"}
    where = site(profiles=(server,))
    sure = plan_for(FixHint("access", values), (), where, world.options())
    assert (sure.safety, sure.reasons) == (Safety.READY, ())
    made = plan_for(FixHint("access", {**values, "unsure": said}), (), where, world.options())
    assert made.safety is Safety.REVIEW
    assert said in made.reasons
    right = plan(site(listed("IZUDFLT")), unsure=said)
    assert said in right.reasons


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("missing", "RDEFINE PTKTDATA IZUDFLT SSIGNON(EPTKEYLABEL(?KEYLABEL)"),
        ("key", "RALTER PTKTDATA IZUDFLT SSIGNON(KEYENCRYPTED(?KEY))"),
        ("class", "SETROPTS CLASSACT(PTKTDATA)"),
    ],
)
def test_a_key_stands_in_no_job(variant: str, words: str) -> None:
    made = plan(site(), "SA111", variant=variant)
    assert made.commands == ()
    assert any(words in line for line in made.advice)
    assert "KEYMASKED" not in " ".join(made.advice)


def test_what_it_does_not_know() -> None:
    assert "no repair" in (plan(site(), "SA999").refused or "")


def test_an_entry_of_another_class_is_no_hindrance() -> None:
    other = Profile("FACILITY", "**", HERE, access=(Access("ANNA", Level.READ, HERE),))
    assert plan(site(listed("IZUDFLT"), profiles=(other,))).refused is None


@pytest.mark.parametrize("code", ["SA101", "SA111", "SA112", "SA115"])
def test_collect_can_ask_what_the_rules_ask(code: str) -> None:
    cases = yaml.safe_load((FIXTURES / f"{code}.yaml").read_text(encoding="utf-8"))["cases"]
    commands = {case["expect"]["command"] for case in cases if case["verdict"] == "unknown"}
    assert commands
    for command in commands:
        ask = parsed(command)
        assert ask is not None, command
        assert ask.text == command


@pytest.mark.parametrize("product", [Product.ACF2, Product.TSS])
def test_the_words_of_other_products(product: Product) -> None:
    """PERMIT on a profile of its own name has an equal; what defines a profile, or is generic, has none."""
    permit = translate((Permit("FACILITY", "BPX.DAEMON", ("ZWESVUSR",), Level.READ),), product)
    assert permit.refused == ()
    assert any("BPX" in " ".join(words) for words in permit.commands)
    made = translate(plan(site(listed("IZUDFLT"))).commands, product)
    assert len(made.refused) == 2
    assert made.safety(Safety.REVIEW) is Safety.ADVICE


def test_a_class_of_the_site_is_refreshed_too() -> None:
    """The list of classes gives an order; one that stands in no list is read again like the others."""
    permit = Permit("$ACMERES", "A.B", ("ANNA",), Level.READ)
    undo = Permit("$ACMERES", "A.B", ("ANNA",), delete=True)
    made = Plan(
        "Z123456",
        "access",
        (),
        "t",
        "w",
        Safety.READY,
        steps=(Step("s", (permit,)),),
        backout=(Step("b", (undo,)),),
    )
    wanted = "SETROPTS RACLIST($ACMERES) REFRESH"
    for text in (apply_job([made], world.options()), backout_job([made], world.options())):
        assert [wanted] == [c for s in readback.steps(text) for c in s.commands if "REFRESH" in c]
    assert "SETROPTS" not in apply_job([made], replace(world.options(), idle=frozenset({"$ACMERES"})))


def test_another_product_is_told_that_it_does_not_know_the_class() -> None:
    permit = Permit("$ACMERES", "A.B", ("ANNA",), Level.READ)
    made = Plan("Z123456", "access", (), "t", "w", Safety.READY, steps=(Step("s", (permit,)),))
    told = for_product(made, Product.ACF2)
    assert isinstance(told, str)
    assert "$ACMERES" in told
    assert "REFRESH" in told
