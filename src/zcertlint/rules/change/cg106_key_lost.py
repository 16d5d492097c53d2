"""CG106: the only private key of a certificate in use is deleted."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change, Played
from zcertlint.model.store import Usage
from zcertlint.rules.change._played import confidence, named, the_change
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["key_lost"]


@rule("CG106", on=Played)
def key_lost(played: Played, ctx: Context) -> Verdict:
    """ROLLOVER ends the old key on purpose; an export with the key, before it, keeps it."""
    if not played.carried_out or played.function == "ROLLOVER":
        return Holds()
    change = the_change(ctx)
    unsure: Certificate | None = None
    for certificate in played.deleted:
        use = _use(certificate, played, change)
        made = certificate.id not in change.before  # by the change itself
        if made or not use or certificate.private_key is False or _exported(certificate, played, change):
            continue
        if certificate.private_key is None:
            unsure = certificate
            continue
        return Fails(
            {"label": named(certificate), "use": use},
            primary=played.span,
            related=((certificate.span("private_key"), "its private key is here, and nowhere else"),),
            subjects=(certificate.id,),
            confidence=confidence(played),
        )
    if unsure is None or unsure.owner is None or unsure.label is None:
        return Holds()
    text = f"Is the private key of {unsure.id} in RACF? DELETE would destroy it."
    ask = list_certificate(unsure.owner, unsure.label)
    return Unknown({"subject": unsure.id}, (Need(unsure.id, text, ask),))


def _use(certificate: Certificate, played: Played, change: Change) -> str:
    """What it is used for; "" when nothing shows a use."""
    if certificate.id in change.in_use:
        return "it is served"
    if any(row.row.certificate == certificate.id and row.row.usage is Usage.PERSONAL for row in played.lost):
        return "it is on a key ring"
    issued = sum(
        one.id != certificate.id
        and one.issuer is not None
        and certificate.subject is not None
        and one.issuer.same_as(certificate.subject)
        for one in change.before.values()
    )
    return f"it has signed {issued} certificate{'s' if issued > 1 else ''}" if issued else ""


def _exported(certificate: Certificate, played: Played, change: Change) -> bool:
    """Whether a command before this one writes the key to a data set."""
    return any(
        one.private and one.carried_out and one.owner == certificate.owner and one.label == certificate.label
        for one in change.commands
        if one.number < played.number
    )
