"""A job played: conditions, steps that stop, what is not known, what each command asks for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fixes import world
from zcertlint.fixes.commands.issuing import usual_end
from zcertlint.fixes.job.conditions import ANY, FAILED, NOT_FOUND, OK, Codes, run_when
from zcertlint.fixes.job.lines import Guard
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.play import play_jobs
from zcertlint.fixes.job.racdcert import read_racdcert
from zcertlint.fixes.job.racf import read_general
from zcertlint.fixes.job.reader import read_job
from zcertlint.model.certificate import Certificate, Moment, Owner, TrustStatus
from zcertlint.model.change import Ending, Played, SlipKind, Trouble
from zcertlint.model.deployment import Database
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Access, ClassOptions, Level, Profile, Security
from zcertlint.model.store import Usage
from zcertlint.text.decode import load
from zcertlint.text.source import Span

ON = datetime(2026, 11, 21, tzinfo=UTC)


def site() -> Database:
    base = world.database(
        world.ZOWE_CA, world.ZOSMF_CA, world.SERVER, world.ZOSMF, stores=(world.RING, world.IZU_RING)
    )
    owners = frozenset(str(owner) for owner in (world.ZWE, world.IZU, world.CERTAUTH))
    return replace(base, complete_owners=owners, complete_ring_owners=frozenset(("ZWESVUSR", "IZUSVR")))


def play(text: str, database: Database | None = None, zos: str | None = None) -> list[Played]:
    job = read_job(load("job.jcl", text.encode()))
    return play_jobs([job], database or site(), ON, zos).commands


def step(name: str, *lines: str, program: str = "IKJEFT1B", cond: str = "") -> str:
    cards = [f"//{name:<8} EXEC PGM={program}{cond}", "//SYSTSIN  DD DATA,DLM=$$", *lines, "$$"]
    return "\n".join(cards) + "\n"


THERE = "RACDCERT CERTAUTH LIST(LABEL('zOSMFCA'))"
NOT_THERE = "RACDCERT CERTAUTH LIST(LABEL('Nobody'))"
CHANGE = "RACDCERT CERTAUTH ALTER(LABEL('zOSMFCA')) NEWLABEL('Other')"
WRONG = "RACDCERT CERTAUTH DELETE(LABEL('Nobody'))"


@pytest.mark.parametrize(
    ("text", "codes", "answer"),
    [
        ("(G.RC = 4)", {"G": NOT_FOUND}, True),
        ("(G.RC = 4)", {"G": OK}, False),
        ("(G.RC = 4)", {"G": FAILED}, None),
        ("G.RC NE 0", {"G": FAILED}, True),
        ("(G.RC = 0 & S.RUN)", {"G": OK, "S": None}, False),
        ("(G.RC = 0 | S.RC = 0)", {"G": OK, "S": ANY}, True),
        ("NOT (G.RC > 4)", {"G": OK}, True),
        ("¬(RC > 4)", {"G": OK, "S": NOT_FOUND}, True),
        ("RC <= 4", {"G": OK, "S": FAILED}, None),
        ("ABEND", {"G": OK}, False),
        ("(S.ABEND = FALSE)", {"S": OK}, True),
        ("(S.RC = 0)", {"S": None}, False),
        ("(NOWHERE.RC = 0)", {}, None),
        ("ABENDCC = S0C4", {"G": OK}, None),
        ("(G.RC = 0", {"G": OK}, None),
        ("what is this", {"G": OK}, None),
        ("(0 EQ 1)", {}, False),
        ("(1 EQ 1)", {}, True),
        ("(1 EQ X)", {}, None),
        ("((((((((((((((((((((((((G.RC = 0))))))))))))))))))))))))", {"G": OK}, None),
    ],
)
def test_if_is_judged_as_far_as_the_codes_are_known(
    text: str, codes: dict[str, Codes | None], answer: object
) -> None:
    assert run_when([Guard(text)], codes) is answer
    assert run_when([Guard(text, negated=True)], codes) is (None if answer is None else not answer)


@pytest.mark.parametrize(
    ("text", "codes", "run"),
    [
        ("(0,NE)", {"A": OK}, True),
        ("(0,NE)", {"A": FAILED}, False),
        ("(4,LT)", {"A": OK, "B": NOT_FOUND}, True),
        ("(4,LT,B)", {"A": FAILED, "B": OK}, True),
        ("((0,NE,A),(4,LT,B))", {"A": OK, "B": FAILED}, None),
        ("EVEN", {"A": FAILED}, True),
        ("ONLY", {"A": OK}, False),
        ("(X)", {"A": OK}, None),
    ],
)
def test_cond_leaves_a_step_out_when_it_is_true(
    text: str, codes: dict[str, Codes | None], run: object
) -> None:
    assert run_when([Guard(text, cond=True)], codes) is run


def test_a_guard_decides_which_branch_is_run() -> None:
    text = (
        "//J JOB 1\n" + step("G", NOT_THERE) + "//A IF (G.RC = 4) THEN\n" + step("S", CHANGE)
        + "//A ELSE\n" + step("T", WRONG) + "//A ENDIF\n"
    )  # fmt: skip
    assert [(one.ending, one.guarded) for one in play(text)] == [
        (Ending.NO_EFFECT, False), (Ending.DONE, True), (Ending.NO_EFFECT, True),
    ]  # fmt: skip
    swapped = play(text.replace("Nobody'))\n$$\n//A IF", "zOSMFCA'))\n$$\n//A IF"))
    assert [one.ending for one in swapped] == [Ending.NO_EFFECT, Ending.NO_EFFECT, Ending.FAILS]
    assert swapped[1].effect == "not run: (G.RC = 4) is not met"


def test_a_condition_that_cannot_be_told_is_named_and_what_it_touches_stays_open() -> None:
    text = (
        "//J JOB 1\n//X EXEC PGM=OTHER\n//A IF (X.RC = 0) THEN\n" + step("S", CHANGE) + "//A ENDIF\n"
        + step("T", "RACDCERT CERTAUTH ALTER(LABEL('zOSMFCA')) TRUST", program="IKJEFT01")
    )  # fmt: skip
    first, second = play(text)
    assert (first.ending, first.condition) == (Ending.DONE, "(X.RC = 0)")
    assert second.ending is Ending.NOT_MODELLED
    assert "unless line" in second.effect


@pytest.mark.parametrize(("program", "ending"), [("IKJEFT01", Ending.DONE), ("IKJEFT1B", Ending.NO_EFFECT)])
def test_a_failure_ends_the_step_where_the_program_says_so(program: str, ending: Ending) -> None:
    first, second = play("//J JOB 1\n" + step("S", WRONG, CHANGE, program=program))
    assert (first.ending, first.trouble) == (Ending.FAILS, Trouble.MISSING)
    assert second.ending is ending


def test_the_submitter_of_the_job_is_the_owner_that_is_not_named() -> None:
    text = "RACDCERT ALTER(LABEL('Zowe Server')) TRUST"
    unknown, known = (play(f"//J JOB 1{user}\n" + step("S", text))[0] for user in ("", ",USER=ZWESVUSR"))
    assert unknown.ending is Ending.NOT_MODELLED
    assert known.owner == Owner.of_user("ZWESVUSR")
    assert known.ending in {Ending.DONE, Ending.NO_EFFECT}
    assert [slip.kind for slip in known.slips] == [SlipKind.NO_OWNER]


@pytest.mark.parametrize(
    "line",
    ["%ACME", "ACMEEXEC ZWESVUSR", "RACDCERT ID(ZWESVUSR) IMPORT(TOKEN(x))", "RACDCERT CERTAUTH WHATEVER(x)"],
)
def test_after_a_command_that_is_not_known_what_is_missing_may_be_there(line: str) -> None:
    first, second = play("//J JOB 1\n" + step("S", line, WRONG, program="IKJEFT01"))
    assert first.ending is Ending.NOT_MODELLED
    assert second.ending is Ending.NOT_MODELLED


def test_a_token_changes_no_key_ring() -> None:
    (one,) = play("//J JOB 1\n" + step("S", "RACDCERT ADDTOKEN(x)"))
    assert one.ending is Ending.NO_EFFECT


def test_what_is_so_already_changes_no_class() -> None:
    text = "RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)"
    (one,) = play(text.replace(") CONNECT", ") +\n CONNECT") + "\n")
    assert (one.ending, one.classes) == (Ending.NO_EFFECT, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RACDCERT ID(U) CONNECT(LABEL('x'))", "IRRD121I"),
        ("RACDCERT ID(TOOLONGUSER) LIST", "no user ID"),
        ("RACDCERT ID() LIST", "has no value"),
        ("RACDCERT ID(U) GENREQ(LABEL('x'))", "no data set"),
        ("RACDCERT ID(U) GENREQ DSN('A.B')", "no certificate"),
        ("RACDCERT ID(U) GENCERT WITHLABEL('x')", "neither a request nor SUBJECTSDN"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(C('GERMANY'))", "two letters"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(CN('x')) SIZE(big)", "no number"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(CN('x')) NOTAFTER(DATE(2030-02-30))", "no such day"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(CN('x')) NOTAFTER(2030-02-28)", "2030-02-28"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(CN('x')) ALTNAME(IP())", "has no value"),
        ("RACDCERT ID(U) GENCERT SUBJECTSDN(CN('x')) SIGNWITH(CERTAUTH)", "names no label"),
        ("RACDCERT ID(U) ROLLOVER(LABEL('x'))", "NEWLABEL"),
        ("RACDCERT ID(U) ALTER(LABEL('x'))", "changes nothing"),
        ("RACDCERT ID(U) EXPORT(LABEL('x')) DSN('A.B') FORMAT(P)", "there are CERTDER"),
        ("RACDCERT ID(U) MAP WITHLABEL('x')", "neither SDNFILTER nor IDNFILTER"),
        ("RACDCERT ID(U) CONNECT(LABEL('x') RING(a b))", "no blanks"),
        ("RACDCERT ID(U) CONNECT(LABLE('x') RING(a))", "LABEL?"),
        ("RACDCERT ID(U) CONNECT(LABEL('x') RING(a) USAGE(X))", "there are PERSONAL"),
        ("RACDCERT ID(U) ADDRING(" + "r" * 238 + ")", "237"),
        ("RACDCERT ID(U) LIST 'x'", "apostrophes"),
    ],
)
def test_what_racf_would_not_take_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(Refused) as error:
        read_racdcert(text, len("RACDCERT"), None)
    assert words in str(error.value)


def test_abbreviations_and_orders_are_read_as_tso_reads_them() -> None:
    one = read_racdcert("racdcert con(certa lab('x') ri(MyRing) us(c) def) id(u)", 8, None)
    two = read_racdcert(
        "RACDCERT ID(U) CONNECT(CERTAUTH LABEL('x') RING(MyRing) USAGE(CERTAUTH) DEFAULT)", 8, None
    )
    assert one == two
    assert (one.usage, one.default, one.ring) == (Usage.CERTAUTH, True, "MyRing")
    last = read_racdcert("RACDCERT ID(U) LIST(LABEL('x')) DELETE(LABEL('y'))", 8, None)
    assert (last.function, last.label) == ("DELETE", "y")
    assert read_racdcert("RACDCERT ID(U) ADD(a.b)", 8, "IBMUSER").data_set == "IBMUSER.A.B"
    inner = read_racdcert("RACDCERT ID(U) CONNECT(LABEL('x') RING(r))", 8, None)
    assert inner.certificate_owner == Owner.of_user("U")
    assert inner.usage is Usage.PERSONAL


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SETROPTS REFRESH", "without RACLIST"),
        ("SETROPTS RACLIST() REFRESH", "names no class"),
        ("PERMIT X CLASS(FACILITY) ACCESS(READ)", "names nobody"),
        ("PERMIT X CLASS(FACILITY) ID(U) ACCESS(SOME)", "no level"),
        ("PERMIT", "names nothing"),
        ("RDEFINE FACILITY", "names no profile"),
    ],
)
def test_other_commands_that_racf_would_not_take(text: str, words: str) -> None:
    verb = text.partition(" ")[0]
    with pytest.raises(Refused) as error:
        read_general(verb, text, len(verb))
    assert words in str(error.value)


def test_a_refresh_of_a_class_that_is_not_raclisted_has_no_effect() -> None:
    lists = ClassOptions(Span("s", 1), raclist=frozenset(("FACILITY",)))
    known = replace(site(), security=Security(classes=(lists,)))
    (one,) = play("SETROPTS RACLIST(DIGTCERT) REFRESH\nRACDCERT ID(X) ADDRING(r)\n", known)[:1]
    assert one.ending is Ending.NO_EFFECT
    assert "ICH14070I" in one.effect


def test_of_a_condition_that_cannot_be_told_one_branch_is_played() -> None:
    text = (
        "//J JOB 1\n//X EXEC PGM=OTHER\n//A IF (X.RC = 0) THEN\n" + step("S", CHANGE) + "//A ELSE\n"
        + step("T", "RACDCERT CERTAUTH DELETE(LABEL('zOSMFCA'))") + "//A ENDIF\n" + step("U", WRONG)
    )  # fmt: skip
    done, other, last = play(text)
    assert (done.ending, done.condition) == (Ending.DONE, "(X.RC = 0)")
    assert (other.ending, other.condition) == (Ending.NOT_MODELLED, "not (X.RC = 0)")
    assert not other.deleted
    assert last.ending is Ending.NOT_MODELLED


def test_a_ca_that_is_made_again_has_not_signed_what_was_there() -> None:
    subject = "CN('Zowe CA') O('Acme')"
    made = f"RACDCERT CERTAUTH GENCERT SUBJECTSDN({subject}) WITHLABEL('Acme Zowe CA')"
    text = f"RACDCERT CERTAUTH DELETE(LABEL('Acme Zowe CA'))\n{made}\n"
    before = site()
    named = replace(before.certificates["CERTAUTH/Acme Zowe CA"], subject=Name("CN=Zowe CA.O=Acme"))
    server = replace(before.certificates["ID(ZWESVUSR)/Zowe Server"], issuer=Name("CN=Zowe CA.O=Acme"))
    certificates = {**before.certificates, named.id: named, server.id: server}
    known = replace(before, certificates=certificates)

    def after(jobs: str) -> str | None:
        job = read_job(load("job.txt", jobs.encode()))
        return play_jobs([job], known, ON).database.certificates[server.id].signed_by

    assert after(text) == "CERTAUTH/Acme Zowe CA (deleted)"
    assert after(f"{text}RACDCERT CERTAUTH ADD('A.B') WITHLABEL('Old')\n") is None
    rekeyed = "RACDCERT CERTAUTH REKEY(LABEL('Acme Zowe CA')) WITHLABEL('New')\n"
    assert after(rekeyed) == "CERTAUTH/Acme Zowe CA"


def test_nor_is_a_user_called_missing_after_such_a_command() -> None:
    known = replace(site(), security=Security(unload=Span("unload", 1)))
    text = "//J JOB 1\n" + step("S", "{}DELUSER NOBODY", program="IKJEFT01")
    assert play(text.format(""), known)[-1].ending is Ending.FAILS
    assert play(text.format("%ACME\n"), known)[-1].ending is Ending.NOT_MODELLED


def test_permit_on_an_access_list_that_is_not_shown_is_done_and_not_so_already() -> None:
    profile = Profile("RDATALIB", "A.B.LST", Span("rlist", 1))
    text = "PERMIT A.B.LST CLASS(RDATALIB) ID(ZWESVUSR) ACCESS(READ)\n"
    hidden = replace(site(), security=Security(profiles=(profile,)))
    (one,) = play(text, hidden)
    assert (one.ending, one.classes) == (Ending.DONE, ("RDATALIB",))
    row = Access("ZWESVUSR", Level.READ, Span("rlist", 2))
    shown = replace(site(), security=Security(profiles=(replace(profile, access=(row,)),)))
    assert play(text, shown)[0].ending is Ending.NO_EFFECT


def test_commands_of_other_products_are_not_taken_for_racf_s() -> None:
    lines = ("ACF", "SET PROFILE(USER) DIVISION(KEYRING)", "CONNECT CERTDATA(A.B) KEYRING(C.D)", "END", WRONG)
    done = play("//J JOB 1\n" + step("S", *lines, program="IKJEFT01"))
    assert [one.effect.split(":")[0] for one in done[:4]] == ["a command of ACF2"] * 4
    assert done[4].ending is Ending.NOT_MODELLED
    (one,) = play("//J JOB 1\n" + step("S", "TSS ADD(ZWESVUSR) KEYRING(ZOWE)"))
    assert one.effect.startswith("a command of Top Secret")


def test_what_a_command_that_is_not_played_may_have_made_is_not_called_missing() -> None:
    known = replace(
        site(), security=Security(unload=Span("unload", 1), unload_classes=frozenset(("PTKTDATA",)))
    )
    alone = "PERMIT ZOWE CLASS(PTKTDATA) ID(ZWESVUSR) ACCESS(READ)"
    defined = "RDEFINE PTKTDATA ZOWE SSIGNON(KEYMASKED(0123456789ABCDEF))"
    text = "//J JOB 1\n" + step("S", "{}" + alone, program="IKJEFT01")
    assert play(text.format(""), known)[-1].ending is Ending.FAILS
    assert play(text.format(f"{defined}\n"), known)[-1].ending is Ending.NOT_MODELLED
    user = "//J JOB 1\n" + step("S", "{}DELUSER NEWBIE", program="IKJEFT01")
    assert play(user.format("ADDUSER NEWBIE\n"), known)[-1].ending is Ending.NOT_MODELLED
    assert play(user.format("ADDUSER OTHER\n"), known)[-1].ending is Ending.FAILS


def test_a_name_filter_stands_in_the_line_that_makes_it_and_a_listed_one_where_it_was_listed() -> None:
    listed = NameFilter("CIUSER", "old", None, None, Name("CN=old"), None, Span("evidence/ciuser.txt", 5))
    text = (
        "RACDCERT ID(CIUSER) MAP SDNFILTER('CN=*.OU=Automation') WITHLABEL('m') TRUST\n"
        "RACDCERT ID(CIUSER) ALTMAP(LABEL('m')) NEWLABEL('n')\n"
        "RACDCERT ID(CIUSER) ALTMAP(LABEL('old')) NEWLABEL('older')\n"
    )
    job = read_job(load("job.txt", text.encode()))
    done = play_jobs([job], replace(site(), filters=(listed,)), ON)
    places = {one.label: (one.span.path, one.span.line) for one in done.database.filters}
    assert places == {"older": ("evidence/ciuser.txt", 5), "n": ("job.txt", 1)}


YEAR = "the end: no NOTAFTER is given; one year is RACF's usual choice"
GENCERT = "RACDCERT ID(ZWESVUSR) GENCERT SUBJECTSDN(CN('new')) RSA SIZE(2048) WITHLABEL('New')"
BY_CA = "SIGNWITH(CERTAUTH LABEL('Acme Zowe CA'))"
GENREQ = "RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server')) DSN('A.CSR')"
REISSUE = f"{GENREQ}\nRACDCERT ID(ZWESVUSR) GENCERT('A.CSR') {BY_CA}"
REKEY = "RACDCERT ID(ZWESVUSR) REKEY(LABEL('Zowe Server')) WITHLABEL('New')"


def made(text: str, database: Database, label: str, on: datetime = ON) -> tuple[Played, Certificate]:
    job = read_job(load("job.txt", text.encode()))
    done = play_jobs([job], database, on)
    return done.commands[-1], done.database.certificates[f"ID(ZWESVUSR)/{label}"]


@pytest.mark.parametrize(
    ("text", "label", "end"),
    [
        (f"{GENCERT} {BY_CA}", "New", "2027-11-21"),
        (f"{GENCERT} {BY_CA} NOTBEFORE(DATE(2026-12-01))", "New", "2027-12-01"),
        (REISSUE, "Zowe Server", "2027-11-21"),
        (REKEY, "New", "2027-11-21"),
    ],
)
def test_without_notafter_a_certificate_is_taken_to_end_after_a_year(text: str, label: str, end: str) -> None:
    played, new = made(text, site(), label)
    assert new.not_after is not None
    assert f"{new.not_after.at:%Y-%m-%d}" == end
    assert new.not_after.local
    assert new.not_after == played.ends
    assert YEAR in played.doubts
    assert f"likely until {end} (no NOTAFTER)" in played.effect
    given, _ = made(f"{text} NOTAFTER(DATE(2028-01-01))", site(), label)
    assert YEAR not in given.doubts
    assert "likely" not in given.effect


@pytest.mark.parametrize(("text", "label"), [(f"{GENCERT} {BY_CA}", "New"), (REISSUE, "Zowe Server")])
@pytest.mark.parametrize(("last", "status"), [(2027, None), (2028, TrustStatus.TRUST)])
def test_the_year_may_outlive_the_signer_and_then_the_status_is_open(
    text: str, label: str, last: int, status: TrustStatus | None
) -> None:
    ends = Moment(datetime(last, 6, 1, tzinfo=UTC), local=True)
    base = site()
    ca = replace(world.ZOWE_CA, not_after=ends)
    base = replace(base, certificates={**base.certificates, ca.id: ca})
    assert made(text, base, label)[1].trust is status


def test_the_year_after_a_leap_day_is_a_day_and_the_last_year_has_no_next() -> None:
    assert usual_end(date(2028, 2, 29)) == date(2029, 2, 28)
    assert usual_end(date(9999, 12, 31)) == date(9999, 12, 31)
    assert usual_end(datetime(2026, 11, 21, 23, tzinfo=UTC)) == date(2027, 11, 21)


@pytest.mark.parametrize(
    ("names", "zos", "ending", "words"),
    [
        ("DOMAIN('a') IP(10.1.1.1)", "2.5", Ending.DONE, "makes ID(ZWESVUSR)/new"),
        ("DOMAIN('a') DOMAIN('b')", "2.5", Ending.NOT_MODELLED, "one name of each type"),
        ("DOMAIN('a','b')", "2.5", Ending.FAILS, "RACDCERT of z/OS 2.5 writes one name of each type"),
        ("ADOMAIN('a','b')", "3.1", Ending.FAILS, "RACDCERT of z/OS 3.1 writes one name of each type"),
        ("DOMAIN('a') DOMAIN('b')", None, Ending.DONE, "needs z/OS 3.2: before it RACDCERT writes one"),
        ("IP(10.1.1.1 10.1.1.2)", None, Ending.DONE, "ALTNAME(IP(...)) with several names needs z/OS 3.2"),
        ("ADOMAIN('a','b')", "3.2", Ending.DONE, "makes ID(ZWESVUSR)/new"),
    ],
)
def test_several_names_of_a_type_are_written_since_zos_3_2(
    names: str, zos: str | None, ending: Ending, words: str
) -> None:
    text = (
        f" RACDCERT ID(ZWESVUSR) GENCERT SUBJECTSDN(CN('a')) WITHLABEL('new') -\n  ALTNAME({names}) -\n"
        "  SIZE(2048) NOTAFTER(DATE(2028-01-01))"
    )
    made = play(step("S", text), zos=zos)[0]
    assert made.ending is ending
    assert words in (made.reason or made.effect)
    assert ("3.2" in made.effect) is (zos is None)


@pytest.mark.parametrize(
    ("cond", "effect", "condition"),
    [
        (",COND=(0,NE)", "not run: COND=(0,NE) leaves it out", ""),
        (",COND=(0,NE,X)", "", "COND=(0,NE,X) lets it run"),
        (",COND=(4,EQ,A)", "not run: COND=(4,EQ,A) leaves it out", ""),
        (",COND=(4,LT)", "", ""),
    ],
)
def test_cond_is_told_as_jcl_means_it(cond: str, effect: str, condition: str) -> None:
    """A COND that is met leaves the step out."""
    played = play("//J JOB 1\n" + step("A", NOT_THERE) + step("B", CHANGE, cond=cond))[1]
    assert played.effect == effect or not effect
    assert played.condition == condition


RING_ROW = "RACDCERT ID(ZWESVUSR) CONNECT(LABEL('{}') RING(ZoweKeyring){})"


def test_connect_of_what_is_connected_says_what_changes() -> None:
    label = world.SERVER.label
    first, second, third = play(
        step(
            "S",
            " " + RING_ROW.format(label, " -\n  USAGE(CERTAUTH) DEFAULT"),
            " " + RING_ROW.format(label, " -\n  USAGE(PERSONAL) DEFAULT"),
            " " + RING_ROW.format(label, ""),
        )
    )
    place = "on ZWESVUSR/ZoweKeyring already"
    assert first.effect.startswith(f"{place}: USAGE PERSONAL becomes CERTAUTH")
    assert second.effect == f"{place}: USAGE CERTAUTH becomes PERSONAL, DEFAULT stays"
    assert third.effect == f"{place}: USAGE PERSONAL, DEFAULT is lost: the command does not say it"


def test_a_refresh_that_is_not_reached_names_its_classes() -> None:
    text = (
        "//J JOB 1\n"
        + step("A", NOT_THERE)
        + step("B", " SETR RACLIST(DIGTCERT,DIGTRING) REFRESH", cond=",COND=(0,NE)")
    )
    assert play(text)[1].unreached == ("DIGTCERT", "DIGTRING")


def test_a_row_with_another_label_stands_where_it_got_it() -> None:
    text = step("S", f" RACDCERT ID(ZWESVUSR) ALTER(LABEL('{world.SERVER.label}')) NEWLABEL('Old')")
    job = read_job(load("job.jcl", text.encode()))
    ring = play_jobs([job], site(), ON).database.stores[world.RING.id]
    row = next(one for one in ring.connections if one.label == "Old")
    assert (row.span.path, row.span.line) == ("job.jcl", 3)
