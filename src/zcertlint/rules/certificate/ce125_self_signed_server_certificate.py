"""CE125: a server presents a self-signed certificate."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules.certificate._dates import serving_places
from zcertlint.trust.chain import ChainReason

__all__ = ["self_signed_server_certificate"]


@rule("CE125", on=Certificate)
def self_signed_server_certificate(certificate: Certificate, ctx: Context) -> Verdict:
    """Where a partner does not hold it the link fails, and that is the finding (CH103, CH108)."""
    users = ctx.users(certificate.id)
    if not users or not ctx.judge.issuers.self_signed(certificate):
        return Holds()  # from a listing it may be left open: then CE118 asks
    served = ctx.serving(certificate.id)
    if any(j.chain is not None and j.chain.reason is ChainReason.SELF_SIGNED for j in served):
        return Holds({"certificate": certificate.id})
    return Fails(
        {"certificate": certificate.id, "server": users[0].id},
        primary=certificate.span("issuer"),
        related=serving_places(certificate, users, ctx),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
        spared=tuple(j.link.id for j in served),
    )
