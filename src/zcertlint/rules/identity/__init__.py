"""Which user a certificate is: name filters, logon with certificates, OIDC."""

from zcertlint.model.clients import Logon
from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.model.facts import NameFilter

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (NameFilter, Logon, Deployment, Endpoint)
