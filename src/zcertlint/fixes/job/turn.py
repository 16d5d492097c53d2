"""One command played: which of the players it belongs to."""

from dataclasses import replace

from zcertlint.fixes.job.carry import racdcert
from zcertlint.fixes.job.conditions import ANY, FAILED, Codes
from zcertlint.fixes.job.lines import CommandText
from zcertlint.fixes.job.others import general_turn
from zcertlint.fixes.job.racf import FULL, HARMLESS, READING
from zcertlint.fixes.job.state import Playing, refused
from zcertlint.fixes.job.words import TreeError
from zcertlint.model.change import Ending, Missing, Played, SlipKind, Trouble

__all__ = ["turn"]


def turn(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    """Play one command.

    Args:
        playing: the state, which it changes.
        base: what is known of the command before it is read.
        one: its text.

    Returns:
        What it did, and the return codes that it may end with.
    """
    orphan = any(slip.kind is SlipKind.CONTINUATION and slip.text == "operands" for slip in one.slips)
    if orphan:
        why = "TSO takes this line for a command: the line before it is not continued"
        return replace(
            base, verb="", ending=Ending.FAILS, effect="no command", reason=why, trouble=Trouble.LINE
        ), FAILED
    if one.unresolved:
        names = ", ".join(f"&{name}" for name in one.unresolved)
        needs = Missing(base.text, f"The value of {names} in line {one.line} is not known.", None)
        playing.opaque.append((base.span, frozenset()))
        return replace(base, effect=f"depends on {names}", missing=(needs,)), ANY
    try:
        if base.verb == "RACDCERT":
            return racdcert(playing, base, one)
        if base.verb in FULL:
            return general_turn(playing, base, one)
    except TreeError as error:
        broken = any(
            slip.kind in {SlipKind.CONTINUATION, SlipKind.BEYOND, SlipKind.CUT} for slip in one.slips
        )
        trouble = Trouble.LINE if broken else Trouble.SYNTAX
        return refused(replace(base, verb=FULL.get(base.verb, base.verb)), str(error), trouble)
    if base.verb in READING:
        return replace(base, ending=Ending.NO_EFFECT, effect="reads only"), frozenset((0, 4))
    if base.verb in HARMLESS:
        effect = "changes nothing that is judged here"
        return replace(base, ending=Ending.NO_EFFECT, effect=effect), frozenset((0, 4, 8))
    what = base.text.split(" ")[0] if base.text else "it"
    needs = Missing(base.text, f"What {what} does (line {one.line}) is not known here.", None)
    playing.opaque.append((base.span, frozenset()))
    return replace(base, effect="not known here", missing=(needs,)), ANY
