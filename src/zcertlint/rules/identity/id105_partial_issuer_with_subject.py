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
    known = [c for c in ctx.deployment.database.certificates.values() if c.issuer is not None]
    names = {str(c.issuer) for c in known}
    longer = [c for c in known if str(c.issuer).endswith(f".{given}")]
    if given in names or not longer or not rdns_of(given):
        return Holds()
    subject = entry.subject.text
    meant = [c for c in longer if f".{c.subject}".endswith(f".{subject}")] or longer
    several = len({str(c.issuer) for c in meant}) > 1
    return Fails(
        {"label": entry.label, "owner": owner(entry), "filter": given, "issuer": str(meant[0].issuer)},
        primary=entry.span,
        related=((meant[0].span("issuer", "subject"), "the whole name of an issuer that ends so"),),
        subjects=(filter_id(entry),),
        variant="several" if several else None,
    )
