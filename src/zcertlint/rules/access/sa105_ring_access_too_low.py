"""SA105: a user may read a key ring, and not use the private key on it that its server serves."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.rules.access._rings import fails, open_or_holds
from zcertlint.trust.ring_access import Lack, RingAccess

__all__ = ["ring_access_too_low"]


@rule("SA105", on=RingAccess)
def ring_access_too_low(access: RingAccess, ctx: Context) -> Verdict:
    """UPDATE for the key of another user, CONTROL for one of CERTAUTH or SITE; LISTRING gives no other user's key."""
    if access.lack is not Lack.KEY:
        return open_or_holds(access, Lack.KEY, ctx)
    return fails(access, Lack.KEY, ctx, variant=None if access.profile is not None else "listring")
