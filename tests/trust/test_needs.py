"""What is missing for a verdict, and the command that shows it, as it can be typed."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import authority, certificate, on, ring
from zcertlint.model.certificate import AltNames, Certificate, Owner, OwnerKind
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust import needs

SERVER = certificate("Zowe Server", "Root")


def test_commands() -> None:
    user, ca, site = Owner.of_user("zwesvusr"), Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE)
    assert needs.list_certificate(user, "a'b") == "RACDCERT ID(ZWESVUSR) LIST(LABEL('a''b'))"
    assert needs.list_certificates(ca) == "RACDCERT CERTAUTH LIST"
    assert needs.list_certificates(site) == "RACDCERT SITE LIST"
    assert needs.list_rings("ZWESVUSR") == "RACDCERT LISTRING(*) ID(ZWESVUSR)"
    assert needs.config_command("zowe.a") == "zwe config get -p .zowe.a -c zowe.yaml"


@pytest.mark.parametrize(
    ("label", "member"),
    [
        ("Zowe Server", "ZOWESERV"),
        ("a", "A"),
        ("2026 CA", "C2026CA"),
        ("20261121x", "C2026112"),
        ("ÄÖ-_.", "C"),
        ("Äb", "B"),
    ],
)
def test_export(label: str, member: str) -> None:
    assert needs.export_command(certificate(label)) == (
        f"RACDCERT ID(ZWESVUSR) EXPORT(LABEL('{label}')) DSN(ZCERTLNT.{member}.PEM) FORMAT(CERTB64)"
    )


@pytest.mark.parametrize("facts", [{"owner": None}, {"label": None}])
def test_what_is_not_in_racf_is_not_exported(facts: dict[str, Any]) -> None:
    assert needs.export_command(replace(SERVER, **facts)) is None


def test_store() -> None:
    hidden = ring(state=StoreState.NOT_SHOWN)
    need = needs.need_store(hidden)
    assert need.text == "No input shows the key ring ZWESVUSR/ZoweKeyring."
    assert (need.subject, need.command) == (hidden.id, "RACDCERT LISTRING(ZoweKeyring) ID(ZWESVUSR)")
    assert "(IRRD101I)" in needs.need_store(replace(hidden, reason="IRRD101I")).text
    file = Store("store:/k.p12", StoreKind.PKCS12, None, "/k.p12", StoreState.NOT_SHOWN)
    assert needs.need_store(file).text == "No input shows the store /k.p12."


def test_contents() -> None:
    need = needs.need_contents("ring:ZWESVUSR/R", on(SERVER))
    assert need.subject == SERVER.id
    assert need.text == (
        "ZWESVUSR/R lists 'Zowe Server' of ID(ZWESVUSR), and no input shows that certificate."
    )
    assert need.command == "RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server'))"
    for row in (replace(on(SERVER), owner=None), replace(on(SERVER), label=None)):
        bare = needs.need_contents("ring:ZWESVUSR/R", row)
        assert (bare.text, bare.command) == ("No input shows an entry of ZWESVUSR/R.", None)
    assert "an entry of /a:b." in needs.need_contents("store:/a:b", replace(on(SERVER), owner=None)).text
    row = Connection("file:x#1", None, "x", Usage.PERSONAL, None, Span("x"))
    assert needs.need_contents("store:x", row).subject == "file:x#1"


def test_names() -> None:
    held = replace(SERVER, alt_names=AltNames(("a.example",)))
    need = needs.need_names(held, "b.example")
    assert need.text.startswith(f"Does {SERVER.id} name b.example? The listing shows DNS a.example;")
    assert need.command == needs.export_command(held)
    assert "shows none;" in needs.need_names(replace(held, alt_names=None), "b.example").text


def test_key_identifiers() -> None:
    root = authority("Root")
    first, second = needs.need_key_id(root, SERVER, "Because.")
    assert first == needs.Need(
        root.id, f"Did {root.id} issue {SERVER.id}? Because.", needs.export_command(root)
    )
    assert (second.subject, second.command) == (SERVER.id, needs.export_command(SERVER))
    assert "Only names tell" in needs.need_key_id(root, SERVER, "")[0].text
    filed = replace(root, der=b"x")
    assert [n.subject for n in needs.need_key_id(filed, SERVER, "")] == [SERVER.id]
    assert [n.subject for n in needs.need_key_id(root, replace(SERVER, der=b"x"), "")] == [root.id]
    (only,) = needs.need_key_id(filed, replace(SERVER, der=b"x"), "")
    assert (only.subject, only.command) == (root.id, None)


def test_signature() -> None:
    held: Certificate = replace(SERVER, signature="UNKNOWN")
    need = needs.need_signature(held)
    assert (need.subject, need.command) == (SERVER.id, needs.export_command(held))


def test_exports_do_not_write_into_one_data_set() -> None:
    labels = ("Zowe Server", "Zowe Server B", "Zowe Server", "Zowe Server C")
    commands = [needs.export_command(certificate(label)) for label in labels]
    apart = needs.apart([*commands, None, "pasearch -t"])
    assert [str(one).partition("DSN(")[2].partition(")")[0] for one in apart[:4]] == [
        "ZCERTLNT.ZOWESERV.PEM", "ZCERTLNT.ZOWESER2.PEM", "ZCERTLNT.ZOWESERV.PEM", "ZCERTLNT.ZOWESER3.PEM",
    ]  # fmt: skip
    assert apart[4:] == (None, "pasearch -t")
    assert apart[0] == commands[0]
    many = needs.apart([needs.export_command(certificate(f"Zowe Server {number}")) for number in range(120)])
    names = [str(one).partition("DSN(")[2].partition(")")[0] for one in many]
    assert len(set(names)) == 120
    assert max(map(len, names)) == len("ZCERTLNT.ZOWESERV.PEM")
