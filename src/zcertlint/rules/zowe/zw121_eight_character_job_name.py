"""ZW121: Zowe's job name has eight characters."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment

__all__ = ["eight_character_job_name"]

_LONGEST = 8


@rule("ZW121", on=Deployment)
def eight_character_job_name(deployment: Deployment, _ctx: Context) -> Verdict:
    """Seven leave room for the letter that z/OS appends to a forked process."""
    entry = deployment.zowe.get("zowe.job.name") if deployment.zowe is not None else None
    name = deployment.zowe.text("zowe.job.name") if deployment.zowe is not None else None
    if entry is None or name is None or len(name.strip()) != _LONGEST:
        return Holds()
    return Fails({"name": name.strip()}, primary=entry.span, subjects=("zowe.job.name",))
