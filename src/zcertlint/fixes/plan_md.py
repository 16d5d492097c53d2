"""PLAN.md, and the few lines that the command prints about a change."""

from collections.abc import Iterable, Sequence

from zcertlint.engine.results import Answer3, LinkResult
from zcertlint.fixes.advice import in_order
from zcertlint.fixes.commands.base import Authority, Command, text_of
from zcertlint.fixes.commands.reads import refreshes
from zcertlint.fixes.headline import counted, headline, wrapped
from zcertlint.fixes.options import DEFAULT_JOB, FixOptions
from zcertlint.fixes.outcome import Change, Refusal
from zcertlint.fixes.plan import Plan, Stage, Step, When
from zcertlint.fixes.policy_md import REFRESH, by_hand, policy_section, policy_steps, with_refresh
from zcertlint.fixes.product import PRODUCT_NAMES, translations
from zcertlint.fixes.quote import varies
from zcertlint.fixes.split import Part, name_for, parts_of
from zcertlint.model.deployment import Database

__all__ = ["closing", "left_behind", "plan_text"]

LATER_PATCH = f"zowe.yaml-2-{When.ANSWER.value}.patch"
_JOB_CARD = (
    "The job card of each job is a sample: put yours in its place, or name it in zcertlint.yaml (`job.card`, or",
    "`job.user` and `job.class`) and plan again.",
    "",
)
Words = Sequence[Sequence[str]]
_LEVELS = ("READ", "UPDATE", "CONTROL", "ALTER")


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def closing(change: Change) -> tuple[str, ...]:
    """What must be restarted, and how many findings have no plan."""
    lines = list(_restarts(change, None))
    if change.plans and lines:
        lines = ["Then restart:", *lines]
    if told := by_hand(change.policy):
        lines.append(told)
    if change.refused:
        lines.append(
            f"No plan for {counted(len(change.refused), 'finding')}: PLAN.md says why, and what to do."
        )
    return tuple(wrapped(line, "  ") for line in lines)


def _restarts(change: Change, when: When | None) -> tuple[str, ...]:
    """What must be restarted after the first job, or after the one that waits for an answer."""
    texts = (text for plan in change.plans if plan.waits is (when is When.ANSWER) for text in plan.restart)
    return in_order(with_refresh(texts, change.policy.at(when)))


def plan_text(change: Change, options: FixOptions) -> str:
    """The text of PLAN.md."""
    out = [
        "# Plan", "",
        f"Made by `{options.command}`, judged at {options.as_of:%Y-%m-%d %H:%M} UTC.", "", headline(change), "",
    ]  # fmt: skip
    if change.plans:
        out += [*_overview(change), "## What is changed, in this order", ""]
        said = translations(change.plans, options.product)
        jobs = _jobs(change, options)
        for number, plan in enumerate(change.plans, 1):
            out += _plan(number, plan, change, said[number - 1], jobs)
        out += policy_section(change.policy)
        out += _common(change, options)
    if change.refused:
        out += ["## No plan", ""]
        for refusals in _alike(change.refused):
            out += [f"* **{one.finding.code}** {one.finding.message}" for one in refusals]
            out += ["", f"  Why there is no plan: {refusals[0].reason}.", ""]
            out += [f"  * {line}" for line in refusals[0].advice]
            out += [""] if refusals[0].advice else []
    return "\n".join(out).rstrip("\n") + "\n"


def _alike(refusals: Sequence[Refusal]) -> Iterable[Sequence[Refusal]]:
    """Findings for which one thing is to be done by hand, together."""
    groups: dict[object, list[Refusal]] = {}
    for one in refusals:
        groups.setdefault((one.reason, one.advice) if one.advice else id(one), []).append(one)
    return groups.values()


def _jobs(change: Change, options: FixOptions) -> tuple[Part, ...]:
    """The parts that are jobs of their own; for another product everything is one job."""
    plans = [plan for plan in change.plans if plan.steps]
    by = options.split if options.product is None else None
    return parts_of(plans, change.total.deployment, by)


def _plan(number: int, plan: Plan, change: Change, said: Words, jobs: Sequence[Part]) -> list[str]:
    before = {
        finding.id: finding
        for report in (change.total.before, *(r.before for r in change.rehearsals))
        for finding in report.findings
    }
    fixed = [before[ident] for ident in plan.findings if ident in before]
    out = [f"### {number}. {plan.title} [{plan.safety.value}]", "", f"Because {plan.why}.", ""]
    out += [f"* Repairs {finding.code}: {finding.message}" for finding in fixed]
    out += [f"* Look twice: {reason}." for reason in plan.reasons]
    if any(varies(text_of(command)) for command in plan.commands):
        out.append(
            '* Look twice: a value holds one of `! " [ \\ ] ^ ` { | } ~`, which EBCDIC code pages place'
            " differently: compare it on the host after the upload."
        )
    out += [f"* {text}" for text in plan.advice]
    out += [f"* Must be seen afterwards: {plan.proves}"] if plan.proves else []
    out += [
        f"* Below {edit.file}:{edit.line}: {edit.words}"
        if edit.below
        else f"* Setting `{edit.dotted}` ({edit.file}:{edit.line}): `{edit.old}` becomes `{edit.new}`"
        for edit in plan.patches
    ]
    if plan.commands:
        out += ["", "```", *(" ".join(words) for words in said), "```"]
        name = name_for(plan, jobs, "apply.jcl")
        out += ["", f"When {name} has stopped half-way: {plan.again}"] if plan.again else []
    for stage in plan.later:
        out += ["", f"Later, {stage.when.words} (`{name_for(plan, jobs, stage.when.file)}`):", "", "```"]
        out += [text_of(command) for command in stage.commands]
        out.append("```")
        out += ["", f"When it has stopped half-way: {stage.again}"] if stage.again else []
    back = name_for(plan, jobs, "backout.jcl") if plan.backout else "no command"
    out += ["", f"Way back: {back}."]
    out += [f"Not brought back: {text}." for text in plan.lost]
    left = [text for text in left_behind([plan]) if text not in plan.lost]
    out += [f"Stays behind: {_joined(left)}."] if left else []
    if plan.patches:
        name = "zowe.yaml.patch" if plan.patch_after is None else LATER_PATCH
        out.append(f"The settings: `patch -R -p0 < {name}`.")
    return [*out, ""]


def left_behind(plans: Iterable[Plan]) -> tuple[str, ...]:
    """What the commands of all jobs leave behind, such as data sets."""
    commands: list[Command] = []
    told: list[str] = []
    for plan in plans:
        if plan.stays is not None:
            told += plan.stays
            continue
        parts: tuple[Step | Stage, ...] = (*plan.steps, *plan.later, *plan.backout)
        commands += [command for part in parts for command in part.commands]
    nothing = Database({}, {})
    left = (text for command in commands for text in command.leaves(nothing))
    return tuple(dict.fromkeys((*told, *left)))


def _overview(change: Change) -> list[str]:
    """One line for each plan: what, how safe, whose task, what the way back is."""
    out = ["| | what | safety | who | way back |", "| --- | --- | --- | --- | --- |"]
    for number, plan in enumerate(change.plans, 1):
        who = dict.fromkeys(command.authority.value for command in plan.commands)
        if plan.patches:
            who[Authority.SYSTEM.value] = None
        back = "part of it" if plan.lost else "complete"
        if plan.stays is not None and plan.lost and not plan.backout:
            back = "none"
        title = plan.title.replace("|", "\\|")
        out.append(f"| {number} | {title} | {plan.safety.value} | {_joined(who)} | {back} |")
    return [
        *out, "",
        "`ready`: rehearsed, and the way back is complete. `review`: rehearsed; a key changes, a way back is missing,",
        "or it rests on something that only the system can show: the plan says what to look at.", "",
    ]  # fmt: skip


def _profiles(commands: Iterable[Command]) -> list[str]:
    """The profiles that stand for SPECIAL, each with the highest level that a command needs."""
    found: dict[str, str] = {}
    for command in commands:
        for need in command.needs():
            name, _, level = need.rpartition(" ")
            if level not in _LEVELS:
                name, level = need, ""
            old = found.get(name, "")
            if old == "" or (level and _LEVELS.index(level) > _LEVELS.index(old)):
                found[name] = level
    return [f"{name}: {level}" if level else name for name, level in sorted(found.items())]


def _authority(changes: Sequence[Command], reads: Sequence[Command]) -> list[str]:
    """Who may run the jobs: SPECIAL, and the profiles that stand for it where there are any."""
    closed = dict.fromkeys(command.render()[0] for command in changes if not command.needs())
    verbs = list(dict.fromkeys(("SETROPTS", *closed)))
    said = verbs[0] + " needs" if len(verbs) == 1 else f"{_joined(verbs[:-1])} and {verbs[-1]} need"
    who = f"**The {Authority.SECURITY.value}**, with SPECIAL"
    profiles = _profiles((*changes, *reads))
    if not profiles:
        return [f"{who}."]
    return [f"{who} ({said} it); or, for all else, with:", "", *(f"* {text}" for text in profiles)]


def _common(change: Change, options: FixOptions) -> list[str]:
    plans = change.plans
    commands = [command for plan in plans for command in plan.commands]
    later = [command for plan in plans for stage in plan.later for command in stage.commands]
    back = [command for plan in plans for step in plan.backout for command in step.commands]
    reads = [command for plan in plans for command in plan.proof]
    jobs = _jobs(change, options)
    out: list[str] = ["## Who, and in which order", ""]
    step = 1
    if commands and options.product is not None:
        out += [
            f"**The {Authority.SECURITY.value}** (the commands are for {PRODUCT_NAMES[options.product]}):", "",
            "1. Replace the names that begin with ?XXXXX; the first lines of each job say what they stand for.",
            "2. Run verify.jcl and keep its output; then apply.jcl, part by part. The way back: backout.jcl.", "",
        ]  # fmt: skip
        step = 3
    elif commands:
        out += [
            *_authority((*commands, *later, *back), reads), "",
            *(
                (f"Data sets are created under `{options.prefix}`; none of them holds a private key.", "")
                if any(f"'{options.prefix}." in text_of(command) for command in (*commands, *later, *back))
                else ()
            ),
            *(_JOB_CARD if options.job == DEFAULT_JOB else ()),
            "1. Run verify.jcl and keep its output: it is the state to go back to.",
            f"2. Run {_joined(part.name('apply.jcl') for part in jobs)}"
            + (", one after the other." if len(jobs) > 1 else ".")
            + " It stops at the first command that does not end with 0. When it",
            "   has stopped half-way: read SYSTSPRT, and do what the plan says above; where it says nothing, gather",
            "   the listings again and let zcertlint plan the rest. What was left out shows as IEF272I (STEP WAS NOT",
            "   EXECUTED) in the messages of the job.",
            "   The way back: " + _joined(part.name("backout.jcl") for part in reversed(jobs)) + ".",
            "3. Read the listings at its end" + (
                ": what *must be seen* above must be there before anything is restarted."
                if any(plan.proves for plan in plans)
                else " before anything is restarted."
            ),
            "   Or run verify.jcl again: its output, in a new folder with zowe.yaml and whatever else is no listing of",
            "   RACF, is what `zcertlint check` judges (an older listing beside it would contradict it).",
            "",
        ]  # fmt: skip
        step = 4
    out += [*_system(change, step), *_later(change, jobs)]
    if options.product is None and (commands or later):
        out += _shared([*commands, *later], options)
    return [*out, *_links(change)]


def _shared(commands: Sequence[Command], options: FixOptions) -> list[str]:
    """What other systems of the same database, and other nodes, need."""
    lines = []
    if any(one.class_name not in options.idle for one in refreshes(commands)):
        lines += [
            "On systems that share the RACF database without sysplex communication (RVARY LIST tells), refresh on each",
            "of them too.",
        ]
    return [*lines, "Where RRSF carries commands to another node, do not run the job there again.", ""]


def _system(change: Change, step: int) -> list[str]:
    """What the system programmer does: the settings, the restarts."""
    lines = []
    if any(plan.patches and plan.patch_after is None for plan in change.plans):
        lines.append(
            f"{step}. In the folder of the zowe.yaml: `patch -p0 < zowe.yaml.patch`, or `git apply zowe.yaml.patch`."
        )
        step += 1
    for text in policy_steps(change.policy.at(None)):
        lines.append(f"{step}. {text}")
        step += 1
    restart = _restarts(change, None)
    if restart:
        lines.append(f"{step}. Restart, in this order:")
        lines += [f"   * {text}" for text in restart]
    return [f"**The {Authority.SYSTEM.value}**:", "", *lines, ""] if lines else []


def _later(change: Change, jobs: Sequence[Part]) -> list[str]:
    """The jobs of later days, and when."""
    whens = {stage.when for plan in change.plans for stage in plan.later}
    lines = []
    for when in (when for when in When if when in whens):
        names = [
            part.name(when.file)
            for part in jobs
            if any(stage.when is when for plan in part.plans for stage in plan.later)
        ]
        lines.append(f"* {_joined(f'`{name}`' for name in names)}: {when.words}.")
        if when is When.ANSWER:
            if any(plan.patches and plan.patch_after is not None for plan in change.plans):
                lines.append(f"  Then, in the folder of the zowe.yaml: `patch -p0 < {LATER_PATCH}`.")
            lines += [f"  {text}" for text in policy_steps(change.policy.at(when))]
            lines.append("  When what *must be seen* is there, restart, in this order:")
            lines += [f"  * {text}" for text in _restarts(change, when)]
        elif steps := policy_steps(change.policy.at(when)):
            lines += [f"  {text}" for text in (*steps, REFRESH)]
    return [f"**The {Authority.SECURITY.value}, on a later day**:", "", *lines, ""] if lines else []


def _links(change: Change) -> list[str]:
    before: dict[str, LinkResult] = {result.link.id: result for result in change.total.before.links}
    out = ["## What the rehearsal showed", ""]
    if change.after.links:
        out += ["| link | before | after |", "| --- | --- | --- |"]
    for result in change.after.links:
        was = before.get(result.link.id)
        words = [
            answer.value.upper() if answer is Answer3.FAILS else answer.value
            for answer in ((was.verdict if was else None), result.verdict)
            if answer is not None
        ]
        out.append(f"| {result.link.id} | {words[0] if was else '-'} | {words[-1]} |")
    out += ["", f"Findings gone: {_joined(f.code for f in change.total.gone) or 'none'}."]
    out += (
        [f"New, as information only: {_joined(f'{f.code} ({f.message})' for f in change.total.new)}."]
        if change.total.new
        else []
    )
    between = [found for rehearsal in change.rehearsals for found in rehearsal.between]
    if between:
        out.append(f"Only until the last job: {_joined(f'{f.code} ({f.message})' for f in between)}.")
    new = {found.id for found in change.total.new}
    stay = sorted({found.code for found in change.after.findings if found.id not in new})
    out += [f"Findings that stay: {_joined(stay) or 'none'}.", ""]
    return out
