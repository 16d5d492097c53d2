"""Key rings and keystores: what is on them, and what is asked of them."""

from zcertlint.model.deployment import Endpoint, Link
from zcertlint.model.settings import Setting
from zcertlint.model.store import Store

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Endpoint, Link, Store, Setting)
