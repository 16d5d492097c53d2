"""What each command does to the database, what RACF would refuse, and the way back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fixes import world
from fixes.world import AS_OF, CERTAUTH, IZU, RING, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA, ZWE
from zcertlint.fixes.commands.base import Command, FailureKind, text_of
from zcertlint.fixes.commands.issue import HANDSHAKE, GencertFromRequest, Genreq, Rekey
from zcertlint.fixes.commands.keep import AddCa, Alter, Export, RestoreBackup
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing, Refresh
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.model.certificate import AltNames, Certificate, KeyKind, TrustStatus
from zcertlint.model.deployment import Database
from zcertlint.model.names import Name
from zcertlint.model.store import StoreState, Usage

PLACE = ("ZWESVUSR", "ZoweKeyring")
END = date(2028, 11, 21)


def rows(database: Database, ident: str = RING.id) -> list[tuple[str | None, Usage, bool | None]]:
    return [(row.label, row.usage, row.default) for row in database.stores[ident].connections]


def undone(command: Command, before: Database) -> Database:
    database = command.apply(before, AS_OF)
    for back in command.undo(before):
        assert back.problem(database) is None
        database = back.apply(database, AS_OF)
    return database


def test_connect_adds_a_row_and_can_be_undone() -> None:
    before = world.database()
    command = Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.CERTAUTH)
    after = command.apply(before, AS_OF)
    assert rows(after)[-1] == ("zOSMFCA", Usage.CERTAUTH, False)
    assert after.stores[world.IZU_RING.id] == before.stores[world.IZU_RING.id]
    assert undone(command, before) == before
    assert command.why_no_undo(before) is None
    assert command.apply(after, AS_OF) == after


def test_a_new_default_takes_it_from_the_old_one() -> None:
    before = world.database()
    command = Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.PERSONAL, default=True)
    after = command.apply(before, AS_OF)
    assert [row[2] for row in rows(after)] == [False, False, True]
    assert rows(undone(command, before)) == rows(before)


def test_connect_without_default_takes_it_away() -> None:
    before = world.database()
    command = Connect(ZWE, "Zowe Server", *PLACE, Usage.SITE)
    assert rows(command.apply(before, AS_OF))[1] == ("Zowe Server", Usage.SITE, False)
    assert undone(command, before) == before


def test_connect_that_changes_nothing_needs_no_undo() -> None:
    before = world.database()
    command = Connect(ZWE, "Zowe Server", *PLACE, Usage.PERSONAL, default=True)
    assert command.apply(before, AS_OF) == before
    assert command.undo(before) == ()


def test_an_unseen_default_cannot_be_restored() -> None:
    ring = replace(RING, connections=tuple(replace(row, default=None) for row in RING.connections))
    command = Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.PERSONAL, default=True)
    assert "DEFAULT" in (command.why_no_undo(world.database(stores=(ring,))) or "")


def test_remove_and_back() -> None:
    before = world.database()
    command = Remove(ZWE, "Zowe Server", *PLACE)
    after = command.apply(before, AS_OF)
    assert [row[0] for row in rows(after)] == ["Acme Zowe CA"]
    assert after.certificates[SERVER.id].rings == ()
    assert rows(undone(command, before)) == rows(before)  # only the place in the listing is another one
    assert undone(command, before).certificates == before.certificates
    assert Remove(CERTAUTH, "zOSMFCA", *PLACE).undo(before) == ()


def test_certificates_keep_the_list_of_their_rings() -> None:
    place = ("IZUSVR", "IZUKeyring.IZUDFLT")
    command = Connect(ZWE, "Zowe Server", *place, Usage.SITE)
    before = world.database()
    assert command.apply(before, AS_OF).certificates[SERVER.id].rings == (*(SERVER.rings or ()), place)
    assert undone(command, before) == before


@pytest.mark.parametrize("state", [StoreState.MISSING, StoreState.NOT_SHOWN])
def test_rings_that_are_not_there(state: StoreState) -> None:
    before = world.database(stores=(replace(RING, state=state, connections=()),))
    for command in (Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.CERTAUTH), Remove(ZWE, "Zowe Server", *PLACE)):
        assert command.problem(before) is not None
        assert command.apply(before, AS_OF) is before
    assert Connect(ZWE, "Zowe Server", "U", "none", Usage.SITE).undo(before) == ()
    assert Remove(ZWE, "Zowe Server", "U", "none").apply(before, AS_OF) is before


def test_renewal_keeps_what_it_must() -> None:
    before = world.database()
    command = GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END)
    after = command.apply(before, AS_OF)
    new = after.certificates[ZOSMF.id]
    assert after.stores == before.stores
    assert (new.key, new.rings, new.trust, new.private_key, new.alt_names) == (
        ZOSMF.key, ZOSMF.rings, ZOSMF.trust, True, ZOSMF.alt_names,
    )  # fmt: skip
    assert new.not_after is not None
    assert new.not_after.at == datetime(2028, 11, 21, 23, 59, 59, tzinfo=UTC)
    assert new.not_before is not None
    assert new.not_before.before(AS_OF) is True  # of the same day, and valid at once
    assert (new.signed_by, new.signature, new.serial, new.der) == (ZOSMF_CA.id, "sha256RSA", None, None)
    assert command.apply(after, AS_OF) == after
    assert command.why_no_undo(before) is not None


def test_a_renewed_ca_has_issued_what_it_had_issued() -> None:
    before = world.database()
    command = GencertFromRequest(CERTAUTH, "zOSMFCA", "A.B", CERTAUTH, "zOSMFCA", date(2036, 1, 1))
    after = command.apply(before, AS_OF)
    assert after.certificates[ZOSMF.id].signed_by == ZOSMF_CA.id
    assert after.certificates[SERVER.id] == SERVER
    assert text_of(command).count("CERTAUTH") == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(ZOSMF, private_key=False), "private key"),
        (replace(ZOSMF, private_key=None), "private key"),
        (replace(ZOSMF_CA, private_key=False), "private key"),
        (replace(ZOSMF_CA, trust=TrustStatus.NOTRUST), "NOTRUST"),
        (replace(ZOSMF_CA, not_after=None), "after its signer"),
    ],
)
def test_what_gencert_would_refuse(changed: Certificate, words: str) -> None:
    before = world.database()
    before = replace(before, certificates={**before.certificates, changed.id: changed})
    command = GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END)
    assert words in (command.problem(before) or "")
    assert command.apply(before, AS_OF) is before


def test_an_end_after_the_signer_s_leaves_the_status_open() -> None:
    before = world.database(replace(ZOSMF_CA, not_after=world.moment(2028)), ZOSMF)
    command = GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END)
    failure = command.failure(before)
    assert failure is not None
    assert failure.kind is FailureKind.NOT_KNOWN
    assert not failure.certain
    assert "after its signer" in (command.problem(before) or "")
    assert command.apply(before, AS_OF).certificates[ZOSMF.id].trust is None


@pytest.mark.parametrize(("bits", "word"), [(256, "sha256ECDSA"), (384, "sha384ECDSA"), (521, "sha512ECDSA")])
def test_signatures_follow_the_signing_key(bits: int, word: str) -> None:
    ca = replace(ZOSMF_CA, key=replace(world.EC, bits=bits), subject_key_id="AA")
    command = GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END, AltNames(("a.b",)))
    new = command.apply(world.database(ca, ZOSMF), AS_OF).certificates[ZOSMF.id]
    assert (new.signature, new.authority_key_id, new.alt_names) == (word, "AA", AltNames(("a.b",)))


def test_rekey_makes_a_second_certificate_on_no_ring() -> None:
    before = world.database()
    command = Rekey(ZWE, "Zowe Server", "New", 2048, END)
    after = command.apply(before, AS_OF)
    new = after.certificates["ID(ZWESVUSR)/New"]
    assert new.key is not None
    assert (new.key.kind, new.rings, new.signed_by) == (KeyKind.RSA, (), new.id)
    assert (new.subject, new.issuer, new.alt_names) == (SERVER.subject, SERVER.subject, SERVER.alt_names)
    assert after.certificates[SERVER.id] == SERVER
    assert "exists already" in (command.problem(after) or "")
    assert command.apply(after, AS_OF) is after
    assert "stays" in (command.why_no_undo(before) or "")
    sign = GencertFromRequest(ZWE, "New", "A.B", CERTAUTH, "Acme Zowe CA", END, handshake=True)
    signed = sign.apply(after, AS_OF).certificates[new.id]
    assert (signed.signed_by, signed.key_usage, signed.issuer) == (ZOWE_CA.id, HANDSHAKE, ZOWE_CA.subject)


def test_a_file_becomes_a_certificate_of_the_database() -> None:
    file = Certificate("file:ca.pem#1", subject=Name("CN=New CA"), issuer=Name("CN=New CA"), fingerprint="AB")
    before = world.database(ZOWE_CA, SERVER, ZOSMF, file)
    command = AddCa("A.B", "New CA", file.id)
    after = command.apply(before, AS_OF)
    added = after.certificates["CERTAUTH/New CA"]
    assert file.id not in after.certificates
    assert (added.files, added.trust, added.private_key) == ((file.id,), TrustStatus.TRUST, False)
    assert command.problem(after) is not None
    assert "exists" in (AddCa("A.B", "Acme Zowe CA", file.id).problem(before) or "")
    assert text_of(command) == "RACDCERT CERTAUTH ADD('A.B') TRUST WITHLABEL('New CA')"


def test_a_label_is_changed_everywhere_and_back() -> None:
    before = world.database()
    command = Alter(ZWE, "Zowe Server", "Old one")
    after = command.apply(before, AS_OF)
    assert [row[0] for row in rows(after)] == ["Acme Zowe CA", "Old one"]
    assert replace(undone(command, before), answers=()) == before  # RACF has no "Old one" any more
    renamed = Alter(CERTAUTH, "zOSMFCA", "CA2").apply(
        GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END).apply(before, AS_OF),
        AS_OF,
    )
    assert renamed.certificates[ZOSMF.id].signed_by == "CERTAUTH/CA2"
    assert "exists" in (Alter(ZWE, "Zowe Server", "Zowe Server").problem(before) or "")


def test_a_backup_is_restored() -> None:
    before = world.database()
    renewed = GencertFromRequest(IZU, ZOSMF.label or "", "A.B", CERTAUTH, "zOSMFCA", END).apply(before, AS_OF)
    command = RestoreBackup(ZOSMF, "A.B")
    assert command.apply(renewed, AS_OF) == before
    assert "newer" in (command.why_no_undo(renewed) or "")


GONE = "gone"


@pytest.mark.parametrize(
    "command",
    [
        Connect(ZWE, GONE, *PLACE, Usage.PERSONAL), Remove(ZWE, GONE, *PLACE), Genreq(ZWE, GONE, "A.B"),
        GencertFromRequest(ZWE, GONE, "A.B", CERTAUTH, "zOSMFCA", END),
        GencertFromRequest(ZWE, "Zowe Server", "A.B", CERTAUTH, GONE, END), Rekey(ZWE, GONE, "N", 2048, END),
        Export(ZWE, GONE, "A.B"), AddCa("A.B", "L", "file:none#1"), Alter(ZWE, GONE, "N"),
        RestoreBackup(replace(SERVER, id="ID(X)/none"), "A.B"),
    ],
)  # fmt: skip
def test_nothing_happens_to_what_is_not_there(command: Command) -> None:
    before = world.database()
    assert command.problem(before)
    assert command.apply(before, AS_OF) is before


@pytest.mark.parametrize(
    "command",
    [
        ListCert(ZWE, "Zowe Server"), ListChain(ZWE, "Zowe Server"), ListRing(*PLACE), Refresh("DIGTCERT"),
    ],
)  # fmt: skip
def test_these_change_no_certificate(command: Command) -> None:
    before = world.database()
    assert command.problem(before) is None
    assert command.apply(before, AS_OF) is before
    assert command.undo(before) == ()
    assert command.why_no_undo(before) is None
    assert command.refresh == ()
