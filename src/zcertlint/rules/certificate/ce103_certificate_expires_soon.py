"""CE103: a certificate in use ends within the days that a renewal takes."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._twins import replacement
from zcertlint.rules.certificate._dates import date_unknown, serving_places

__all__ = ["certificate_expires_soon"]


@rule("CE103", on=Certificate)
def certificate_expires_soon(certificate: Certificate, ctx: Context) -> Verdict:
    """Silent once the certificate has expired: that is CE101, which also asks where the time zone decides."""
    users = (*ctx.users(certificate.id), *ctx.presenting(certificate.id))
    if not users:
        return Holds()
    if certificate.not_after is None or certificate.not_after.before(ctx.as_of) is None:
        return date_unknown("CE101", certificate, certificate.not_after, ctx)
    left = certificate.not_after.at - ctx.as_of
    facts: dict[str, str | int | None] = {
        "certificate": certificate.id,
        "end": str(certificate.not_after),
        "days": left.days,
    }
    if certificate.not_after.before(ctx.as_of) or left > timedelta(days=ctx.warn_days):
        return Holds(facts)
    soon = left <= timedelta(days=ctx.number("KR136", "days"))
    if soon and all(replacement(certificate, user, ctx) for user in users):
        return Holds(facts)  # the newer one that is there only has to be served (KR112, KR136)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=serving_places(certificate, users, ctx),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        fix=FixHint("renew", {"certificate": certificate.id}),
    )
