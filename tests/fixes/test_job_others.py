"""Profiles, users and classes in somebody's job, and the model as lines."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fixes import world
from fixes.any_command import security
from zcertlint.fixes.commands.permit import find_profile
from zcertlint.fixes.commands.profiles import Rdelete
from zcertlint.fixes.job.differences import model_lines
from zcertlint.fixes.job.play import play_jobs
from zcertlint.fixes.job.reader import read_job
from zcertlint.model.certificate import TrustStatus
from zcertlint.model.change import Ending, Played
from zcertlint.model.deployment import Database
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.text.decode import load
from zcertlint.text.source import Span

ON = datetime(2026, 11, 21, tzinfo=UTC)
FILTER = NameFilter("COLIN", "all", TrustStatus.TRUST, None, Name("C=GB"), None, Span("listmap", 1))


def site() -> Database:
    base = world.database(world.ZOWE_CA, world.SERVER, stores=(world.RING,))
    return replace(base, security=security(), filters=(FILTER,))


def play(text: str) -> Played:
    (one,) = play_jobs([read_job(load("job.txt", f"{text}\n".encode()))], site(), ON).commands
    return one


@pytest.mark.parametrize(
    ("text", "ending", "effect"),
    [
        ("CONNECT COLIN GROUP(SYS1)", Ending.NO_EFFECT, "it is so already"),
        ("CO ZWESVUSR GROUP(IZUUSER)", Ending.DONE, "connects ZWESVUSR to IZUUSER"),
        ("RE COLIN GROUP(IZUUSER)", Ending.DONE, "takes COLIN out of IZUUSER"),
        ("REMOVE COLIN", Ending.NOT_MODELLED, "not played here"),
        ("ALU COLIN OMVS(UID(7000))", Ending.DONE, "changes the OMVS segment"),
        ("ALTUSER ZWESVUSR NOOMVS", Ending.DONE, "changes the OMVS segment"),
        ("ALTUSER ZWESVUSR REVOKE", Ending.NOT_MODELLED, "not played here"),
        ("DELUSER (COLIN ZWESVUSR)", Ending.DONE, "deletes the user, its certificates and its key rings"),
        ("PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(COLIN) AC(R)", Ending.DONE, "gives READ to COLIN"),
        ("PE IRR.DIGTCERT.LISTRING CL(FACILITY) ID(IZUSVR) DEL", Ending.DONE, "takes IZUSVR off the access list"),
        ("PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(COLIN)", Ending.NOT_MODELLED, "not played here"),
        ("PE IRR.DIGTCERT.LISTRING CL(FACILITY) RESET", Ending.DONE, "empties the access list"),
        ("PE IRR.DIGTCERT.LISTRING CL(FACILITY) RESET(ALL)", Ending.DONE, "empties the access list"),
        ("PE IRR.DIGTCERT.LISTRING CL(FACILITY) RESET(WHEN)", Ending.NOT_MODELLED, "not played here"),
        (
            "PE IRR.DIGTCERT.LISTRING CL(FACILITY) ID(COLIN) AC(R) RESET",
            Ending.DONE,
            "empties the access list and gives READ to COLIN",
        ),
        ("RALTER FACILITY IRR.DIGTCERT.LISTRING UACC(READ)", Ending.DONE, "changes the profile"),
        ("RALT FACILITY IRR.DIGTCERT.LISTRING NOWARNING", Ending.DONE, "changes the profile"),
        ("RDEL FACILITY IRR.DIGTCERT.LISTRING", Ending.DONE, "deletes the profile and its access list"),
        ("RDEL FACILITY (IRR.DIGTCERT.LISTRING)", Ending.DONE, "deletes the profile and its access list"),
        ("RDEF PTKTDATA X SSIGNON(KEYMASKED(0123456789ABCDEF))", Ending.NOT_MODELLED, "not played here"),
        (
            "SETR CLASSACT(DIGTNMAP)",
            Ending.DONE,
            "activates DIGTNMAP: profiles that lie dormant in it begin to count",
        ),
        (
            "SETROPTS CLASSACT(RDATALIB) RACLIST(RDATALIB)",
            Ending.DONE,
            "RDATALIB is active already; loads the profiles of RDATALIB into storage",
        ),
        ("SETR NOCLASSACT(APPL)", Ending.DONE, "makes APPL inactive: its profiles no longer count"),
        ("SETR PASSWORD(INTERVAL(90))", Ending.NOT_MODELLED, "not played here"),
        ("SETR LIST", Ending.NO_EFFECT, "reads only"),
        ("RLIST FACILITY X", Ending.NO_EFFECT, "reads only"),
    ],
)  # fmt: skip
def test_what_other_commands_of_racf_do(text: str, ending: Ending, effect: str) -> None:
    one = play(text)
    assert (one.ending, one.effect) == (ending, effect), one.reason


@pytest.mark.parametrize(
    ("text", "owner", "warning"),
    [
        ("RALTER FACILITY IRR.DIGTCERT.LISTRING OWNER(COLIN)", "COLIN", False),
        ("RALT FACILITY IRR.DIGTCERT.LISTRING OWNER(colin) WARNING", "COLIN", True),
        ("RALTER FACILITY IRR.DIGTCERT.LISTRING UACC(READ)", "SYS1", False),
        ("RDEFINE FACILITY IRR.DIGTCERT.LISTRING UACC(NONE) OWNER(COLIN)", "COLIN", False),
        ("RDEF FACILITY IRR.DIGTCERT.LISTRING WARNING OWNER(COLIN)", "COLIN", True),
        ("RDEF FACILITY IRR.DIGTCERT.LISTRING UACC(NONE)", None, False),
    ],
)
def test_owner_and_warning_of_a_profile(text: str, owner: str | None, *, warning: bool) -> None:
    before = site()
    if text.startswith("RDEF"):
        before = Rdelete("FACILITY", "IRR.DIGTCERT.LISTRING").apply(before, ON)
    playing = play_jobs([read_job(load("job.txt", f"{text}\n".encode()))], before, ON)
    assert [one.ending for one in playing.commands] == [Ending.DONE]
    made = find_profile(playing.database, "FACILITY", "IRR.DIGTCERT.LISTRING")
    assert made is not None
    assert (made.owner, made.warning) == (owner, warning)


def test_several_profiles_are_not_played() -> None:
    one = play("RDEF FACILITY (A.B C.D) UACC(NONE)")
    assert one.ending is Ending.NOT_MODELLED
    assert "several profiles" in one.effect


def test_of_several_users_one_that_is_missing_does_not_keep_the_others() -> None:
    known = replace(site(), security=replace(security(), unload=Span("unload", 1)))
    playing = play_jobs([read_job(load("job.txt", b"DELUSER (NOBODY COLIN)\n"))], known, ON)
    assert playing.commands[0].ending is Ending.FAILS
    assert "COLIN" not in {user.id for user in playing.database.security.users}


def test_the_model_as_lines() -> None:
    lines = model_lines(site())
    assert lines[:2] == ["certificate CERTAUTH/Acme Zowe CA", f"    subject: {world.ZOWE_CA.subject}"]
    for line in (
        "key ring ZWESVUSR/ZoweKeyring: shown",
        "name filter COLIN/all: subject C=GB, issuer -",
        "profile:FACILITY/IRR.DIGTCERT.LISTRING: UACC NONE",
        "    IZUSVR UPDATE",
        "class FACILITY: RACLISTed",
    ):
        assert line in lines


def test_a_user_keeps_its_name_in_a_sentence() -> None:
    text = "ALTUSER COLIN NAME('X')\nREMOVE COLIN GROUP(SYS1)\n"
    played = play_jobs([read_job(load("job.txt", text.encode()))], site(), ON).commands[-1]
    assert "; SYS1 is the default group of COLIN" in played.effect
