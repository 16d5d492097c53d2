"""CG116: a CA that was made again counts its serial numbers from the beginning."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.model.change import Played
from zcertlint.rules.change._played import confidence, named, self_signed, the_change
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["serial_collision"]


@rule("CG116", on=Played)
def serial_collision(played: Played, ctx: Context) -> Verdict:
    """RACF names a certificate by serial number and issuer; ROLLOVER carries the count over, nothing else does."""
    authority = _made_again(played, ctx)
    if authority is None:
        return Holds()
    met = [one for one in ctx.deployment.database.certificates.values() if _issued(one, authority)]
    numbered = sorted((one for one in met if one.serial), key=lambda one: one.serial or 0)
    if numbered:
        first = numbered[0]
        return Fails(
            {"ca": named(authority), "serial": f"{first.serial:02X}", "met": first.id},
            primary=played.span,
            related=((first.span("serial"), "has this serial number already"),),
            subjects=(authority.id, first.id),
            confidence=confidence(played) if first.serial == 1 else Confidence.LIKELY,
        )
    unsure = next((one for one in met if one.serial is None), None)
    if unsure is None or unsure.owner is None or unsure.label is None:
        return Holds()
    text = f"Which serial number has {unsure.id}? A CA of the same name begins again with 01."
    ask = list_certificate(unsure.owner, unsure.label)
    return Unknown({"subject": unsure.id}, (Need(unsure.id, text, ask),))


def _made_again(played: Played, ctx: Context) -> Certificate | None:
    """The CA that begins again: made under a name that was there, or signing with a new key before ROLLOVER."""
    if not played.carried_out or played.function != "GENCERT" or played.made is None:
        return None
    change = the_change(ctx)
    made, signer = played.made, played.signer
    new = made.id not in change.before or any(
        made.id == old.id for one in change.commands for old in one.deleted
    )
    if made.owner is not None and made.owner.kind is OwnerKind.CERTAUTH and new and self_signed(made):
        return made if any(_same_name(one, made) for one in change.before.values()) else None
    if signer is None or signer.id == made.id:
        return None
    rekeyed = False
    for one in change.commands:
        if one.number >= played.number or one.made is None or one.made.id != signer.id:
            continue
        rekeyed = one.function == "REKEY" or (rekeyed and one.function != "ROLLOVER")
    return signer if rekeyed else None


def _same_name(one: Certificate, made: Certificate) -> bool:
    return one.subject is not None and made.subject is not None and one.subject.same_as(made.subject)


def _issued(one: Certificate, authority: Certificate) -> bool:
    """Certificates in RACF that a CA of this name issued before."""
    if one.id == authority.id or one.owner is None or one.issuer is None or authority.subject is None:
        return False
    made_now = one.signed_by == authority.id
    return not made_now and one.issuer.same_as(authority.subject) and not one.self_issued
