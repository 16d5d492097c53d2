"""IN004: a Certificate ID names another owner or label than its listing."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["certificate_id_differs"]


@rule("IN004", on=Problem)
def certificate_id_differs(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    if problem.code != "IN004":
        return Holds()
    return Fails(
        {"expected": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint or None,
    )
