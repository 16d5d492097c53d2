"""CE110: a certificate that must serve is in the database without its private key."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate

__all__ = ["missing_private_key"]


@rule("CE110", on=Certificate)
def missing_private_key(certificate: Certificate, ctx: Context) -> Verdict:
    """Only where an endpoint serves it: a partner's or a person's certificate needs no key here."""
    # A declared client keeps its key where it runs.
    users = tuple(user for user in ctx.users(certificate.id) if user.product != "client")
    served = ctx.serving(certificate.id)
    if not users:
        return Holds()
    if certificate.private_key is not False:
        return ctx.unknown("CE110", served) or Holds({"certificate": certificate.id})
    return Fails(
        {"certificate": certificate.id, "user": users[0].id},
        primary=certificate.span("private_key"),
        related=tuple(
            (user.alias.span, f"{user.id} serves it") for user in users if user.alias and user.alias.span
        ),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        links=ctx.failing("CE110", served),
    )
