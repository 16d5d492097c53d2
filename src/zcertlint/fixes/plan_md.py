"""PLAN.md, and the few lines that the command prints about a change."""

from collections.abc import Iterable

from zcertlint.engine.results import Answer3, LinkResult
from zcertlint.fixes.commands.base import text_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.outcome import Change
from zcertlint.fixes.plan import Plan
from zcertlint.fixes.quote import varies

__all__ = ["closing", "counted", "headline", "plan_text"]

# FACILITY profiles by function: RACDCERT, "Authorization required" (RACF Command Language Reference).
_AUTHORITY = (
    (
        "Connect",
        "IRR.DIGTCERT.CONNECT: CONTROL for another user's key ring or a CERTAUTH or SITE certificate",
    ),
    ("Remove", "IRR.DIGTCERT.REMOVE: CONTROL for another user's key ring (back-out)"),
    ("Genreq", "IRR.DIGTCERT.GENREQ: UPDATE for another user's certificate, CONTROL for CERTAUTH and SITE"),
    (
        "GencertFromRequest",
        "IRR.DIGTCERT.GENCERT: CONTROL, which signing with CERTAUTH needs; and IRR.DIGTCERT.ADD",
    ),
    ("Rekey", "IRR.DIGTCERT.REKEY: UPDATE for another user's certificate"),
    ("Export", "IRR.DIGTCERT.EXPORT: UPDATE for another user's certificate, CONTROL for CERTAUTH and SITE"),
    ("AddCa", "IRR.DIGTCERT.ADD: CONTROL for CERTAUTH"),
    ("RestoreBackup", "IRR.DIGTCERT.ADD: UPDATE for another user's certificate (back-out)"),
)


def counted(number: int, noun: str) -> str:
    """``1 setting``, ``2 settings``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def headline(change: Change) -> str:
    """What the rehearsal showed, in one or two sentences."""
    if not change.plans:
        return "No change is written: nothing that was found can be repaired by a rehearsed plan."
    total = change.total
    text = "Rehearsed on a copy of the deployment: " + counted(len(total.gone), "finding") + " gone, "
    text += "none new" if not total.new else f"{counted(len(total.new), 'new information')}"
    states = _changes(change)
    return f"{text}; {'; '.join(states)}." if states else f"{text}."


def _changes(change: Change) -> list[str]:
    before = {result.link.id: result for result in change.total.before.links}
    return [
        f"the link {result.link.id} {before[result.link.id].verdict.value} before and {result.verdict.value} after"
        for result in change.after.links
        if result.link.id in before and before[result.link.id].verdict is not result.verdict
    ]


def closing(change: Change) -> tuple[str, ...]:
    """What must be restarted, and how many findings have no plan."""
    lines = list(dict.fromkeys(text for plan in change.plans for text in plan.restart))
    if change.plans and lines:
        lines = ["Then restart:", *lines]
    if change.refused:
        lines.append(
            f"No plan for {counted(len(change.refused), 'finding')}: PLAN.md says why, and what to do."
        )
    return tuple(lines)


def plan_text(change: Change, options: FixOptions) -> str:
    """The text of PLAN.md."""
    out = [
        "# Plan", "",
        f"Made by `{options.command}`, judged at {options.as_of:%Y-%m-%d %H:%M} UTC.", "", headline(change), "",
    ]  # fmt: skip
    if change.plans:
        out += ["## What is changed, in this order", ""]
        for number, plan in enumerate(change.plans, 1):
            out += _plan(number, plan, change)
        out += _common(change, options)
    if change.refused:
        out += ["## No plan", ""]
        for refusal in change.refused:
            finding = refusal.finding
            out += [
                f"* **{finding.code}** {finding.message}",
                "",
                f"  Why there is no plan: {refusal.reason}.",
                "",
            ]
            out += [f"  * {line}" for line in refusal.advice]
            out += [""] if refusal.advice else []
    return "\n".join(out).rstrip("\n") + "\n"


def _plan(number: int, plan: Plan, change: Change) -> list[str]:
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
        f"* Setting `{edit.dotted}` ({edit.file}:{edit.line}): `{edit.old}` becomes `{edit.new}`"
        for edit in plan.patches
    ]
    if plan.commands:
        out += ["", "```"]
        out += [text_of(command) for command in plan.commands]
        out.append("```")
    for stage in plan.later:
        out += ["", f"Later, {stage.when.words} (`{stage.when.file}`):", "", "```"]
        out += [text_of(command) for command in stage.commands]
        out.append("```")
    out += ["", "Way back: " + ("backout.jcl." if plan.backout else "nothing to do in RACF.")]
    out += [f"Not brought back: {text}." for text in plan.lost]
    if plan.patches:
        out.append("The settings: `patch -R -p0 < zowe.yaml.patch`.")
    return [*out, ""]


def _common(change: Change, options: FixOptions) -> list[str]:
    commands = [command for plan in change.plans for command in plan.commands]
    back = [command for plan in change.plans for step in plan.backout for command in step.commands]
    out: list[str] = []
    if commands:
        kinds = {type(command).__name__ for command in (*commands, *back)}
        out += [
            "## Who",
            "",
            "A user with SPECIAL; or one with these profiles in class FACILITY (SETROPTS needs SPECIAL):",
            "",
        ]
        out += [f"* {text}" for name, text in _AUTHORITY if name in kinds]
        out += [
            "* IRR.DIGTCERT.LIST and IRR.DIGTCERT.LISTRING: CONTROL and UPDATE, to read back", "",
            f"Data sets are created under `{options.prefix}`; none of them holds a private key.", "",
            "## How", "",
            "1. Run verify.jcl and keep its output: it is the state to go back to.",
            "2. Run apply.jcl. It stops at the first command that does not end with 0. When it has stopped half-way:",
            "   read SYSTSPRT, gather the listings again, and let zcertlint plan the rest. The way back: backout.jcl.",
            "3. Read the listings at its end (or run verify.jcl and `zcertlint check`): what *must be seen* above must",
            "   be there before anything is restarted.",
        ]  # fmt: skip
    else:
        out += ["## How", ""]
    step = 4 if commands else 1
    if any(plan.patches for plan in change.plans):
        out.append(
            f"{step}. In the folder of the zowe.yaml: `patch -p0 < zowe.yaml.patch`, or `git apply zowe.yaml.patch`."
        )
        step += 1
    restart = list(dict.fromkeys(text for plan in change.plans for text in plan.restart))
    if restart:
        out.append(f"{step}. Restart:")
        out += [f"   * {text}" for text in restart]
    out += [
        "",
        "On systems that share the RACF database without sysplex communication, refresh on each of them too.",
        "",
    ]
    return [*out, *_links(change)]


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
    out += [f"Findings that stay: {_joined(sorted({f.code for f in change.after.findings})) or 'none'}.", ""]
    return out
