"""IN007: an input contains a private key in clear."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["private_key_in_input"]


@rule("IN007", on=Problem)
def private_key_in_input(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN007", problem)
