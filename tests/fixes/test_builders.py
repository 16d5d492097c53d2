"""Each builder: what it plans, and when it refuses."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fixes import world
from fixes.world import AS_OF, IZU_RING, RING, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA
from zcertlint.engine.results import FixKind, Safety
from zcertlint.engine.rulebook import book
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import FixOptions, Plan, summarise
from zcertlint.fixes.builders import build, builder_names, plan_for, priority
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.rehearse import play, play_later
from zcertlint.model.certificate import Absent, AltNames, Certificate, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Deployment
from zcertlint.model.names import Name
from zcertlint.model.store import Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span

BASE = (ZOWE_CA, ZOSMF_CA, SERVER, ZOSMF)


def site(*changed: Certificate, **stores: Store) -> Deployment:
    by_id = {c.id: c for c in (*BASE, *changed)}
    data = world.database(*by_id.values())
    return world.deployment(replace(data, stores={**data.stores, **{s.id: s for s in stores.values()}}))


def with_every_ca(where: Deployment) -> Deployment:
    """The same, where RACDCERT CERTAUTH LIST has shown all there is."""
    return replace(where, database=replace(where.database, complete_owners=frozenset(("CERTAUTH",))))


def plan(builder: str, values: Mapping[str, str], where: Deployment | None = None, **more: object) -> Plan:
    return plan_for(FixHint(builder, values), ("F-1",), where or site(), replace(world.options(), **more))  # type: ignore[arg-type]


def texts(made: Plan) -> list[str]:
    return [text_of(command) for command in made.commands]


def test_the_folder_is_the_registry() -> None:
    assert {"connect-ca", "reissue-names", "rekey-rsa", "renew", "ring-rows", "settings"} < set(
        builder_names()
    )
    assert (
        priority("rekey-rsa")
        < priority("reissue-names")
        < priority("renew")
        < priority("connect-ca")
        < priority("?")
    )
    assert plan("no-such", {}).refused == "there is no builder for it"
    assert build(world.finding("X", None, "s"), site(), world.options()).refused


def test_every_builder_is_described_and_used() -> None:
    text = (Path(__file__).parents[2] / "docs" / "fixes.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))
    assert set(builder_names()) <= described
    assert {page.fix_builder for page in book() if page.fix_builder} == set(builder_names())


def test_summaries_agree_with_the_builders() -> None:
    for hint in (
        FixHint("connect-ca", {"certificate": ZOSMF_CA.id, "ring": RING.id}),
        FixHint("renew", {"certificate": ZOSMF.id}),
        FixHint("renew", {"certificate": "none"}),
        FixHint(
            "reissue-names",
            {"certificate": ZOSMF.id, "host": "a.b", "path": "zOSMF.host", "alternative": "c.d"},
        ),
    ):
        made = plan_for(hint, (), site(), world.options())
        fix = summarise(hint, site(), world.options())
        assert fix.safety is made.safety
        assert fix.summary == (made.title or f"by hand: {made.refused}")
        assert (fix.kind is FixKind.MANUAL) == (made.refused is not None)
    assert summarise(None, site(), world.options()).kind is FixKind.NONE


# connect-ca


def test_connect() -> None:
    made = plan("connect-ca", {"certificate": ZOSMF_CA.id, "ring": RING.id})
    assert texts(made) == [
        "RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring) USAGE(CERTAUTH))"
    ]
    assert made.safety is Safety.READY
    assert made.restart
    assert made.guards == ()


def test_connect_several_and_leave_out_what_is_there() -> None:
    values = {
        "certificates": f"{ZOSMF_CA.id}\n{ZOWE_CA.id}\n{ZOSMF_CA.id}",
        "ring": RING.id,
        "certificate2": ZOSMF.id,
    }
    made = plan("connect-ca", values)
    assert [command for command in texts(made) if "LABEL('zOSMFCA')" in command] == texts(made)[:1]
    assert "CONNECT(ID(IZUSVR)" in texts(made)[1]
    assert len(made.commands) == 2


def test_connect_as_personal_becomes_a_ca_and_goes_back() -> None:
    ring = replace(RING, connections=(*RING.connections, world.row(ZOSMF_CA, Usage.PERSONAL)))
    made = plan("connect-ca", {"certificate": ZOSMF_CA.id, "ring": RING.id}, site(ring=ring))
    (back,) = made.backout[0].commands
    assert "USAGE(PERSONAL)" in text_of(back)


PEM = Certificate("file:ca.pem#1", subject=Name("CN=New CA"), issuer=Name("CN=New CA"), fingerprint="AB12")


def test_a_ca_from_a_file_is_added_first() -> None:
    made = plan("connect-ca", {"certificate": PEM.id, "ring": RING.id}, site(PEM))
    assert made.safety is Safety.REVIEW
    assert "ADD('ZCERTLNT." in texts(made)[0]
    assert "CONNECT(CERTAUTH LABEL('New CA')" in texts(made)[1]
    assert any("AB12" in text and "openssl" in text for text in made.advice)
    database, failed = play(made.commands, site(PEM).database, AS_OF)
    assert failed is None
    assert database.stores[RING.id].connections[-1].certificate == "CERTAUTH/New CA"


def test_a_merged_file_is_found_by_its_id() -> None:
    merged = replace(ZOSMF_CA, files=("file:x.pem#1",))
    made = plan("connect-ca", {"certificate": "file:x.pem#1", "ring": RING.id}, site(merged))
    assert made.safety is Safety.READY
    assert "zOSMFCA" in texts(made)[0]


@pytest.mark.parametrize(
    ("values", "where", "words"),
    [
        ({"certificate": ZOWE_CA.id, "ring": RING.id}, site(), "already"),
        ({"certificate": "CERTAUTH/none", "ring": RING.id}, site(), "no input shows"),
        ({"ring": RING.id}, site(), "which CA"),
        ({"certificate": ZOSMF_CA.id}, site(), "does not name a key ring"),
        (
            {"certificate": ZOSMF_CA.id, "ring": RING.id},
            site(replace(ZOSMF_CA, trust=TrustStatus.NOTRUST)),
            "NOTRUST",
        ),
        (
            {"certificate": ZOSMF_CA.id, "ring": RING.id},
            site(ring=replace(RING, state=StoreState.NOT_SHOWN)),
            "not shown",
        ),
        (
            {"certificate": ZOSMF_CA.id, "ring": "store:k.p12"},
            site(ring=replace(RING, id="store:k.p12", kind=StoreKind.PKCS12, owner=None)),
            "is a file",
        ),
        ({"certificate": PEM.id, "ring": RING.id}, site(replace(PEM, subject=Name("O=x"))), "common name"),
        ({"certificate": PEM.id, "ring": RING.id}, site(replace(PEM, subject=Name("CN=zOSMFCA"))), "exists"),
        (
            {"certificate": PEM.id, "ring": RING.id},
            site(replace(PEM, subject=Name("CN=" + "x" * 33))),
            "cannot be written",
        ),
        (
            {"certificate": ZOSMF_CA.id, "ring": RING.id},
            site(replace(ZOSMF_CA, label="z\xe9")),
            "label 'zé' cannot be written",
        ),
    ],
)
def test_connect_refused(values: dict[str, str], where: Deployment, words: str) -> None:
    made = plan("connect-ca", values, where)
    assert words in (made.refused or "")
    assert made.commands == ()


# renew


def test_renew() -> None:
    made = plan("renew", {"certificate": ZOSMF.id})
    assert [text.split("(")[1].split(" ")[-1] for text in texts(made)] == [
        "EXPORT",
        "GENREQ",
        "GENCERT",
        "LIST",  # the job stops when the label is not there
        "CONNECT",
        "EXPORT",  # shows that all of it is done
    ]
    assert "SIGNWITH(CERTAUTH LABEL('zOSMFCA')) NOTAFTER(DATE(2028-11-21))" in texts(made)[2]
    assert "ALTNAME" not in texts(made)[2]
    assert made.safety is Safety.REVIEW
    assert made.proves is not None
    assert "expired" in made.lost[0]


def test_what_has_not_expired_can_be_restored_from_its_backup() -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(replace(ZOSMF, not_after=world.moment(2027))))
    assert "ADD('ZCERTLNT.D261121." in text_of(made.backout[0].commands[0])
    assert made.backout_guards


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (Moment(world.moment(2028, 3).at, local=True), "2028-03-01"),
        (Moment(world.moment(2028, 3).at, local=False), "2028-02-29"),
        (world.moment(2040), "2028-11-21"),
    ],
)
def test_it_ends_before_its_ca(end: Moment, last: str) -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(replace(ZOSMF_CA, not_after=end)))
    assert f"NOTAFTER(DATE({last}))" in texts(made)[2]


def test_a_root_signs_itself_for_longer() -> None:
    made = plan("renew", {"certificate": ZOSMF_CA.id})
    assert "SIGNWITH(CERTAUTH LABEL('zOSMFCA')) NOTAFTER(DATE(2036-11-21))" in texts(made)[2]
    assert any("outside of this RACF database" in text for text in made.advice)
    assert "EXPORT(LABEL('zOSMFCA'))" in texts(made)[-1]


def test_the_29th_of_february() -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, as_of=AS_OF.replace(year=2028, month=2, day=29))
    assert "DATE(2030-02-28)" in texts(made)[2]


YOUNG = replace(ZOSMF_CA, not_before=world.moment(2026))
TWIN = replace(ZOSMF_CA, id="CERTAUTH/twin", label="twin")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ([replace(ZOSMF, private_key=False)], "is not in RACF"),
        ([replace(ZOSMF, private_key=None)], "no LIST shows"),
        ([replace(ZOSMF, trust=TrustStatus.NOTRUST)], "NOTRUST"),
        ([replace(ZOSMF, owner=None, label=None)], "only a file"),
        ([replace(ZOSMF, issuer=None)], "who issued"),
        ([replace(ZOSMF_CA, private_key=None)], "no LIST shows"),
        ([replace(ZOSMF_CA, trust=TrustStatus.NOTRUST)], "NOTRUST"),
        ([replace(ZOSMF_CA, trust=None)], "status"),
        ([replace(ZOSMF_CA, key_usage=frozenset(("digitalSignature",)))], "CERTSIGN"),
        ([replace(ZOSMF_CA, not_after=None)], "when"),
        ([replace(ZOSMF_CA, not_after=world.moment(2026, 8))], "renew it first"),
        ([replace(ZOSMF_CA, not_after=Moment(AS_OF.replace(day=23)))], "too soon"),
        ([replace(ZOSMF, not_after=world.moment(2034))], "renew CERTAUTH 'zOSMFCA', which signs, first"),
        ([TWIN], "several"),
    ],
)
def test_renew_refused(changed: list[Certificate], words: str) -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(*changed))
    assert words in (made.refused or ""), made.refused
    assert made.commands == ()


@pytest.mark.parametrize(
    "changed",
    [
        [replace(ZOSMF, issuer=Name("CN=Elsewhere"))],
        [replace(ZOSMF_CA, private_key=False)],
        [replace(ZOSMF, authority_key_id="AA"), replace(ZOSMF_CA, subject_key_id="BB")],
    ],
)
def test_a_ca_elsewhere_is_asked(changed: list[Certificate]) -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, with_every_ca(site(*changed)))
    assert [text.split("(")[1].split(" ")[-1] for text in texts(made)] == ["GENREQ"]
    (later,) = made.later
    add = text_of(later.commands[1])
    assert add.startswith("RACDCERT ID(IZUSVR) ADD('ZCERTLNT.D261121.")
    assert add.endswith(".SIGNED') TRUST")  # no label: the key finds the entry
    assert [guard.kind.code for guard in later.guards] == [0, 4]
    assert made.backout == ()  # it had expired
    assert any("no DELETE" in text for text in made.advice)
    on = site(*changed).database
    rehearsed, failed = play(made.commands, on, AS_OF)
    assert failed is None
    rehearsed, failed = play_later(made.later, rehearsed, AS_OF)
    assert failed is None
    new = rehearsed.certificates[ZOSMF.id]
    assert new.private_key
    assert new.label == ZOSMF.label
    assert new.not_after is not None
    assert new.not_after.before(AS_OF) is False


@pytest.mark.parametrize("builder", ["renew", "rekey-rsa"])
def test_a_ca_that_no_list_shows_is_not_taken_for_one_outside_of_racf(builder: str) -> None:
    """The key ring names it as CERTAUTH; only its LIST is missing: whether RACF signs cannot be told."""
    where = site()
    for certificates in (
        {ident: one for ident, one in where.database.certificates.items() if ident != ZOSMF_CA.id},
        {**where.database.certificates, ZOSMF_CA.id: replace(ZOSMF_CA, private_key=None)},
    ):
        blind = replace(where, database=replace(where.database, certificates=certificates))
        made = plan(builder, {"certificate": ZOSMF.id}, blind)
        assert "RACDCERT CERTAUTH LIST decides" in (made.refused or "")
        assert not made.commands
        assert not made.later
        told = summarise(FixHint(builder, {"certificate": ZOSMF.id}), blind, world.options())
        assert "RACDCERT CERTAUTH LIST" in told.summary
    of_site = replace(IZU_RING.connections[0], certificate="SITE/CA", owner=Owner(OwnerKind.SITE), label="CA")
    ring = replace(IZU_RING, connections=(*IZU_RING.connections, of_site))
    made = plan(
        "renew",
        {"certificate": ZOSMF.id},
        with_every_ca(site(replace(ZOSMF, issuer=Name("CN=Elsewhere")), ring=ring)),
    )
    assert "RACDCERT SITE LIST decides" in (made.refused or "")


def test_what_waits_for_a_ca_can_be_undone_before_it_has_expired() -> None:
    soon = replace(ZOSMF, issuer=Name("CN=Elsewhere"), not_after=world.moment(2027))
    made = plan("renew", {"certificate": ZOSMF.id}, with_every_ca(site(soon)))
    assert "ADD('" in text_of(made.backout[0].commands[0])
    assert "CONNECT" in text_of(made.backout[0].commands[1])


def test_a_younger_ca_is_a_reason_to_look_twice() -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(YOUNG))
    assert any("starts later" in reason for reason in made.reasons)


def test_the_generation_with_the_right_key_signs() -> None:
    changed = (
        replace(ZOSMF, authority_key_id="AA"),
        replace(ZOSMF_CA, subject_key_id="AA"),
        replace(TWIN, subject_key_id="BB"),
    )
    assert "LABEL('zOSMFCA')" in texts(plan("renew", {"certificate": ZOSMF.id}, site(*changed)))[2]


def test_rings_that_no_list_shows_are_a_reason() -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(replace(ZOSMF, rings=None, key_usage=Absent.ABSENT)))
    assert any("every key ring" in reason for reason in made.reasons)


# rekey-rsa

PATHS = "zowe.certificate.keystore.alias\ncomponents.zss.alias"


def test_rekey() -> None:
    made = plan("rekey-rsa", {"certificate": SERVER.id, "alias_paths": PATHS})
    words = [text.split("(")[1].split(" ")[-1] for text in texts(made)]
    assert words == ["REKEY", "GENREQ", "LIST", "GENCERT", "LISTCHAIN", "CONNECT", "EXPORT"]
    assert [(edit.dotted, edit.value) for edit in made.patches] == [
        (path, "Zowe Server RSA") for path in PATHS.split("\n")
    ]
    assert "DEFAULT)" in texts(made)[-2]
    assert "KEYUSAGE" not in texts(made)[3]
    assert made.moved == ((SERVER.id, "ID(ZWESVUSR)/Zowe Server RSA"),)


def test_the_served_label_is_patched_even_when_no_path_is_given() -> None:
    made = plan("rekey-rsa", {"certificate": SERVER.id})
    assert [edit.dotted for edit in made.patches] == ["zowe.certificate.keystore.alias"]


def test_labels_outside_of_zowe_yaml_are_told() -> None:
    where = site()
    endpoint = where.endpoints["zowe.zaas"]
    assert endpoint.alias is not None
    other = replace(endpoint, id="attls:R", alias=replace(endpoint.alias, span=Span("pagent.conf", 7)))
    made = plan(
        "rekey-rsa",
        {"certificate": SERVER.id},
        replace(where, endpoints={**where.endpoints, other.id: other}),
    )
    assert any("pagent.conf:7" in text for text in made.advice)


@pytest.mark.parametrize(
    ("taken", "label", "new"),
    [((), "Zowe Server", "Zowe Server RSA"), (("Zowe Server RSA",), "Zowe Server", "Zowe Server RSA2"),
     ((), "x" * 32, "x" * 28 + " RSA"), ((), "x" * 27 + " yyyy", "x" * 27 + " RSA")],
)  # fmt: skip
def test_the_new_label_is_free_and_fits(taken: tuple[str, ...], label: str, new: str) -> None:
    old = world.certificate(world.ZWE, label, "CN=a", "CN=Acme Zowe CA.O=Acme", key=world.EC)
    others = [world.certificate(world.ZWE, name, "CN=b", "CN=Acme Zowe CA.O=Acme") for name in taken]
    made = plan("rekey-rsa", {"certificate": old.id}, site(old, *others))
    assert made.moved == ((old.id, f"ID(ZWESVUSR)/{new}"),)


def test_key_agreement_becomes_handshake() -> None:
    old = replace(SERVER, key_usage=frozenset(("keyAgreement",)), hardware_key="PKDS", rings=None)
    made = plan("rekey-rsa", {"certificate": SERVER.id}, site(old))
    assert texts(made)[3].endswith("KEYUSAGE(HANDSHAKE)")
    assert len(made.reasons) == 4


UNSEEN = replace(RING, connections=tuple(replace(row, default=None) for row in RING.connections))


@pytest.mark.parametrize(
    ("values", "where", "words"),
    [
        ({}, site(replace(SERVER, private_key=False)), "not in RACF"),
        ({}, site(replace(SERVER, issuer=SERVER.subject)), "self-signed"),
        ({}, site(ring=UNSEEN), "DEFAULT"),
        ({}, site(replace(SERVER, rings=(("OTHER", "Ring"),))), "add RACDCERT ID(OTHER) LISTRING(Ring)"),
        ({"certificate": ZOSMF_CA.id}, site(), "no user's certificate"),
        ({"alias_paths": "zowe.nothing"}, site(), "zowe.nothing"),
        ({"alias_paths": "zOSMF.host", "new_label": "z\xe9"}, site(), "cannot be written"),
        ({"new_label": "x" * 33}, site(), "cannot be written"),
    ],
)
def test_rekey_refused(values: dict[str, str], where: Deployment, words: str) -> None:
    made = plan("rekey-rsa", {"certificate": SERVER.id, **values}, where)
    assert words in (made.refused or ""), made.refused


def test_a_ca_gets_a_new_key_by_hand() -> None:
    issued = world.certificate(world.ZWE, "Other", "CN=o", "CN=Acme Zowe CA.O=Acme")
    made = plan("rekey-rsa", {"certificate": ZOWE_CA.id}, site(issued))
    backup, rekey, rollover, trust, leaves = made.advice
    assert "FORMAT(PKCS12DER) with a PASSWORD that you type" in backup
    assert rekey.startswith(
        "2. RACDCERT CERTAUTH REKEY(LABEL('Acme Zowe CA')) WITHLABEL('Acme Zowe CA RSA') RSA SIZE(2048)"
    )
    assert rollover.startswith(
        "3. RACDCERT CERTAUTH ROLLOVER(LABEL('Acme Zowe CA')) NEWLABEL('Acme Zowe CA RSA') at once"
    )
    assert "SETROPTS RACLIST(DIGTRING) REFRESH" in trust
    assert "FORMAT(CERTB64)" in trust
    assert "ID(ZWESVUSR) 'Other'" in leaves
    below = plan("rekey-rsa", {"certificate": ZOWE_CA.id}, site(replace(ZOWE_CA, issuer=Name("CN=Root"))))
    assert below.advice[2].startswith("3. RACDCERT CERTAUTH GENREQ(LABEL('Acme Zowe CA RSA'))")
    hardware = plan("rekey-rsa", {"certificate": ZOWE_CA.id}, site(replace(ZOWE_CA, hardware_key="PKDS.CA")))
    assert "no way back" in hardware.advice[0]
    assert "EXPORT" not in hardware.advice[0]


def test_a_self_signed_certificate_with_a_new_key_goes_to_its_partners_first() -> None:
    made = plan("rekey-rsa", {"certificate": SERVER.id}, site(replace(SERVER, issuer=SERVER.subject)))
    words = [
        "REKEY(LABEL('Zowe Server'))",
        "EXPORT(LABEL('Zowe Server RSA'))",
        "ZWESVUSR/ZoweKeyring",
        "No DELETE",
    ]
    assert [word in text for word, text in zip(words, made.advice, strict=True)] == [True] * 4


# reissue-names

NAMES = {"certificate": ZOSMF.id, "host": "10.1.1.2", "path": "zOSMF.host"}


def test_a_usable_name_only_changes_the_setting() -> None:
    made = plan("reissue-names", {**NAMES, "alternative": "zosmf.acme.example"})
    assert made.safety is Safety.REVIEW
    assert made.commands == ()
    assert made.patches[0].new == "zosmf.acme.example"
    assert any("Zowe" in text for text in made.restart)
    unknown = plan("reissue-names", {**NAMES, "alternative": "a.b", "path": "zOSMF.none"})
    assert "no input shows the setting" in (unknown.refused or "")
    bare = plan_for(FixHint("reissue-names", {**NAMES, "alternative": "a.b"}), (), site(), FixOptions(AS_OF))
    assert bare.refused


@pytest.mark.parametrize(
    ("old", "host", "written"),
    [
        (AltNames(), "10.1.1.2", "ALTNAME(IP(10.1.1.2))"),
        (AltNames(dns=("a.example",)), "10.1.1.2", "ALTNAME(IP(10.1.1.2) DOMAIN('a.example'))"),
        (AltNames(ips=("10.1.1.2",)), "a.example", "ALTNAME(IP(10.1.1.2) DOMAIN('a.example'))"),
    ],
)
def test_all_names_are_written(old: AltNames, host: str, written: str) -> None:
    made = plan("reissue-names", {**NAMES, "host": host}, site(replace(ZOSMF, alt_names=old)))
    assert texts(made)[2].endswith(written)
    database, failed = play(made.commands, site(replace(ZOSMF, alt_names=old)).database, AS_OF)
    names = database.certificates[ZOSMF.id].alt_names
    assert failed is None
    assert names is not None
    assert host in (*names.dns, *names.ips)
    assert set(old.dns) <= set(names.dns)


@pytest.mark.parametrize(
    ("changed", "host", "words"),
    [
        (replace(ZOSMF, alt_names=None), "a.b", "not every name"),
        (replace(ZOSMF, alt_names=AltNames(complete=frozenset(("dns",)))), "a.b", "not every name"),
        (replace(ZOSMF, alt_names=AltNames(dns=("x.y",))), "a.b", "several names"),
        (replace(ZOSMF, alt_names=AltNames(emails=("a@b", "c@d"))), "a.b", "several names"),
        (ZOSMF, "a b", "cannot be written"),
        (ZOSMF, "", "cannot be written"),
        (replace(ZOSMF, private_key=False), "a.b", "not in RACF"),
    ],
)
def test_reissue_refused(changed: Certificate, host: str, words: str) -> None:
    made = plan("reissue-names", {**NAMES, "host": host}, site(changed))
    assert words in (made.refused or "")
    assert made.commands == ()


def test_a_ring_row_of_unknown_default_is_left_alone() -> None:
    ring = replace(IZU_RING, connections=tuple(replace(row, default=None) for row in IZU_RING.connections))
    assert not any(
        "CONNECT" in text for text in texts(plan("renew", {"certificate": ZOSMF.id}, site(ring=ring)))
    )


def test_new_names_may_end_sooner_but_a_renewal_may_not() -> None:
    far = site(replace(ZOSMF, not_after=world.moment(2033)))
    assert "DATE(2028-11-21)" in texts(plan("reissue-names", NAMES, far))[2]
    assert plan("renew", {"certificate": ZOSMF.id}, far).refused


def test_a_ring_that_is_not_shown_does_not_stop_a_renewal_but_is_read_back() -> None:
    made = plan("renew", {"certificate": ZOSMF.id}, site(replace(ZOSMF, rings=(("OTHER", "Ring"),))))
    assert any("OTHER/Ring" in reason for reason in made.reasons)
    assert "RACDCERT ID(OTHER) LISTRING(Ring)" in [text_of(command) for command in made.proof]
