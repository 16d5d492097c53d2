"""SA104: the user of a server may not read the key ring that its configuration names."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.rules.access._rings import fails, open_or_holds
from zcertlint.trust.ring_access import Lack, RingAccess

__all__ = ["ring_access_missing"]


@rule("SA104", on=RingAccess)
def ring_access_missing(access: RingAccess, ctx: Context) -> Verdict:
    """Another user's ring, or a ring that FACILITY decides about; of its own ring, where RDATALIB does, SA106."""
    if access.lack is not Lack.RING:
        return open_or_holds(access, Lack.RING, ctx)
    return fails(access, Lack.RING, ctx, variant=None if access.profile is not None else "undefined")
