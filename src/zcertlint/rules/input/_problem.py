"""What an input could not give, as a finding: the rules of this family differ in their words only."""

from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["told"]


def told(code: str, problem: Problem) -> Verdict:
    """Fails for a problem that is this rule's."""
    if problem.code != code:
        return Holds()
    return Fails(
        {"expected": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint or None,
    )
