"""CG105: ROLLOVER to a certificate that no CA has signed yet."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Played
from zcertlint.rules.change._played import confidence, named, self_signed
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["rollover_before_signing"]


@rule("CG105", on=Played)
def rollover_before_signing(played: Played, _ctx: Context) -> Verdict:
    """A root that follows a root signs itself, as it should."""
    old, new = played.replaced, played.made
    if played.function != "ROLLOVER" or not played.carried_out or old is None or new is None:
        return Holds()
    was, now = self_signed(old), self_signed(new)
    if now is False or was is True:
        return Holds()
    if was is None or now is None:
        unsure = old if was is None else new
        text = f"Who signed {unsure.id}? ROLLOVER comes after the signing."
        ask = None if unsure.owner is None else list_certificate(unsure.owner, unsure.label or "")
        return Unknown({"subject": unsure.id}, (Need(unsure.id, text, ask),))
    return Fails(
        {"old": named(old), "new": named(new)},
        primary=played.span,
        related=((old.span("issuer"), "a CA signed the old one"),),
        subjects=(new.id, old.id),
        confidence=confidence(played),
    )
