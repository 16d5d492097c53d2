"""CE107: a certificate in use and its CA end on one day."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import issuer_of

__all__ = ["ca_and_leaf_expire_together"]


@rule("CE107", on=Certificate)
def ca_and_leaf_expire_together(certificate: Certificate, ctx: Context) -> Verdict:
    """A certificate that ends later than its CA on that day is CE104; one that has ended is CE101."""
    issuer = issuer_of(certificate, ctx) if ctx.users(certificate.id) else None
    if issuer is None or issuer.not_after is None or certificate.not_after is None:
        return Holds()
    end, limit = certificate.not_after, issuer.not_after
    facts = {"certificate": certificate.id, "issuer": issuer.id, "day": f"{end.at:%Y-%m-%d}"}
    ended = end.before(ctx.as_of)
    if ended is not False or end.at.date() != limit.at.date() or end.at > limit.at:
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=((issuer.span("not_after"), "its issuer ends on the same day"),),
        subjects=(certificate.id,),
        fix=FixHint("renew", {"certificate": issuer.id}),
    )
