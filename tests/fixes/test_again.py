"""A job that has stopped half-way, at whatever command, and is submitted again: the conditions of the job decide."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fixes import readback, world
from fixes.test_builders import plan, site, with_every_ca
from fixes.world import AS_OF, RING, SERVER, ZOSMF, ZOSMF_CA
from zcertlint.fixes import Plan
from zcertlint.fixes.commands.base import Command, find, text_of
from zcertlint.fixes.commands.reads import ListCert
from zcertlint.fixes.job.conditions import OK, Codes, run_when
from zcertlint.fixes.job.reader import read_job
from zcertlint.fixes.plan import When
from zcertlint.fixes.rehearse import play
from zcertlint.fixes.write import apply_job, later_job
from zcertlint.model.certificate import Moment
from zcertlint.model.deployment import Database
from zcertlint.model.names import Name
from zcertlint.text.source import Source

SOON = replace(ZOSMF, not_after=world.moment(2027))
FAILED: Codes = frozenset((8,))
ABSENT: Codes = frozenset((4,))


def run(
    text: str, commands: dict[str, Command], database: Database, stop: int | None = None
) -> tuple[Database, int]:
    """The database afterwards, and how many commands were tried.

    ``stop``: the number of the command that is refused, counted from 0.
    """
    job = read_job(Source("j.jcl", text.encode(), tuple(text.split("\n")[:-1]), "utf-8"))
    steps = {step.name: step for step in readback.steps(text)}
    codes: dict[str, Codes | None] = {}
    count = 0
    for played, guards in job.steps:
        answer = run_when(guards, codes)
        assert answer is not None, played.name
        codes[played.name] = None
        if not answer:
            continue
        step = steps[played.name]
        codes[played.name] = OK
        for line in step.commands:
            if step.program == "IDCAMS":
                name = line.split("'")[1]
                codes[played.name] = OK if name in database.data_sets else ABSENT
                continue
            command = commands.get(line)
            if command is None or not re.fullmatch(r"P\d+[GS]\d+", played.name):
                continue  # SETROPTS, or the listings at the end
            if "G" in played.name:
                assert isinstance(command, ListCert)
                codes[played.name] = ABSENT if find(database, command.owner, command.label) is None else OK
                continue
            if count == stop or command.failure(database) is not None:
                codes[played.name] = FAILED
                count += 1
                break
            count += 1
            database = command.apply(database, AS_OF)
    return database, count


def jobs() -> Iterator[tuple[str, Plan, Database, When | None]]:
    """Every form of issuing a certificate again."""
    at = site(SOON)
    renewed = plan("renew", {"certificate": ZOSMF.id}, at)
    yield "renew", renewed, at.database, None
    yield "renew a CA", plan("renew", {"certificate": ZOSMF_CA.id}, at), at.database, None
    yield "new key", plan("rekey-rsa", {"certificate": SERVER.id}, at), at.database, None
    away = with_every_ca(site(replace(SOON, issuer=Name("CN=Elsewhere"))))
    asked = plan("renew", {"certificate": ZOSMF.id}, away)
    (stage,) = asked.later
    sets = {one.name: one for one in stage.assumes}
    yield "the answer of a CA", asked, replace(away.database, data_sets=sets), When.ANSWER
    away = with_every_ca(site(replace(SERVER, issuer=Name("CN=Elsewhere"))))
    asked = plan("rekey-rsa", {"certificate": SERVER.id}, away)
    yield "a new key for a CA", asked, away.database, None
    made, failed = play(asked.commands, away.database, AS_OF)
    assert failed is None
    sets = {**made.data_sets, **{one.name: one for one in asked.later[0].assumes}}
    yield "the answer of a CA for a new key", asked, replace(made, data_sets=sets), When.ANSWER


JOBS = {name: (made, before, when) for name, made, before, when in jobs()}


def after(made: Plan, when: When | None) -> tuple[str, dict[str, Command]]:
    options = world.options()
    text = apply_job([made], options) if when is None else later_job([made], when, options)
    part = made if when is None else next(s for s in made.later if s.when is when)
    guards = (*part.guards, *(guard for step in part.steps for guard in step.guards))
    asked = [guard.command for guard in guards if guard.command is not None]
    return text, {text_of(command): command for command in (*part.commands, *asked)}


def held(database: Database) -> object:
    return (
        {ident: replace(one, serial=None, requested=None) for ident, one in database.certificates.items()},
        {ident: store.connections for ident, store in database.stores.items()},
    )


@pytest.mark.parametrize("name", sorted(JOBS))
def test_submitted_again_it_goes_on_where_it_stopped(name: str) -> None:
    made, before, when = JOBS[name]
    text, commands = after(made, when)
    whole, total = run(text, commands, before)
    assert held(whole) != held(before)
    backups = [one for one in whole.data_sets if one.endswith(".BACKUP")]
    tried = 0
    for stop in range(total):
        half, _ = run(text, commands, before, stop)
        again, _ = run(text, commands, half)
        genreq = made.builder == "rekey-rsa" and when is None and stop == 1
        if genreq:  # told in words: REKEY meets its own label, and nothing is done
            assert held(again) == held(half)
            assert "issue RACDCERT" in made.again
            continue
        tried += 1
        assert held(again) == held(whole), (name, stop)
        for backup in backups:  # always of what was there before, however often it is run
            content = again.data_sets[backup].certificate
            assert content == whole.data_sets[backup].certificate
            assert content is not None
            assert content.not_after == before.certificates[content.id].not_after
    part = made if when is None else next(s for s in made.later if s.when is when)
    assert tried >= len({text_of(command) for command in part.commands}) - 1


@pytest.mark.parametrize("name", sorted(JOBS))
def test_submitted_again_when_it_has_ended_well_it_does_nothing(name: str) -> None:
    made, before, when = JOBS[name]
    text, commands = after(made, when)
    whole, _ = run(text, commands, before)
    again, count = run(text, commands, whole)
    assert count == 0
    assert again is whole
    assert "a part that is done is left out" in " ".join(text.replace("//*", "").split())


@pytest.mark.parametrize("name", sorted(JOBS))
def test_the_job_and_the_plan_say_what_to_do(name: str) -> None:
    made, _, when = JOBS[name]
    text, _ = after(made, when)
    words = " ".join(text.replace("//*", "").split())
    told = made.again if when is None else made.later[0].again
    assert f"Stopped half-way? {' '.join(told.split())}" in words
    assert "IEF272I" in words


def test_a_backup_is_told_apart_by_the_end_only_where_that_changes() -> None:
    renewed = plan("renew", {"certificate": ZOSMF.id}, site(SOON))
    assert "BACKUP only while LIST of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' still shows" in renewed.again
    same = replace(ZOSMF, not_after=Moment(AS_OF.replace(year=2028)))
    names = {"certificate": ZOSMF.id, "host": "10.1.1.2"}
    assert (
        "BACKUP only while no run has carried out GENCERT yet"
        in plan("reissue-names", names, site(same)).again
    )


def test_a_job_without_guards_does_not_say_that_it_has_some() -> None:
    made = plan("connect-ca", {"certificate": ZOSMF_CA.id, "ring": RING.id})
    words = " ".join(apply_job([made], world.options()).replace("//*", "").split())
    assert "it brings the same about once more" in words
    assert "left out: a guard" not in words
