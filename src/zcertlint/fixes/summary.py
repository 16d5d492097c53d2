"""One line about the fix of a finding, as ``check`` prints it: what the builder itself says."""

from zcertlint.engine.results import Fix, FixKind, Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.options import FixOptions
from zcertlint.model.deployment import Deployment

__all__ = ["summarise"]


def summarise(hint: FixHint | None, deployment: Deployment, options: FixOptions) -> Fix:
    """The form, the safety and one line; never an exception for what stands in an input.

    It asks the builder for the plan, without a rehearsal. ``options`` are those of the later change: without
    settings and sources a plan that patches them is refused.
    """
    if hint is None:
        return Fix(FixKind.NONE, None, "")
    from zcertlint.fixes.builders import plan_for  # noqa: PLC0415 (most runs find nothing to fix)

    plan = plan_for(hint, (), deployment, options)
    if plan.refused is not None:
        return Fix(FixKind.MANUAL, Safety.ADVICE, f"by hand: {plan.refused}")
    if options.product is not None:
        from zcertlint.fixes.product import for_product  # noqa: PLC0415 (few systems have another product)

        told = for_product(plan, options.product)
        if isinstance(told, str):
            return Fix(FixKind.MANUAL, Safety.ADVICE, f"by hand: {told}")
        plan = told
    return Fix(FixKind.JCL if plan.steps else FixKind.YAML, plan.safety, plan.title)
