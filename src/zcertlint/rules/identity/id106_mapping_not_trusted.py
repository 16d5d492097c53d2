"""ID106: a filter has status NOTRUST."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import TrustStatus
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import filter_id, fitted, owner

__all__ = ["mapping_not_trusted"]


@rule("ID106", on=NameFilter)
def mapping_not_trusted(entry: NameFilter, ctx: Context) -> Verdict:
    """Listed, or of an unload and for a declared client: NOTRUST is also how people take a filter out of use."""
    if entry.status is not TrustStatus.NOTRUST:
        return Holds()
    named = fitted(entry, ctx)
    if entry.names is not None and not named:
        return Holds()
    return Fails(
        {
            "label": entry.label,
            "owner": owner(entry),
            "whom": ", ".join(named) if named else "certificates that fit it",
        },
        primary=entry.span,
        subjects=(filter_id(entry),),
    )
