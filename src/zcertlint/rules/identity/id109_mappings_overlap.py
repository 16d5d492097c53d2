"""ID109: two filters stand at one place of RACF's search order and lead to different users."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, filter_id
from zcertlint.trust.identity import fit

__all__ = ["mappings_overlap"]


@rule("ID109", on=NameFilter)
def mappings_overlap(entry: NameFilter, ctx: Context) -> Verdict:
    """General and special filters side by side are no fault: the special one is looked at first."""
    database = ctx.deployment.database
    rivals = [one for one in database.filters if one.user is not None and one.user != entry.user]
    if entry.user is None or not asked(entry, ctx) or not rivals:
        return Holds()
    for certificate in database.certificates.values():
        mine = fit(entry, certificate)
        if mine is None:
            continue
        rival = next((one for one in rivals if fit(one, certificate) == mine), None)
        if rival is None or rival.user is None:
            continue
        first, second = sorted((entry, rival), key=filter_id)
        return Fails(
            {
                "first": f"'{first.label}' of {first.user}",
                "second": f"'{second.label}' of {second.user}",
                "certificate": certificate.id,
            },
            primary=first.span,
            related=((second.span, "the other one"), (certificate.span("subject"), "both fit this name")),
            subjects=(filter_id(first), filter_id(second)),
        )
    return Holds()
