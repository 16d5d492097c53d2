"""CE114: a server's certificate may sign other certificates."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.rules.certificate._dates import serving_places

__all__ = ["server_certificate_can_sign"]


@rule("CE114", on=Certificate)
def server_certificate_can_sign(certificate: Certificate, ctx: Context) -> Verdict:
    """Not for a self-signed one, whose partners hold it (CE125), nor for a CA that is made to serve (KR133)."""
    users = ctx.users(certificate.id)
    authority = certificate.owner is not None and certificate.owner.kind is OwnerKind.CERTAUTH
    if not users or authority or ctx.judge.issuers.self_signed(certificate):
        return Holds()
    usage = certificate.key_usage
    signs = isinstance(usage, frozenset) and "keyCertSign" in usage
    facts = {
        "certificate": certificate.id,
        "what": "basicConstraints CA" if certificate.is_ca else "CERTSIGN",
    }
    if not signs and certificate.is_ca is not True:
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span(*(("key_usage",) if signs else ("is_ca",))),
        related=serving_places(certificate, users, ctx),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
    )
