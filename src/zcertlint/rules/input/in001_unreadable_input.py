"""IN001: an input could not be read."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["unreadable_input"]


@rule("IN001", on=Problem)
def unreadable_input(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN001", problem)
