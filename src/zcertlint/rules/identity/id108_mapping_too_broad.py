"""ID108: one user ID for everybody of a country, a company or an issuer."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, filter_id, owner
from zcertlint.trust.identity import rdns_of

__all__ = ["mapping_too_broad"]

_WIDE = {"C", "O", "L", "SP", "DC"}


@rule("ID108", on=NameFilter, hardening=True)
def mapping_too_broad(entry: NameFilter, ctx: Context) -> Verdict:
    """A MULTIID filter leaves the choice of the user to its criteria and may be broad."""
    if entry.user is None or entry.names is not None or not asked(entry, ctx):
        return Holds()
    if entry.subject is None:
        reach = "everybody whom an issuer gives a certificate" if entry.issuer is not None else ""
    else:
        parts = rdns_of(entry.subject.text)
        reach = f"everybody under {entry.subject}" if {part.key.upper() for part in parts} <= _WIDE else ""
    if not reach:
        return Holds()
    return Fails(
        {"label": entry.label, "owner": owner(entry), "user": entry.user, "reach": reach},
        primary=entry.span,
        subjects=(filter_id(entry),),
    )
