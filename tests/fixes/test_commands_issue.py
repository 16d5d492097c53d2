"""GENCERT, REKEY, ROLLOVER and ALTER: what stays, what is lost, what is only believed."""

from dataclasses import replace
from datetime import date

import pytest

from fixes import world
from fixes.playing import (
    END,
    HERE,
    IZU_PLACE,
    PLACE,
    complete,
    failed,
    play,
    rows,
)
from fixes.world import AS_OF, CERTAUTH, IZU, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA, ZWE
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import Delete
from zcertlint.fixes.commands.base import FailureKind, text_of
from zcertlint.fixes.commands.generate import Gencert, subject_name
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq, Rekey
from zcertlint.fixes.commands.keep import Alter
from zcertlint.fixes.commands.rings import Connect
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.model.certificate import Absent, AltNames, KeyKind, TrustStatus
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.names import Name
from zcertlint.model.store import Usage


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
    assert (new.key.kind, new.key.bits) == (KeyKind.EC, None)
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
