"""One plan's part of a job: its guards, its steps, and what is to be known when it is submitted again.

A part can be submitted again: what shows that all of it is done is asked first, and a step whose result an earlier
run has left (a backup, a request) is left out while those behind it go on.
"""

from collections.abc import Iterable, Sequence

from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.maps import DelMap, Map
from zcertlint.fixes.commands.profiles import Rdefine
from zcertlint.fixes.commands.rings import Remove
from zcertlint.fixes.jcl import comment, condition, end_if, idcams_step, tso_step
from zcertlint.fixes.plan import Guard, GuardKind, Plan, Stage

__all__ = ["data_sets_asked", "guard_step", "once_more", "section"]

_ONCE = {Rdefine: "RDEFINE", Remove: "REMOVE", Map: "MAP", DelMap: "DELMAP"}
_LEFT_OUT = "What was left out: IEF272I (STEP WAS NOT EXECUTED) in the messages of the job."


def section(name: str, title: str, part: Plan | Stage, needed: Sequence[str], mark: str | None) -> list[str]:
    """The part: its guards, its steps, each only if all before it went well.

    Args:
        name: what its steps begin with.
        title: of the plan.
        part: the plan, or what a job of a later day does for it.
        needed: steps of other parts that must not have failed.
        mark: ends in-stream data.
    """
    lines = [*comment("-" * 60), *comment(title, f"{name}: ")]
    lines += comment(f"Stopped half-way? {part.again}", "    ") if part.again else []
    lines += comment("-" * 60)
    terms = ["RC <= 4"]
    terms += [f"({step}.RUN = FALSE | {step}.RC = 0)" for step in needed]
    count = 0
    for guard in part.guards:
        count += 1
        lines += guard_step(f"{name}G{count}", guard, mark)
        terms.append(f"{name}G{count}.RC = {guard.kind.code}")
    lines += condition(f"{name}I1", terms)
    there = ""  # what tells that the step before was left out because an earlier run has done it
    for number, step in enumerate(part.steps, 1):
        if number > 1:
            lines += condition(f"{name}I{number}", [f"{name}S{number - 1}.RC = 0{there}"])
        alone, there = [], ""
        for guard in step.guards:
            count += 1
            lines += guard_step(f"{name}G{count}", guard, mark)
            alone.append(f"{name}G{count}.RC = {guard.kind.code}")
            there = there or f" | {name}G{count}.RC = {guard.kind.other}"
        lines += condition(f"{name}J{number}", alone) if alone else []
        lines += comment(step.note, f"{name}S{number}: ")
        lines += tso_step(f"{name}S{number}", step.commands, mark=mark)
        lines += [end_if(f"{name}K{number}")] if alone else []
    lines += [end_if(f"{name}X{number}") for number in range(len(part.steps), 0, -1)]
    return lines


def guard_step(name: str, guard: Guard, mark: str | None) -> list[str]:
    """The step that asks."""
    what = "this data set" if guard.command is None else guard.subject
    told = f"4 = {what} is not there, 0 = it is" + (f": {guard.there}" if guard.there else "")
    lines = comment(told, f"{name}: ")
    if guard.command is not None:
        return [*lines, *tso_step(name, [guard.command], mark=mark)]
    return [*lines, *idcams_step(name, guard.subject, mark)]


def data_sets_asked(parts: Iterable[Plan | Stage]) -> bool:
    """Whether a guard asks for a data set, so that the job makes one or reads one."""
    return any(
        guard.command is None
        for part in parts
        for guard in (*part.guards, *(guard for step in part.steps for guard in step.guards))
    )


def once_more(parts: Sequence[Plan | Stage]) -> list[str]:
    """What the head of a job says about submitting it again."""
    again = [part for part in parts if not _finds_itself(part)]
    lines = []
    if len(again) < len(parts):
        lines.append("Submitted again, a part that is done is left out: a guard finds what it has made.")
    if again:
        which = "any other part" if len(again) < len(parts) else "it"
        lines.append(f"Submitted again, {which} brings the same about once more.")
    lines += _only_once(command for part in again for command in part.commands)
    return [*lines, _LEFT_OUT]


def _finds_itself(part: Plan | Stage) -> bool:
    """Whether one of its guards asks for what the part itself makes."""
    made = {getattr(command, "data_set", None) for command in part.commands}
    return any(
        guard.kind is GuardKind.NO_LABEL or (guard.kind is GuardKind.NO_DATA_SET and guard.subject in made)
        for guard in part.guards
    )


def _only_once(commands: Iterable[Command]) -> list[str]:
    """What of a part without guards cannot be done twice."""
    verbs = list(dict.fromkeys(word for command in commands if (word := _ONCE.get(type(command)))))
    if not verbs:
        return []
    lines = ["RDEFINE ends with 8 when the profile is there (ICH10102I): then it ran before."]
    several = len(verbs) > 1
    lines.append(
        f"{' and '.join(verbs)} {'do' if several else 'does'} not end with 0 where {'they' if several else 'it'} ran"
        " before, and the part stops there: take that command out."
    )
    return lines if "RDEFINE" in verbs else lines[1:]
