"""What could take a certificate's place, where it is served, and what is asked about its dates."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, certificate, on, ring
from support.links import CLIENT, Meeting
from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate, Moment, Owner
from zcertlint.model.deployment import Endpoint, Located
from zcertlint.model.store import Usage
from zcertlint.rules._twins import replacement, serves_default
from zcertlint.rules.certificate._dates import date_unknown, serving_places
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge

OLD = certificate("Old", "Root", subject="zowe", ends="2026-12-01")
NEW = certificate("New", "Root", subject="zowe", begins="2026-10-01", ends="2027-11-01")
FOREIGN = replace(NEW, id="ID(OTHER)/New", owner=Owner.of_user("OTHER"))
BY_LABEL = replace(CLIENT, alias=Located("Old", Span("zowe.yaml", 9)), certificate=OLD.id)
BY_DEFAULT = replace(CLIENT, product="zosmf", certificate=OLD.id, span=Span("server.xml", 3))


def context(
    end: Endpoint, *known: Certificate, rows: tuple[Certificate, ...] = (OLD,), usage: Usage = Usage.PERSONAL
) -> Context:
    store = ring(*(on(row, Usage.PERSONAL if row is OLD else usage) for row in rows))
    meeting = Meeting(client=end, certificates=(OLD, *known), stores=(store,))
    return Context(meeting.deployment, Judge(meeting.deployment, NOW), NOW)


def test_who_serves_the_default() -> None:
    assert serves_default(BY_DEFAULT)
    assert not serves_default(BY_LABEL)
    assert not serves_default(replace(BY_DEFAULT, alias=Located("Old")))
    assert not serves_default(replace(BY_DEFAULT, alias_open=True))
    assert not serves_default(replace(BY_DEFAULT, product="zowe"))


@pytest.mark.parametrize(
    ("end", "new", "rows", "usage", "found"),
    [
        (BY_LABEL, NEW, (OLD, NEW), Usage.PERSONAL, True),
        (BY_LABEL, NEW, (OLD,), Usage.PERSONAL, True),  # of one owner: once connected a label may name it
        (BY_DEFAULT, NEW, (OLD, NEW), Usage.PERSONAL, True),
        (BY_DEFAULT, NEW, (OLD,), Usage.PERSONAL, False),
        (BY_DEFAULT, NEW, (OLD, NEW), Usage.CERTAUTH, False),
        (BY_LABEL, FOREIGN, (OLD, FOREIGN), Usage.PERSONAL, True),
        (BY_LABEL, FOREIGN, (OLD,), Usage.PERSONAL, False),
        (BY_LABEL, replace(FOREIGN, owner=None), (OLD,), Usage.PERSONAL, False),
    ],
)
def test_replacement(
    end: Endpoint,
    new: Certificate,
    rows: tuple[Certificate, ...],
    usage: Usage,
    found: bool,  # noqa: FBT001
) -> None:
    ctx = context(end, new, rows=rows, usage=usage)
    assert replacement(OLD, end, ctx) == (new if found else None)


def test_replacement_of_what_has_no_owner_or_no_store() -> None:
    bare = replace(OLD, owner=None)
    assert replacement(bare, BY_LABEL, context(BY_LABEL, replace(FOREIGN, owner=None))) is None
    nowhere = replace(BY_LABEL, keystore=None)
    assert replacement(OLD, nowhere, context(nowhere, NEW)) == NEW


def places(end: Endpoint, **facts: Any) -> list[tuple[str, int | None, str]]:
    ctx = context(replace(end, **facts))
    found = serving_places(OLD, (replace(end, **facts),), ctx)
    return [(span.path, span.line, words) for span, words in found]


def test_where_it_is_served() -> None:
    assert places(BY_LABEL) == [("zowe.yaml", 9, "zowe.zaas serves it")]
    assert places(BY_DEFAULT) == [("ring.txt", 1, "zowe.zaas serves it: the DEFAULT of ZWESVUSR/ZoweKeyring")]
    assert places(BY_DEFAULT, keystore=None) == [("server.xml", 3, "zowe.zaas serves it")]
    assert places(BY_DEFAULT, keystore=None, span=None) == []
    assert places(BY_LABEL, alias=Located("Old"))[0][0] == "ring.txt"
    calling = {"certificate": "ID(X)/Other", "sends": OLD.id, "span": Span("zowe.yaml", 4)}
    assert places(BY_LABEL, **calling) == [("zowe.yaml", 4, "zowe.zaas presents it when it calls")]
    assert places(BY_LABEL, **calling | {"certificate": OLD.id})[0][2] == "zowe.zaas serves it"
    assert places(BY_LABEL, **calling | {"span": None})[0][2] == "zowe.zaas serves it"


def test_a_place_that_two_endpoints_share_is_told_once() -> None:
    ctx = context(BY_LABEL)
    both = (BY_LABEL, replace(BY_LABEL, id="zowe.gateway"))
    assert [words for _, words in serving_places(OLD, both, ctx)] == ["zowe.zaas serves it"]


@pytest.mark.parametrize(
    ("code", "moment", "owned", "words", "command"),
    [
        ("CE101", Moment(NOW, local=True), True, "Has ID(ZWESVUSR)/Old ended?", "EXPORT"),
        ("CE102", Moment(NOW, local=True), True, "Has ID(ZWESVUSR)/Old begun?", "EXPORT"),
        ("CE101", None, True, "No input shows the dates of", "RACDCERT ID(ZWESVUSR) LIST(LABEL('Old'))"),
        ("CE101", None, False, "No input shows the dates of", None),
    ],
)
def test_question_about_a_date(
    code: str,
    moment: Moment | None,
    owned: bool,  # noqa: FBT001
    words: str,
    command: str | None,
) -> None:
    held = OLD if owned else replace(OLD, label=None)
    (need,) = date_unknown(code, held, moment, context(BY_LABEL)).needs
    assert need.subject == OLD.id
    assert need.text.startswith(words)
    assert (need.command is None) if command is None else command in (need.command or "")
