"""ITM and OMEGAMON: command security."""

from zcertlint.model.deployment import ItmPair

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (ItmPair,)
