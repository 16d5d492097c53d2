"""From a report to a change: plans in order of dependency, each rehearsed on the state that the ones before left."""

from dataclasses import field, replace

from zcertlint.engine.results import Finding, Report
from zcertlint.engine.verdict import Severity
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.builders import build, priority
from zcertlint.fixes.jcl import check_job
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.outcome import Change, Refusal
from zcertlint.fixes.patch import PatchEdit, render_patch
from zcertlint.fixes.plan import Plan
from zcertlint.fixes.policy_change import policy_change
from zcertlint.fixes.product import advice_for, for_product, limit_of
from zcertlint.fixes.quote import dsn
from zcertlint.fixes.rehearse import Rebuild, Rehearsal, Run, compare, play_later, rehearse
from zcertlint.fixes.write import write_change
from zcertlint.model.deployment import Deployment
from zcertlint.records import dataclass

__all__ = ["make_change"]


_FOLLOWERS = 3  # plans that one plan may call for


@dataclass(slots=True)
class _State:
    """Where the making of a change stands."""

    deployment: Deployment
    report: Report
    patches: tuple[PatchEdit, ...] = ()
    waiting: tuple[PatchEdit, ...] = ()
    leave: frozenset[str] = frozenset()
    plans: list[Plan] = field(default_factory=list)
    rehearsals: list[Rehearsal] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)
    planned: set[str] = field(default_factory=set)

    def next_finding(self) -> Finding | None:
        """The finding whose plan comes first among those not tried on this state."""
        done = self.planned | set(self.refused)
        waiting = [
            f
            for f in self.report.findings
            if f.hint is not None and f.id not in done and f.code not in self.leave and f.suppressed is None
        ]
        return min(
            waiting,
            key=lambda f: (priority(f.hint.builder if f.hint else ""), _depth(f, self.deployment)),
            default=None,
        )

    def accept(self, plan: Plan, rehearsal: Rehearsal) -> None:
        """Go on from the state after the plan; what was refused on the old state may be possible now."""
        others = tuple(f.id for f in rehearsal.gone if f.hint is not None and f.id not in plan.findings)
        self.plans.append(replace(plan, findings=(*plan.findings, *others)))
        self.rehearsals.append(rehearsal)
        if plan.patch_after is None:
            self.patches += plan.patches
        else:
            self.waiting += plan.patches
        self.deployment, self.report = rehearsal.deployment, rehearsal.first or rehearsal.after
        self.refused = {}
        # What only a later job ends is there until then, and needs no other plan.
        self.planned |= {*plan.findings, *others, *(f.id for f in rehearsal.between)}


@dataclass(slots=True)
class _Attempt:
    """A plan, and those that repair what it brings to light.

    One cause, one finding: behind an empty key ring stands that a CA is missing on it, and nobody saw that yet.
    """

    options: FixOptions
    rebuild: Rebuild
    run: Run
    steps: list[tuple[Plan, Rehearsal]] = field(default_factory=list)

    def make(self, plan: Plan, state: _State) -> str | None:
        """Rehearse; None when it may be written, else why it must not."""
        rehearsal = self._rehearse(plan, state.deployment, state.report, state.patches)
        edits = (*state.patches, *state.waiting, *plan.patches)
        objection = rehearsal.objection(plan) or self._patches(edits)
        self.steps = [(plan, rehearsal)]
        if objection is None or not rehearsal.only_adds(plan):
            return objection
        patches = (*state.patches, *plan.patches)
        for _ in range(_FOLLOWERS):
            last = self.steps[-1][1]
            worse = [f for f in compare(state.report, last.after).new if f.severity is not Severity.INFO]
            if not worse:
                return None
            made = next((build(f, last.deployment, self.options) for f in worse if f.hint), None)
            follower = None if made is None else for_product(made, self.options.product)
            if not isinstance(follower, Plan) or follower.refused is not None or follower.later:
                return objection
            played = self._rehearse(follower, last.deployment, last.after, patches)
            patches = (*patches, *follower.patches)
            stuck = played.failed is not None or not played.gone
            if stuck or played.broken or self._patches(patches) is not None:
                return objection
            self.steps.append((follower, played))
        return objection

    def _rehearse(
        self, plan: Plan, deployment: Deployment, before: Report, patches: tuple[PatchEdit, ...]
    ) -> Rehearsal:
        on = self.options.as_of
        return rehearse(plan, deployment, self.rebuild, self.run, on=on, patches=patches, before=before)

    def _patches(self, patches: tuple[PatchEdit, ...]) -> str | None:
        try:
            render_patch(patches, self.options.sources)
        except UnsafeValueError as unsafe:
            return str(unsafe)
        return None


def _depth(finding: Finding, deployment: Deployment) -> int:
    """0 for a certificate of a CA, which must be renewed before what it signs."""
    ident = finding.hint.values.get("certificate") if finding.hint is not None else None
    certificate = deployment.certificate(ident)
    if certificate is None or certificate.owner is None:
        return 1
    return 0 if certificate.self_issued else 1 if str(certificate.owner) == "CERTAUTH" else 2


def make_change(
    report: Report,
    deployment: Deployment,
    options: FixOptions,
    rebuild: Rebuild,
    run: Run,
    *,
    leave: frozenset[str] = frozenset(),
) -> Change:
    """The change that repairs what can be repaired.

    Args:
        report: the run on ``deployment``; its findings carry the hints.
        deployment: as it is.
        options: as_of, job card, prefix, the settings and sources that a patch needs.
        rebuild: makes the deployment of a changed database and edited settings.
        run: the rules.
        leave: codes of findings that nobody asked to repair.

    Raises:
        UnsafeValueError: the job card or the prefix of the configuration cannot be used.
    """
    check_job(options.job)
    dsn(f"{options.prefix}.D000000.Z000000.BACKUP")
    state = _State(deployment, report, leave=leave)
    while (finding := state.next_finding()) is not None:
        made = build(finding, state.deployment, options)
        plan = for_product(made, options.product)
        if isinstance(plan, str) or plan.refused is not None:
            reason = plan if isinstance(plan, str) else plan.refused or ""
            told = advice_for(made.advice, options.product)
            state.refused[finding.id] = Refusal(finding, limit_of(reason, options.product), told)
            continue
        attempt = _Attempt(options, rebuild, run)
        objection = attempt.make(plan, state)
        if objection is not None:
            state.refused[finding.id] = Refusal(finding, objection, plan.advice)
            continue
        for made, rehearsal in attempt.steps:
            state.accept(made, rehearsal)
    moved = tuple(pair for plan in state.plans for pair in plan.moved)
    last = _settled(state, rebuild, options)
    total = replace(
        compare(report, run(last) if last is not None else state.report, moved),
        deployment=last or state.deployment,
    )
    policy = policy_change(state.plans, deployment, state.deployment.database, options.sources, options.as_of)
    change = Change(
        tuple(state.plans),
        tuple(state.refused.values()),
        tuple(state.rehearsals),
        total,
        files={},
        policy=policy,
    )
    return write_change(change, options)


def _settled(state: _State, rebuild: Rebuild, options: FixOptions) -> Deployment | None:
    """The deployment after the jobs of later days; None without any."""
    stages = [stage for plan in state.plans for stage in plan.later]
    if not stages:
        return None
    database, _failed = play_later(stages, state.deployment.database, options.as_of)
    return rebuild(database, (*state.patches, *state.waiting))
