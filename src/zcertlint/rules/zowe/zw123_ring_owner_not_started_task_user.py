"""ZW123: Zowe's started task runs under another user than the owner of its key ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Level
from zcertlint.rules.zowe._sections import text_of
from zcertlint.trust.access import allows, covering
from zcertlint.trust.wanted import zowe_user
from zcertlint.trust.zowe_settings import UriForm, ring_uri

__all__ = ["ring_owner_not_started_task_user"]

_FORMS = {UriForm.GOOD, UriForm.FOUR_SLASHES}


@rule("ZW123", on=Deployment)
def ring_owner_not_started_task_user(deployment: Deployment, ctx: Context) -> Verdict:
    """Only where the user is said: by the STARTED profile of the task, else by zowe.setup.security."""
    settings = deployment.zowe
    file = settings.get("zowe.certificate.keystore.file") if settings is not None else None
    uri = ring_uri(text_of(file) or "")
    if (
        settings is None
        or file is None
        or uri is None
        or uri.form not in _FORMS
        or not uri.owner
        or not uri.ring
    ):
        return Holds()
    runner = zowe_user(deployment)
    if runner is None or runner.span is None or runner.user == uri.owner.upper():
        return Holds()
    user, ring = runner.user, f"ring:{uri.owner.upper()}/{uri.ring}"
    known = (
        one for one in ctx.judge.ring_accesses() if one.reader.user == user and one.reader.ring.id == ring
    )
    if any(one.lack is not None for one in known):
        return Holds()  # the rules of ring access say what is missing
    read = _may_read(deployment, user, f"{uri.owner}.{uri.ring}.LST".upper())
    return Fails(
        {"owner": uri.owner.upper(), "user": user, "ring": uri.ring},
        primary=file.span,
        related=((runner.span, f"the task runs under {user}"),),
        subjects=(f"user:{user}", ring),
        severity=Severity.INFO if read else Severity.WARNING,
        confidence=None if runner.sure else Confidence.LIKELY,
        variant=None if read else "unproven",
    )


def _may_read(deployment: Deployment, user: str, name: str) -> bool:
    """Whether an RDATALIB profile is shown that lets the user read the ring."""
    database = deployment.database
    profile = covering(database, "RDATALIB", name)
    return profile is not None and allows(database, profile, user, Level.READ) is True
