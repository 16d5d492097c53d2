"""IN005: two inputs contradict each other."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["listings_disagree"]


@rule("IN005", on=Problem)
def listings_disagree(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN005", problem)
