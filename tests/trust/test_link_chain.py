"""The verdict on one link: the chain of the server's certificate, and what is asked where it cannot be told."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, authority, on, ring
from support.links import (
    BELOW,
    CALL,
    CLIENT,
    CLIENT_RING,
    EXPORTED,
    OTHER,
    ROOT,
    SERVED,
    SERVER_RING,
    SUB,
    Meeting,
    below,
    served,
    trusting,
)
from zcertlint.model.certificate import Absent, Certificate, Moment, TrustStatus
from zcertlint.model.deployment import (
    Stack,
    Verify,
)
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.chain import ChainReason, ChainResult
from zcertlint.trust.handshake import Judge, chain_rule
from zcertlint.trust.judgement import Aspect


@pytest.mark.parametrize(
    ("meeting", "code", "reason"),
    [
        (trusting(on(OTHER)), "CH101", ChainReason.NO_ANCHOR),
        (trusting(), "KR104", ChainReason.STORE_EMPTY),
        (trusting(state=StoreState.MISSING), "KR109", ChainReason.STORE_MISSING),
        (served(replace(SERVED, issuer=SERVED.subject)), "CH103", ChainReason.SELF_SIGNED),
        (
            served(replace(SERVED, issuer=SERVED.subject, subject_key_id="a", authority_key_id="b")),
            "CE118", ChainReason.SAME_SUBJECT,
        ),
        (Meeting(certificates=(authority("Root", trust=TrustStatus.NOTRUST),)), "CE111", ChainReason.NOTRUST),
        (
            Meeting(certificates=(authority("Root", key_usage=frozenset({"digitalSignature"})),)),
            "CE115", ChainReason.CANNOT_SIGN,
        ),
    ],
)  # fmt: skip
def test_chain(meeting: Meeting, code: str, reason: ChainReason) -> None:
    assert (Aspect.CHAIN, False, code) in meeting.wrong
    assert meeting.judged.chain is not None
    assert meeting.judged.chain.reason is reason
    assert replace(meeting, call=replace(CALL, verify=Verify.DISABLED)).judged.answer is not None
    assert meeting.judged.answer is False


@pytest.mark.parametrize(
    ("meeting", "answer", "code"),
    [
        (below(SUB), True, "CH101"),
        (replace(below(SUB), stores=(replace(SERVER_RING, connections=(on(BELOW, Usage.PERSONAL, default=True),)),)),
         False, "CH105"),
        (below(authority("Sub", "Root", ends="2026-01-05")), False, "CE105"),
        (below(authority("Sub", "Root", not_after=Moment(NOW, local=True))), None, "CE105"),
        (below(authority("Sub", "Root", trust=None)), None, "CE111"),
        (below(authority("Sub", "Root", key_usage=None, is_ca=None)), None, "CE115"),
        (below(SUB, authority("Root", ends="2026-01-05"), Stack.NODE), False, "CH104"),
        (below(SUB, authority("Root", path_length=0), Stack.NODE), False, "CH106"),
        (below(SUB, authority("Root", not_before=Moment(NOW.replace(month=12)), subject_key_id="R"), Stack.NODE),
         None, "KR117"),
    ],
)  # fmt: skip
def test_chain_above(meeting: Meeting, answer: bool | None, code: str) -> None:  # noqa: FBT001
    told = [(c.answer, c.code) for c in meeting.judged.conditions if c.aspect is Aspect.CHAIN]
    assert told == [(answer, code)]


def test_what_rests_on_belief() -> None:
    meeting = below(SUB, authority("Root", ends="2026-01-05"), Stack.SYSTEM_SSL)
    failing = meeting.judged.failing("CH104")
    assert failing is not None
    assert failing.believed
    sure = below(SUB, authority("Root", ends="2026-01-05"), Stack.NODE).judged.failing("CH104")
    assert sure is not None
    assert not sure.believed


CA_LISTED, CA_EXPORTED = "RACDCERT CERTAUTH LIST(LABEL('Sub'))", (
    "RACDCERT CERTAUTH EXPORT(LABEL('Sub')) DSN(ZCERTLNT.SUB.PEM) FORMAT(CERTB64)"
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "text", "command"),
    [
        (
            {"not_after": Moment(NOW, local=True)},
            "CERTAUTH/Sub ends within hours of this moment, and its listing shows local time.",
            CA_EXPORTED,
        ),
        (
            {"key_usage": None, "is_ca": None},
            (
                "May CERTAUTH/Sub sign? Its listing shows no key usage, and basicConstraints stand only in the "
                "certificate."
            ),
            CA_EXPORTED,
        ),
        ({"trust": None}, "No input shows the record of CERTAUTH/Sub.", CA_LISTED),
    ],
)
def test_question_about_a_ca(facts: dict[str, Any], text: str, command: str) -> None:
    meeting = below(authority("Sub", "Root", **facts))
    assert meeting.texts == [text]
    assert meeting.questions == [("CERTAUTH/Sub", command)]


def test_question_which_generation_signed() -> None:
    twins = [authority(label, subject="Root") for label in ("Old", "New")]
    meeting = trusting(on(twins[0]), certificates=(*twins, replace(ROOT, subject=OTHER.subject)))
    assert meeting.wrong == [(Aspect.CHAIN, None, "KR117")]
    first, second = meeting.texts
    assert first == (
        f"Did CERTAUTH/Old issue {SERVED.id}? Several certificates bear its name, and the listings do not show "
        "which key each has."
    )
    assert second == f"Whose key signed {SERVED.id}? Its listing does not show."
    old = "RACDCERT CERTAUTH EXPORT(LABEL('Old')) DSN(ZCERTLNT.OLD.PEM) FORMAT(CERTB64)"
    assert meeting.questions == [("CERTAUTH/Old", old), (SERVED.id, EXPORTED)]


def test_question_whether_a_younger_ca_has_the_same_key() -> None:
    young = authority("Root", begins="2026-06-01")
    meeting = Meeting(certificates=(young,))
    assert meeting.wrong == [(Aspect.CHAIN, None, "KR117")]
    assert "It starts later than that certificate" in meeting.texts[0]


def test_question_whether_it_signed_itself() -> None:
    leaf = replace(SERVED, issuer=SERVED.subject)
    meeting = served(leaf)
    twin = authority("Twin", subject="z/OSMF")
    meeting = replace(meeting, certificates=(leaf, twin))
    assert meeting.wrong == [(Aspect.CHAIN, None, "CE118")]
    assert meeting.texts == [f"Is {SERVED.id} self-signed? Another certificate bears the name of its issuer."]
    assert meeting.questions == [(SERVED.id, EXPORTED)]


def test_questions_about_stores() -> None:
    hidden = trusting(state=StoreState.NOT_SHOWN)
    assert hidden.wrong == [(Aspect.CHAIN, None, "CH101")]
    assert hidden.questions == [(CLIENT_RING.id, "RACDCERT LISTRING(ZoweKeyring) ID(ZWESVUSR)")]
    none = Meeting(client=replace(CLIENT, truststore=None))
    assert none.texts == ["No setting names a trust store for Zowe (zowe.certificate.truststore.file)."]
    assert none.questions == [("zowe.zaas", None)]
    row = Connection("CERTAUTH/Unlisted", ROOT.owner, "Unlisted", Usage.CERTAUTH, None, Span("r", 4))
    unlisted = trusting(on(OTHER), row, certificates=(replace(SERVED, issuer=SUB.subject),))
    assert unlisted.wrong == [(Aspect.CHAIN, None, "CH101")]
    assert unlisted.questions == [("CERTAUTH/Unlisted", "RACDCERT CERTAUTH LIST(LABEL('Unlisted'))")]


@pytest.mark.parametrize("stack", [Stack.SYSTEM_SSL, Stack.NODE])
def test_no_trust_store_for_other_stacks(stack: Stack) -> None:
    client = replace(CLIENT, truststore=None)
    assert Meeting(client=client, call=replace(CALL, stack=stack)).wrong == [(Aspect.CHAIN, None, "CH101")]


def test_two_stacks_have_two_answers() -> None:
    """With one trust store of the same kind, a file, in which Node and System SSL want a root."""
    root = authority("Root", is_ca=False, key_usage=Absent.ABSENT)
    store = file_store(root)
    meeting = Meeting(client=replace(CLIENT, truststore=store.id), certificates=(root,), stores=(store,))
    judge = Judge(meeting.deployment, NOW)
    told = [
        judge.chain(SERVED, meeting.client, meeting.server, stack).reason
        for stack in (Stack.NODE, Stack.SYSTEM_SSL, Stack.NODE)
    ]
    assert told == [ChainReason.CANNOT_SIGN, ChainReason.SIGNER_UNSURE, ChainReason.CANNOT_SIGN]


def test_question_what_the_server_sends() -> None:
    leaf = replace(SERVED, issuer=SUB.subject)
    hidden = replace(SERVER_RING, connections=(), state=StoreState.NOT_SHOWN)
    known = Meeting(certificates=(leaf, SUB), stores=(hidden,))
    assert known.wrong == [(Aspect.CHAIN, None, "CH105")]
    ca = "RACDCERT CERTAUTH EXPORT(LABEL('Sub')) DSN(ZCERTLNT.SUB.PEM) FORMAT(CERTB64)"
    assert known.questions == [(SERVED.id, ca)]
    unknown = Meeting(certificates=(leaf,), stores=(hidden,))
    assert unknown.texts == [
        f"Who issued {SERVED.id} (CN=Sub)? No input shows that CA, nor what is sent beside it."
    ]
    assert unknown.questions == [(SERVED.id, EXPORTED)]
    row = Connection("CERTAUTH/Unlisted", ROOT.owner, "Unlisted", Usage.CERTAUTH, None, Span("r", 4))
    rows = (on(leaf, Usage.PERSONAL, default=True), row)
    listed = Meeting(certificates=(leaf,), stores=(replace(SERVER_RING, connections=rows),))
    assert listed.wrong == [(Aspect.CHAIN, None, "CH105")]
    assert listed.questions == [("CERTAUTH/Unlisted", "RACDCERT CERTAUTH LIST(LABEL('Unlisted'))")]


def test_ring_of_nearly_the_name() -> None:
    near = ring(on(ROOT), name="zowekeyring")
    absent = replace(CLIENT_RING, connections=(), state=StoreState.MISSING)
    assert Meeting(stores=(absent, near)).wrong == [(Aspect.CHAIN, False, "KR110")]
    assert trusting(on(OTHER)).wrong == replace(trusting(on(OTHER)), certificates=(ROOT,)).wrong
    assert replace(trusting(), stores=(*trusting().stores, near)).wrong == [(Aspect.CHAIN, False, "KR104")]


@pytest.mark.parametrize("leaf", [SERVED, replace(SERVED, issuer=SERVED.subject)])
def test_zosmf_as_the_client(leaf: Certificate) -> None:
    meeting = replace(served(leaf), client=replace(CLIENT, product="zosmf"))
    trusting_other = replace(CLIENT_RING, connections=(on(OTHER),))
    meeting = replace(meeting, stores=(*meeting.stores, trusting_other))
    assert meeting.wrong == [(Aspect.CHAIN, False, "CH108")]
    empty = replace(meeting, stores=(*meeting.stores[:-1], replace(CLIENT_RING, connections=())))
    assert empty.wrong == [(Aspect.CHAIN, False, "KR104")]


def test_keystore_that_turns_out_to_be_pem() -> None:
    held = replace(OTHER, id="file:certs/trust.p12#1", files=("file:certs/trust.p12#1",))
    held = replace(held, spans=(("id", Span("certs/trust.p12", 1)), ("subject", Span("certs/trust.p12", 1))))
    store = Store("store:/z/trust.p12", StoreKind.PKCS12, None, "/z/trust.p12", StoreState.NOT_SHOWN)
    meeting = Meeting(client=replace(CLIENT, truststore=store.id), certificates=(held,), stores=(store,))
    assert meeting.wrong == [(Aspect.CHAIN, False, "KR126")]
    assert replace(meeting, certificates=()).wrong == [(Aspect.CHAIN, None, "CH101")]


def file_store(*entries: Certificate) -> Store:
    rows = tuple(on(entry) for entry in entries)
    return Store("store:/z/trust.p12", StoreKind.PKCS12, None, "/z/trust.p12", StoreState.SHOWN, rows)


def test_only_on_a_key_ring_may_an_intermediate_be_the_end() -> None:
    meeting = below(SUB, stack=Stack.SYSTEM_SSL)
    on_ring = replace(CLIENT_RING, connections=(on(SUB),))
    assert replace(meeting, stores=(*meeting.stores, on_ring)).wrong == []
    store = file_store(SUB)
    in_file = replace(meeting, stores=(*meeting.stores, store), client=replace(CLIENT, truststore=store.id))
    assert in_file.wrong == [(Aspect.CHAIN, False, "CH101")]


@pytest.mark.parametrize(("stack", "answer"), [(Stack.JSSE, True), (Stack.NODE, False)])
def test_what_is_connected_personal_is_no_ca_but_for_java(stack: Stack, answer: bool) -> None:  # noqa: FBT001
    meeting = trusting(on(ROOT, Usage.PERSONAL), call=replace(CALL, stack=stack))
    assert meeting.judged.answer is answer


BROWSER = replace(
    CLIENT, product="browser", stack=Stack.BROWSER, keystore=None, truststore=None, certificate=None
)
SURFED = replace(CALL, stack=Stack.BROWSER, verify=Verify.NAME)


def test_browser() -> None:
    assert Meeting(client=BROWSER, call=SURFED).wrong == []
    assert replace(below(SUB), client=BROWSER, call=SURFED).wrong == []
    unsent = replace(below(SUB), client=BROWSER, call=SURFED)
    rows = (on(BELOW, Usage.PERSONAL, default=True),)
    unsent = replace(unsent, stores=(replace(SERVER_RING, connections=rows),))
    assert unsent.wrong == [(Aspect.CHAIN, False, "KR114")]
    expired = replace(below(authority("Sub", "Root", ends="2026-01-05")), client=BROWSER, call=SURFED)
    assert expired.wrong == [(Aspect.CHAIN, False, "CE105")]
    own = replace(served(replace(SERVED, issuer=SERVED.subject)), client=BROWSER, call=SURFED)
    assert own.wrong == []  # whoever made it may have told the browser


def test_browser_whose_trust_store_is_declared() -> None:
    store = file_store(OTHER)
    told = Meeting(client=replace(BROWSER, truststore=store.id), call=SURFED, stores=(store,))
    assert told.wrong == [(Aspect.CHAIN, False, "CH101")]


def test_declared_client_without_a_trust_store() -> None:
    client = replace(CLIENT, product="client", truststore=None)
    assert Meeting(client=client).wrong == []
    other = Meeting(client=replace(CLIENT, product="client"), stores=trusting(on(OTHER)).stores)
    assert other.wrong == [(Aspect.CHAIN, False, "CH101")]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (ChainReason.NO_ANCHOR, "CH101"),
        (ChainReason.SELF_SIGNED, "CH103"),
        (ChainReason.NOTRUST, "CE111"),
        (ChainReason.STATUS_NOT_SHOWN, "CE111"),
        (ChainReason.OTHER_KEY, "KR117"),
        (ChainReason.ISSUER_UNSURE, "KR117"),
        (ChainReason.ANCHOR_EXPIRED, "CH104"),
        (ChainReason.CA_EXPIRED, "CE105"),
        (ChainReason.CA_NOT_BEGUN, "CE105"),
        (ChainReason.TIME_ZONE, "CE105"),
        (ChainReason.CANNOT_SIGN, "CE115"),
        (ChainReason.SIGNER_UNSURE, "CE115"),
        (ChainReason.PATH_LENGTH, "CH106"),
        (ChainReason.NAME_EXCLUDED, "CH106"),
        (ChainReason.RESTRICTED, "CH106"),
        (ChainReason.BROKEN_SIGNATURE, "CH107"),
        (ChainReason.NOT_SENT, "CH105"),
        (ChainReason.SENT_NOT_SHOWN, "CH105"),
        (ChainReason.SAME_SUBJECT, "CE118"),
        (ChainReason.SELF_SIGNED_UNSURE, "CE118"),
        (ChainReason.STORE_MISSING, "KR109"),
        (ChainReason.STORE_EMPTY, "KR104"),
        (ChainReason.STORE_NOT_SHOWN, "CH101"),
    ],
)
def test_rule_of_an_end(reason: ChainReason, code: str) -> None:
    """One fault, one code: a question has the code of the fault that it leaves open."""
    assert chain_rule(ChainResult(reason, ())) == code


def surfed(sub: Certificate, *sent: Certificate, root: Certificate = ROOT) -> Meeting:
    """A browser calls a server below an intermediate, which is sent, and others with it."""
    meeting = below(sub, root)
    rows = (on(BELOW, Usage.PERSONAL, default=True), on(sub), *(on(ca) for ca in sent))
    stores = (replace(SERVER_RING, connections=rows),)
    known = (*meeting.certificates, *sent)
    return replace(meeting, client=BROWSER, call=SURFED, stores=stores, certificates=known)


@pytest.mark.parametrize(
    ("meeting", "wrong"),
    [
        (surfed(SUB), []),
        (surfed(authority("Sub", "Upper"), authority("Upper", "Root", path_length=0)),
         [(Aspect.CHAIN, False, "CH106")]),
        # What a browser makes of a root's own limit is not known.
        (surfed(SUB, root=authority("Root", path_length=0)), []),
        (surfed(authority("Sub", "Nobody")), []),
        (surfed(authority("Sub", "Root", key_usage=frozenset({"digitalSignature"}))), []),
    ],
)  # fmt: skip
def test_what_fails_whatever_a_browser_trusts(
    meeting: Meeting, wrong: list[tuple[Aspect, bool | None, str]]
) -> None:
    assert meeting.wrong == wrong


def test_browser_and_a_certificate_that_is_not_shown() -> None:
    judge = Judge(Meeting().deployment, NOW)
    assert judge.chain(None, BROWSER, None, Stack.BROWSER).reason is ChainReason.NOT_JUDGED
