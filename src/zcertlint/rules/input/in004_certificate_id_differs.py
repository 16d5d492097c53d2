"""IN004: a Certificate ID names another owner or label than its listing."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["certificate_id_differs"]


@rule("IN004", on=Problem)
def certificate_id_differs(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN004", problem)
