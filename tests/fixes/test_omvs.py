"""A UID is only given where every other one is known."""

from dataclasses import replace

import pytest

from fixes import world
from fixes.world import AS_OF
from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.rehearse import play
from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Security, User
from zcertlint.text.source import Span

HERE = Span("unload", 1)
ANNA = User("ANNA", HERE, uid=Absent.ABSENT)


def site(*users: User, unload: bool = True) -> Deployment:
    security = Security(users=users, unload=HERE if unload else None)
    return world.deployment(replace(world.database(), security=security))


def plan(where: Deployment) -> Plan:
    return plan_for(FixHint("omvs", {"user": "ANNA"}), ("F",), where, world.options())


def test_the_next_uid() -> None:
    where = site(ANNA, User("BEN", HERE, uid=4711), User("ROOT", HERE, uid=0))
    made = plan(where)
    assert [text_of(c) for c in made.commands] == ["ALTUSER ANNA OMVS(UID(4712))"]
    assert made.safety is Safety.REVIEW
    assert [text_of(c) for step in made.backout for c in step.commands] == ["ALTUSER ANNA NOOMVS"]
    after, failed = play(made.commands, where.database, AS_OF)
    assert failed is None
    assert play((c for step in made.backout for c in step.commands), after, AS_OF)[0] == where.database


def test_uid_0_is_never_given() -> None:
    assert "UID(1)" in text_of(plan(site(ANNA)).commands[0])


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (site(ANNA, unload=False), "only a database unload"),
        (site(replace(ANNA, uid=7)), "not an OMVS segment"),
        (site(replace(ANNA, revoked=True)), "not an OMVS segment"),
        (site(), "not an OMVS segment"),
    ],
)
def test_refused(where: Deployment, words: str) -> None:
    made = plan(where)
    assert words in (made.refused or "")
    assert made.advice
