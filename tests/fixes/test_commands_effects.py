"""RACF's real effects, where they surprise: what goes with a DELETE, a ROLLOVER, an ADD, a GENCERT, a PERMIT."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from fixes import any_command as some
from fixes import world
from fixes.world import AS_OF, CERTAUTH, IZU, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA, ZWE
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import Command, Failure, FailureKind, text_of
from zcertlint.fixes.commands.generate import Gencert, subject_name
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq, Rekey
from zcertlint.fixes.commands.keep import Alter, Export, ExportForm, RestoreBackup
from zcertlint.fixes.commands.known import same_public_key
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Ralter, Rdefine, Rdelete
from zcertlint.fixes.commands.reads import ListMap, ListRing, Refresh, refreshes
from zcertlint.fixes.commands.rings import AddRing, Connect, DelRing, Remove
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.fixes.commands.setropts import Setropts, not_refreshed
from zcertlint.fixes.commands.users import AlterOmvs, ConnectGroup, DelUser, RemoveGroup
from zcertlint.model.certificate import Absent, AltNames, Certificate, KeyKind, Owner, OwnerKind, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.names import Name
from zcertlint.model.security import Level, Profile, Search
from zcertlint.model.store import StoreState, Usage

END = date(2028, 11, 21)
PLACE = ("ZWESVUSR", "ZoweKeyring")
IZU_PLACE = ("IZUSVR", "IZUKeyring.IZUDFLT")
HERE = some.HERE


def play(database: Database, *commands: Command) -> Database:
    """Each command must be one that RACF carries out."""
    for command in commands:
        assert command.failure(database) is None, (text_of(command), str(command.failure(database)))
        database = command.apply(database, AS_OF)
    return database


def rows(database: Database, place: tuple[str, str] = PLACE) -> list[tuple[str | None, Usage, bool | None]]:
    ring = database.stores[f"ring:{place[0]}/{place[1]}"]
    return [(row.label, row.usage, row.default) for row in ring.connections]


def failed(command: Command, database: Database) -> Failure:
    failure = command.failure(database)
    assert failure is not None
    return failure


def complete(database: Database) -> Database:
    return replace(
        database,
        complete_owners=frozenset(map(str, some.OWNERS)),
        complete_ring_owners=frozenset(("ZWESVUSR", "IZUSVR")),
    )


def secured(**more: object) -> Database:
    return replace(world.database(), security=replace(some.security(), **more))  # type: ignore[arg-type]


# --- DELETE ---------------------------------------------------------------------------------------------------


def test_a_deleted_certificate_is_gone_from_every_ring() -> None:
    before = play(world.database(), Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.CERTAUTH))
    command = Delete(CERTAUTH, "zOSMFCA")
    after = play(before, command)
    assert "CERTAUTH/zOSMFCA" not in after.certificates
    assert [row[0] for row in rows(after)] == ["Acme Zowe CA", "Zowe Server"]
    assert [row[0] for row in rows(after, IZU_PLACE)] == ["DefaultzOSMFCert.IZUDFLT"]
    assert after.certificates[ZOSMF.id] == ZOSMF  # what it issued stays
    lost = command.why_no_undo(before) or ""
    assert "private key" in lost
    assert "ZWESVUSR/ZoweKeyring" in lost
    assert "IZUSVR/IZUKeyring.IZUDFLT" in lost
    assert set(command.refresh) == {"DIGTCERT", "DIGTRING"}
    # It is known to be gone, so what names it fails, and is no open question.
    assert failed(Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.CERTAUTH), after).message == "IRRD107I"
    assert failed(command, after).certain


def test_the_key_of_a_deleted_certificate_is_lost() -> None:
    before = play(world.database(), Genreq(ZWE, "Zowe Server", "A.CSR"))
    after = play(before, Delete(ZWE, "Zowe Server", force=True))
    signed = Gencert(
        ZWE, request="A.CSR", label="Zowe Server", signer=CERTAUTH, signer_label="Acme Zowe CA", not_after=END
    )
    new = play(after, signed).certificates[SERVER.id]
    assert new.private_key is False
    assert new.rings == ()
    assert new.subject == SERVER.subject


def test_a_certificate_with_a_request_may_need_force() -> None:
    before = play(world.database(), Genreq(ZWE, "Zowe Server", "A.CSR"))
    assert failed(Delete(ZWE, "Zowe Server"), before).kind is FailureKind.NOT_KNOWN
    assert Delete(ZWE, "Zowe Server", force=True).failure(before) is None
    assert text_of(Delete(ZWE, "Zowe Server", force=True)).endswith("DELETE(LABEL('Zowe Server')) FORCE")


def test_delete_without_a_label_takes_the_only_one() -> None:
    before = complete(world.database())
    assert SERVER.id not in play(before, Delete(ZWE)).certificates
    assert "names none" in failed(Delete(CERTAUTH), before).text
    assert failed(Delete(Owner.of_user("COLIN")), before).kind is FailureKind.NOT_SHOWN
    site = Owner(OwnerKind.SITE)
    assert failed(Delete(site), before).message == "IRRD105I"
    assert failed(Delete(ZWE), world.database()).kind is FailureKind.NOT_SHOWN
    with pytest.raises(UnsafeValueError):
        Delete(ZWE).render()


# --- rings ----------------------------------------------------------------------------------------------------


def test_rings_are_made_and_deleted() -> None:
    before = complete(world.database())
    again = failed(AddRing(*PLACE), before)
    assert (again.kind, again.message) == (FailureKind.EXISTS, "IRRD122I")
    made = play(before, AddRing("ZWESVUSR", "New"))
    ring = made.stores["ring:ZWESVUSR/New"]
    assert (ring.state, ring.connections) == (StoreState.SHOWN, ())
    assert AddRing("ZWESVUSR", "New").undo(before) == (DelRing("ZWESVUSR", "New"),)
    assert AddRing(*PLACE).undo(before) == ()
    deleted = play(before, DelRing(*PLACE))
    assert deleted.stores["ring:ZWESVUSR/ZoweKeyring"].state is StoreState.MISSING
    assert deleted.certificates[SERVER.id].rings == ()
    assert failed(Connect(ZWE, "Zowe Server", *PLACE, Usage.PERSONAL), deleted).message == "IRRD114I"
    assert play(deleted, *DelRing(*PLACE).undo(before)).certificates == before.certificates


def test_a_ring_that_nobody_has_listed_is_an_open_question() -> None:
    before = world.database()
    for command in (
        AddRing("ZWESVUSR", "New"),
        DelRing("ZWESVUSR", "New"),
        Remove(ZWE, "Zowe Server", "ZWESVUSR", "New"),
    ):
        failure = failed(command, before)
        assert not failure.certain
        assert failure.ask == "RACDCERT ID(ZWESVUSR) LISTRING(New)"
        assert command.apply(before, AS_OF) is before
        assert failed(command, complete(before)).certain if not isinstance(command, AddRing) else True


def test_the_undo_of_a_default_that_is_not_shown_is_none() -> None:
    ring = replace(
        world.RING, connections=tuple(replace(row, default=None) for row in world.RING.connections)
    )
    before = world.database(stores=(ring,))
    for command in (
        Remove(ZWE, "Zowe Server", *PLACE), DelRing(*PLACE), Connect(ZWE, "Zowe Server", *PLACE, Usage.SITE),
    ):  # fmt: skip
        assert "DEFAULT" in (command.why_no_undo(before) or "")


def test_who_may_connect() -> None:
    assert (
        Connect(CERTAUTH, "x", *PLACE, Usage.CERTAUTH).needs()[0] == "FACILITY IRR.DIGTCERT.CONNECT CONTROL"
    )
    assert Connect(IZU, "x", *PLACE, Usage.CERTAUTH).needs()[0] == "FACILITY IRR.DIGTCERT.CONNECT UPDATE"
    assert Remove(IZU, "x", *PLACE).needs() == ("FACILITY IRR.DIGTCERT.REMOVE CONTROL",)
    assert "FACILITY IRR.DIGTCERT.EXPORTKEY" in Export(IZU, "x", "A.B", ExportForm.PKCS12DER).needs()
    assert Permit("APPL", "X", ("U",)).needs() == ()  # SPECIAL only


# --- ADD ------------------------------------------------------------------------------------------------------


def with_file(content: Certificate, **more: object) -> Database:
    held = DataSet("A.FILE", DataSetKind.CERTIFICATE, content)
    return replace(world.database(), data_sets={"A.FILE": replace(held, **more)})  # type: ignore[arg-type]


def test_a_signed_certificate_takes_the_place_of_the_one_with_its_key() -> None:
    newer = replace(SERVER, id="file:x#1", owner=None, label=None, rings=None, not_after=world.moment(2033),
                    private_key=None, trust=None, serial=77)  # fmt: skip
    before = with_file(newer, key_of=SERVER.id)
    command = Add(ZWE, "A.FILE", trust=TrustStatus.TRUST)
    after = play(before, command)
    new = after.certificates[SERVER.id]
    assert (new.label, new.rings, new.private_key, new.trust) == (
        SERVER.label,
        SERVER.rings,
        True,
        TrustStatus.TRUST,
    )
    assert (new.not_after, new.serial) == (world.moment(2033), 77)
    assert after.stores == before.stores
    assert any("stay" in doubt for doubt in command.doubts(before))
    assert "backup" in (command.why_no_undo(before) or "")
    # The label that the command asks for is not taken.
    labelled = play(before, Add(ZWE, "A.FILE", "Other", TrustStatus.TRUST))
    assert "ID(ZWESVUSR)/Other" not in labelled.certificates
    # Under another owner the key is not found: a certificate without a key.
    other = play(before, Add(IZU, "A.FILE", "Other", TrustStatus.TRUST))
    assert other.certificates["ID(IZUSVR)/Other"].private_key is False


def test_one_certificate_is_in_racf_once() -> None:
    before = world.database()
    exported = play(before, Export(CERTAUTH, "zOSMFCA", "A.B"))
    known = replace(
        exported, certificates={**exported.certificates, ZOSMF_CA.id: replace(ZOSMF_CA, fingerprint="FF")}
    )
    known = replace(
        known,
        data_sets={"A.B": replace(known.data_sets["A.B"], certificate=replace(ZOSMF_CA, fingerprint="FF"))},
    )
    for command in (
        Add(ZWE, "A.B", "copy"),
        Add(ZWE, "A.B", "zOSMFCA"),
        Add(ZWE, "A.B"),
        Add(CERTAUTH, "A.B", "other"),
    ):
        failure = failed(command, known)
        assert (failure.kind, failure.message) == (FailureKind.EXISTS, "IRRD109I")
        assert command.apply(known, AS_OF) is known
    assert failed(Add(CERTAUTH, "A.B"), known).kind is FailureKind.NOT_KNOWN
    # Deleted first, as many a recipe has it, it can be added, and is on no ring.
    added = play(play(known, Delete(CERTAUTH, "zOSMFCA")), Add(CERTAUTH, "A.B", "zOSMFCA", TrustStatus.TRUST))
    assert added.certificates[ZOSMF_CA.id].rings == ()
    assert rows(added, IZU_PLACE) == [("DefaultzOSMFCert.IZUDFLT", Usage.PERSONAL, True)]


def test_a_new_certificate_of_a_file_is_one_with_the_file() -> None:
    before = replace(
        with_file(some.FILE), certificates={**world.database().certificates, some.FILE.id: some.FILE}
    )
    after = play(before, Add(CERTAUTH, "A.FILE", "New CA", TrustStatus.TRUST))
    new = after.certificates["CERTAUTH/New CA"]
    assert (new.files, new.private_key, new.trust) == ((some.FILE.id,), False, TrustStatus.TRUST)
    assert some.FILE.id not in after.certificates
    assert failed(Add(CERTAUTH, "A.FILE", "Acme Zowe CA"), before).kind is FailureKind.EXISTS
    assert any("status" in doubt for doubt in Add(CERTAUTH, "A.FILE", "New CA").doubts(before))


def test_the_key_of_a_file_may_be_known_here() -> None:
    file = replace(some.FILE, subject=SERVER.subject, key=SERVER.key)
    before = with_file(file)
    assert failed(Add(ZWE, "A.FILE", "x"), before).kind is FailureKind.NOT_SHOWN
    assert (
        Add(ZWE, "A.FILE", "x").failure(with_file(replace(file, key=world.RSA))) is None
    )  # another kind of key
    keyed = replace(SERVER, subject_key_id="AB12")
    before = replace(before, certificates={**before.certificates, SERVER.id: keyed})
    before = replace(before, data_sets=with_file(replace(file, subject_key_id="AB12")).data_sets)
    assert Add(ZWE, "A.FILE", "x").renews(before) == keyed


def test_a_data_set_that_nobody_knows() -> None:
    before = world.database()
    failure = failed(Add(ZWE, "A.NONE", "x"), before)
    assert (failure.kind, failure.ask) == (FailureKind.NOT_SHOWN, "RACDCERT CHECKCERT('A.NONE')")
    after = Add(ZWE, "A.NONE", "x").apply(before, AS_OF)
    assert not after.certificates["ID(ZWESVUSR)/x"].shown
    assert Add(ZWE, "A.NONE").apply(before, AS_OF) is before
    assert failed(Add(ZWE, "A.NONE", "Zowe Server"), before).kind is FailureKind.NOT_SHOWN
    assert "request" in failed(Add(ZWE, "A.CSR", "x"), play(before, Genreq(ZWE, "Zowe Server", "A.CSR"))).text


def test_a_backup_with_the_key_brings_everything_but_the_rings() -> None:
    saved = replace(SERVER, fingerprint="CC")
    before = replace(world.database(), certificates={**world.database().certificates, SERVER.id: saved})
    export = Export(ZWE, "Zowe Server", "A.P12", ExportForm.PKCS12DER)
    assert "delete it" in export.leaves(before)[0]
    after = play(before, export, Delete(ZWE, "Zowe Server"))
    back = Add(ZWE, "A.P12", "Zowe Server", TrustStatus.TRUST, password=True)
    restored = play_unwritten(after, back)
    assert (restored.certificates[SERVER.id].private_key, restored.certificates[SERVER.id].rings) == (
        True,
        (),
    )
    for command in (export, back):
        with pytest.raises(UnsafeValueError, match="password"):
            command.render()
        assert "PASSWORD" not in " ".join(command.words())
    hardware = replace(saved, hardware_key="PKDS.LABEL")
    before = replace(before, certificates={**before.certificates, SERVER.id: hardware})
    assert "ICSF" in failed(export, before).text


def play_unwritten(database: Database, command: Command) -> Database:
    assert command.failure(database) is None
    return command.apply(database, AS_OF)


# --- GENCERT, REKEY, ROLLOVER ---------------------------------------------------------------------------------


def test_gencert_from_a_request_keeps_label_key_rings() -> None:
    before = play(world.database(), Genreq(IZU, ZOSMF.label or "", "A.CSR"))
    command = Gencert(IZU, request="A.CSR", signer=CERTAUTH, signer_label="zOSMFCA", not_after=END)
    after = play(before, command)
    assert after.stores == before.stores
    new = after.certificates[ZOSMF.id]
    assert (new.rings, new.private_key, new.trust, new.signed_by) == (
        ZOSMF.rings,
        True,
        ZOSMF.trust,
        ZOSMF_CA.id,
    )
    assert new.requested is None
    assert "stay" in command.doubts(before)[0]
    assert "label" in " ".join(replace(command, label="New").doubts(before))
    used = play(before, replace(command, usage=frozenset(("HANDSHAKE", "DOCSIGN")))).certificates[ZOSMF.id]
    assert used.key_usage == frozenset(("digitalSignature", "keyEncipherment", "nonRepudiation"))
    itself = play(before, replace(command, signer=None, signer_label=None)).certificates[ZOSMF.id]
    assert itself.signed_by == ZOSMF.id


def test_gencert_makes_a_certificate() -> None:
    before = world.database()
    command = Gencert(
        ZWE, (("C", "GB"), ("CN", "new.acme.example"), ("OU", "a, b"), ("OU", "it's")), "New", None, CERTAUTH,
        "Acme Zowe CA", KeyKind.EC, 384, None, END, AltNames(("new.acme.example",)), frozenset(("HANDSHAKE",)),
    )  # fmt: skip
    assert text_of(command) == (
        "RACDCERT ID(ZWESVUSR) GENCERT SUBJECTSDN(C('GB') CN('new.acme.example') OU('a, b','it''s')) NISTECC"
        " SIZE(384) NOTAFTER(DATE(2028-11-21)) WITHLABEL('New') SIGNWITH(CERTAUTH LABEL('Acme Zowe CA'))"
        " KEYUSAGE(HANDSHAKE) ALTNAME(DOMAIN('new.acme.example'))"
    )
    new = play(before, command).certificates["ID(ZWESVUSR)/New"]
    assert new.subject == Name("CN=new.acme.example.OU=a, b.OU=it's.C=GB")
    assert (new.issuer, new.signed_by, new.signature) == (ZOWE_CA.subject, ZOWE_CA.id, "sha256RSA")
    assert (new.trust, new.private_key, new.rings) == (TrustStatus.TRUST, True, ())
    assert new.key_usage == frozenset(("digitalSignature", "keyEncipherment"))
    assert failed(replace(command, label="Zowe Server"), before).kind is FailureKind.EXISTS
    assert len(replace(command, bits=None, not_after=None).doubts(before)) == 2
    # Beyond the signer's end RACF may set NOTRUST.
    late = replace(command, not_after=date(2040, 1, 1))
    assert failed(late, before).kind is FailureKind.NOT_KNOWN
    assert late.apply(before, AS_OF).certificates["ID(ZWESVUSR)/New"].trust is None


def test_a_ca_is_marked_as_one() -> None:
    command = Gencert(CERTAUTH, (("CN", "CA"),), "CA", not_after=date(2036, 1, 1))
    ca = play(world.database(), command).certificates["CERTAUTH/CA"]
    assert (ca.is_ca, ca.key_usage) == (True, frozenset(("keyCertSign", "cRLSign")))
    assert ca.self_issued
    plain = play(world.database(), Gencert(ZWE, (("CN", "x"),), "x", not_after=END)).certificates[
        "ID(ZWESVUSR)/x"
    ]
    assert (plain.is_ca, plain.key_usage) == (False, Absent.ABSENT)


def test_a_ca_that_is_made_again_counts_from_the_beginning() -> None:
    served = replace(SERVER, serial=1)
    before = world.database(ZOWE_CA, ZOSMF_CA, served, ZOSMF)
    made = Gencert(
        CERTAUTH, (("CN", "Acme Zowe CA"), ("O", "Acme")), "Acme Zowe CA", not_after=date(2036, 1, 1)
    )
    assert failed(made, before).kind is FailureKind.EXISTS
    after = play(before, Delete(CERTAUTH, "Acme Zowe CA"), made)
    sign = Gencert(
        ZWE, (("CN", "y"),), "y", signer=CERTAUTH, signer_label="Acme Zowe CA", bits=2048, not_after=END
    )
    assert "IRRD109I" in " ".join(sign.doubts(after))
    assert sign.doubts(before) == ()
    # A second key of the CA, until ROLLOVER.
    listed = replace(
        before, certificates={**before.certificates, ZOWE_CA.id: replace(ZOWE_CA, spans=(("id", HERE),))}
    )
    rekeyed = play(listed, Rekey(CERTAUTH, "Acme Zowe CA", "New CA", 2048, date(2036, 1, 1)))
    second = replace(sign, signer_label="New CA")
    assert "IRRD109I" in " ".join(second.doubts(rekeyed))
    assert second.doubts(play(rekeyed, Rollover(CERTAUTH, "Acme Zowe CA", "New CA"))) == ()
    # The same key again goes on counting.
    renewed = play(
        listed,
        GencertFromRequest(CERTAUTH, "Acme Zowe CA", "A.B", CERTAUTH, "Acme Zowe CA", date(2036, 1, 1)),
    )
    assert sign.doubts(renewed) == ()


def test_labels_that_racf_makes_up() -> None:
    command = Gencert(ZWE, (("CN", "x"),), not_after=END, bits=2048)
    assert "ID(ZWESVUSR)/LABEL00000001" in command.apply(complete(world.database()), AS_OF).certificates
    assert command.apply(world.database(), AS_OF).certificates == world.database().certificates


def test_the_order_of_a_subject_is_racf_s() -> None:
    assert subject_name((("C", "GB"), ("O", "b"), ("CN", "a"))).text == "CN=a.O=b.C=GB"


@pytest.mark.parametrize(
    "part",
    [("DC", "x"), ("CN", ""), ("CN", "x" * 65), ("C", "GBR"), ("CN", " x"), ("CN", "\xe9"), ("C", "1A")],
)
def test_what_subjectsdn_cannot_say(part: tuple[str, str]) -> None:
    with pytest.raises(UnsafeValueError):
        Gencert(ZWE, (part,), "x").render()


def test_signwith_names_no_other_user() -> None:
    with pytest.raises(UnsafeValueError, match="SIGNWITH"):
        Gencert(ZWE, (("CN", "x"),), "x", signer=IZU, signer_label="y").render()
    own = Gencert(ZWE, (("CN", "x"),), "x", signer=ZWE, signer_label="y")
    assert text_of(own).endswith("SIGNWITH(LABEL('y'))")


def test_a_certificate_that_is_nowhere_is_certain_only_in_a_complete_list() -> None:
    command = Connect(ZWE, "none", *PLACE, Usage.PERSONAL)
    open_ = failed(command, world.database())
    assert (open_.kind, open_.ask) == (FailureKind.NOT_SHOWN, "RACDCERT ID(ZWESVUSR) LIST(LABEL('none'))")
    assert failed(command, complete(world.database())).message == "IRRD107I"
    told = Answer(AnswerKind.NO_CERTIFICATES, ZWE, None, "IRRD105I", None, HERE, "LIST")
    assert failed(command, replace(world.database(), answers=(told,))).certain
    other = Answer(AnswerKind.NO_SUCH_CERTIFICATE, ZWE, "else", "IRRD107I", None, HERE, "LIST")
    assert not failed(command, replace(world.database(), answers=(other,))).certain


def test_rollover_kills_the_old_key_and_takes_its_places() -> None:
    before = play(
        world.database(),
        Connect(ZWE, "Zowe Server", *IZU_PLACE, Usage.CERTAUTH),
        Rekey(ZWE, "Zowe Server", "New", 2048, END),
    )
    command = Rollover(ZWE, "Zowe Server", "New")
    assert "self-signed" in command.doubts(before)[0]
    signed = play(before, GencertFromRequest(ZWE, "New", "A.B", CERTAUTH, "Acme Zowe CA", END))
    assert command.doubts(signed) == ()
    after = play(signed, command)
    assert after.certificates[SERVER.id].private_key is False
    assert rows(after) == [("Acme Zowe CA", Usage.CERTAUTH, False), ("New", Usage.PERSONAL, True)]
    assert rows(after, IZU_PLACE)[-2:] == [
        ("Zowe Server", Usage.CERTAUTH, False),
        ("New", Usage.CERTAUTH, False),
    ]
    assert set(after.certificates["ID(ZWESVUSR)/New"].rings or ()) == {PLACE, IZU_PLACE}
    assert after.certificates[SERVER.id].rings == (IZU_PLACE,)
    assert "private key" in (command.why_no_undo(signed) or "")
    assert command.undo(signed) == ()
    assert failed(Genreq(ZWE, "Zowe Server", "A.C"), after).kind is FailureKind.REFUSED
    assert "one" in failed(Rollover(ZWE, "New", "New"), before).text
    assert "which no input shows" in " ".join(
        command.doubts(replace(signed, stores={world.RING.id: signed.stores[world.RING.id]}))
    )


def test_rollover_leaves_one_default() -> None:
    before = play(
        world.database(),
        Connect(ZWE, "Zowe Server", *IZU_PLACE, Usage.CERTAUTH, default=True),
        Rekey(ZWE, "Zowe Server", "New", 2048, END),
    )
    after = play(before, Rollover(ZWE, "Zowe Server", "New"))
    assert rows(after, IZU_PLACE)[-2:] == [
        ("Zowe Server", Usage.CERTAUTH, True),
        ("New", Usage.CERTAUTH, False),
    ]


def test_a_key_keeps_its_kind() -> None:
    command = Rekey(ZWE, "Zowe Server", "New", None, None, None)
    assert text_of(command) == "RACDCERT ID(ZWESVUSR) REKEY(LABEL('Zowe Server')) WITHLABEL('New')"
    new = play(world.database(), command).certificates["ID(ZWESVUSR)/New"]
    assert new.key is not None
    assert (new.key.kind, new.key.bits, new.not_after) == (KeyKind.EC, None, None)
    with pytest.raises(UnsafeValueError):
        Rekey(ZWE, "a", "b", 2048, END, KeyKind.ED25519).render()
    with pytest.raises(UnsafeValueError):
        Rekey(ZWE, "a", "b", 99999, END).render()


def test_alter_changes_the_status() -> None:
    distrusted = replace(ZOSMF_CA, trust=TrustStatus.NOTRUST)
    before = world.database(ZOWE_CA, distrusted, SERVER, ZOSMF)
    command = Alter(CERTAUTH, "zOSMFCA", trust=TrustStatus.TRUST)
    assert text_of(command) == "RACDCERT CERTAUTH ALTER(LABEL('zOSMFCA')) TRUST"
    assert play(before, command).certificates[ZOSMF_CA.id].trust is TrustStatus.TRUST
    assert "LISTCHAIN" in command.doubts(before)[0]
    assert play(before, command, *command.undo(before)) == before
    assert command.apply(world.database(), AS_OF) == world.database()  # no effect
    unseen = world.database(replace(ZOSMF_CA, trust=None))
    assert "status" in (command.why_no_undo(unseen) or "")


def test_requests_and_backups_follow_a_new_label() -> None:
    after = play(world.database(), Genreq(ZWE, "Zowe Server", "A.CSR"), Alter(ZWE, "Zowe Server", "Old"))
    assert after.data_sets["A.CSR"].key_of == "ID(ZWESVUSR)/Old"
    assert failed(Genreq(ZWE, "Zowe Server", "A.B"), after).certain


# --- filters --------------------------------------------------------------------------------------------------


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


# --- profiles -------------------------------------------------------------------------------------------------


def entries(database: Database, name: str = "IRR.DIGTCERT.LISTRING") -> dict[str, Level | None]:
    profile = next(one for one in database.security.profiles if one.name == name)
    return {entry.who: entry.level for entry in profile.access or ()}


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


# --- users, classes -------------------------------------------------------------------------------------------


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


# --- the way back, where only part of it is shown ------------------------------------------------------------


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
