"""One certificate: dates, key, status, usages."""

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint, Link
from zcertlint.model.settings import Setting

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Certificate, Link, Endpoint, Setting)
