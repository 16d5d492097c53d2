"""CG112: a link that holds before the job fails after it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Change, Played
from zcertlint.rules.change._played import confidence, the_change
from zcertlint.trust.needs import Need

__all__ = ["breaks_a_link"]


@rule("CG112", on=Played)
def breaks_a_link(played: Played, ctx: Context) -> Verdict:
    """The command after which it fails has the blame; what fails at the end may have another cause."""
    change = the_change(ctx)
    links = tuple(sorted(link for link, number in change.broken.items() if number == played.number))
    if not links:
        return _open(played, change, ctx)
    now = sorted({code for link in links for code in change.causes.get(link, ())})
    end = sorted({code for link in links for code in ctx.judged(ctx.deployment.links[link]).causes})
    why = ", ".join(now or end)
    if now and end and now != end:
        why += f"; at the end {', '.join(end)}"
    return Fails(
        {"links": ", ".join(links), "fail": "fail" if len(links) > 1 else "fails", "why": why},
        primary=played.span,
        subjects=links,
        confidence=confidence(played),
        links=links,
    )


def _open(played: Played, change: Change, ctx: Context) -> Verdict:
    """Once for the change: links that held, and of which that cannot be told afterwards."""
    if played.number != len(change.commands):
        return Holds()
    waiting = []
    found: list[Need] = []
    for ident in sorted(change.held):
        link = ctx.deployment.links.get(ident)
        if link is None or ctx.judged(link).answer is not None:
            continue
        waiting.append(ident)
        found += [need for c in ctx.judged(link).conditions if c.answer is None for need in c.needs]
    if not found:
        return Holds()
    return Unknown({"subject": ", ".join(waiting)}, tuple(dict.fromkeys(found)), tuple(waiting))
