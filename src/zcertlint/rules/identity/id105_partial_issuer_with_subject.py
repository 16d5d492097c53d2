"""ID105: a filter gives a subject beside a part of an issuer's name."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, filter_id, owner
from zcertlint.trust.identity import rdns_of

__all__ = ["partial_issuer_with_subject"]


@rule("ID105", on=NameFilter)
def partial_issuer_with_subject(entry: NameFilter, ctx: Context) -> Verdict:
    """Partial is what is the end of a known issuer's name and no known issuer's whole name."""
    if entry.subject is None or entry.issuer is None or not asked(entry, ctx):
        return Holds()
    given = entry.issuer.text
    known = ctx.deployment.database.certificates.values()
    issuers = {c.issuer.text: c for c in known if c.issuer is not None}
    longer = next((name for name in issuers if name.endswith(f".{given}")), None)
    if given in issuers or longer is None or not rdns_of(given):
        return Holds()
    return Fails(
        {"label": entry.label, "owner": owner(entry), "filter": given, "issuer": longer},
        primary=entry.span,
        related=((issuers[longer].span("issuer", "subject"), "the whole name of the issuer"),),
        subjects=(filter_id(entry),),
    )
