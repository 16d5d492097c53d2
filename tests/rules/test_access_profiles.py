"""What is shown of a resource: every name of its class, that nothing covers it, and what to ask for."""

import pytest

from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.security import Access, Level, Profile, Search, Security, User
from zcertlint.rules.access._profiles import all_names, ask_access, nothing_covers
from zcertlint.text.source import Span

HERE, THERE = Span("unload.txt", 1), Span("search.txt", 2)
CLASS, NAME = "PTKTDATA", "IRRPTAUTH.IZUDFLT.ANNA"


def profile(name: str, class_name: str = CLASS, **more: object) -> Profile:
    return Profile(class_name, name, HERE, **more)  # type: ignore[arg-type]


def base(*profiles: Profile, answers: tuple[Answer, ...] = (), **more: object) -> Database:
    security = Security(profiles=profiles, **more)  # type: ignore[arg-type]
    return Database({}, {}, answers=answers, security=security)


def unload(*profiles: Profile) -> Database:
    return base(*profiles, unload=HERE, unload_classes=frozenset({CLASS}))


def search(*names: str, complete: bool = True) -> Database:
    return base(searches=(Search(CLASS, names, frozenset(), complete, THERE),))


def test_every_name_of_the_class() -> None:
    found = all_names(unload(profile("A"), profile("B"), profile("C", "FACILITY")), CLASS)
    assert found == (frozenset({"A", "B"}), HERE)
    assert all_names(search("A", "B"), CLASS) == (frozenset({"A", "B"}), THERE)
    assert all_names(search("A", complete=False), CLASS) is None
    assert all_names(search("A"), "FACILITY") is None
    assert all_names(unload(), "FACILITY") is None


@pytest.mark.parametrize(
    ("database", "place"),
    [
        (unload(), HERE),
        (unload(profile("**", "FACILITY"), profile("IRRPTAUTH.TSO.*", generic=True)), HERE),
        (unload(profile("IRRPTAUTH.**", generic=True)), None),
        (search("IZUDFLT"), THERE),
        (search("IRRPTAUTH.IZUDFLT.*"), None),
        (search(NAME), None),
        (search("&APPL.*"), None),  # what it stands for is defined elsewhere
        (search("IZUDFLT", complete=False), None),
        (base(), None),
        (
            base(answers=(Answer(AnswerKind.NO_SUCH_PROFILE, None, f"{CLASS}/{NAME}", "", None, THERE),)),
            THERE,
        ),
    ],
)
def test_nothing_covers_it(database: Database, place: Span | None) -> None:
    assert nothing_covers(database, CLASS, NAME) == place


def test_what_rlist_says_of_a_generic_name_is_no_proof() -> None:
    name = "IRRPTAUTH.IZUDFLT.*"
    told = Answer(AnswerKind.NO_SUCH_PROFILE, None, f"{CLASS}/{name}", "", None, THERE)
    assert nothing_covers(base(answers=(told,)), CLASS, name) is None


LIST = (Access("IZUUSER", Level.READ, HERE),)


@pytest.mark.parametrize(
    ("more", "users", "command"),
    [
        ({}, (), "RLIST PTKTDATA X ALL"),
        ({"access": LIST, "universal": Level.NONE, "warning": False}, (), "LISTUSER ANNA OMVS"),
        ({"access": LIST, "universal": Level.NONE}, (), "RLIST PTKTDATA X ALL"),
        ({"access": LIST, "warning": False}, (), "RLIST PTKTDATA X ALL"),
        (
            {
                "access": LIST,
                "universal": Level.NONE,
                "warning": False,
                "conditional": (Access("ANNA", Level.READ, HERE, "PROGRAM ZWE"),),
            },
            (User("ANNA", HERE, attributes=frozenset(), groups=("SYS1",)),),
            "RLIST PTKTDATA X ALL",
        ),
    ],
)
def test_what_to_ask_for(more: dict[str, object], users: tuple[User, ...], command: str) -> None:
    one = profile("X", **more)  # type: ignore[arg-type]
    asked = ask_access(base(one, users=users), one, "ANNA", Level.READ)
    assert asked is not None
    assert [need.command for need in asked.needs] == [command]


def test_nothing_is_asked_where_it_is_told() -> None:
    one = profile("X", access=LIST, universal=Level.NONE, warning=False)
    users = (User("ANNA", HERE, attributes=frozenset(), groups=("IZUUSER",)),)
    assert ask_access(base(one, users=users), one, "ANNA", Level.READ) is None
