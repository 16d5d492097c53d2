"""CG109: a function of RACDCERT without an owner."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.change import Played, SlipKind

__all__ = ["owner_omitted"]

_READS = frozenset(("LIST", "LISTCHAIN", "LISTMAP", "LISTRING"))


@rule("CG109", on=Played)
def owner_omitted(played: Played, _ctx: Context) -> Verdict:
    """What only reads does no harm under the wrong user."""
    slip = next((one for one in played.slips if one.kind is SlipKind.NO_OWNER), None)
    if slip is None:
        return Holds()
    return Fails(
        {"command": played.name},
        primary=slip.span,
        subjects=(played.id,),
        severity=Severity.INFO if played.function in _READS else Severity.WARNING,
    )
