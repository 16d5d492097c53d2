"""What the rules on a change ask of a command that was played."""

from dataclasses import replace
from typing import Any

import pytest

from support.certificates import NOW, authority, certificate, when
from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Confidence
from zcertlint.model.certificate import Certificate, Moment
from zcertlint.model.change import Change, Ending, Played
from zcertlint.model.deployment import Database, Deployment
from zcertlint.rules.change._played import confidence, later, named, outlives, self_signed, the_change
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge

CA = authority("Root", ends="2028-01-01")
NEW = certificate("New", "Root")


def played(number: int = 1, **facts: Any) -> Played:
    return replace(Played(number, "RACDCERT GENCERT", Span("job", number), ending=Ending.DONE), **facts)


def context(*commands: Played) -> Context:
    deployment = Deployment(Database({}, {}), change=Change(commands) if commands else None)
    return Context(deployment, Judge(deployment, NOW), NOW)


def test_change() -> None:
    assert the_change(context()).commands == ()
    one, two, three = played(1), played(2), played(3)
    assert the_change(context(one, two)).commands == (one, two)
    assert later(context(one, two, three), two) == (three,)
    assert later(context(one, two, replace(three, ending=Ending.FAILS)), one) == (two,)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"condition": "IF"}, Confidence.LIKELY),
        ({"ending": Ending.NOT_MODELLED}, Confidence.LIKELY),
        ({"ending": Ending.FAILS}, None),
    ],
)
def test_confidence(facts: dict[str, Any], answer: Confidence | None) -> None:
    assert confidence(played(**facts)) is answer


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (certificate("A"), True),
        (certificate("A", "Root"), False),
        (Certificate("x"), None),
        (certificate("A", signed_by="ID(ZWESVUSR)/A"), True),
        (certificate("A", signed_by="CERTAUTH/Root"), False),
    ],
)
def test_self_signed(entry: Certificate, answer: bool | None) -> None:  # noqa: FBT001
    assert self_signed(entry) is answer
    assert named(entry) == (entry.label or entry.id)


@pytest.mark.parametrize(
    ("ends", "signer", "answer"),
    [
        (when("2028-01-02"), CA, True),
        (when("2028-01-01"), CA, False),
        (when("2027-12-31"), CA, False),
        (None, CA, False),
        (when("2028-01-02"), None, False),
        (when("2028-01-02"), replace(CA, not_after=None), None),
        (when("2028-01-02"), NEW, False),  # it signs itself
        # The one in local time, the other in UTC: hours do not tell.
        (Moment(when("2028-01-01T13:00").at, local=True), CA, None),
        (Moment(when("2028-01-01T15:00").at, local=True), CA, True),
        (Moment(when("2028-01-01T14:00").at, local=True), CA, None),
        (Moment(when("2027-12-31T12:00").at, local=True), CA, False),
        (Moment(when("2027-12-31T13:00").at, local=True), CA, None),
        (Moment(when("2028-01-01T00:00").at, local=True),
         replace(CA, not_after=Moment(when("2028-01-01").at, local=True)), False),
    ],
)  # fmt: skip
def test_outlives(ends: Moment | None, signer: Certificate | None, answer: bool | None) -> None:  # noqa: FBT001
    assert outlives(played(made=NEW, signer=signer, ends=ends)) is answer


def test_nothing_is_made() -> None:
    assert outlives(played(signer=CA, ends=when("2028-01-02"))) is True
