"""IN006: a certificate file is not the certificate that RACF lists."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["exported_certificate_differs"]


@rule("IN006", on=Problem)
def exported_certificate_differs(problem: Problem, _ctx: Context) -> Verdict:
    """What the reader, or the merge, could not take as it stands."""
    if problem.code != "IN006":
        return Holds()
    return Fails(
        {"expected": problem.expected, "hint": problem.hint},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected),
        note=problem.hint or None,
    )
