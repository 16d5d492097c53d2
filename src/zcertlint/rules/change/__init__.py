"""A change by somebody, rehearsed."""

from zcertlint.model.change import Change, Played, Slip

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Change, Played, Slip)
