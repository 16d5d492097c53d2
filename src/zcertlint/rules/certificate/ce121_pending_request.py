"""CE121: a request was made from a certificate, and nothing newer has come."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate

__all__ = ["pending_request"]


@rule("CE121", on=Certificate)
def pending_request(certificate: Certificate, ctx: Context) -> Verdict:
    """Only a database unload shows GENREQ; newer is one of this owner for the same subject."""
    if certificate.requested is not True or certificate.subject is None or certificate.not_before is None:
        return Holds()
    start, subject = certificate.not_before.at, certificate.subject
    for other in ctx.judge.certificates.values():
        if other.owner != certificate.owner or other.subject is None or other.not_before is None:
            continue
        if other.not_before.at > start and other.subject.same_as(subject):
            return Holds({"certificate": certificate.id})
    return Fails(
        {"certificate": certificate.id, "end": str(certificate.not_after or "an unknown day")},
        primary=certificate.span("requested"),
        subjects=(certificate.id,),
    )
