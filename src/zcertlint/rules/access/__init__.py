"""Who may do what: ring access, daemon authority, PassTickets, the users of the started tasks."""

from zcertlint.model.access import Wanted
from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.model.store import Store
from zcertlint.trust.ring_access import RingAccess

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Store, Deployment, Endpoint, Wanted, RingAccess)
