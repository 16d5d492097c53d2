"""SA107: profiles for key rings are there, and their class is not in use."""

from dataclasses import replace

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Severity, Unknown, Verdict
from zcertlint.rules.access._rings import fails, open_or_holds
from zcertlint.text.source import Span
from zcertlint.trust.access import active
from zcertlint.trust.ring_access import Lack, RingAccess

__all__ = ["rdatalib_inactive"]


@rule("SA107", on=RingAccess)
def rdatalib_inactive(access: RingAccess, ctx: Context) -> Verdict:
    """An error only where the access that a server needs stands in such a profile alone."""
    profile = access.dormant
    if profile is None:
        return open_or_holds(access, Lack.CLASS, ctx)
    lacks = "active" if active(ctx.deployment.database, "RDATALIB") is False else "RACLISTed"
    if access.lack is Lack.CLASS:
        found = fails(access, Lack.CLASS, ctx)
        return replace(found, facts={**found.facts, "lacks": lacks}, related=_related(found, ctx))
    asked = open_or_holds(access, Lack.CLASS, ctx)
    if isinstance(asked, Unknown) or access.lack is not None:
        return asked
    found = fails(replace(access, profile=profile), Lack.CLASS, ctx, variant="dormant")
    return replace(
        found,
        facts={**found.facts, "lacks": lacks},
        related=_related(found, ctx),
        subjects=("class:RDATALIB",),
        severity=Severity.INFO,
        confidence=None,
    )


def _related(found: Fails, ctx: Context) -> tuple[tuple[Span, str], ...]:
    """The place that shows the state of the class."""
    shown = next(one.span for one in ctx.deployment.database.security.classes if one.active is not None)
    return ((shown, "RDATALIB is not in use"), *found.related)
