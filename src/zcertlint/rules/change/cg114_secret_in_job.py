"""CG114: a password or key that stands in the job."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.change import Slip, SlipKind

__all__ = ["secret_in_job"]


@rule("CG114", on=Slip, hardening=True)
def secret_in_job(slip: Slip, _ctx: Context) -> Verdict:
    """TSO writes the command, and what is in it, to SYSTSPRT."""
    if slip.kind is not SlipKind.SECRET:
        return Holds()
    return Fails(
        {"keyword": slip.text},
        primary=slip.span,
        subjects=(f"command:{slip.command or slip.text}",),
    )
