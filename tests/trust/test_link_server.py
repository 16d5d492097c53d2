"""The verdict on one link: its settings, and the certificate that the server chooses."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, authority, on
from support.links import (
    CALL,
    CLIENT,
    CLIENT_RING,
    EXPORTED,
    IZUSVR,
    LISTED,
    ROOT,
    SERVED,
    SERVER,
    SERVER_RING,
    Meeting,
    served,
)
from zcertlint.model.certificate import Moment, TrustStatus
from zcertlint.model.deployment import (
    Endpoint,
    Fault,
    Located,
    Role,
    Stack,
    Verify,
)
from zcertlint.model.store import Connection, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import Aspect


def test_in_order() -> None:
    judged = Meeting().judged
    assert judged.answer is True
    told = [(c.aspect, c.answer, c.code) for c in judged.conditions]
    assert told == [
        (Aspect.CHAIN, True, "CH101"),
        (Aspect.DATES, True, "CE101"),
        (Aspect.DATES, True, "CE102"),
        (Aspect.NAME, True, "NA101"),
    ]
    assert judged.certificate == SERVED
    assert judged.selection is not None
    assert judged.chain is not None
    assert judged.name is not None
    assert (judged.client_chain, judged.weakly_signed) == (None, ())


def test_conjunction() -> None:
    unknown = Meeting(call=replace(CALL, unresolved=("a.b",)))
    both = replace(unknown, server=replace(SERVER, faults=(Fault("ZW105", Role.SERVER, True, "x"),)))
    assert unknown.judged.answer is None
    assert both.judged.answer is False
    failing, open_ = both.judged.failing("ZW105"), both.judged.open("ZW119")
    assert failing is not None
    assert failing.answer is False
    assert open_ is not None
    assert open_.answer is None
    assert both.judged.failing("ZW119") is None
    assert both.judged.open("ZW105") is None


def test_a_judgement_is_remembered() -> None:
    judge = Judge(Meeting().deployment, NOW)
    assert judge.judge(CALL) is judge.judge(CALL)


def test_templates() -> None:
    meeting = Meeting(call=replace(CALL, unresolved=("a.b", "c.d", "a.b")))
    assert meeting.wrong == [(Aspect.SETTINGS, None, "ZW119")]
    assert meeting.questions == [
        (CALL.id, "zwe config get -p .a.b -c zowe.yaml"),
        (CALL.id, "zwe config get -p .c.d -c zowe.yaml"),
    ]


@pytest.mark.parametrize(
    ("side", "at_server", "at_client"),
    [(Role.SERVER, True, False), (Role.CLIENT, False, True), (Role.BOTH, True, True)],
)
@pytest.mark.parametrize("broken", [True, None])
def test_fault(side: Role, at_server: bool, at_client: bool, broken: bool | None) -> None:  # noqa: FBT001
    fault = Fault("ZW105", side, broken, "its type is none")
    answer = False if broken else None
    at = {"zosmf": Meeting(server=replace(SERVER, faults=(fault,))),
          "zowe.zaas": Meeting(client=replace(CLIENT, faults=(fault,)))}  # fmt: skip
    for (ident, meeting), suffers in zip(at.items(), (at_server, at_client), strict=True):
        assert meeting.wrong == ([(Aspect.SETTINGS, answer, "ZW105")] if suffers else [])
        asks = suffers and broken is None
        assert meeting.texts == ([f"It cannot be told what {ident} does: its type is none."] if asks else [])
        assert meeting.questions == ([(ident, None)] if asks else [])


@pytest.mark.parametrize("side", [Role.CLIENT, Role.BOTH])
def test_setting_that_names_no_trust_store_is_the_condition_in_place_of_the_chain(side: Role) -> None:
    client = replace(CLIENT, truststore=None, faults=(Fault("ZW106", side, True, "x"),))
    assert Meeting(client=client).wrong == [(Aspect.SETTINGS, False, "ZW106")]
    doubtful = replace(CLIENT, truststore=None, faults=(Fault("ZW106", side, None, "x"),))
    assert Meeting(client=doubtful).wrong == [(Aspect.SETTINGS, None, "ZW106"), (Aspect.CHAIN, None, "CH101")]
    elsewhere = replace(CLIENT, truststore=None, faults=(Fault("ZW106", Role.SERVER, True, "x"),))
    assert Meeting(client=elsewhere).wrong == [(Aspect.CHAIN, None, "CH101")]


@pytest.mark.parametrize(
    ("server", "client", "asked"),
    [
        (replace(SERVER, attls=True), CLIENT, True),
        (SERVER, replace(CLIENT, attls_out=True), True),
        (replace(SERVER, attls_out=True), replace(CLIENT, attls=True), False),
    ],
)
def test_at_tls(server: Endpoint, client: Endpoint, asked: bool) -> None:  # noqa: FBT001
    meeting = Meeting(server=server, client=client)
    assert meeting.wrong == ([(Aspect.SETTINGS, None, "AT141")] if asked else [])
    assert meeting.questions == ([(CALL.id, "pasearch -t")] if asked else [])


@pytest.mark.parametrize("verify", list(Verify))
def test_name_by_which_the_client_calls(verify: Verify) -> None:
    meeting = Meeting(call=replace(CALL, host=None, verify=verify))
    asks = verify in {Verify.STRICT, Verify.NAME}
    assert meeting.wrong == ([(Aspect.NAME, None, "NA101")] if asks else [])
    assert meeting.questions == ([(CALL.id, None)] if asks else [])
    other = Meeting(call=replace(CALL, host=Located("other.acme.example"), verify=verify))
    assert other.wrong == ([(Aspect.NAME, False, "NA101")] if asks else [])
    assert (other.judged.name is not None) is asks
    template = Meeting(call=replace(CALL, host=None, verify=verify, unresolved=("zOSMF.host",)))
    assert template.wrong == [(Aspect.SETTINGS, None, "ZW119")]


def unserved(**changes: Any) -> Meeting:
    return Meeting(server=replace(SERVER, **({"certificate": None} | changes)))


def test_no_store_and_no_certificate() -> None:
    meeting = unserved(keystore=None)
    assert meeting.wrong == [(Aspect.CERTIFICATE, None, "KR105")]
    assert meeting.questions == [("zosmf", None)]
    assert Meeting(server=replace(SERVER, keystore=None)).wrong == []
    assert unserved(alias_open=True).wrong == []
    assert unserved(keystore=None, alias_open=True).wrong == []
    for side in Role:
        fault = Fault("ZW105", side, True, "x")
        wrong = unserved(keystore=None, faults=(fault,)).wrong
        expected = (Aspect.SETTINGS, False, "ZW105")
        assert wrong == ([(Aspect.CERTIFICATE, None, "KR105")] if side is Role.CLIENT else [expected])


@pytest.mark.parametrize(
    ("setting", "asked"),
    [
        ("zowe.certificate.keystore.file", False),
        ("components.zss.agent.https.keyring", False),
        ("zowe.certificate.keystore.alias", True),
    ],
)
def test_template_that_names_the_store_is_the_condition(setting: str, asked: bool) -> None:  # noqa: FBT001
    meeting = replace(unserved(keystore=None), call=replace(CALL, unresolved=(setting,)))
    told = [(Aspect.CERTIFICATE, None, "KR105")] if asked else []
    assert meeting.wrong == [(Aspect.SETTINGS, None, "ZW119"), *told]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"not_after": Moment(NOW.replace(month=1))}, "CE101"),
        ({"not_before": Moment(NOW.replace(month=12))}, "CE102"),
        ({"private_key": False}, "CE110"),
        ({"trust": TrustStatus.NOTRUST}, "CE111"),
    ],
)
def test_what_at_tls_looks_at_as_a_client(facts: dict[str, Any], code: str) -> None:
    """Whom it trusts stands in its policy, and it looks at no names."""
    meeting = served(replace(SERVED, **facts), client=replace(CLIENT, attls_out=True, truststore=None))
    other = replace(meeting, call=replace(CALL, host=Located("other.acme.example")))
    for one in (meeting, other):
        assert [(answer, told) for _, answer, told in one.wrong] == [(None, "AT141"), (False, code)]


def test_store_that_is_not_shown() -> None:
    hidden = replace(SERVER_RING, connections=(), state=StoreState.NOT_SHOWN)
    meeting = replace(unserved(), stores=(hidden,))
    assert meeting.wrong == [(Aspect.CERTIFICATE, None, "KR105")]
    assert meeting.questions == [(hidden.id, "RACDCERT LISTRING(IZUKeyring) ID(IZUSVR)")]
    assert Meeting(stores=(hidden,)).wrong == []  # a file shows what it serves


def test_row_whose_certificate_is_not_shown() -> None:
    row = Connection("ID(IZUSVR)/Unlisted", IZUSVR, "Unlisted", Usage.PERSONAL, True, Span("r", 3))
    meeting = replace(unserved(), stores=(replace(SERVER_RING, connections=(row,)),))
    assert meeting.wrong == [(Aspect.CERTIFICATE, None, "KR105")]
    assert meeting.questions == [(row.certificate, "RACDCERT ID(IZUSVR) LIST(LABEL('Unlisted'))")]


def test_default_that_the_listing_does_not_show() -> None:
    rows = (on(SERVED, Usage.PERSONAL, default=None),)
    meeting = replace(unserved(), stores=(replace(SERVER_RING, connections=rows),))
    assert meeting.wrong == [(Aspect.CERTIFICATE, None, "KR105")]
    assert meeting.questions == [(SERVER_RING.id, "RACDCERT LISTRING(IZUKeyring) ID(IZUSVR)")]


def test_two_of_one_label() -> None:
    twin = replace(on(SERVED, Usage.PERSONAL), certificate="ID(OTHER)/z/OSMF")
    rows = (on(SERVED, Usage.PERSONAL), twin)
    meeting = replace(unserved(alias=Located("z/OSMF")), stores=(replace(SERVER_RING, connections=rows),))
    assert meeting.wrong == [(Aspect.CERTIFICATE, None, "KR105")]
    assert meeting.texts == ["Two certificates on IZUSVR/IZUKeyring bear the label 'z/OSMF'."]
    assert meeting.questions == [(SERVER_RING.id, None)]


def test_no_certificate_is_chosen() -> None:
    assert unserved(alias=Located("Other")).wrong == [(Aspect.CERTIFICATE, False, "KR105")]
    assert unserved(alias=Located("Z/osmf")).wrong == [(Aspect.CERTIFICATE, False, "KR106")]


@pytest.mark.parametrize("verify", [Verify.STRICT, Verify.DISABLED])
@pytest.mark.parametrize(
    ("facts", "aspect", "answer", "code", "command"),
    [
        ({"trust": TrustStatus.NOTRUST}, Aspect.STATUS, False, "CE111", None),
        ({"trust": None}, Aspect.STATUS, None, "CE111", LISTED),
        ({"private_key": False}, Aspect.KEY, False, "CE110", None),
        ({"private_key": None}, Aspect.KEY, None, "CE110", LISTED),
    ],
)
def test_key_and_status(
    verify: Verify,
    facts: dict[str, Any],
    aspect: Aspect,
    answer: bool | None,  # noqa: FBT001
    code: str,
    command: str | None,
) -> None:
    meeting = served(replace(SERVED, **facts), call=replace(CALL, verify=verify))
    assert meeting.wrong == [(aspect, answer, code)]
    assert meeting.questions == ([(SERVED.id, command)] if command else [])


@pytest.mark.parametrize("facts", [{"trust": None}, {"private_key": None}])
def test_status_and_key_of_a_file_are_no_question(facts: dict[str, Any]) -> None:
    assert served(replace(SERVED, owner=None, label=None, **facts)).wrong == []


@pytest.mark.parametrize(
    ("facts", "aspect", "answer", "code", "command"),
    [
        ({"not_after": Moment(NOW.replace(month=1))}, Aspect.DATES, False, "CE101", None),
        ({"not_before": Moment(NOW.replace(month=12))}, Aspect.DATES, False, "CE102", None),
        ({"not_after": Moment(NOW, local=True)}, Aspect.DATES, None, "CE101", EXPORTED),
        ({"not_before": Moment(NOW, local=True)}, Aspect.DATES, None, "CE102", EXPORTED),
        ({"not_after": None}, Aspect.DATES, None, "CE101", LISTED),
        ({"not_before": None}, Aspect.DATES, None, "CE102", LISTED),
        ({"extended_usage": frozenset({"clientAuth"})}, Aspect.USAGE, False, "CE116", None),
        ({"key_usage": frozenset({"keyEncipherment"})}, Aspect.USAGE, False, "CE113", None),
        ({"key_usage": None}, Aspect.USAGE, None, "CE113", LISTED),
    ],
)
def test_dates_and_usage(
    facts: dict[str, Any],
    aspect: Aspect,
    answer: bool | None,  # noqa: FBT001
    code: str,
    command: str | None,
) -> None:
    keyed = replace(SERVED, authority_key_id="R", **facts)
    root = authority("Root", subject_key_id="R")
    meeting = served(keyed)
    meeting = replace(meeting, certificates=(keyed, root))
    assert meeting.wrong == [(aspect, answer, code)]
    assert meeting.questions == ([(SERVED.id, command)] if command else [])
    assert replace(meeting, call=replace(CALL, verify=Verify.DISABLED)).wrong == []
    # Java looks at none of it where its trust store holds the certificate itself.
    rows = (on(ROOT), on(keyed, Usage.PERSONAL))
    trusted = replace(meeting, stores=(*meeting.stores, replace(CLIENT_RING, connections=rows)))
    assert trusted.wrong == []


@pytest.mark.parametrize(
    ("facts", "code", "word"),
    [
        ({"extended_usage": frozenset({"clientAuth"})}, "CE116", "whose extended key usage lacks serverAuth"),
        ({"key_usage": frozenset({"keyEncipherment"})}, "CE113", "whose key usage lacks digital signature"),
    ],
)
def test_what_system_ssl_does_is_a_question(facts: dict[str, Any], code: str, word: str) -> None:
    meeting = served(replace(SERVED, **facts), call=replace(CALL, stack=Stack.SYSTEM_SSL))
    assert meeting.wrong == [(Aspect.USAGE, None, code)]
    assert meeting.texts == [f"Does System SSL refuse {SERVED.id}, {word}?"]
    assert meeting.questions == [(SERVED.id, None)]
