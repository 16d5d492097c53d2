"""CG102: a command that RACF or TSO refuses."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Ending, Played, Trouble
from zcertlint.rules.change._played import confidence, needs, outlives, the_change
from zcertlint.text.patterns import lazy

__all__ = ["command_would_fail"]

_MESSAGE = lazy(r"\b(?:IRRD|ICH)\d+I\b")
# Failures of which another rule of the family speaks.
_OTHERS = frozenset((Trouble.DEFINED, Trouble.COLLISION, Trouble.FOLDED, Trouble.LINE))


@rule("CG102", on=Played)
def command_would_fail(played: Played, ctx: Context) -> Verdict:
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
        note=_near(played, ctx),
        breaks=tuple(_MESSAGE.findall(played.reason)),
    )


def _near(played: Played, ctx: Context) -> str | None:
    """The certificate that may be meant: its label differs in case or blanks only, or it has another owner."""
    if played.trouble is not Trouble.MISSING or played.label is None:
        return None
    wanted = "".join(played.label.lower().split())
    for one in the_change(ctx).before.values():
        if one.owner is not None and one.label is not None and "".join(one.label.lower().split()) == wanted:
            return f"There is {one.id}."
    return None
