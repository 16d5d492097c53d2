"""ZW134: a PARMLIB() of Zowe's CONFIG has no member, or another one than the others."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["parmlib_member_wrong"]


@rule("ZW134", on=Problem)
def parmlib_member_wrong(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader of CONFIG found."""
    if problem.code != "ZW134":
        return Holds()
    return Fails(
        {"what": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint,
    )
