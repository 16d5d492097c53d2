"""What is asked where a walk leaves it open."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import authority, certificate, on, ring, when
from support.pki import Spec, key, named, self_signed
from zcertlint.model.certificate import Certificate
from zcertlint.model.store import StoreState
from zcertlint.trust.ends import ChainReason, ChainResult
from zcertlint.trust.issue import Edge, EdgeReason
from zcertlint.trust.questions import chain_needs, record_command

START, END = when("2020-01-01").at, when("2030-01-01").at
ROOT, LEAF = authority("Root"), certificate("Server", "Root")
LISTED = "RACDCERT CERTAUTH LIST(LABEL('Root'))"
EXPORTED = "RACDCERT CERTAUTH EXPORT(LABEL('Root')) DSN(ZCERTLNT.ROOT.PEM) FORMAT(CERTB64)"


def test_record() -> None:
    assert record_command(ROOT) == LISTED
    assert record_command(replace(ROOT, owner=None)) is None
    assert record_command(replace(ROOT, label=None)) is None


def asked(
    reason: ChainReason, *path: Certificate, client: str = "zosmf", **facts: Any
) -> list[tuple[str, str, str | None]]:
    store = facts.pop("store", None)
    found = chain_needs(ChainResult(reason, path, **facts), client, store)
    return [(need.subject, need.text, need.command) for need in found]


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("zosmf", "No input shows which trust store zosmf uses."),
        ("zowe.zss", "No setting names a trust store for Zowe (zowe.certificate.truststore.file)."),
        ("zowe.gateway@A", "No setting names a trust store for Zowe (zowe.certificate.truststore.file)."),
        ("zowe.app-server",
         "No setting lists the CAs that app-server trusts (zowe.certificate.pem.certificateAuthorities)."),
        ("zowe.app-server@A@B",
         "No setting lists the CAs that app-server trusts (zowe.certificate.pem.certificateAuthorities)."),
    ],
)  # fmt: skip
def test_no_trust_store(client: str, text: str) -> None:
    assert asked(ChainReason.STORE_NOT_SHOWN, client=client) == [(client, text, None)]


def test_contents() -> None:
    store = ring(state=StoreState.NOT_SHOWN)
    told = asked(ChainReason.STORE_NOT_SHOWN, store=store)
    assert [(subject, command) for subject, _, command in told] == [(store.id, store.list_command)]
    told = asked(ChainReason.CONTENTS_NOT_SHOWN, LEAF, store=store, missing=(on(ROOT),))
    assert [(subject, command) for subject, _, command in told] == [(ROOT.id, LISTED)]
    assert asked(ChainReason.CONTENTS_NOT_SHOWN, LEAF)[0][0] == LEAF.id


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (EdgeReason.YOUNGER, "It starts later than that certificate"),
        (EdgeReason.GENERATIONS, "Several certificates bear its name"),
        (EdgeReason.FIRST, "Without an authority key identifier"),
        (EdgeReason.NOT_SHOWN, "The listings do not show enough of it."),
        (EdgeReason.NAME, "Only names tell, and they do not decide here."),
        (None, "Only names tell, and they do not decide here."),
    ],
)
def test_issuer(reason: EdgeReason | None, words: str) -> None:
    edge = Edge(ROOT, None, reason) if reason is not None else None
    first, second = asked(ChainReason.ISSUER_UNSURE, LEAF, ROOT, culprit=ROOT, edge=edge)
    assert first[0] == ROOT.id
    assert words in first[1]
    assert second[0] == LEAF.id


def test_issuer_of_a_path_of_one() -> None:
    told = asked(ChainReason.ISSUER_UNSURE, ROOT, culprit=ROOT)
    assert told == [(ROOT.id, "Is CERTAUTH/Root self-signed? Another certificate bears its name.", EXPORTED)]
    assert asked(ChainReason.ISSUER_UNSURE, LEAF, ROOT)[0][0] == ROOT.id


@pytest.mark.parametrize(
    ("reason", "words", "command"),
    [
        (ChainReason.TIME_ZONE, "CERTAUTH/Root ends within hours", EXPORTED),
        (ChainReason.SIGNER_UNSURE, "May CERTAUTH/Root sign?", EXPORTED),
        (ChainReason.STATUS_NOT_SHOWN, "No input shows the record of CERTAUTH/Root.", LISTED),
        (ChainReason.SELF_SIGNED_UNSURE, "Is CERTAUTH/Root self-signed?", EXPORTED),
    ],
)
def test_ca(reason: ChainReason, words: str, command: str) -> None:
    ((subject, text, told),) = asked(reason, LEAF, ROOT, culprit=ROOT)
    assert (subject, told) == (ROOT.id, command)
    assert text.startswith(words)
    ((subject, text, told),) = asked(reason, LEAF, ROOT)
    assert (subject, text, told) == (ROOT.id, "No input shows the issuer of this certificate.", None)


def test_restriction() -> None:
    def made(**facts: Any) -> Certificate:
        spec = Spec(named("Root"), key("EC256", 1), START, END, ca=True, **facts)
        return self_signed(spec).model

    odd, limited = made(unknown=True), made(excluded=("acme.example",))
    ((subject, text, command),) = asked(ChainReason.RESTRICTED, LEAF, odd, culprit=odd)
    assert (subject, command) == (odd.id, None)
    assert "bears the critical extension 1.3.6.1.4.1.99999.1:" in text
    assert "bears name constraints:" in asked(ChainReason.RESTRICTED, LEAF, limited, culprit=limited)[0][1]
    assert asked(ChainReason.RESTRICTED, LEAF, ROOT, culprit=ROOT)[0][1].startswith(
        "No input shows the issuer"
    )


def test_nothing_is_known() -> None:
    assert asked(ChainReason.LEAF_NOT_SHOWN)[0][0] == "zosmf"
    assert asked(ChainReason.TOO_LONG, LEAF, ROOT)[0][0] == ROOT.id


def test_what_is_sent() -> None:
    rows = (on(ROOT),)
    ((subject, text, command),) = asked(ChainReason.SENT_NOT_SHOWN, LEAF, missing=rows)
    assert (subject, command) == (ROOT.id, LISTED)
    assert text.startswith("The keystore of Server lists 'Root' of CERTAUTH")
    bare = replace(LEAF, label=None)
    assert f"The keystore of {LEAF.id} lists" in asked(ChainReason.SENT_NOT_SHOWN, bare, missing=rows)[0][1]
    ((subject, text, command),) = asked(ChainReason.SENT_NOT_SHOWN, LEAF, ROOT)
    assert (subject, command) == (LEAF.id, EXPORTED)
    assert text.startswith("Who issued CERTAUTH/Root (CN=Root)?")
    unknown = replace(ROOT, issuer=None)
    assert asked(ChainReason.SENT_NOT_SHOWN, LEAF, unknown)[0][1].startswith(
        f"Does the server of {LEAF.id} send"
    )
