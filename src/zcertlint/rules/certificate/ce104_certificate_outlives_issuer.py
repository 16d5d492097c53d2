"""CE104: a certificate in use is valid longer than the CA that issued it."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import below, issuer_of

__all__ = ["certificate_outlives_issuer"]


@rule("CE104", on=Certificate)
def certificate_outlives_issuer(certificate: Certificate, ctx: Context) -> Verdict:
    """Silent where the issuer's own end is the finding: it is past (CE105, CH104) or near (CE106)."""
    if not ctx.users(certificate.id) and not below(certificate, ctx):
        return Holds()
    issuer = issuer_of(certificate, ctx)
    if issuer is None or issuer.not_after is None or certificate.not_after is None:
        return Holds()
    end, limit = certificate.not_after, issuer.not_after
    near = ctx.as_of + timedelta(days=ctx.number("CE106", "days"))
    if end.before(ctx.as_of) is not False or limit.at <= near:
        return Holds()
    facts = {"certificate": certificate.id, "end": str(end), "issuer": issuer.id, "limit": str(limit)}
    # Between a listing's local time and a file's UTC some hours are no difference.
    later = end.at > limit.at if end.local == limit.local else end.earliest > limit.latest
    if not later:
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=((issuer.span("not_after"), f"its issuer ends on {limit}"),),
        subjects=(certificate.id,),
        fix=FixHint("renew", {"certificate": issuer.id}),
    )
