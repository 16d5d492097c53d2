"""Keys and protocols of a link."""

from zcertlint.model.deployment import Deployment, Link, TokenKey

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (TokenKey, Link, Deployment)
