"""The jobs of a change, read back as somebody else's and played, do what the plan's rehearsal did."""

from collections import Counter
from dataclasses import replace

from fixes import world
from zcertlint.fixes import Change, make_change
from zcertlint.fixes.job.play import Playing, play_jobs
from zcertlint.fixes.job.reader import read_job
from zcertlint.model.change import Ending
from zcertlint.model.deployment import Database
from zcertlint.text.source import Source


def changed() -> Change:
    site = world.deployment()
    return make_change(world.run(site), site, world.options(), world.deployment, world.run)


def played(database: Database, *texts: str) -> Playing:
    jobs = []
    for number, text in enumerate(texts):
        source = Source(f"{number}.jcl", text.encode(), tuple(text.split("\n")[:-1]), "utf-8")
        job = read_job(source)
        assert job.unreadable == ()
        jobs.append(job)
    return play_jobs(jobs, database, world.AS_OF)


def rings(database: Database) -> dict[str, object]:
    return {
        ident: Counter((row.certificate, row.usage, row.default) for row in store.connections)
        for ident, store in database.stores.items()
    }


def test_the_jobs_do_what_was_rehearsed() -> None:
    change = changed()
    texts = [
        text
        for name, text in sorted(change.files.items())
        if name.startswith("apply") and name.endswith(".jcl")
    ]
    playing = played(world.database(), *texts)
    bad = [one for one in playing.commands if one.ending in {Ending.FAILS, Ending.NOT_MODELLED}]
    assert not bad, [(one.text, one.reason) for one in bad]
    assert not any(one.slips for one in playing.commands)
    end = change.total.deployment.database
    assert rings(playing.database) == rings(end)
    made = {ident: replace(one, spans=()) for ident, one in playing.database.certificates.items()}
    assert made == {ident: replace(one, spans=()) for ident, one in end.certificates.items()}


def test_verify_changes_nothing() -> None:
    change = changed()
    before = world.database()
    assert played(before, change.files["verify.jcl"]).database == before


def test_backout_brings_the_rings_back() -> None:
    change = changed()
    before = world.database()
    after = played(before, change.files["apply.jcl"])
    assert rings(after.database) != rings(before)
    back = played(after.database, change.files["backout.jcl"])
    assert not any(one.ending is Ending.FAILS for one in back.commands)
    assert rings(back.database) == rings(before)
