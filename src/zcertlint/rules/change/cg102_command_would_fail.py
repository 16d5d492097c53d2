"""CG102: a command that RACF or TSO refuses."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Ending, Played, Trouble
from zcertlint.rules.change._played import confidence, needs, outlives
from zcertlint.text.patterns import lazy

__all__ = ["command_would_fail"]

_MESSAGE = lazy(r"\b(?:IRRD|ICH)\d+I\b")
# Failures of which another rule of the family speaks.
_OTHERS = frozenset((Trouble.DEFINED, Trouble.COLLISION, Trouble.FOLDED, Trouble.LINE))


@rule("CG102", on=Played)
def command_would_fail(played: Played, _ctx: Context) -> Verdict:
    """One cause, one finding: what the line, the label or the serial number is to blame for is theirs."""
    if played.ending is Ending.NOT_MODELLED and played.missing:
        # That the new certificate ends after its signer is CG107's to say.
        return Holds() if outlives(played) else Unknown({"subject": played.text}, needs(played))
    if played.ending is not Ending.FAILS or played.trouble in _OTHERS:
        return Holds()
    return Fails(
        {"command": played.name or played.text, "reason": played.reason},
        primary=played.span,
        subjects=(played.id,),
        confidence=confidence(played),
        breaks=tuple(_MESSAGE.findall(played.reason)),
    )
