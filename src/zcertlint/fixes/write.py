"""The files of a change: three jobs, the patch, and PLAN.md."""

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from zcertlint.engine.results import Safety
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.profiles import Rdelete
from zcertlint.fixes.commands.reads import Refresh, refreshes
from zcertlint.fixes.headline import counted, headline
from zcertlint.fixes.jcl import comment, condition, end_if, job_lines, tso_step
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.outcome import Change
from zcertlint.fixes.patch import after_edits, moved, render_patch
from zcertlint.fixes.plan import Plan, Step, When, needs
from zcertlint.fixes.plan_md import LATER_PATCH, closing, left_behind, plan_text
from zcertlint.fixes.policy_change import NOTHING, PolicyChange
from zcertlint.fixes.policy_md import outline_of
from zcertlint.fixes.product import PRODUCT_NAMES, product_files
from zcertlint.fixes.section import data_sets_asked, guard_step, once_more, section
from zcertlint.fixes.split import WHOLE, Part, name_for, parts_of
from zcertlint.fixes.verify import listings
from zcertlint.model.deployment import Deployment

__all__ = ["apply_job", "backout_job", "later_job", "verify_job", "write_change"]


_STOPS = (
    "Each part stops at the first command that does not end with 0, and so do the parts that need it. Then read"
    " SYSTSPRT, and do what the part, and PLAN.md, say about that."
)


def write_change(change: Change, options: FixOptions) -> Change:
    """The change with its files. Pure: the caller writes them."""
    options = replace(options, idle=_idle(change))
    files = {"PLAN.md": plan_text(change, options)}
    outline = {"PLAN.md": "what, why, who, in which order; what the rehearsal showed"}
    jobs = [plan for plan in change.plans if plan.steps]
    if options.product is not None:
        files.update(product_files(jobs, options))
        outline.update(
            (name, f"for {PRODUCT_NAMES[options.product]}, to be looked at")
            for name in files
            if name != "PLAN.md"
        )
        jobs = []
    parts = parts_of(jobs, change.total.deployment, options.split)
    for part in parts:
        patches = _patches(change, None) if part is parts[-1] else ()
        files[part.name("apply.jcl")] = apply_job(part.plans, options, part, patches)
        outline[part.name("apply.jcl")] = _apply_line(part.plans)
    for when in When:
        for part in parts:
            if text := later_job(part.plans, when, options, part, _patches(change, when)):
                files[part.name(when.file)] = text
                outline[part.name(when.file)] = f"a second job: {when.words}"
    if jobs:
        files["verify.jcl"] = verify_job(jobs, options, change.total.deployment)
        outline["verify.jcl"] = "reads only; feed its output to zcertlint check"
    for part in reversed(parts):
        files[part.name("backout.jcl")] = backout_job(part.plans, options, part, change.policy)
        lost = any(plan.lost for plan in part.plans)
        outline[part.name("backout.jcl")] = "the way back; " + (
            "its first lines say what cannot be restored"
            if lost
            else f"restores what {part.name('apply.jcl')} changed"
        )
    edits = tuple(edit for plan in change.plans if plan.patch_after is None for edit in plan.patches)
    waiting = tuple(edit for plan in change.plans if plan.patch_after is not None for edit in plan.patches)
    if waiting:
        files[LATER_PATCH] = render_patch(moved(waiting, edits), after_edits(options.sources, edits))
        first = dict.fromkeys(name_for(p, parts, p.patch_after.file) for p in change.plans if p.patch_after)
        outline[LATER_PATCH] = f"{counted(len(waiting), 'setting')}; after {', '.join(first)}, not before"
    if edits:
        files["zowe.yaml.patch"] = render_patch(edits, options.sources)
        outline["zowe.yaml.patch"] = f"{counted(len(edits), 'setting')}; git apply, or patch -p0"
    for stage in change.policy.stages:
        for patch in stage.patches:
            files[patch.name] = patch.text
            outline[patch.name] = outline_of(patch, stage.when, job=any(p.steps for p in change.plans))
    return replace(change, files=files, outline=outline, headline=headline(change), closing=closing(change))


def _apply_line(jobs: Sequence[Plan]) -> str:
    commands = sum(len(plan.commands) for plan in jobs)
    review = sum(len(plan.commands) for plan in jobs if plan.safety is not Safety.READY)
    text = f"{counted(commands, 'command')}, for a user with SPECIAL (or see PLAN.md)"
    return f"{text}; {review} of them need a second look" if review else text


def _who(commands: Sequence[Command]) -> str:
    """Who may run a job, in a line of its head."""
    more = any(command.needs() for command in commands)
    return "It needs: a user with SPECIAL" + (
        ", or the FACILITY profiles that PLAN.md names." if more else "."
    )


def _head(plans: Sequence[Plan], head: Sequence[str]) -> list[str]:
    lines = [line for text in head for line in comment(text)]
    lines.append("//*")
    for number, plan in enumerate(plans, 1):
        lines += comment(f"{plan.title} ({plan.safety.value})", f"{number:>2}. ")
    return [*lines, "//*"]


def _patches(change: Change, when: When | None) -> tuple[str, ...]:
    """The patches that come after the first job, or after that of a later day."""
    edited = any(plan.patches and plan.patch_after is when for plan in change.plans)
    settings = ("zowe.yaml.patch" if when is None else LATER_PATCH,) if edited else ()
    return (*settings, *(patch.name for patch in change.policy.at(when).patches))


def _then(patches: Sequence[str]) -> list[str]:
    return [f"After it, when all of it has ended well: {', '.join(patches)} (PLAN.md)."] if patches else []


def apply_job(
    plans: Sequence[Plan], options: FixOptions, part: Part = WHOLE, patches: Sequence[str] = ()
) -> str:
    """The job that makes the change, or a part of it; ``patches`` come after it."""
    head = [
        f"{part.name('apply.jcl')}, made by {options.command} for {options.as_of:%Y-%m-%d}. Read PLAN.md first.",
        *([f"Only when {part.after} has ended well."] if part.after else []),
        *_then(patches),
        _who([command for plan in plans for command in plan.commands]),
    ]
    if data_sets_asked(plans):
        head.append(f"It needs: authority to create data sets {options.prefix}.**")
    head += [
        *once_more(plans),
        _STOPS,
    ]
    body = _head(plans, head)
    for number, plan in enumerate(plans, 1):
        needed = [
            f"P{earlier}S{step}"
            for earlier, other in enumerate(plans[: number - 1], 1)
            if needs(plan, other)
            for step in range(1, len(other.steps) + 1)
        ]
        body += section(f"P{number}", plan.title, plan, needed, options.delimiter)
    done = [f"P{number}S{_last_change(plan.steps)}.RC = 0" for number, plan in enumerate(plans, 1)]
    body += _refreshes([command for plan in plans for command in plan.commands], done, options)
    body += [*comment("Read back."), *tso_step("V1", _proof(plans), goes_on=True, mark=options.delimiter)]
    return job_lines(options.job, body)


def later_job(
    plans: Sequence[Plan],
    when: When,
    options: FixOptions,
    part: Part = WHOLE,
    patches: Sequence[str] = (),
) -> str:
    """The job of a later day; empty when no plan has one. ``patches`` come after it."""
    stages = [(plan, stage) for plan in plans for stage in plan.later if stage.when is when]
    if not stages:
        return ""
    head = [
        f"{part.name(when.file)}, made by {options.command} for {options.as_of:%Y-%m-%d}. Read PLAN.md first.",
        f"Not on the day of {part.name('apply.jcl')}: {when.words}.",
        *_then(patches),
        _who([command for _, stage in stages for command in stage.commands]),
        "A part of it does nothing unless what must be there by then is there: see the guards.",
        *once_more([stage for _, stage in stages]),
        _STOPS,
    ]
    body = _head([plan for plan, _ in stages], head)
    for number, (plan, stage) in enumerate(stages, 1):
        body += section(f"P{number}", plan.title, stage, (), options.delimiter)
    done = [f"P{number}S{_last_change(stage.steps)}.RC = 0" for number, (_, stage) in enumerate(stages, 1)]
    body += _refreshes([command for _, stage in stages for command in stage.commands], done, options)
    body += [
        *comment("Read back."),
        *tso_step("V1", _proof([p for p, _ in stages]), goes_on=True, mark=options.delimiter),
    ]
    return job_lines(options.job, body)


def _last_change(steps: Sequence[Step]) -> int:
    """The number of the last step that makes a class stale: a copy that fails after it is no reason to wait."""
    stale = [number for number, step in enumerate(steps, 1) if any(c.refresh for c in step.commands)]
    return stale[-1] if stale else len(steps)


def _refreshes(commands: Sequence[Command], done: Sequence[str], options: FixOptions) -> list[str]:
    """Each class that the commands make stale, once, when one of the parts has been carried out."""
    stale = _stale(commands, options)
    if not stale:
        changed = any(command.refresh for command in commands)
        return comment(
            "No refresh: the classes that are changed are not RACLISTed."
            if changed
            else "Nothing to refresh."
        )
    lines = [
        *comment(
            "Refresh, when a part has been carried out. One class in each step: 4 (the class is not RACLISTed) is no"
            " failure; after another one refresh that class by hand."
        ),
        *condition("RIF", done, "|"),
    ]
    for number, name in enumerate(stale, 1):
        lines += tso_step(f"R{number}", [Refresh(name)], mark=options.delimiter)
    return [*lines, end_if("RIFX")]


def _stale(commands: Sequence[Command], options: FixOptions) -> list[str]:
    """The classes to refresh, in order; those that are shown not to be RACLISTed are left out."""
    return [one.class_name for one in refreshes(commands) if one.class_name not in options.idle]


def _idle(change: Change) -> frozenset[str]:
    """The classes that the plans change and that are shown not to be RACLISTed."""
    database = change.total.deployment.database
    commands: list[Command] = []
    for plan in change.plans:
        commands += plan.commands
        commands += [command for stage in plan.later for command in stage.commands]
        commands += [command for step in plan.backout for command in step.commands]
    return frozenset(one.class_name for one in refreshes(commands) if one.idle(database))


def _proof(plans: Sequence[Plan]) -> list[Command]:
    unique = {text_of(command): command for plan in plans for command in plan.proof}
    return list(unique.values())


def verify_job(plans: Sequence[Plan], options: FixOptions, after: Deployment) -> str:
    """The job that only reads: what is to be seen, and all that a check of the deployment needs."""
    where = (
        "Put its output (SYSTSPRT), with zowe.yaml and the files that are no listings of RACF, into a new folder, and"
        " zcertlint check that folder: older listings beside it would contradict it."
    )
    head = [
        "verify.jcl: reads only. Run it before and after.",
        where,
        *(f"Must be seen: {plan.proves}" for plan in plans if plan.proves),
    ]
    if after.database.security.unload is not None:
        head.append("Instead of the database unload; for profiles and users, make a new one.")
    body = [line for text in head for line in comment(text)]
    return job_lines(
        options.job,
        [*body, *tso_step("V1", listings(plans, after), goes_on=True, mark=options.delimiter)],
    )


def backout_job(
    plans: Sequence[Plan], options: FixOptions, part: Part = WHOLE, policy: PolicyChange = NOTHING
) -> str:
    """The job that goes back; its first lines say what it cannot bring back."""
    lost = list(dict.fromkeys(text for plan in plans for text in plan.lost))
    body = comment(f"{part.name('backout.jcl')}: undoes {part.name('apply.jcl')}, the last part first.")
    for head, texts in (("What it cannot bring back:", lost), ("What stays behind:", _left(plans, lost))):
        if texts:
            body += comment(head)
            body += [line for text in texts for line in comment(text, "- ", "  ")]
    undo = [command for plan in plans for step in plan.backout for command in step.commands]
    if any(isinstance(command, Rdelete) for command in undo):
        body += comment(
            "RDELETE is for the profile that this change defined: where RDEFINE ended with ICH10102I it is somebody"
            " else's. Take the line out then."
        )
    if any(plan.patches for plan in plans):
        body += comment("Take the patch of the zowe.yaml back too (patch -R -p0), before you restart.")
    if policy.patches:
        files = ", ".join(dict.fromkeys(posixpath.basename(f) for one in policy.patches for f in one.files))
        body += comment(
            f"Take the patch of {files} back too (patch -R -p0), and after this job F PAGENT,REFRESH."
        )
    body.append("//*")
    undone: list[Command] = []
    for number, plan in reversed(list(enumerate(plans, 1))):
        body += _way_back(f"B{number}", plan, undone, options.delimiter)
    for number, name in enumerate(_stale(undone, options), 1):
        body += tso_step(f"R{number}", [Refresh(name)], mark=options.delimiter)
    body += [*comment("Read back."), *tso_step("V1", _proof(plans), goes_on=True, mark=options.delimiter)]
    return job_lines(options.job, body)


def _left(plans: Sequence[Plan], told: Sequence[str]) -> list[str]:
    """What the commands leave behind, where nothing else tells it."""
    return [text for text in left_behind(plans) if text not in told]


def _way_back(name: str, plan: Plan, undone: list[Command], mark: str | None) -> list[str]:
    steps: list[Step] = [step for step in plan.backout if step.commands]
    if not steps:
        return comment(f"Nothing to undo for: {plan.title}")
    lines = comment(f"{name}: undo: {plan.title}")
    terms = []
    for number, guard in enumerate(plan.backout_guards, 1):
        lines += guard_step(f"{name}G{number}", guard, mark)
        terms.append(f"{name}G{number}.RC = {guard.kind.code}")
    if terms:
        lines += condition(f"{name}I1", terms)
    for number, step in enumerate(steps, 1):
        lines += [
            *comment(step.note, f"{name}S{number}: "),
            *tso_step(f"{name}S{number}", step.commands, mark=mark),
        ]
        undone += step.commands
    return [*lines, end_if(f"{name}X1")] if terms else lines
