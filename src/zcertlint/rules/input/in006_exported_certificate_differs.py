"""IN006: a certificate file is not the certificate that RACF lists."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.facts import Problem
from zcertlint.rules.input._problem import told

__all__ = ["exported_certificate_differs"]


@rule("IN006", on=Problem)
def exported_certificate_differs(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    return told("IN006", problem)
