"""A plan played on a copy of the deployment: what it repairs and what it would break."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from zcertlint.engine.results import Answer3, Finding, Report
from zcertlint.engine.verdict import Severity
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.patch import PatchEdit
from zcertlint.fixes.plan import Plan, Stage
from zcertlint.model.deployment import Database, Deployment
from zcertlint.records import dataclass

__all__ = ["Rebuild", "Rehearsal", "Run", "compare", "play", "play_later", "rehearse"]

Rebuild = Callable[[Database, tuple[PatchEdit, ...]], Deployment]
Run = Callable[[Deployment], Report]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Before and after.

    Attributes:
        before, after: the reports; ``after`` is that of the last day. deployment: after the first job.
        gone, new: findings. healed, broken: links whose verdict became, or is no longer, that they hold.
        failed: what RACF would refuse; then nothing was run.
        first: the report after the first job, where there is a later one; else None.
        between: findings that are there from the first job to the last.
    """

    before: Report
    after: Report
    deployment: Deployment
    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    healed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    failed: str | None = None
    first: Report | None = None
    between: tuple[Finding, ...] = ()

    def objection(self, plan: Plan) -> str | None:
        """Why the plan must not be written; None when it may.

        A new finding that is only an information is no objection: two certificates of one subject are
        the normal state while one follows the other. Nor is a warning that the last job ends.
        """
        if self.failed is not None:
            return self.failed
        if self.broken:
            return f"the rehearsal breaks {', '.join(self.broken)}"
        worse = [found for found in self.new if found.severity is not Severity.INFO]
        worse += [found for found in self.between if found.severity is Severity.ERROR]
        if worse:
            return "the rehearsal adds " + ", ".join(f"{found.code} ({found.message})" for found in worse)
        return None if self._removes(plan) else "the rehearsal does not remove the finding"

    def _removes(self, plan: Plan) -> bool:
        return {found.id for found in self.gone}.issuperset(plan.findings)

    def only_adds(self, plan: Plan) -> bool:
        """Whether new findings, which other plans may repair, are all that speaks against it."""
        broken = self.failed is not None or self.broken or plan.later
        return not broken and self._removes(plan)


def play(commands: Iterable[Command], database: Database, on: datetime) -> tuple[Database, str | None]:
    """The database after these commands, and the first refusal."""
    for command in commands:
        problem = command.problem(database)
        if problem is not None:
            return database, f"{text_of(command)} would fail: {problem}"
        database = command.apply(database, on)
    return database, None


def play_later(stages: Iterable[Stage], database: Database, on: datetime) -> tuple[Database, str | None]:
    """The database after the jobs of later days."""
    for stage in stages:
        sets = {**database.data_sets, **{one.name: one for one in stage.assumes}}
        database, failed = play(stage.commands, replace(database, data_sets=sets), on)
        if failed is not None:
            return database, failed
    return database, None


def compare(before: Report, after: Report, moved: Iterable[tuple[str, str]] = ()) -> Rehearsal:
    """What has changed between two runs; a finding that only follows a certificate to its successor is not new."""
    successor = dict(moved)
    earlier, later = {f.id for f in before.findings}, {f.id for f in after.findings}
    followed = {(f.code, tuple(successor.get(s, s) for s in f.subjects)) for f in before.findings}
    present = {(f.code, f.subjects) for f in after.findings}
    old = {result.link.id: result.verdict for result in before.links}
    healed, broken = [], []
    for result in after.links:
        was = old.get(result.link.id)
        if result.verdict is Answer3.HOLDS and was is not None and was is not Answer3.HOLDS:
            healed.append(result.link.id)
        elif (result.verdict is Answer3.FAILS and was is not Answer3.FAILS) or (
            result.verdict is Answer3.UNKNOWN and was is Answer3.HOLDS
        ):
            broken.append(result.link.id)
    return Rehearsal(
        before,
        after,
        Deployment(Database({}, {})),
        gone=tuple(
            f
            for f in before.findings
            if f.id not in later and (f.code, tuple(successor.get(s, s) for s in f.subjects)) not in present
        ),
        new=tuple(f for f in after.findings if f.id not in earlier and (f.code, f.subjects) not in followed),
        healed=tuple(healed),
        broken=tuple(broken),
    )


def rehearse(
    plan: Plan,
    deployment: Deployment,
    rebuild: Rebuild,
    run: Run,
    *,
    on: datetime,
    patches: tuple[PatchEdit, ...] = (),
    before: Report | None = None,
) -> Rehearsal:
    """Play a plan.

    Args:
        plan: what to play.
        deployment: as it is.
        rebuild: the deployment that a changed database and edited settings make.
        run: the rules.
        on: the day of the job.
        patches: edits that earlier plans have made already.
        before: the report on ``deployment``, when there is one.
    """
    before = run(deployment) if before is None else before
    edits = (*patches, *plan.patches)
    database, failed = play(plan.commands, deployment.database, on)
    if failed is not None:
        return Rehearsal(before, before, deployment, failed=failed)
    changed = rebuild(database, edits if plan.patch_after is None else patches)
    first = replace(compare(before, run(changed), plan.moved), deployment=changed)
    if not plan.later:
        return first
    database, failed = play_later(plan.later, database, on)
    if failed is not None:
        return Rehearsal(before, before, deployment, failed=failed)
    last = compare(before, run(rebuild(database, edits)), plan.moved)
    new = {found.id for found in last.new}
    return replace(
        last,
        deployment=changed,
        broken=tuple(dict.fromkeys((*first.broken, *last.broken))),
        first=first.after,
        between=tuple(found for found in first.new if found.id not in new),
    )
