"""ZW102: Zowe verifies no certificate at all."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment, Verify

__all__ = ["verification_disabled"]


@rule("ZW102", on=Deployment)
def verification_disabled(deployment: Deployment, ctx: Context) -> Verdict:
    """A template is ZW101's question."""
    given = deployment.verify_given
    if given is None or given.span is None or given.value.upper() != Verify.DISABLED.value:
        return Holds()
    unchecked = [link.id for link in ctx.deployment.links.values() if link.verify is Verify.DISABLED]
    return Fails(
        {"count": len(unchecked)},
        primary=given.span,
        subjects=("zowe.verifyCertificates",),
        spared=tuple(unchecked),
    )
