"""The verdict on one link: signatures, protocols, and the client's own certificate."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, authority, on, ring
from support.links import (
    CALL,
    CLIENT,
    CLIENT_RING,
    EXPORTED,
    OTHER,
    ROOT,
    SERVED,
    SERVER,
    SERVER_RING,
    ZOWE,
    Meeting,
    below,
    served,
)
from zcertlint.model.certificate import Certificate, Key, KeyKind, Moment, TrustStatus
from zcertlint.model.deployment import (
    Link,
    Stack,
    Verify,
)
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import Aspect


@pytest.mark.parametrize(
    ("signature", "stack", "refused"),
    [
        ("md5RSA", Stack.JSSE, True),
        ("sha1RSA", Stack.JSSE, False),
        ("sha1RSA", Stack.NODE, True),
        ("sha1RSA", Stack.BROWSER, True),
        ("sha256RSA", Stack.NODE, False),
    ],
)
def test_weak_signature(signature: str, stack: Stack, refused: bool) -> None:  # noqa: FBT001
    meeting = served(replace(SERVED, signature=signature), call=replace(CALL, stack=stack))
    assert meeting.wrong == ([(Aspect.CHAIN, False, "CP102")] if refused else [])
    assert meeting.judged.weakly_signed == ((SERVED.id,) if refused else ())
    assert replace(meeting, call=replace(meeting.call, verify=Verify.DISABLED)).wrong == []


def test_signature_of_a_root_and_of_what_is_trusted_itself_is_not_looked_at() -> None:
    root = authority("Root", signature="md5RSA")
    assert Meeting(certificates=(root,)).wrong == []
    leaf = replace(SERVED, signature="md5RSA")
    rows = (on(leaf, Usage.PERSONAL),)
    meeting = served(leaf)
    meeting = replace(meeting, stores=(*meeting.stores, replace(CLIENT_RING, connections=rows)))
    assert meeting.wrong == []
    sub = authority("Sub", "Root", signature="md5RSA")
    assert below(sub).judged.weakly_signed == (sub.id,)


def settings(values: Mapping[str, str]) -> Settings:
    entries: dict[tuple[str, ...], Setting] = {}
    for number, (dotted, value) in enumerate(values.items(), 1):
        path = tuple(dotted.split("."))
        for depth in range(1, len(path)):
            entries.setdefault(
                path[:depth], Setting(path[:depth], None, "", False, True, Span("z"), Span("z"))
            )
        span = Span("zowe.yaml", number)
        entries[path] = Setting(path, value, value, False, False, span, span)
    return Settings("zowe.yaml", entries)


def zowe_meeting(values: Mapping[str, str], **changes: Any) -> Meeting:
    """The gateway calls ZAAS: both sides are Zowe's, and configured."""
    server = replace(SERVER, product="zowe", id="zosmf")
    return Meeting(server=server, more={"zowe": settings(values), "zowe_major": 3}, **changes)


SERVER_TLS, CLIENT_TLS = "components.zosmf.zowe.network.server.tls", "components.zaas.zowe.network.client.tls"


def test_no_version_in_common() -> None:
    values = {f"{SERVER_TLS}.maxTls": "TLSv1.2", f"{CLIENT_TLS}.minTls": "TLSv1.3"}
    assert zowe_meeting(values).wrong == [(Aspect.PROTOCOL, False, "LK102")]
    assert replace(zowe_meeting(values), client=replace(CLIENT, attls_out=True)).wrong == [
        (Aspect.SETTINGS, None, "AT141")
    ]


@pytest.mark.parametrize(
    ("suite", "key", "refused"),
    [
        ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", Key(KeyKind.RSA, 2048), False),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", Key(KeyKind.RSA, 2048), True),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", Key(KeyKind.EC, 256), False),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", None, False),
    ],
)
def test_no_suite_in_common(suite: str, key: Key | None, refused: bool) -> None:  # noqa: FBT001
    values = {
        f"{SERVER_TLS}.maxTls": "TLSv1.2",
        f"{SERVER_TLS}.ciphers.0": suite,
        f"{CLIENT_TLS}.minTls": "TLSv1.2",
        f"{CLIENT_TLS}.maxTls": "TLSv1.2",
    }
    leaf = replace(SERVED, key=key)
    meeting = zowe_meeting(values, certificates=(leaf,))
    assert meeting.wrong == ([(Aspect.PROTOCOL, False, "LK103")] if refused else [])


PAIRS = "zowe.environments.GSK_TLS_CERT_SIG_ALG_PAIRS"


def from_zss(signature: str, root: str | None = None, pairs: str = "0401", **facts: Any) -> Meeting:
    """ZSS calls, by System SSL with a list of signature algorithms of its own."""
    leaf = replace(SERVED, signature=signature)
    more = {"zowe": settings({PAIRS: pairs, "zowe.a": "b"}), "zowe_major": 3}
    known = (leaf, replace(ROOT, signature=root))
    return Meeting(call=replace(CALL, stack=Stack.SYSTEM_SSL), certificates=known, more=more, **facts)


@pytest.mark.parametrize(
    ("meeting", "answer", "believed"),
    [
        (from_zss("sha256RSA"), True, False),
        (from_zss("sha512RSA"), False, False),
        (from_zss("UNKNOWN"), None, False),
        (
            from_zss("sha256RSA", "sha512RSA"),
            False,
            True,
        ),  # that a root is looked at was seen, not documented
        (from_zss("sha512RSA", "sha512RSA"), False, False),
        (from_zss("UNKNOWN", "sha512RSA"), False, True),
        (from_zss("sha512RSA", client=replace(CLIENT, product="zosmf")), True, False),
    ],
)
def test_signatures_that_the_client_accepts(meeting: Meeting, answer: bool | None, believed: bool) -> None:  # noqa: FBT001
    told = [(c.answer, c.believed) for c in meeting.judged.conditions if c.code == "LK104"]
    assert told == ([] if answer else [(answer, believed)])
    exported = [(SERVED.id, EXPORTED)] if answer is None else []
    assert meeting.questions == exported


def test_only_what_the_server_sends_is_looked_at() -> None:
    rows = (on(SERVED, Usage.PERSONAL, default=True),)
    bare = from_zss("sha256RSA", "sha512RSA", stores=(replace(SERVER_RING, connections=rows),))
    assert bare.wrong == []
    judge = Judge(bare.deployment, NOW)
    chain = judge.judge(bare.call).chain
    assert chain is not None
    assert [c.label for c in judge.sent_path(bare.call, SERVED, chain)] == ["z/OSMF"]
    whole = from_zss("sha256RSA")
    assert [c.label for c in Judge(whole.deployment, NOW).sent_path(whole.call, SERVED, chain)] == [
        "z/OSMF",
        "Root",
    ]


@pytest.mark.parametrize(("side", "refused"), [("client", True), ("server", False)])
def test_the_list_of_a_client_goes_by_the_versions_of_a_client(side: str, refused: bool) -> None:  # noqa: FBT001
    leaf = replace(SERVED, signature="sha256RSAPSS")
    more = {"zowe": settings({f"zowe.network.{side}.tls.maxTls": "TLSv1.2"}), "zowe_major": 3}
    client = replace(CLIENT, id="zowe.zss", stack=Stack.SYSTEM_SSL)
    meeting = Meeting(
        client=client, call=replace(CALL, stack=Stack.SYSTEM_SSL), certificates=(leaf,), more=more
    )
    assert meeting.wrong == ([(Aspect.PROTOCOL, False, "LK104")] if refused else [])


ASKED = replace(CALL, client_certificate=True)


def asked(presented: Certificate, *trusted: Certificate, **changes: Any) -> Meeting:
    """z/OSMF asks for the certificate of its client, and trusts these CAs."""
    rows = (on(presented, Usage.PERSONAL, default=True), on(ROOT))
    trust = ring(*(on(ca) for ca in trusted), owner="IZUSVR", name="Trust")
    usual: dict[str, Any] = {
        "server": replace(SERVER, truststore=trust.id),
        "call": ASKED,
        "certificates": (presented, *trusted),
        "stores": (replace(CLIENT_RING, connections=rows), trust),
    }
    return Meeting(**(usual | changes))


@pytest.mark.parametrize(
    ("meeting", "wrong"),
    [
        (asked(ZOWE, ROOT), []),
        (asked(ZOWE, OTHER), [(Aspect.CLIENT, False, "CH102")]),
        (asked(ZOWE, OTHER, call=CALL), []),
        (asked(ZOWE, OTHER, call=replace(ASKED, verify=Verify.DISABLED)), []),
        (
            asked(replace(ZOWE, extended_usage=frozenset({"serverAuth"})), ROOT),
            [(Aspect.CLIENT, False, "CE117")],
        ),
        (asked(replace(ZOWE, extended_usage=frozenset({"clientAuth"})), ROOT), []),
        (asked(ZOWE, authority("Root", trust=TrustStatus.NOTRUST)), [(Aspect.CLIENT, False, "CE111")]),
        (asked(ZOWE, authority("Root", key_usage=frozenset({"x"}))), [(Aspect.CLIENT, False, "CE115")]),
        (asked(ZOWE), [(Aspect.CLIENT, False, "CH102")]),
    ],
)
def test_client_certificate(meeting: Meeting, wrong: list[tuple[Aspect, bool | None, str]]) -> None:
    assert [found for found in meeting.wrong if found[0] is Aspect.CLIENT] == wrong


SUB_CA = authority("Sub", "Root")


@pytest.mark.parametrize(
    ("presented", "trusted", "sent", "code"),
    [
        (replace(ZOWE, issuer=ZOWE.subject, subject_key_id="a", authority_key_id="b"), ROOT, (), "CE118"),
        (
            replace(ZOWE, authority_key_id="new"),
            authority("Root", subject_key_id="old", authority_key_id="old"),
            (authority("New", subject="Root", subject_key_id="new", authority_key_id="new"),), "KR117",
        ),
        (replace(ZOWE, issuer=SUB_CA.subject), ROOT, (authority("Sub", "Root", ends="2026-01-05"),), "CE105"),
        (
            replace(ZOWE, issuer=SUB_CA.subject), ROOT,
            (authority("Sub", "Upper"), authority("Upper", "Root", path_length=0)), "CH106",
        ),
        (replace(ZOWE, issuer=SUB_CA.subject), OTHER, (SUB_CA,), "CH102"),
        (replace(ZOWE, issuer=SUB_CA.subject), ROOT, (), "CH102"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_client_s_own_chain(
    presented: Certificate, trusted: Certificate, sent: tuple[Certificate, ...], code: str
) -> None:
    """Where it is wrong whoever looks at it, its own rule speaks; else the server's trust store is the place."""
    meeting = asked(presented, trusted)
    rows = (on(presented, Usage.PERSONAL, default=True), *(on(ca) for ca in sent))
    stores = (replace(CLIENT_RING, connections=rows), meeting.stores[1])
    known = (*meeting.certificates, SUB_CA, *sent)
    found = replace(meeting, stores=stores, certificates=known).wrong
    assert [one for one in found if one[0] is Aspect.CLIENT] == [(Aspect.CLIENT, False, code)]


def test_chain_of_the_client_that_cannot_be_told() -> None:
    meeting = asked(ZOWE, server=SERVER)
    assert meeting.wrong == [(Aspect.CLIENT, None, "CH102")]
    assert meeting.texts == ["No input shows which trust store zosmf uses."]
    assert meeting.judged.client_chain is not None


def test_client_certificate_that_the_server_trusts_itself() -> None:
    presented = replace(ZOWE, extended_usage=frozenset({"serverAuth"}))
    assert asked(presented, presented).wrong == []


def test_dates_of_a_declared_client() -> None:
    """No link serves it, so nothing else looks at them."""
    old = replace(ZOWE, not_after=Moment(NOW.replace(month=6)))
    declared = replace(CLIENT, product="client")
    assert asked(old, ROOT, client=declared).wrong == [(Aspect.DATES, False, "CE101")]
    assert asked(old, ROOT).wrong == []
    assert asked(old, old, client=declared).wrong == []


def test_a_declared_client_that_has_ended_is_refused_whoever_issued_it() -> None:
    ours = replace(ZOWE, issuer=authority("Nobody").subject)
    old = replace(ours, not_after=Moment(NOW.replace(month=6)))
    declared = replace(CLIENT, product="client", keystore=None)
    unknown = (Aspect.CLIENT, None, "CH102")
    assert asked(old, OTHER, client=declared).wrong == [unknown, (Aspect.DATES, False, "CE101")]
    assert asked(ours, OTHER, client=declared).wrong == [unknown]
    assert asked(old, client=declared, server=SERVER).wrong == [unknown]


def test_client_without_a_certificate() -> None:
    assert asked(ZOWE, OTHER, client=replace(CLIENT, certificate=None)).wrong == []


@pytest.mark.parametrize(
    ("call", "code"),
    [(CALL, "LK105"), (replace(CALL, verify=Verify.DISABLED), "LK106"), (ASKED, None)],
)
def test_server_that_lets_nobody_in_without_one(call: Link, code: str | None) -> None:
    meeting = asked(ZOWE, ROOT, call=call)
    meeting = replace(meeting, server=replace(meeting.server, demands=Span("server.xml", 7)))
    assert meeting.wrong == ([(Aspect.CLIENT, False, code)] if code else [])
    hidden = [
        replace(meeting, server=replace(meeting.server, attls=True)),
        replace(meeting, client=replace(CLIENT, attls_out=True)),
    ]
    assert [found for one in hidden for found in one.wrong if found[0] is Aspect.CLIENT] == []


def unsure(presented: Certificate, *rows: Certificate, state: StoreState = StoreState.SHOWN) -> Meeting:
    """A declared client, and a CA of its issuer's name that may be the one."""
    twins = [authority(label, subject="Root") for label in ("Old", "New")]
    meeting = asked(presented, client=replace(CLIENT, product="client"))
    trust = ring(*(on(row) for row in (twins[0], *rows)), owner="IZUSVR", name="Trust", state=state)
    known = (*meeting.certificates, *twins, replace(ROOT, subject=OTHER.subject))
    return replace(meeting, certificates=known, stores=(meeting.stores[0], trust))


def test_what_has_ended_fails_whoever_issued_it() -> None:
    old = replace(ZOWE, not_after=Moment(NOW.replace(month=6)))
    question = (Aspect.CLIENT, None, "CH102")

    def told(meeting: Meeting) -> list[tuple[Aspect, bool | None, str]]:
        return [one for one in meeting.wrong if one == question or one[2] == "CE101"]

    assert told(unsure(ZOWE)) == [question]
    dates = [c for c in unsure(ZOWE).judged.conditions if c.aspect is Aspect.DATES]
    assert [(c.answer, c.code) for c in dates] == [(True, "CE101"), (True, "CE102")]  # the server's
    assert told(unsure(old)) == [question, (Aspect.DATES, False, "CE101")]
    assert told(unsure(old, state=StoreState.NOT_SHOWN)) == [question]
    assert told(replace(unsure(old), server=SERVER)) == [question]
    assert told(replace(unsure(old), client=CLIENT)) == [question]
    # The trust store holds the certificate itself, and then it is accepted as it is.
    assert told(unsure(old, old)) == []


def test_certificate_that_a_setting_names() -> None:
    sending = replace(CLIENT, sends=ZOWE.id)
    wrong = replace(ZOWE, extended_usage=frozenset({"serverAuth"}))
    assert asked(wrong, ROOT, client=sending).wrong == [(Aspect.CLIENT, False, "CE124")]
    old = replace(ZOWE, not_after=Moment(NOW.replace(month=6)))
    assert asked(old, ROOT, client=sending).wrong == [(Aspect.DATES, False, "CE101")]


@pytest.mark.parametrize("ends", [{"server": {"attls": True}}, {"client": {"attls_out": True}}])
def test_at_tls_presents_by_its_own_policy(ends: dict[str, dict[str, bool]]) -> None:
    meeting = asked(ZOWE, OTHER)
    for name, facts in ends.items():
        changed: Any = facts
        meeting = replace(meeting, **{name: replace(getattr(meeting, name), **changed)})
    assert [one for one in meeting.wrong if one[0] is Aspect.CLIENT] == []
