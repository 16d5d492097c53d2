"""CE112: a CA has status HIGHTRUST."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, TrustStatus

__all__ = ["hightrust_ca"]


@rule("CE112", on=Certificate, hardening=True)
def hightrust_ca(certificate: Certificate, _ctx: Context) -> Verdict:
    """RACF gives the status to CAs only; no TLS needs it."""
    if certificate.trust is None:
        return Holds()
    if certificate.trust is not TrustStatus.HIGHTRUST:
        return Holds({"certificate": certificate.id, "status": certificate.trust.value})
    return Fails(
        {"certificate": certificate.id},
        primary=certificate.span("trust"),
        subjects=(certificate.id,),
    )
