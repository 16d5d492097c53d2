"""KR118: the CA of a certificate in use is kept under SITE or a user, not under CERTAUTH."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.model.deployment import Endpoint

__all__ = ["issuer_under_wrong_owner"]


@rule("KR118", on=Endpoint)
def issuer_under_wrong_owner(endpoint: Endpoint, ctx: Context) -> Verdict:
    """On a ring the usage decides, so nothing fails; a warning where the CA has its key and so should sign."""
    certificate, issuers = ctx.deployment.certificate(endpoint.certificate), ctx.judge.issuers
    seen: set[str] = set()
    while (
        certificate is not None and certificate.id not in seen and issuers.self_signed(certificate) is False
    ):
        seen.add(certificate.id)
        above = [ca for ca in issuers.namesakes(certificate) if issuers.edge(certificate, ca).answer is True]
        wrong = [ca for ca in above if ca.owner is not None and ca.owner.kind is not OwnerKind.CERTAUTH]
        if wrong and len(wrong) == len(above):
            return _finding(wrong[0], certificate)
        certificate = above[0] if above else None
    return Holds()


def _finding(ca: Certificate, below: Certificate) -> Fails:
    signs = ca.private_key is True
    return Fails(
        {"ca": ca.id, "owner": str(ca.owner), "certificate": below.id},
        primary=ca.span(),
        related=((below.span("issuer"), f"issued {below.id}"),),
        subjects=(ca.id,),
        severity=Severity.WARNING if signs else Severity.INFO,
        variant="signs" if signs else None,
    )
