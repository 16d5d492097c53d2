"""What several rules of this family ask of a command that was played."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Confidence
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change, Ending, Played
from zcertlint.trust.needs import Need

__all__ = ["confidence", "later", "named", "needs", "outlives", "self_signed", "the_change"]


def the_change(ctx: Context) -> Change:
    """The change that is judged; an empty one for a system as it is."""
    return ctx.deployment.change or Change(())


def confidence(played: Played) -> Confidence | None:
    """``likely`` for a command that may not be reached, or whose effect is believed; else the rule's own."""
    unsure = played.condition or played.ending is Ending.NOT_MODELLED
    return Confidence.LIKELY if unsure else None


def later(ctx: Context, played: Played) -> tuple[Played, ...]:
    """The commands behind this one that do something."""
    return tuple(one for one in the_change(ctx).commands if one.number > played.number and one.carried_out)


def needs(played: Played) -> tuple[Need, ...]:
    """What the effect of a command rests on and no input shows."""
    return tuple(Need(one.subject, one.text, one.command) for one in played.missing)


def named(certificate: Certificate) -> str:
    """The certificate as a reader names it: its label, else its id."""
    return certificate.label or certificate.id


def self_signed(certificate: Certificate) -> bool | None:
    """Whether a certificate signs itself; None when no input shows it."""
    if certificate.signed_by is not None:
        return certificate.signed_by == certificate.id
    return certificate.self_issued


def outlives(played: Played) -> bool | None:
    """Whether the certificate that a command makes ends after its signer; None when that is not shown."""
    signer, ends = played.signer, played.ends
    if signer is None or ends is None or (played.made is not None and signer.id == played.made.id):
        return False
    if signer.not_after is None:
        return None
    if signer.not_after.local == ends.local:
        return ends.at > signer.not_after.at
    if ends.earliest > signer.not_after.latest:
        return True
    return False if ends.latest <= signer.not_after.earliest else None
