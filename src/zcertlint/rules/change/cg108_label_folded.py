"""CG108: a label without apostrophes that TSO folds to upper case, or cuts at a blank."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.change import Ending, Played, SlipKind, Trouble
from zcertlint.rules.change._played import the_change

__all__ = ["label_folded"]


@rule("CG108", on=Played)
def label_folded(played: Played, ctx: Context) -> Verdict:
    """What is meant in upper case, and found so, is no slip."""
    slip = next((one for one in played.slips if one.kind is SlipKind.FOLDED), None)
    if slip is None:
        return Holds()
    folded = slip.text.upper()
    known = {one.label for one in the_change(ctx).before.values() if one.label is not None}
    meant = next((label for label in sorted(known) if label.upper() == folded and label != folded), None)
    failed = played.trouble is Trouble.FOLDED or " " in slip.text
    if not failed and meant is None and played.ending is not Ending.FAILS and folded in known:
        return Holds()
    return Fails(
        {"label": slip.text, "folded": folded, "meant": meant or slip.text},
        primary=slip.span,
        subjects=(played.id,),
        severity=Severity.ERROR if failed or meant is not None else Severity.WARNING,
        breaks=None if failed else (),
        variant="blank" if " " in slip.text else None,
    )
