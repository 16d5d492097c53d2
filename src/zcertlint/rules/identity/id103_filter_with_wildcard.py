"""ID103: an asterisk in a filter, which RACF takes as it stands."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, filter_id, owner, texts
from zcertlint.trust.identity import fit, rdns_of

__all__ = ["filter_with_wildcard"]


@rule("ID103", on=NameFilter)
def filter_with_wildcard(entry: NameFilter, ctx: Context) -> Verdict:
    """A known certificate whose name holds the asterisk itself is no fault."""
    found = next((text for _, text in texts(entry) if "*" in text), None)
    if found is None or not asked(entry, ctx):
        return Holds()
    known = ctx.deployment.database.certificates.values()
    if any(fit(entry, certificate) is not None for certificate in known):
        return Holds()
    # A certificate for several hosts may bear such a name itself.
    literal = any(part.key.upper() == "CN" and part.value.startswith("*.") for part in rdns_of(found))
    return Fails(
        {"label": entry.label, "owner": owner(entry), "filter": found},
        primary=entry.span,
        subjects=(filter_id(entry),),
        confidence=Confidence.LIKELY if literal else None,
    )
