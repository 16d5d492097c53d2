"""IN008: lines of a listing were not understood."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["lines_not_understood"]


@rule("IN008", on=Problem)
def lines_not_understood(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    if problem.code != "IN008":
        return Holds()
    return Fails(
        {"expected": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint or None,
    )
