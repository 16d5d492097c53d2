"""CE101: a certificate that a server presents is past its end."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._twins import replacement, serves_default
from zcertlint.rules.certificate._dates import date_unknown, serving_places

__all__ = ["expired_certificate"]


@rule("CE101", on=Certificate)
def expired_certificate(certificate: Certificate, ctx: Context) -> Verdict:
    """An error whoever still accepts it; the links that live on are named."""
    users = (*ctx.users(certificate.id), *ctx.presenting(certificate.id))
    if not users:
        return Holds()
    served = ctx.serving(certificate.id)
    if certificate.not_after is None or certificate.not_after.before(ctx.as_of) is None:
        return date_unknown("CE101", certificate, certificate.not_after, ctx)
    facts = {"certificate": certificate.id, "end": str(certificate.not_after)}
    if not certificate.not_after.before(ctx.as_of):
        return Holds(facts)
    if all(serves_default(user) and replacement(certificate, user, ctx) for user in users):
        return Holds(facts)  # the newer one on the ring only has to be made DEFAULT (KR112)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=serving_places(certificate, users, ctx),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        links=ctx.failing("CE101", served),
        spared=tuple(j.link.id for j in served if j.failing("CE101") is None),
        fix=FixHint("renew", {"certificate": certificate.id}),
    )
