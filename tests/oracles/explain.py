"""How a test holds the product against somebody else's verdicts: equal, or explained in a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oracles.peers import Outcome
from zcertlint.trust.judgement import LinkJudgement

__all__ = ["Difference", "compare", "verdict"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason for which the product and another verifier differ on purpose.

    Attributes:
        ours: ``holds``; or the rule that speaks, with ``?`` in front where the answer is open.
        said: a part of what the other one says; empty: it accepts; ``*``: whatever it says, for an open answer.
        why: the reason.
    """

    ours: str
    said: str
    why: str

    def covers(self, ours: str, outcome: Outcome) -> bool:
        """Whether this is the reason of that difference."""
        if self.said == "*":
            return ours == self.ours and ours.startswith("?")
        said = outcome.accepted if not self.said else not outcome.accepted and self.said in outcome.message
        return ours == self.ours and said


def verdict(judged: LinkJudgement) -> str:
    """``holds``, the first rule that fails, or ``?`` and the first rule that cannot tell."""
    if judged.answer:
        return "holds"
    code = next(c.code for c in judged.conditions if c.answer is judged.answer)
    return code if judged.answer is False else f"?{code}"


def compare(pairs: Iterable[tuple[str, LinkJudgement, Outcome]], table: Sequence[Difference]) -> None:
    """Fail for every pair that is neither equal nor explained, and for each explanation that nothing needs."""
    odd, used, equal = [], set(), 0
    for name, judged, outcome in pairs:
        if judged.answer is outcome.accepted:
            equal += 1
            continue
        ours = verdict(judged)
        reasons = [row for row in table if row.covers(ours, outcome)]
        used.update(reasons)
        if not reasons:
            odd.append(f"{name}: {ours}, but the other one says: {outcome.message or 'accepted'}")
    assert not odd, "\n".join(odd)
    assert equal, "nothing was compared"
    # Which answers stay open depends on what meets in the generated cases.
    idle = [f"{row.ours}: {row.said}" for row in table if row not in used and row.said != "*"]
    assert not idle, f"explanations that nothing needs: {idle}"
