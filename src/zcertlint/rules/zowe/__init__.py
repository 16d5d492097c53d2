"""The settings of zowe.yaml."""

from zcertlint.model.deployment import Deployment
from zcertlint.model.facts import Problem
from zcertlint.model.settings import Setting

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Deployment, Problem, Setting)
