"""Can the input be trusted?"""

from zcertlint.engine.tuning import SuppressionUse
from zcertlint.model.facts import Answer, Problem

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Problem, Answer, SuppressionUse)
