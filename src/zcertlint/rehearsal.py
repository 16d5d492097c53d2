"""Somebody's job played on the deployment that the other inputs describe: before, command by command, after."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from pathlib import Path

from zcertlint.app import Call, NothingRecognisedError, Outcome, check
from zcertlint.assembly.deploy import Configuration, deploy
from zcertlint.checked import checked_sets
from zcertlint.engine.results import Answer3, InputView, Report
from zcertlint.engine.run import Options, run
from zcertlint.errors import InputError, UsageError
from zcertlint.fixes.job.afterwards import afterwards
from zcertlint.fixes.job.hints import hints
from zcertlint.fixes.job.lines import Job
from zcertlint.fixes.job.play import Playing, play_jobs
from zcertlint.fixes.job.reader import is_job, read_job
from zcertlint.fixes.job.secrets import without_secrets
from zcertlint.fixes.options import FixOptions
from zcertlint.inputs import collect, files_of
from zcertlint.model.change import Change, Slip, SlipKind
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.facts import Problem
from zcertlint.records import dataclass
from zcertlint.text.decode import load
from zcertlint.text.source import Source
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import LinkJudgement

__all__ = ["Rehearsed", "rehearse"]

_LARGEST = 4 << 20  # bytes; no job that somebody reviews is larger
_SLIPS = frozenset((SlipKind.BEYOND, SlipKind.CUT, SlipKind.CONTINUATION, SlipKind.SECRET))


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal.

    Attributes:
        before, after: what ``check`` says of the deployment, and of the one that the jobs leave.
        change: the commands, and what each did.
        databases: of before and after. healed: ids of links that hold afterwards and did not before.
        left: jobs in folders that were not played, because others were named.
        hints: what is not played and should be known.
        unreadable: one line for each input, or line of a job, that could not be read (exit code 2).
    """

    before: Report
    after: Report
    change: Change
    databases: tuple[Database, Database] = field(repr=False)
    healed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    deployment: Deployment = field(default=Deployment(Database({}, {})), repr=False)
    left: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def rehearse(call: Call) -> Rehearsed:
    """Tell jobs from evidence, judge the evidence, play the jobs in the order given, and judge again.

    Raises:
        UsageError: there is no job among the paths.
        NothingRecognisedError: files were named beside the job, and nothing in them is of a known kind.
        ConfigError: the configuration cannot be used.
    """
    named, found, rest = _told_apart(call.paths)
    sources = named or found
    if not sources:
        raise UsageError(
            f"{', '.join(call.paths)}: there is no job here; name JCL, a CLIST or REXX exec, or a file of commands"
        )
    jobs = [read_job(source) for source in sources]
    skip = (*call.skip, *(source.path for source in (*named, *found)))
    outcome = _evidence(replace(call, paths=rest, skip=skip))
    database = _with_files(outcome.deployment.database, jobs)
    checked = checked_sets(outcome.sources.values(), database.certificates)
    database = replace(database, data_sets={**checked, **database.data_sets})
    playing = play_jobs(jobs, database, call.as_of, outcome.fix_options().zos)
    done = _judged(call, outcome, sources, jobs, playing)
    return replace(done, left=tuple(source.path for source in found if named))


def _told_apart(paths: Iterable[str]) -> tuple[list[Source], list[Source], tuple[str, ...]]:
    """The jobs that were named, those in folders, and the paths that are left for the evidence.

    Where one job is named, it is the change: others that lie about in a folder are not played.
    """
    named: dict[str, Source] = {}
    found: dict[str, Source] = {}
    rest: list[str] = []
    for path in paths:
        folder = Path(path).is_dir()
        jobs = {source.path: source for file in files_of(path) if (source := _job(file)) is not None}
        (found if folder else named).update(jobs)
        if folder or not jobs:
            rest.append(path)
    return list(named.values()), [one for path, one in found.items() if path not in named], tuple(rest)


def _job(path: str) -> Source | None:
    """The file, when it is a job; what cannot be read is left to the reading of the evidence."""
    try:
        file = Path(path)
        if file.stat().st_size > _LARGEST:
            return None
        source = load(file.as_posix(), file.read_bytes())
    except (OSError, InputError):
        return None
    return source if is_job(source) else None


def _evidence(call: Call) -> Outcome:
    """What is known beside the jobs; nothing at all is an empty system, of which nothing is shown."""
    named = any(Path(path).is_file() for path in call.paths)
    try:
        if call.paths:
            return check(call)
    except NothingRecognisedError:
        if named:
            raise
    options = Options(call.as_of, call.warn_days, call.select, call.ignore, auditor=call.auditor)
    configuration = Configuration()

    def judge(deployment: Deployment) -> Report:
        return run(deployment, options)

    def rebuild(database: Database, settings: Configuration) -> Deployment:
        return deploy(database, settings)

    def fix_options() -> FixOptions:
        named = call.config
        asked = collect((named,), named, (), call.password).config if named is not None else None
        config = asked.config if asked is not None else None
        return FixOptions(as_of=call.as_of, zos=config.text("zos.release") if config is not None else None)

    deployment = rebuild(Database({}, {}), configuration)
    report = judge(deployment)
    return Outcome(report, deployment, configuration, {}, (), rebuild, judge, fix_options)


def _with_files(database: Database, jobs: Sequence[Job]) -> Database:
    """The database with the contents of data sets that a file of the same name shows."""
    text = "\n".join(command.text.upper() for job in jobs for command in job.commands)
    found: dict[str, list[DataSet]] = {}
    for certificate in database.certificates.values():
        for ident in certificate.files:
            path, _, number = ident.removeprefix("file:").partition("#")
            name = path.rpartition("/")[2].upper()
            stem = (
                name.rpartition(".")[0]
                if name.endswith((".PEM", ".CER", ".CRT", ".DER", ".TXT", ".B64"))
                else name
            )
            if "." not in stem or stem not in text or number not in {"", "1"}:
                continue
            holder = certificate.id if certificate.owner is not None else None
            found.setdefault(stem, []).append(DataSet(stem, DataSetKind.CERTIFICATE, certificate, holder))
    sets = {name: held[0] for name, held in found.items() if len(held) == 1}
    return replace(database, data_sets={**sets, **database.data_sets}) if sets else database


_Judged = dict[str, LinkJudgement]


def _answers(deployment: Deployment, call: Call) -> _Judged:
    judge = Judge(deployment, call.as_of)
    return {ident: judge.judge(link) for ident, link in deployment.links.items()}


def _blamed(
    playing: Playing, outcome: Outcome, call: Call, before: _Judged
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Each link that held before and fails afterwards: the command after which it failed, and why it did then."""
    numbers = sorted(playing.states)
    known: dict[int, _Judged] = {0: before}

    def answers(index: int) -> _Judged:
        if index not in known:
            database = playing.states[numbers[index]]
            known[index] = _answers(outcome.rebuild(database, outcome.configuration), call)
        return known[index]

    last = len(numbers) - 1
    if not last:
        return {}, {}
    blamed, causes = {}, {}
    for link, judged in answers(last).items():
        if judged.answer is not False or link not in before or before[link].answer is not True:
            continue
        low, high = 0, last
        while high - low > 1:
            middle = (low + high) // 2
            then = answers(middle).get(link)
            low, high = (low, middle) if then is not None and then.answer is False else (middle, high)
        blamed[link] = numbers[high]
        causes[link] = answers(high)[link].causes
    return blamed, causes


def _judged(
    call: Call, outcome: Outcome, sources: Sequence[Source], jobs: Sequence[Job], playing: Playing
) -> Rehearsed:
    before = _answers(outcome.deployment, call)
    served = {end.certificate for end in outcome.deployment.endpoints.values() if end.certificate is not None}
    slips = [slip for job in jobs for slip in job.slips]
    slips += [
        replace(slip, command=played.text)
        for played in playing.commands
        for slip in played.slips
        if slip.kind in _SLIPS
    ]
    broken, causes = _blamed(playing, outcome, call, before)
    change = Change(
        commands=tuple(playing.commands),
        held=frozenset(link for link, judged in before.items() if judged.answer is True),
        broken=broken,
        causes=causes,
        in_use=frozenset(served),
        slips=tuple(_wanted(slips)),
        before=outcome.deployment.database.certificates,
    )
    problems = [problem for job in jobs for problem in _problems(job)]
    deployment = outcome.rebuild(playing.database, outcome.configuration)
    deployment = replace(deployment, change=change, problems=(*deployment.problems, *problems))
    unreadable = (
        *outcome.unreadable,
        *(f"{p.span}: {p.expected}. {p.hint}".rstrip() for p in problems if p.fatal),
    )
    report = outcome.judge(deployment)
    gaps = afterwards(report.gaps, change)
    after = replace(
        report,
        gaps=gaps,
        summary=replace(report.summary, gaps=len(gaps)),
        inputs=(
            *outcome.report.inputs,
            *(_view(source, job) for source, job in zip(sources, jobs, strict=True)),
        ),
        headline=outcome.report.headline,
        sources={
            **outcome.report.sources,
            **{source.path: without_secrets(source, job) for source, job in zip(sources, jobs, strict=True)},
        },
        problems=unreadable,
    )
    holds = {result.link.id for result in after.links if result.verdict is Answer3.HOLDS}
    healed = tuple(link for link, judged in before.items() if judged.answer is not True and link in holds)
    databases = (outcome.deployment.database, playing.database)
    told = hints(change, deployment)
    return Rehearsed(outcome.report, after, change, databases, healed, unreadable, deployment, hints=told)


def _wanted(slips: Iterable[Slip]) -> Iterable[Slip]:
    """Operands on a line of their own are told with the line before them."""
    return (slip for slip in slips if not (slip.kind is SlipKind.CONTINUATION and slip.text == "operands"))


def _problems(job: Job) -> Iterable[Problem]:
    """Lines that were not read end with exit code 2; what no input shows stays a question."""
    for one in job.unreadable:
        hint = "It was not played: write the command out, or rehearse what the line makes"
        yield Problem("IN001", one.span, one.why, hint)
    for note in job.notes:
        yield Problem("CG102", note.span, note.text, "", fatal=False, question=note.text)


def _view(source: Source, job: Job) -> InputView:
    blank = sum(not line.strip() for line in source.lines) + job.around
    unread = len(job.unreadable)
    counts = (len(source.lines) - blank - unread, blank, unread)
    digest = hashlib.sha256(source.data).hexdigest()
    return InputView(source.path, job.kind, digest, len(source.data), source.system, unread, counts)
