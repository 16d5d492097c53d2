"""IN005: two inputs contradict each other."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["listings_disagree"]


@rule("IN005", on=Problem)
def listings_disagree(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    if problem.code != "IN005":
        return Holds()
    return Fails(
        {"expected": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint or None,
    )
