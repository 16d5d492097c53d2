"""Filters, profiles, access lists, users and classes; the way back where only part of it is shown."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from fixes import any_command as some
from fixes import world
from fixes.playing import (
    END,
    HERE,
    PLACE,
    entries,
    failed,
    play,
    secured,
    with_file,
)
from fixes.world import AS_OF, CERTAUTH, IZU, SERVER, ZOSMF, ZWE
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import Add
from zcertlint.fixes.commands.base import FailureKind, text_of
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.issue import Genreq, Rekey
from zcertlint.fixes.commands.keep import RestoreBackup
from zcertlint.fixes.commands.known import same_public_key
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Ralter, Rdefine, Rdelete
from zcertlint.fixes.commands.reads import ListMap, ListRing, Refresh, refreshes
from zcertlint.fixes.commands.rings import AddRing
from zcertlint.fixes.commands.setropts import Setropts, not_refreshed
from zcertlint.fixes.commands.users import AlterOmvs, ConnectGroup, DelUser, RemoveGroup
from zcertlint.model.certificate import Absent, AltNames, Owner, TrustStatus
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.names import Name
from zcertlint.model.security import Level, Profile, Search
from zcertlint.model.store import StoreState


def test_filters_are_made_and_deleted() -> None:
    before = world.database()
    command = Map("COLIN", "client", "CN=colin.O=Acme.C=GB", "CN=CA.O=Acme", trust=TrustStatus.TRUST)
    assert text_of(command) == (
        "RACDCERT ID(COLIN) MAP SDNFILTER('CN=colin.O=Acme.C=GB') IDNFILTER('CN=CA.O=Acme') WITHLABEL('client') TRUST"
    )
    after = play(before, command)
    (made,) = after.filters
    assert (made.user, made.label, made.subject, made.issuer) == (
        "COLIN", "client", Name("CN=colin.O=Acme.C=GB"), Name("CN=CA.O=Acme"),
    )  # fmt: skip
    assert command.refresh == ("DIGTNMAP",)
    assert "IRRD146I" in command.doubts(before)[0]
    assert play(after, *command.undo(before)).filters == ()
    assert DelMap("COLIN", "client").undo(after) == (command,)
    assert failed(command, after).kind is FailureKind.EXISTS
    assert failed(replace(command, label="other"), after).kind is FailureKind.NOT_KNOWN
    altered = AltMap("COLIN", "client", "new", TrustStatus.NOTRUST)
    assert play(after, altered).filters[0].label == "new"
    assert play(after, altered, *altered.undo(after)) == after
    several = Map(None, "x", "C=GB", criteria="APPLID=&APPLID")
    assert several.refresh == ("DIGTNMAP", "DIGTCRIT")
    assert (
        text_of(several) == "RACDCERT MULTIID MAP SDNFILTER('C=GB') CRITERIA(APPLID=&APPLID) WITHLABEL('x')"
    )
    for bad in ("A) TRUST", "a b", "", "A'B", "X" * 256):
        with pytest.raises(UnsafeValueError):
            Map(None, "x", "C=GB", criteria=bad).render()


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (Map("COLIN", "x", "Acme"), "IRRD140I"),
        (Map("COLIN", "x", "CN=" + "x" * 253), "IRRD142I"),
        (Map("COLIN", "x", model="A.FILE", subject="CN=none"), "IRRD141I"),
        (Map("COLIN", "x"), None),
        (Map("COLIN", "x", "C=GB", criteria="APPLID=X"), None),
    ],
)
def test_filters_that_racf_refuses(command: Map, message: str | None) -> None:
    failure = failed(command, with_file(some.FILE))
    assert (failure.kind, failure.message) == (FailureKind.REFUSED, message)


def test_a_model_certificate_gives_the_rest_of_the_name() -> None:
    after = play(with_file(some.FILE), Map("COLIN", "x", "CN=New", None, model="A.FILE"))
    assert after.filters[0].subject == Name("CN=New CA.O=Acme")
    assert failed(Map("COLIN", "x", "CN=New", model="A.NONE"), world.database()).ask is not None


def test_filters_that_are_not_shown() -> None:
    before = world.database()
    assert failed(DelMap("COLIN", "x"), before).ask == "RACDCERT ID(COLIN) LISTMAP"
    told = Answer(AnswerKind.NO_MAPPINGS, Owner.of_user("COLIN"), None, "", None, HERE, "LISTMAP")
    assert failed(DelMap("COLIN", "x"), replace(before, answers=(told,))).certain
    assert text_of(ListMap(None)) == "RACDCERT MULTIID LISTMAP"
    assert text_of(ListMap("COLIN", "it's")) == "RACDCERT ID(COLIN) LISTMAP(LABEL('it''s'))"
    for command in (DelMap("COLIN"), Map("COLIN", "x", "C=GB", trust=TrustStatus.HIGHTRUST)):
        with pytest.raises(UnsafeValueError):
            command.render()


def test_permit_changes_the_profile_that_it_names() -> None:
    before = secured()
    command = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("ZWESVUSR", "COLIN"), Level.UPDATE)
    assert (
        text_of(command) == "PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(ZWESVUSR COLIN) ACCESS(UPDATE)"
    )
    after = play(before, command)
    assert entries(after) == {"ZWESVUSR": Level.UPDATE, "IZUSVR": Level.UPDATE, "COLIN": Level.UPDATE}
    assert entries(after, "ZWESVUSR.**") == entries(before, "ZWESVUSR.**")
    assert command.undo(before) == (
        Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("ZWESVUSR",), Level.READ),
        Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("COLIN",), None, delete=True),
    )
    assert play(after, *command.undo(before)) == before
    assert command.refresh == ("FACILITY",)
    assert play(after, command) == after
    off = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("IZUSVR",), delete=True)
    assert entries(play(before, off)) == {"ZWESVUSR": Level.READ}
    emptied = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("COLIN",), reset=True)
    assert entries(play(before, emptied)) == {"COLIN": Level.READ}


def test_an_access_list_that_is_not_shown_stays_unknown() -> None:
    before = replace(world.database(), security=some.security(shown=False))
    command = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("COLIN",), Level.READ)
    assert command.failure(before) is None
    assert command.apply(before, AS_OF) is before
    assert command.undo(before) == ()
    assert "no input shows" in (command.why_no_undo(before) or "")


def test_profiles_that_are_not_there() -> None:
    before = secured()
    command = Permit("RDATALIB", "X.Y.LST", ("COLIN",), Level.READ)
    assert failed(command, before).ask == "RLIST RDATALIB X.Y.LST AUTHUSER"
    told = Answer(AnswerKind.NO_SUCH_PROFILE, None, "RDATALIB/X.Y.LST", "ICH13003I", None, HERE)
    assert failed(command, replace(before, answers=(told,))).certain
    search = Search("RDATALIB", ("ZWESVUSR.**",), frozenset(("ZWESVUSR.**",)), complete=True, span=HERE)
    searched = secured(searches=(search,))
    assert failed(command, searched).certain
    assert not failed(command, secured(searches=(replace(search, complete=False),))).certain
    assert not failed(command, secured(searches=(replace(search, class_name="FACILITY"),))).certain
    made = play(searched, Rdefine("RDATALIB", "X.Y.LST", Level.NONE))
    assert "X.Y.LST" in made.security.searches[0].names
    assert play(made, Rdelete("RDATALIB", "X.Y.LST")).security == searched.security
    nobody = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("GHOST",), Level.READ)
    assert nobody.failure(before) is None
    assert failed(nobody, secured(unload=HERE)).certain


def test_a_more_specific_profile_takes_the_list_of_the_old_one() -> None:
    search = Search("RDATALIB", ("ZWESVUSR.**",), frozenset(("ZWESVUSR.**",)), complete=True, span=HERE)
    before = secured(searches=(search,))
    command = Rdefine("RDATALIB", "ZWESVUSR.ZOWEKEYRING.LST", source="ZWESVUSR.**")
    assert text_of(command) == "RDEFINE RDATALIB ZWESVUSR.ZOWEKEYRING.LST FROM(ZWESVUSR.**)"
    after = play(before, command)
    new = next(one for one in after.security.profiles if one.name == command.name)
    assert entries(after, command.name) == entries(before, "ZWESVUSR.**")
    assert (new.generic, new.universal) == (False, Level.NONE)
    assert command.undo(before) == (Rdelete("RDATALIB", "ZWESVUSR.ZOWEKEYRING.LST"),)
    again = failed(command, after)
    assert (again.kind, again.message) == (FailureKind.EXISTS, "ICH10102I")
    assert "ADDCREATOR" in command.doubts(before)[0]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("APPL", "OMVSAPPL"), ("APPL", "IZUDFLT"), ("FACILITY", "BPX.DAEMON"), ("FACILITY", "BPX.SERVER")],
)
def test_what_would_close_a_system_is_never_written(kind: str, name: str) -> None:
    with pytest.raises(UnsafeValueError, match="never defines"):
        Rdefine(kind, name, Level.NONE).render()


@pytest.mark.parametrize("name", ["", "lower.case", "A B", "A)", "A,B", "A'B", "A/*B", "X" * 247, "A\n"])
def test_profile_names_that_cannot_be_written(name: str) -> None:
    with pytest.raises(UnsafeValueError):
        Permit("RDATALIB", name, ("U",), Level.READ).render()


def test_ralter_goes_back_to_what_is_shown() -> None:
    before = secured()
    command = Ralter("FACILITY", "IRR.DIGTCERT.LISTRING", Level.READ, warning=True)
    after = play(before, command)
    assert after.security.profiles[0].universal is Level.READ
    assert play(after, *command.undo(before)) == before
    changed = Ralter("FACILITY", "IRR.DIGTCERT.LISTRING", app_data="x")
    assert "APPLDATA" in (changed.why_no_undo(before) or "")
    assert text_of(changed) == "RALTER FACILITY IRR.DIGTCERT.LISTRING APPLDATA('x')"


def test_a_deleted_profile_with_a_key_does_not_come_back() -> None:
    from zcertlint.model.security import Signon  # noqa: PLC0415 (only here)

    held = Profile("PTKTDATA", "IZUDFLT", HERE, False, "SYS1", Level.NONE, False, Absent.ABSENT, (), (),
                   signon=Signon("KEYMASKED"))  # fmt: skip
    before = secured(profiles=(held,))
    assert Rdelete("PTKTDATA", "IZUDFLT").undo(before) == ()
    assert Rdelete("PTKTDATA", "IZUDFLT").why_no_undo(before)


def test_users_and_groups() -> None:
    before = secured()
    command = ConnectGroup("ZWESVUSR", "IZUUSER")
    after = play(before, command)
    assert after.security.users[0].groups == ("SYS1", "IZUUSER")
    assert after.security.groups[0].users == ("COLIN", "ZWESVUSR")
    assert play(after, *command.undo(before)) == before
    assert play(after, command) == after
    assert command.undo(after) == ()
    assert "default group" in failed(RemoveGroup("COLIN", "SYS1"), before).text
    assert failed(RemoveGroup("ZWESVUSR", "IZUUSER"), before).certain
    assert failed(ConnectGroup("GHOST", "SYS1"), before).ask == "LISTUSER GHOST OMVS"
    assert text_of(command) == "CONNECT ZWESVUSR GROUP(IZUUSER)"


def test_omvs_segments() -> None:
    before = secured()
    command = AlterOmvs("COLIN", 12, "/u/colin", "/bin/sh")
    assert text_of(command) == "ALTUSER COLIN OMVS(UID(12) HOME('/u/colin') PROGRAM('/bin/sh'))"
    assert play(before, command).security.users[1].uid == 12
    assert command.undo(before) == (AlterOmvs("COLIN", none=True),)
    assert AlterOmvs("ZWESVUSR", 8).undo(before) == (AlterOmvs("ZWESVUSR", 7),)
    assert "also" in AlterOmvs("COLIN", 7).doubts(before)[0]
    for bad in (
        AlterOmvs("COLIN"),
        AlterOmvs("COLIN", -1),
        AlterOmvs("COLIN", 1, "relative"),
        AlterOmvs("COLIN", 1, "/a'b"),
    ):
        with pytest.raises(UnsafeValueError):
            bad.render()


def test_a_deleted_user_takes_everything_along() -> None:
    after = DelUser("ZWESVUSR").apply(secured(), AS_OF)
    assert SERVER.id not in after.certificates
    assert after.stores[world.RING.id].state is StoreState.MISSING
    assert [one.id for one in after.security.users] == ["COLIN"]
    assert DelUser("COLIN").apply(after, AS_OF).security.groups[0].users == ()
    # RACDCERT wants a user who exists, except to delete what is left of one.
    for command in (
        AddRing("ZWESVUSR", "New"), Add(ZWE, "A.B", "x"), Gencert(ZWE, (("CN", "x"),), "x"),
        Map("ZWESVUSR", "x", "C=GB"),
    ):  # fmt: skip
        assert "no user" in failed(command, after).text
        assert command.apply(after, AS_OF) is after


def test_classes_and_refreshes() -> None:
    before = secured()
    command = Setropts(active=("DIGTNMAP",), raclist=("DIGTNMAP",))
    assert text_of(command) == "SETROPTS CLASSACT(DIGTNMAP) RACLIST(DIGTNMAP)"
    after = play(before, command)
    assert after.security.classes[0].raclist == frozenset(("FACILITY", "DIGTNMAP"))
    assert play(after, *command.undo(before)) == before
    assert "SETROPTS LIST" in (command.why_no_undo(world.database()) or "")
    assert play(before, Setropts(raclist=("DIGTNMAP",), again=True)) == before
    assert Refresh("FACILITY").idle(before) is False
    assert Refresh("DIGTNMAP").idle(before) is True
    assert Refresh("DIGTNMAP").idle(world.database()) is None
    assert text_of(Refresh("FACILITY", generic=True)) == "SETROPTS GENERIC(FACILITY) REFRESH"
    assert text_of(ListRing("ZWESVUSR", "*")) == "RACDCERT ID(ZWESVUSR) LISTRING(*)"


def test_a_change_that_is_not_refreshed_is_found() -> None:
    database = secured()
    permit = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("COLIN",), Level.READ)
    assert not_refreshed([permit], database) == {"FACILITY": True}
    assert not_refreshed([permit, Refresh("FACILITY")], database) == {}
    assert not_refreshed([Refresh("FACILITY"), permit], database) == {"FACILITY": True}
    assert not_refreshed([permit, Refresh("FACILITY", generic=True)], database) == {"FACILITY": True}
    assert not_refreshed([permit, Setropts(raclist=("FACILITY",), again=True)], database) == {}
    assert not_refreshed([permit, Setropts(raclist=("FACILITY",))], database) == {"FACILITY": None}
    assert not_refreshed([permit, Setropts(no_raclist=("FACILITY",))], database) == {}
    assert not_refreshed([AddRing(*PLACE)], database) == {}  # shown not to be RACLISTed
    assert not_refreshed([AddRing(*PLACE)], world.database()) == {"DIGTRING": None}


def test_each_changed_class_is_refreshed_once() -> None:
    changed = (
        Permit("ZZZ", "X", ("U",)),
        Permit("AAA", "X", ("U",)),
        AddRing(*PLACE),
        Rekey(ZWE, "a", "b", 2048, END),
    )
    asked = refreshes((*changed, *changed))
    assert [one.class_name for one in asked] == ["DIGTCERT", "DIGTRING", "AAA", "ZZZ"]
    assert refreshes(()) == ()


def test_the_clock_is_the_job_s() -> None:
    made = Gencert(ZWE, (("CN", "x"),), "x", not_before=date(2027, 1, 1), not_after=END)
    new = play(world.database(), made).certificates["ID(ZWESVUSR)/x"]
    assert new.not_before is not None
    assert new.not_before.at == datetime(2027, 1, 1, tzinfo=AS_OF.tzinfo)
    assert new.not_before.local


def test_a_deleted_profile_is_defined_again() -> None:
    before = secured()
    command = Rdelete("FACILITY", "IRR.DIGTCERT.LISTRING")
    assert command.why_no_undo(before) is None
    back = command.undo(before)
    assert [text_of(one) for one in back] == [
        "RDEFINE FACILITY IRR.DIGTCERT.LISTRING UACC(NONE) OWNER(SYS1)",
        "PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(ZWESVUSR) ACCESS(READ)",
        "PERMIT IRR.DIGTCERT.LISTRING CLASS(FACILITY) ID(IZUSVR) ACCESS(UPDATE)",
    ]
    after = play(before, command)
    assert failed(Permit("FACILITY", command.name, ("U",)), after).certain
    assert entries(play(after, *back)) == entries(before)
    data = replace(before.security.profiles[0], app_data="it's")
    assert "APPLDATA('it''s')" in text_of(command.undo(secured(profiles=(data,)))[0])
    for hidden in ({"access": None}, {"universal": None}, {"warning": True}, {"members": ("A",)}):
        part = secured(profiles=(replace(before.security.profiles[0], **hidden),))
        assert command.undo(part) == ()
        assert command.why_no_undo(part)
    assert command.why_no_undo(world.database()) is None


def test_dead_entries_of_an_access_list_do_not_come_back() -> None:
    before = secured(unload=HERE)  # IZUSVR is on the lists, and no user
    command = Permit("FACILITY", "IRR.DIGTCERT.LISTRING", ("IZUSVR",), delete=True)
    assert command.undo(before) == ()
    assert "IZUSVR" in (command.why_no_undo(before) or "")
    assert Rdelete("FACILITY", "IRR.DIGTCERT.LISTRING").why_no_undo(before)


def test_profiles_are_written_with_their_owner() -> None:
    assert text_of(Rdefine("RDATALIB", "A.B.LST", Level.NONE, None, "x y", "SYS1")) == (
        "RDEFINE RDATALIB A.B.LST UACC(NONE) APPLDATA('x y') OWNER(SYS1)"
    )
    before = secured()
    command = Ralter("FACILITY", "IRR.DIGTCERT.LISTRING", owner="COLIN", warning=False)
    assert text_of(command) == "RALTER FACILITY IRR.DIGTCERT.LISTRING OWNER(COLIN) NOWARNING"
    assert command.undo(before) == (Ralter("FACILITY", "IRR.DIGTCERT.LISTRING", owner="SYS1"),)
    assert Ralter("FACILITY", "none", Level.READ).undo(before) == ()
    assert Ralter("FACILITY", "none", Level.READ).why_no_undo(before) is None


def test_a_certificate_that_is_generated_stays() -> None:
    before = world.database()
    assert "stays" in (Gencert(ZWE, (("CN", "x"),), "x").why_no_undo(before) or "")
    assert "the new certificate" in (Gencert(ZWE, (("CN", "x"),)).why_no_undo(before) or "")
    requested = play(before, Genreq(IZU, ZOSMF.label or "", "A.CSR"))
    again = Gencert(IZU, request="A.CSR", signer=CERTAUTH, signer_label="zOSMFCA", not_after=END)
    assert "backup" in (again.why_no_undo(requested) or "")
    with pytest.raises(UnsafeValueError, match="at least one name"):
        Gencert(ZWE, (("CN", "x"),), "x", alt_names=AltNames()).render()
    assert "not confirmed" in RestoreBackup(ZOSMF, "A.B").doubts(before)[0]


def test_filters_with_a_doubt() -> None:
    one = Map("COLIN", "a", "C=GB", trust=TrustStatus.TRUST)
    before = play(world.database(), one, Map("COLIN", "b", "O=Acme.C=GB", trust=TrustStatus.TRUST))
    assert failed(DelMap("COLIN"), before).kind is FailureKind.REFUSED
    assert failed(AltMap("COLIN", "a", "b"), before).kind is FailureKind.EXISTS
    assert AltMap("COLIN", "none", "x").undo(before) == ()
    unseen = replace(before, filters=tuple(replace(kept, status=None) for kept in before.filters))
    assert "status" in (AltMap("COLIN", "a", trust=TrustStatus.NOTRUST).why_no_undo(unseen) or "")
    unload = replace(before, filters=tuple(replace(kept, subject=None) for kept in before.filters))
    assert DelMap("COLIN", "a").undo(unload) == ()
    assert "LISTMAP" in (DelMap("COLIN", "a").why_no_undo(unload) or "")
    told = Answer(AnswerKind.NO_MAPPINGS, Owner.of_user("COLIN"), None, "", None, HERE, "LISTMAP")
    assert play(replace(world.database(), answers=(told,)), one).answers == ()
    with pytest.raises(UnsafeValueError):
        AltMap("COLIN", "a", trust=TrustStatus.HIGHTRUST).render()


def test_memberships_that_are_not_shown() -> None:
    hidden = replace(secured().security.users[0], groups=None)
    before = secured(users=(hidden,), groups=())
    assert "no input shows" in (ConnectGroup("ZWESVUSR", "IZUUSER").why_no_undo(before) or "")
    assert "authority" in (RemoveGroup("ZWESVUSR", "IZUUSER").why_no_undo(before) or "")
    assert "LISTUSER" in (AlterOmvs("ZWESVUSR", 8, "/u/x").why_no_undo(before) or "")
    assert AlterOmvs("ZWESVUSR", 8, "/u/x").undo(before) == ()
    gone = Answer(AnswerKind.NO_SUCH_GROUP, None, "IZUUSER", "ICH51003I", None, HERE, "LISTGRP")
    assert failed(ConnectGroup("ZWESVUSR", "IZUUSER"), replace(before, answers=(gone,))).certain


def test_keys_of_files_are_compared() -> None:
    from support.pki import Spec, key, named, self_signed  # noqa: PLC0415 (makes keys)

    start, end = datetime(2026, 1, 1, tzinfo=AS_OF.tzinfo), datetime(2028, 1, 1, tzinfo=AS_OF.tzinfo)
    first, second = key("RSA2048", 1), key("RSA2048", 2)
    one, other, same = (
        self_signed(Spec(named(name), private, start, end, own_id=False)).model
        for name, private in (("a", first), ("b", second), ("c", first))
    )
    assert same_public_key(one, same) is True
    assert same_public_key(one, other) is False
    assert same_public_key(replace(one, der=None), same) is None
    assert same_public_key(replace(one, der=None), replace(same, key=world.EC)) is False
    held = replace(one, id=SERVER.id, owner=ZWE, label="Zowe Server", private_key=True, rings=SERVER.rings)
    before = with_file(same)
    before = replace(before, certificates={**before.certificates, SERVER.id: held})
    assert Add(ZWE, "A.FILE", trust=TrustStatus.TRUST).renews(before) == held
    assert Add(ZWE, "A.FILE", "x").renews(replace(before, data_sets=with_file(other).data_sets)) is None


def test_a_profile_with_what_no_input_shows_does_not_come_back() -> None:
    profile = Profile("FACILITY", "X", HERE, False, "SYS1", Level.NONE, False, Absent.ABSENT, (), ())
    assert Rdelete("FACILITY", "X").why_no_undo(secured(profiles=(profile,))) is None
    hidden = replace(profile, conditional=None)
    assert Rdelete("FACILITY", "X").why_no_undo(secured(profiles=(hidden,)))
    for kind in ("PTKTDATA", "STARTED"):  # a segment may be there, and PTKTDATA's holds a key
        assert Rdelete(kind, "X").why_no_undo(secured(profiles=(replace(profile, class_name=kind),)))
    none = replace(profile, class_name="PTKTDATA", signon=Absent.ABSENT)
    assert Rdelete("PTKTDATA", "X").why_no_undo(secured(profiles=(none,))) is None
