"""Does a certificate name the host?"""

from zcertlint.model.clients import ClientUrl
from zcertlint.model.deployment import Endpoint, Link
from zcertlint.model.settings import Setting

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Link, Setting, Endpoint, ClientUrl)
