"""What the making of a change ends with: its plans, what they were refused for, and its files."""

from collections.abc import Mapping
from dataclasses import field

from zcertlint.engine.results import Finding, Report
from zcertlint.fixes.plan import Plan
from zcertlint.fixes.policy_change import NOTHING, PolicyChange
from zcertlint.fixes.rehearse import Rehearsal
from zcertlint.records import dataclass

__all__ = ["Change", "Refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A finding that gets no plan: why, and what a person can do."""

    finding: Finding
    reason: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The whole change.

    Attributes:
        plans: those that are written, in order. refused: findings without a plan.
        rehearsals: of each plan, in the same order. total: first state against last.
        files: name → text. Line ends are in the texts: write them as they are (UTF-8, no translation).
        outline: name → one line about the file.
        policy: what is to be done to Policy Agent files.
        after: the report on the last state. headline, closing: what the command says before and after.
    """

    plans: tuple[Plan, ...]
    refused: tuple[Refusal, ...]
    rehearsals: tuple[Rehearsal, ...]
    total: Rehearsal
    files: Mapping[str, str] = field(repr=False)
    outline: Mapping[str, str] = field(default_factory=dict)
    headline: str = ""
    closing: tuple[str, ...] = ()
    policy: PolicyChange = NOTHING

    @property
    def after(self) -> Report:
        """The report on the last state."""
        return self.total.after
