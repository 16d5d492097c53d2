"""ZW130: a zowe.yaml is no YAML."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Problem

__all__ = ["yaml_not_readable"]


@rule("ZW130", on=Problem)
def yaml_not_readable(problem: Problem, _ctx: Context) -> Verdict:
    """The reader says where it stopped, and a tab's own place where there is one."""
    if problem.code != "ZW130":
        return Holds()
    return Fails(
        {"expected": problem.expected},
        primary=problem.span,
        subjects=(f"file:{problem.span.path}",),
        note=problem.hint or None,
    )
