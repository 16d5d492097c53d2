"""RLIST in the shapes that people send, and damaged; a real shape each, rewritten by us."""

from pathlib import Path

import pytest

from zcertlint.model.certificate import Absent
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Level, Profile, Signon, Started
from zcertlint.readers import ReadContext
from zcertlint.readers.rlist import read, recognise
from zcertlint.text.decode import load

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "readers" / "rlist"


def facts(name: str) -> Facts:
    source = load(name, (FIXTURES / name).read_bytes())
    assert recognise(source)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines)
    return found


def profiles(found: Facts) -> dict[str, Profile]:
    return {one.id.removeprefix("profile:"): one for one in found.security.profiles} if found.security else {}


def access(one: Profile) -> list[tuple[str, Level | None]] | None:
    return None if one.access is None else [(entry.who, entry.level) for entry in one.access]


def unread(found: Facts) -> list[int | None]:
    return [item.span.line for item in found.unread]


def test_the_key_of_a_passticket_application() -> None:
    found = facts("shapes/ssignon.txt")
    assert {name: one.signon for name, one in profiles(found).items()} == {
        "PTKTDATA/ZOWEAPPL": Signon("KEYMASKED"),
        "PTKTDATA/EPTAPPL": Signon("EPTKEYLABEL", "ZOWE.PTKT.HMAC", "MIXED", 90, replay=False),
        "PTKTDATA/NOKEY": Absent.ABSENT,
    }
    assert not unread(found)
    assert not found.problems


def test_the_identity_of_a_started_task() -> None:
    found = facts("shapes/started.txt")
    assert [(one.name, one.generic, one.started) for one in profiles(found).values()] == [
        ("ZWESLSTC.*", True, Started("ZWESVUSR", "ZWEADMIN", trusted=False, privileged=False)),
        ("PAGENT.*", True, Started("=MEMBER", "", trusted=True, privileged=False)),
    ]
    assert not unread(found)


def test_a_short_command_on_a_screen_behind_another_answer() -> None:
    found = facts("shapes/screen_short_command.txt")
    (one,) = profiles(found).values()
    assert (one.owner, one.universal, one.warning) == ("SECADM", Level.NONE, False)
    assert access(one) == [("ZWESVUSR", Level.UPDATE), ("IZUSVR", Level.READ)]
    assert [entry.span.line for entry in one.access or ()] == [20, 22]
    assert found.marks[:7] == bytes(7)
    assert not found.problems


def test_a_grouping_class() -> None:
    found = facts("shapes/grouping_class.txt")
    (one,) = profiles(found).values()
    assert one.members == ("ZWES.IS", "ZWES.OTHER")
    assert (one.warning, one.access, one.conditional) == (True, (), None)
    assert not unread(found)


def test_refusals_and_what_does_not_exist() -> None:
    found = facts("shapes/denied.txt")
    assert [(one.kind, one.name, one.message, one.function) for one in found.answers] == [
        (AnswerKind.DENIED, "FACILITY/IRR.DIGTCERT.*", "ICH13002I", "RLIST"),
        (AnswerKind.DENIED, None, "ICH408I", "RLIST"),
        (AnswerKind.NO_SUCH_PROFILE, "APPL/NOAPPL", "ICH13003I", "RLIST"),
    ]
    assert found.lines[2] == 0
    assert found.security is None


def test_other_listings_are_left_alone() -> None:
    found = facts("shapes/many_listings.txt")
    assert {name: access(one) for name, one in profiles(found).items()} == {
        "APPL/OMVSAPPL": [("*", Level.READ)],
        "APPL/IZUDFLT": None,
    }
    assert [n for n, mark in enumerate(found.marks, 1) if mark] == [
        7,
        8,
        9,
        11,
        12,
        13,
        15,
        16,
        17,
        *range(22, 25),
        26,
        27,
        28,
    ]


def test_a_name_and_a_value_longer_than_the_screen() -> None:
    (one,) = profiles(facts("shapes/long_name.txt")).values()
    assert one.name.endswith("IN.THE.NEXT.LINE.*")
    assert one.generic
    assert one.app_data == (
        "A VALUE THAT IS LONGER THAN THE SCREEN AND THEREFORE GOES ON IN THE NEXT LINE, AND ENDS"
    )


def test_a_list_without_its_end_is_left_open() -> None:
    found = facts("damaged/no_end.txt")
    (one,) = profiles(found).values()
    assert (one.universal, one.access) == (Level.NONE, None)
    assert [(problem.code, problem.fatal) for problem in found.problems] == [("IN002", False)]


def test_lost_columns_are_refused() -> None:
    found = facts("damaged/sdsf_columns.txt")
    assert found.security is None
    assert [one.kind for one in found.answers] == [AnswerKind.TRUNCATED]
    assert [problem.code for problem in found.problems] == ["IN002"]


def test_a_profile_without_its_name_is_no_profile() -> None:
    found = facts("damaged/head_lost.txt")
    assert found.security is None
    assert [problem.code for problem in found.problems] == ["IN002"]


def test_a_row_that_was_not_understood_leaves_the_list_open() -> None:
    found = facts("damaged/odd_row.txt")
    (one,) = profiles(found).values()
    assert one.access is None
    assert unread(found)[0] == 9
    assert [problem.code for problem in found.problems] == ["IN002"]


def test_dashes_and_columns_may_be_lost() -> None:
    found = facts("damaged/dashes_lost.txt")
    (one,) = profiles(found).values()
    assert (one.generic, one.owner, one.universal) == (True, "SECADM", Level.NONE)
    assert one.app_data == "NO REPLAY PROTECTION"
    assert access(one) == [("IZUUSER", Level.READ), ("ZWEUSERS", Level.READ)]
    assert not unread(found)


def test_a_name_at_the_edge_may_be_cut() -> None:
    found = facts("damaged/name_at_the_edge.txt")
    assert found.security is None
    assert "IN002" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RLIST FACILITY BPX.DAEMON ALL\n",
        "//STEP EXEC PGM=IKJEFT01\n  RLIST FACILITY * ALL\n",
        "The class name of the profile\nis not known.",
        "LEVEL  OWNER    UNIVERSAL ACCESS   WARNING   ERASE",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert not recognise(load("x.txt", text.encode()))


def test_no_key_and_no_password_goes_on() -> None:
    text = "CLASS NAME\nPTKTDATA A\n\nSSIGNON INFORMATION\nKEYMASKED(0123456789ABCDEF)\n"
    found = read(load("x.txt", text.encode()), ReadContext())
    assert "0123456789ABCDEF" not in repr(found)
    assert unread(found) == [5]


ANSWER = """RLIST {command}
CLASS      NAME
-----      ----
RDATALIB   {name}

LEVEL  OWNER      UNIVERSAL ACCESS  YOUR ACCESS  WARNING
-----  --------   ----------------  -----------  -------
 00    SECADM          NONE               NONE    NO

NO USERS IN ACCESS LIST

READY
"""
RING = "ZWESVUSR.ZOWEKEYRING.LST"


@pytest.mark.parametrize(
    ("command", "name", "asked"),
    [
        (f"RDATALIB {RING} AUTHUSER", "ZWESVUSR.* (G)", {RING}),
        (f"RDATALIB {RING.lower()} AUTHUSER", "ZWESVUSR.* (G)", {RING}),
        (f"RDATALIB ({RING}) ALL", "ZWESVUSR.* (G)", {RING}),
        (f"RDATALIB {RING} AUTHUSER", "ZWESVUSR.*", {RING}),  # a copy that lost the (G)
        (f"RDATALIB {RING} AUTHUSER", RING, set()),
        (f"RDATALIB {RING} GENERIC AUTHUSER", "ZWESVUSR.* (G)", set()),  # a discrete one may be there
        (f"RDATALIB ({RING} OTHER.RING.LST)", "ZWESVUSR.* (G)", set()),
        ("RDATALIB ZWESVUSR.* AUTHUSER", "ZWESVUSR.* (G)", set()),
        ("RDATALIB * AUTHUSER", "ZWESVUSR.* (G)", set()),
    ],
)
def test_a_generic_profile_that_answers_for_a_resource_decides_about_it(
    command: str, name: str, asked: set[str]
) -> None:
    text = ANSWER.format(command=command, name=name)
    found = read(load("x.txt", text.encode()), ReadContext())
    assert found.security is not None
    assert [one.asked for one in found.security.profiles] == [frozenset(asked)]
