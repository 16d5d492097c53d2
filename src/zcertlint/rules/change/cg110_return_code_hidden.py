"""CG110: a step that goes on after a command that fails, and ends with the code of the last one."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.change import Change, Played, Step

__all__ = ["return_code_hidden"]

_GOES_ON = frozenset(("IKJEFT01", "IKJEFT1"))


@rule("CG110", on=Change)
def return_code_hidden(change: Change, _ctx: Context) -> Verdict:
    """Nothing is hidden where the only command that changes something is the last."""
    steps: dict[int, tuple[Step, list[Played]]] = {}
    for played in change.commands:
        if played.step is not None and played.step.program in _GOES_ON:
            steps.setdefault(id(played.step), (played.step, []))[1].append(played)
    hidden = [step for step, commands in steps.values() if any(_changes(one) for one in commands[:-1])]
    if not hidden:
        return Holds()
    names = [step.name or "without a name" for step in hidden]
    run = "run their" if len(names) > 1 else "runs its"
    return Fails(
        {
            "steps": f"step{'s' if len(names) > 1 else ''} {', '.join(names)}",
            "run": run,
            "program": hidden[0].program,
        },
        primary=hidden[0].span,
        related=tuple((step.span, "the same here") for step in hidden[1:]),
        subjects=tuple(f"step:{name}" for name in names),
    )


def _changes(played: Played) -> bool:
    return bool(played.classes or played.writes or played.missing or played.trouble)
