"""CG111: text that TSO does not read, and lines that are not continued as they should be."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.change import Slip, SlipKind

__all__ = ["line_too_long"]

_VARIANTS = {
    SlipKind.BEYOND: None,
    SlipKind.CUT: "cut",
    SlipKind.CONTINUATION: "continuation",
}


@rule("CG111", on=Slip)
def line_too_long(slip: Slip, _ctx: Context) -> Verdict:
    """A sequence number in columns 73 to 80 is no text."""
    if slip.kind not in _VARIANTS:
        return Holds()
    what = slip.command or "a statement of JCL"
    return Fails(
        {"command": what, "sign": slip.text},
        primary=slip.span,
        subjects=(f"command:{what}", slip.kind.value),
        breaks=None if slip.kind is SlipKind.CUT else (),
        variant=_VARIANTS[slip.kind],
    )
