"""SA106: a profile protects a ring, and the ring's owner, whose servers read it, is not permitted."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.rules.access._rings import fails, open_or_holds
from zcertlint.trust.ring_access import Lack, RingAccess

__all__ = ["ring_owner_not_permitted"]


@rule("SA106", on=RingAccess)
def ring_owner_not_permitted(access: RingAccess, ctx: Context) -> Verdict:
    """The profile decides alone: that the ring is its own gives the owner nothing, nor does LISTRING any more."""
    if access.lack is not Lack.OWN_RING:
        return open_or_holds(access, Lack.OWN_RING, ctx)
    return fails(access, Lack.OWN_RING, ctx)
