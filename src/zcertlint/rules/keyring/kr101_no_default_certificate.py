"""KR101: a key ring used without a label needs a DEFAULT certificate."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._choice import choice_of
from zcertlint.rules.keyring._stores import alias_template, store_gap
from zcertlint.trust.selection import SelectionReason

__all__ = ["no_default_certificate"]


@rule("KR101", on=Endpoint)
def no_default_certificate(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Zowe's services name a label; z/OSMF uses the DEFAULT."""
    choice = choice_of(endpoint, ctx)
    if choice is None:
        return Holds()
    store, label, selection, judged = choice.store, choice.label, choice.selection, choice.judged
    if selection.reason is SelectionReason.NOT_SHOWN and label is None:
        return store_gap(endpoint, store, ctx)
    if selection.reason is SelectionReason.DEFAULT_NOT_SHOWN:
        return ctx.unknown("KR105", judged) or Holds()
    if selection.reason is not SelectionReason.NO_DEFAULT:
        return Holds()
    unresolved = alias_template(endpoint, judged)
    if unresolved is not None:
        return unresolved
    if ctx.judge.choice_code(endpoint) != "KR101":
        return Holds()  # there is nothing that could be the DEFAULT (KR103, KR121)
    return Fails(
        {"store": store.title, "endpoint": endpoint.id},
        primary=store.span,
        related=tuple((row.span, "connected, not DEFAULT") for row in store.connections),
        subjects=(store.id,),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR101", judged),
    )
