"""RACF's real effects on certificates and key rings, where they surprise: DELETE, ADD, key rings."""

from dataclasses import replace

import pytest

from fixes import any_command as some
from fixes import world
from fixes.playing import (
    END,
    IZU_PLACE,
    PLACE,
    complete,
    failed,
    play,
    play_unwritten,
    rows,
    with_file,
)
from fixes.world import AS_OF, CERTAUTH, IZU, SERVER, ZOSMF, ZOSMF_CA, ZWE
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import FailureKind, text_of
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.issue import Genreq
from zcertlint.fixes.commands.keep import Export, ExportForm
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.rings import AddRing, Connect, DelRing, Remove
from zcertlint.model.certificate import Owner, OwnerKind, TrustStatus
from zcertlint.model.store import StoreState, Usage


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
