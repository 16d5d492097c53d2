"""ZW120: a key stands twice, or a second document follows."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["duplicate_key"]


@rule("ZW120", on=Problem)
def duplicate_key(problem: Problem, _ctx: Context) -> Verdict:
    """The reader keeps both places; which value counts is not for us to decide."""
    if problem.code != "ZW120":
        return Holds()
    return Fails(
        {"expected": problem.expected},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}", problem.expected.partition(",")[0]),
        note=problem.hint or None,
    )
