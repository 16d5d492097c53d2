"""IN002: a listing is cut."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["truncated_listing"]


@rule("IN002", on=Problem)
def truncated_listing(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN002", problem)
