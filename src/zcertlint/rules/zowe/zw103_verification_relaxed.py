"""ZW103: Zowe verifies who issued a certificate, and not its name."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment, Verify

__all__ = ["verification_relaxed"]


@rule("ZW103", on=Deployment)
def verification_relaxed(deployment: Deployment, _ctx: Context) -> Verdict:
    """What STRICT would find is NA109's word, link by link."""
    given = deployment.verify_given
    if given is None or given.span is None or given.value.upper() != Verify.NONSTRICT.value:
        return Holds()
    return Fails({}, primary=given.span, subjects=("zowe.verifyCertificates",))
