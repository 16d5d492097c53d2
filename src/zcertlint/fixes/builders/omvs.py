"""A user without an OMVS segment gets one, where a database unload shows every UID that is taken."""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.reads import ListUser
from zcertlint.fixes.commands.users import AlterOmvs
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Deployment

__all__ = ["PRIORITY", "build"]

PRIORITY = 65
_ADVICE = (
    "ALTUSER ... OMVS(AUTOUID) takes the next free UID, where BPX.NEXT.USER and SHARED.IDS are set up for it.",
    "A revoked user is resumed by who knows why it was revoked; a group without a GID: ALTGROUP ... OMVS(AUTOGID).",
)


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """ALTUSER OMVS with the UID after the highest one."""
    security = deployment.database.security
    name = hint.values.get("user", "")
    user = security.user(name)
    if user is None or user.uid is not Absent.ABSENT or user.revoked:
        raise RefusedError("what it lacks is not an OMVS segment alone", _ADVICE)
    if security.unload is None:
        raise RefusedError("which UIDs are taken only a database unload (IRRDBU00) shows", _ADVICE)
    uid = 1 + max((one.uid for one in security.users if isinstance(one.uid, int)), default=0)
    command = AlterOmvs(name, uid)
    undo, lost = way_back((command,), deployment.database, options.as_of)
    return Plan(
        key=plan_key("omvs", name),
        builder="omvs",
        findings=findings,
        title=f"give {name} an OMVS segment with UID {uid}",
        why="without a UID z/OS UNIX makes no security environment for the user, and its default group has a GID",
        safety=Safety.REVIEW,
        steps=(Step(f"the OMVS segment of {name}", (command,)),),
        proof=(ListUser(name),),
        backout=(Step(f"{name} as before", undo),) if undo else (),
        lost=lost,
        reasons=(
            f"{uid} is the number after the highest UID of the unload: choose another one where yours have a plan",
        ),
        proves=f"LISTUSER {name} OMVS must show the UID.",
    )
