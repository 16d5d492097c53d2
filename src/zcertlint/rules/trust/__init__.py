"""Trust across a link: chains and anchors."""

from zcertlint.model.deployment import Endpoint, Link

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Endpoint, Link)
