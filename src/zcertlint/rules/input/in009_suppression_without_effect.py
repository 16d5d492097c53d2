"""IN009: a suppression that has expired, that no finding needs, or whose rule is mandatory."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.tuning import Effect, SuppressionUse
from zcertlint.engine.verdict import Fails, Holds, Verdict

__all__ = ["suppression_without_effect"]

_WORDS = {
    Effect.EXPIRED: "has expired",
    Effect.UNUSED: "meets no finding",
    Effect.REFUSED: "has no effect: the rule is mandatory",
}


@rule("IN009", on=SuppressionUse)
def suppression_without_effect(use: SuppressionUse, _ctx: Context) -> Verdict:
    """Run after all other rules, on what became of each suppression."""
    if use.effect is Effect.USED:
        return Holds()
    entry = use.suppression
    subject = f" for {entry.subject}" if entry.subject else ""
    return Fails(
        {"rule": entry.rule, "subject": subject, "what": _WORDS[use.effect]},
        primary=entry.span,
        subjects=(entry.rule, entry.subject or "*"),
    )
