"""KR106: the configured alias is nearly a label of the store."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._choice import choice_of
from zcertlint.trust.selection import SelectionReason

__all__ = ["label_nearly_matches"]


@rule("KR106", on=Endpoint)
def label_nearly_matches(endpoint: Endpoint, ctx: Context) -> Verdict:
    """The correction is the first word of the message."""
    choice = choice_of(endpoint, ctx)
    if choice is None:
        return Holds()
    store, label, selection, judged = choice.store, choice.label, choice.selection, choice.judged
    if selection.reason is not SelectionReason.NEARLY:
        return ctx.unknown("KR105", judged) or Holds()
    row = selection.connection
    where = endpoint.alias.span if endpoint.alias and endpoint.alias.span else store.span
    there = row.label if row else (label or "").rpartition("&")[2]
    return Fails(
        {
            "store": store.title,
            "endpoint": endpoint.id,
            "label": label,
            "there": there,
        },
        primary=where,
        related=((row.span, "so it is on the ring") if row else (store.span, "the ring"),),
        subjects=(store.id, label or ""),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR106", judged),
        note=_unseen(label or "", there or ""),
    )


def _unseen(label: str, there: str) -> str | None:
    """The characters that look like others: both labels may be the same on a screen."""
    odd = dict.fromkeys(char for char in label if not " " <= char <= "~" and char not in there)
    if not odd:
        return None
    return f"In the setting stands {', '.join(f'U+{ord(char):04X}' for char in odd)}, which the label does not have."
