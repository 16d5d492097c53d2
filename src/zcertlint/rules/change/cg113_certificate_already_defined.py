"""CG113: ADD of a certificate that RACF has already, under another owner or label."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Ending, Played, Trouble
from zcertlint.rules.change._played import confidence, needs

__all__ = ["certificate_already_defined"]


@rule("CG113", on=Played)
def certificate_already_defined(played: Played, _ctx: Context) -> Verdict:
    """RACF has each certificate once: its profile is named by serial number and issuer."""
    if played.function != "ADD":
        return Holds()
    if played.ending is Ending.NOT_MODELLED and played.missing:
        return Unknown({"subject": played.reads}, needs(played))
    if played.trouble is not Trouble.DEFINED:
        return Holds()
    return Fails(
        {"data_set": played.reads, "reason": played.reason},
        primary=played.span,
        subjects=(played.id,),
        confidence=confidence(played),
    )
