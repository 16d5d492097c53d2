"""CE103: a certificate in use ends within the days that a renewal takes."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate

__all__ = ["certificate_expires_soon"]


@rule("CE103", on=Certificate)
def certificate_expires_soon(certificate: Certificate, ctx: Context) -> Verdict:
    """Silent once the certificate has expired: that is CE101."""
    users = ctx.users(certificate.id)
    if not users:
        return Holds()
    if certificate.not_after is None:
        needs = ctx.needs("CE101", ctx.serving(certificate.id))
        return Unknown({"subject": certificate.id}, needs) if needs else Holds()
    left = certificate.not_after.at - ctx.as_of
    facts: dict[str, str | int | None] = {
        "certificate": certificate.id,
        "end": str(certificate.not_after),
        "days": left.days,
    }
    if left < timedelta(0) or left > timedelta(days=ctx.warn_days):
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=tuple(
            (user.alias.span, f"{user.id} serves it") for user in users if user.alias and user.alias.span
        ),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        fix=FixHint("renew", {"certificate": certificate.id}),
    )
