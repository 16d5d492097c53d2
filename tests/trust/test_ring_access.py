"""Who reads which key ring, and what is shown of that access: what the cases of the rules do not reach."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from zcertlint.app import Call, check
from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.deployment import Database, Deployment, Endpoint, Role, Stack
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.security import Access, ClassOptions, Level, Profile, Search, Security, Started, User
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge
from zcertlint.trust.ring_access import LISTRING, Lack, RingAccess, ring_accesses
from zcertlint.trust.ring_readers import RingReader, ring_readers

AS_OF = datetime(2026, 11, 21, tzinfo=UTC)
HERE = Span("racf.txt", 1)
RING = "ZWESVUSR.ZOWEKEYRING.LST"
OWN = Owner.of_user("ZWESVUSR")
LISTS: dict[str, Any] = {
    "generic": frozenset({"RDATALIB", "FACILITY", "STARTED"}), "global_raclist": frozenset[str]()
}  # fmt: skip
ON = ClassOptions(
    HERE, active=frozenset({"RDATALIB", "FACILITY"}), raclist=frozenset({"RDATALIB", "FACILITY"}), **LISTS
)
OFF = ClassOptions(HERE, active=frozenset({"FACILITY"}), raclist=frozenset({"FACILITY"}), **LISTS)


def ring(owner: str = "ZWESVUSR", name: str = "ZoweKeyring", *, of: Owner = OWN, **more: Any) -> Store:
    row = Connection(f"{of}/Zowe", of, "Zowe", Usage.PERSONAL, default=True, span=HERE)
    whole = Store(f"ring:{owner}/{name}", StoreKind.KEY_RING, owner, name, StoreState.SHOWN, (row,), HERE)
    return replace(whole, **more)


def end(ident: str = "zowe.gateway", store: Store | None = None, **more: Any) -> Endpoint:
    store = store or ring()
    served = store.connections[0].certificate if store.connections else None
    product = ident.partition(".")[0]
    return replace(
        Endpoint(ident, product, Role.BOTH, Stack.JSSE, store.id, store.id, certificate=served, span=HERE),
        **more,
    )


def profile(name: str, class_name: str = "RDATALIB", *entries: tuple[str, Level], **more: Any) -> Profile:
    listed = tuple(Access(who, level, HERE) for who, level in entries)
    usual: dict[str, Any] = {"universal": Level.NONE, "warning": False, "access": listed}
    return Profile(class_name, name, HERE, **(usual | more))


def started(user: str, name: str = "ZWESLSTC.*", **more: Any) -> Profile:
    return profile(name, "STARTED", started=Started(user, **more))


def settings(**values: str) -> Settings:
    found = {}
    for dotted, value in values.items():
        path = tuple(dotted.split("__"))
        found[path] = Setting(path, value, value, value.startswith("${{"), False, HERE, HERE)
    return Settings("zowe.yaml", found)


def site(
    *profiles: Profile, ends: tuple[Endpoint, ...] = (), stores: tuple[Store, ...] = (), **more: Any
) -> Deployment:
    known = stores or (ring(),)
    certificates = [Certificate(c.certificate, c.owner, c.label) for s in known for c in s.connections]
    security = Security(
        profiles=profiles, classes=more.pop("classes", (ON,)), users=more.pop("users", ()),
        searches=more.pop("searches", ()),
    )  # fmt: skip
    database = Database(
        {c.id: c for c in certificates},
        {store.id: store for store in known},
        answers=more.pop("answers", ()),
        security=security,
    )
    used = ends or (end(),)
    return Deployment(database, {one.id: one for one in used}, zowe=more.pop("zowe", settings()), **more)


def only(deployment: Deployment) -> RingReader:
    (found,) = ring_readers(deployment)
    return found


def access(*profiles: Profile, **more: Any) -> RingAccess:
    (found,) = ring_accesses(site(started("ZWESVUSR"), *profiles, **more))
    return found


# --- who -------------------------------------------------------------------------------------------------------


def test_all_services_of_one_task_are_one_reader() -> None:
    found = only(site(started("ZWESVUSR"), ends=(end(), end("zowe.zss"), end("zowe.zaas"))))
    assert found.endpoints == ("zowe.gateway", "zowe.zss", "zowe.zaas")
    assert (found.user, found.sure, found.owns) == ("ZWESVUSR", True, True)
    assert found.resource == RING
    assert found.question == "RLIST STARTED ZWESLSTC.* STDATA NORACF"


def test_without_a_word_of_the_user_it_is_the_owner_of_the_keystore() -> None:
    other = ring("ACMESRV")
    found = only(site(ends=(end(store=other),), stores=(other,)))
    assert (found.user, found.sure, found.said) == ("ACMESRV", False, None)
    # The trust store's owner is not asked.
    keystore, trusted = ring("ACMESRV"), ring("IZUSVR", "IZUKeyring.IZUDFLT")
    two = site(ends=(end(store=keystore, truststore=trusted.id),), stores=(keystore, trusted))
    assert [(one.user, one.ring.id) for one in ring_readers(two)] == [
        ("ACMESRV", keystore.id), ("ACMESRV", trusted.id)
    ]  # fmt: skip


def test_the_user_that_set_up_was_told() -> None:
    found = only(site(zowe=settings(zowe__setup__security__users__zowe="zweuser")))
    assert (found.user, found.sure, found.owns) == ("ZWEUSER", False, False)
    assert found.said == HERE


def test_the_task_has_another_name() -> None:
    zowe = settings(zowe__setup__security__stcs__zowe="ACMESTC")
    found = only(site(started("ACMEUSR", "ACMESTC.*"), zowe=zowe))
    assert (found.user, found.task) == ("ACMEUSR", "ACMESTC")


@pytest.mark.parametrize(
    "found",
    [
        site(started("ZWESVUSR", trusted=True)),
        site(started("ZWESVUSR", privileged=True)),
        site(zowe=settings(zowe__setup__security__users__zowe="${{ x }}")),
        site(stores=(ring(state=StoreState.MISSING),)),
        site(stores=(ring("*AUTH*", "*"),), ends=(end(store=ring("*AUTH*", "*")),)),
        site(stores=(ring("ZWESVUSR", "*"),), ends=(end(store=ring("ZWESVUSR", "*")),)),
        site(stores=(ring("*TOKEN*", "X"),), ends=(end(store=ring("*TOKEN*", "X")),)),
        site(stores=(replace(ring(), kind=StoreKind.PKCS12, owner=None),)),
        site(ends=(end("client:CI", keystore=ring().id),)),
        site(ends=(end(attls=True, attls_out=True),)),
        site(ends=(end(keystore=None, truststore=None),)),
    ],
)
def test_nobody_reads_a_ring(found: Deployment) -> None:
    assert ring_readers(found) == ()


def test_a_ring_cut_down_to_labels_is_the_whole_ring() -> None:
    found = only(site(ends=(end("zowe.app-server", truststore=f"{ring().id}&Zowe"),)))
    assert found.ring.id == ring().id


def test_the_user_of_z_osmf() -> None:
    own = ring("IZUSVR", "IZUKeyring.IZUDFLT")
    where: dict[str, Any] = {"ends": (end("zosmf", own),), "stores": (own,)}
    assert (only(site(**where)).user, only(site(**where)).sure) == ("IZUSVR", False)
    shown = only(site(started("IZUACME", "IZUSVR1.*"), **where))
    assert (shown.user, shown.sure, shown.task, shown.product) == ("IZUACME", True, "IZUSVR1", "z/OSMF")
    assert (
        only(site(started("IZUACME", "**"), **where)).user == "IZUSVR"
    )  # of every task, says nothing of this one
    assert ring_readers(site(started("=MEMBER", "IZUSVR1.*"), **where)) == ()  # the name of the procedure
    wide = replace(started("ZOSMFSRV", "IZU*.*"), asked=frozenset({"IZUSVR1.IZUSVR1"}))
    assert (only(site(wide, **where)).user, only(site(wide, **where)).sure) == ("ZOSMFSRV", True)
    asked = replace(started("ZOSMFSRV", "**", trusted=True), asked=frozenset({"IZUSVR1.IZUSVR1"}))
    assert ring_readers(site(asked, **where)) == ()
    assert ring_readers(site(wide, started("IZUACME", "IZU*.A*"), **where)) == ()  # by the name of the job
    assert ring_readers(site(started("IZUSVR", "IZUSVR1.*", trusted=True), **where)) == ()
    told = settings(zowe__setup__certificate__keyring__zOSMF__user="izutest")
    assert (only(site(zowe=told, **where)).user, only(site(zowe=told, **where)).sure) == ("IZUTEST", False)
    template = settings(zowe__setup__certificate__keyring__zOSMF__user="${{ x }}")
    assert ring_readers(site(zowe=template, **where)) == ()


# --- what ------------------------------------------------------------------------------------------------------


def test_what_no_command_shows_is_said() -> None:
    def asked(user: User | None = None, **more: Any) -> tuple[str, str | None]:
        users = (user or User("ZWESVUSR", HERE, groups=("ZWEADMIN", "RINGS"), default_group="ZWEADMIN"),)
        listed = profile(RING, "RDATALIB", ("RINGS", Level.READ), **more.pop("listed", {}))
        (need,) = access(listed, users=users, **more).needs
        return need.text.partition("? ")[2], need.command

    alone = replace(ON, group_lists=False)
    assert asked(classes=(alone,)) == (
        "Only the current group of the task counts: list-of-groups checking is inactive (SETROPTS LIST).", None
    )  # fmt: skip
    dated = User("ZWESVUSR", HERE, groups=("ZWEADMIN", "RINGS"), dated_groups=("RINGS",))
    assert asked(dated) == ("ZWESVUSR is connected to RINGS until or from a date on.", None)
    condition = Access("ZWESVUSR", Level.READ, HERE, "PROGRAM ZWESLSTC")
    assert asked(User("ZWESVUSR", HERE, groups=("ZWEADMIN",)), listed={"conditional": (condition,)}) == (
        f"That rests on the conditions on the access list of {RING}, which only the system can tell.",
        None,
    )


def test_nothing_is_shown() -> None:
    for classes in ((), (ON,), (OFF,)):
        found = access(classes=classes)
        assert (found.lack, found.needs, found.dormant) == (None, (), None)


@pytest.mark.parametrize(
    ("kind", "level"),
    [(OwnerKind.ID, Level.UPDATE), (OwnerKind.CERTAUTH, Level.CONTROL), (OwnerKind.SITE, Level.CONTROL)],
)
def test_the_level_that_a_key_takes(kind: OwnerKind, level: Level) -> None:
    of = Owner(kind, "OTHER" if kind is OwnerKind.ID else None)
    store = ring(of=of)
    found = access(
        profile(RING, "RDATALIB", ("ZWESVUSR", Level.READ)), stores=(store,), ends=(end(store=store),)
    )
    assert (found.lack, found.wanted, found.enough) == (Lack.KEY, level, level)
    assert found.believed is (level is Level.CONTROL)
    assert found.certain is (level is Level.UPDATE)
    # Who may not even read the ring lacks that, and is to get all at once.
    none = access(profile(RING), stores=(store,), ends=(end(store=store),))
    assert (none.lack, none.wanted, none.enough) == (Lack.OWN_RING, Level.READ, level)


def test_a_key_that_nobody_serves_from_the_ring_needs_no_access() -> None:
    store = ring(of=Owner.of_user("OTHER"))
    low = profile(RING, "RDATALIB", ("ZWESVUSR", Level.READ))
    assert access(low, stores=(store,), ends=(end(store=store, certificate=None),)).lack is None
    assert access(low, stores=(store,), ends=(end(store=store, keystore=None),)).lack is None
    as_ca = ring(
        of=Owner.of_user("OTHER"), connections=(replace(store.connections[0], usage=Usage.CERTAUTH),)
    )
    assert access(low, stores=(as_ca,), ends=(end(store=as_ca),)).lack is None


def test_only_the_servers_of_that_key_suffer() -> None:
    mine = ring().connections[0]
    foreign = ring(of=Owner.of_user("OTHER")).connections[0]
    store = ring(connections=(mine, foreign))
    ends = (end(store=store), end("zowe.zss", store, certificate=foreign.certificate))
    found = access(profile(RING, "RDATALIB", ("ZWESVUSR", Level.READ)), stores=(store,), ends=ends)
    assert (found.lack, found.ends) == (Lack.KEY, ("zowe.zss",))


def test_a_name_that_no_profile_can_have() -> None:
    for name in ("Z" * 240, "ZOWE*RING", "ZOWE%"):
        store = ring(name=name)
        found = access(
            profile("**", asked=frozenset({f"ZWESVUSR.{name}.LST".upper()})),
            stores=(store,),
            ends=(end(store=store),),
        )
        assert (found.lack, found.needs) == (None, ())


def test_facility_that_is_not_active_says_nothing() -> None:
    dead = ClassOptions(HERE, active=frozenset({"X"}), raclist=frozenset(), **LISTS)
    assert access(profile(LISTRING, "FACILITY"), classes=(dead,)).lack is None


def test_a_generic_listring_that_nobody_asked_for_is_a_question() -> None:
    found = access(profile("IRR.DIGTCERT.*", "FACILITY"), classes=(OFF,))
    assert found.about is Lack.RING
    assert [need.command for need in found.needs] == [f"RLIST FACILITY {LISTRING} AUTHUSER"]


def test_listring_without_its_list_is_a_question_only_where_it_decides() -> None:
    hidden = profile(LISTRING, "FACILITY", access=None)
    assert [need.command for need in access(hidden, classes=(OFF,)).needs] == [
        f"RLIST FACILITY {LISTRING} AUTHUSER"
    ]
    assert access(hidden).needs == ()


def test_global_access_checking_is_a_question() -> None:
    table = replace(ON, global_checking=frozenset({"RDATALIB"}))
    user = User("ZWESVUSR", HERE, groups=())
    found = access(profile(RING), classes=(table,), users=(user,))
    assert [need.command for need in found.needs] == ["RLIST GLOBAL RDATALIB"]


def test_a_conditional_list_is_a_question_without_a_command() -> None:
    user = User("ZWESVUSR", HERE, groups=())
    listed = (Access("ZWESVUSR", Level.READ, HERE, "PROGRAM X"),)
    found = access(profile(RING, conditional=listed), users=(user,))
    assert [need.command for need in found.needs] == [None]


@pytest.mark.parametrize("name", [f"RDATALIB/{RING}", "RDATALIB/ZWESVUSR.**", f"FACILITY/{LISTRING}"])
def test_after_a_rehearsed_rdelete_a_more_general_profile_may_decide(name: str) -> None:
    gone = Answer(AnswerKind.NO_SUCH_PROFILE, None, f"{name} (deleted)", "", None, HERE, "RDELETE")
    found = access(answers=(gone,))
    assert (found.lack, found.about) == (None, Lack.RING)
    assert [need.command for need in found.needs] == [f"SEARCH CLASS({name.partition('/')[0]})"]
    other = replace(gone, name="RDATALIB/OTHER.RING.LST (deleted)")
    assert access(answers=(other,)).needs == ()


def test_after_a_rehearsed_rdelete_search_shows_that_listring_decides() -> None:
    gone = Answer(AnswerKind.NO_SUCH_PROFILE, None, f"RDATALIB/{RING} (deleted)", "", None, HERE, "RDELETE")

    def asked(*names: str) -> list[str | None]:
        searched = Search("RDATALIB", names, frozenset(), complete=True, span=HERE)
        return [need.command for need in access(answers=(gone,), searches=(searched,)).needs]

    assert asked() == asked("OTHER.*") == ["RLIST FACILITY IRR.DIGTCERT.LISTRING AUTHUSER"]
    assert asked("**") == asked("&OWN.**") == ["SEARCH CLASS(RDATALIB)"]


def test_the_place_that_shows_that_no_profile_counts() -> None:
    store = ring(of=Owner.of_user("OTHER"))
    where: dict[str, Any] = {"stores": (store,), "ends": (end(store=store),)}
    assert access(classes=(OFF,), **where).place == HERE
    missing = Answer(AnswerKind.NO_SUCH_PROFILE, None, f"RDATALIB/{RING}", "ICH13003I", None, Span("x", 7))
    found = access(answers=(missing,), **where)
    assert (found.lack, found.profile, found.place) == (Lack.KEY, None, Span("x", 7))


def test_the_judge_remembers() -> None:
    judge = Judge(site(), datetime(2026, 11, 21, tzinfo=UTC))
    assert judge.ring_accesses() is judge.ring_accesses()


def test_where_no_profile_covers_the_ring_listring_is_asked_for() -> None:
    missing = Answer(AnswerKind.NO_SUCH_PROFILE, None, f"RDATALIB/{RING}", "ICH13003I", None, Span("x", 7))
    for classes in ((ON,), (OFF,)):
        found = access(answers=(missing,), classes=classes)
        assert (found.lack, found.about) == (None, Lack.RING)
        assert [need.command for need in found.needs] == ["RLIST FACILITY IRR.DIGTCERT.LISTRING AUTHUSER"]
    listed = profile(LISTRING, "FACILITY", ("ZWESVUSR", Level.READ))
    assert access(listed, answers=(missing,)).needs == ()
    dead = ClassOptions(HERE, active=frozenset({"RDATALIB"}), raclist=frozenset({"RDATALIB"}), **LISTS)
    assert access(answers=(missing,), classes=(dead,)).needs == ()


def test_that_nothing_is_shown_of_access_is_said(tmp_path: Path) -> None:
    site = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
    shutil.copytree(site, tmp_path / "site")
    said = ("Who may read the key rings", "not shown, and not judged")
    assert said in check(Call((str(tmp_path / "site"),), AS_OF)).report.headline
    gone = "RLIST RDATALIB ZWESVUSR.ZOWEKEYRING.LST AUTHUSER\nICH13003I ZWESVUSR.ZOWEKEYRING.LST NOT FOUND\nREADY\n"
    (tmp_path / "site" / "evidence" / "access.txt").write_text(gone, encoding="utf-8")
    assert said not in check(Call((str(tmp_path / "site"),), AS_OF)).report.headline
