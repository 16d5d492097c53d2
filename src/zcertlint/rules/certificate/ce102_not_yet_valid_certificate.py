"""CE102: a certificate that a server presents starts in the future."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules.certificate._dates import date_unknown, serving_places

__all__ = ["not_yet_valid_certificate"]


@rule("CE102", on=Certificate)
def not_yet_valid_certificate(certificate: Certificate, ctx: Context) -> Verdict:
    """The start is compared as UTC; a listing's local time may leave it open."""
    users = (*ctx.users(certificate.id), *ctx.presenting(certificate.id))
    if not users:
        return Holds()
    served = ctx.serving(certificate.id)
    if certificate.not_before is None or certificate.not_before.after(ctx.as_of) is None:
        return date_unknown("CE102", certificate, certificate.not_before, ctx)
    facts = {"certificate": certificate.id, "start": str(certificate.not_before)}
    if not certificate.not_before.after(ctx.as_of):
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("not_before"),
        related=serving_places(certificate, users, ctx),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        links=ctx.failing("CE102", served),
        spared=tuple(j.link.id for j in served if j.failing("CE102") is None),
    )
