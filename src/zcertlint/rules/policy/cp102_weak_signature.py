"""CP102: a certificate that a server presents, or a CA between it and the root, is signed with MD5 or SHA-1."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.trust.needs import Need, list_certificate
from zcertlint.trust.usage import weak_signature

__all__ = ["weak_signature_in_use"]


@rule("CP102", on=Certificate)
def weak_signature_in_use(certificate: Certificate, ctx: Context) -> Verdict:
    """Who refuses it decides: the finding names the links that it breaks."""
    users = ctx.users(certificate.id)
    broken = tuple(
        link.id for link in ctx.deployment.links.values() if certificate.id in ctx.judged(link).weakly_signed
    )
    if not users and not broken:
        return Holds()
    if certificate.signature is None:
        if certificate.owner is None or certificate.label is None or certificate.subject is None:
            return Holds()
        command = list_certificate(certificate.owner, certificate.label)
        need = Need(certificate.id, f"No input shows the signature algorithm of {certificate.id}.", command)
        return Unknown({"subject": certificate.id}, (need,))
    facts = {"certificate": certificate.id, "signature": certificate.signature}
    if not broken and (weak_signature(certificate) is None or certificate.self_issued):
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("signature"),
        related=tuple(
            (user.alias.span, f"{user.id} serves it") for user in users if user.alias and user.alias.span
        ),
        subjects=(certificate.id,),
        severity=Severity.ERROR if broken else Severity.WARNING,
        confidence=ctx.confidence(*users),
        links=broken,
        spared=tuple(j.link.id for j in ctx.serving(certificate.id) if j.link.id not in broken),
        fix=FixHint("renew", {"certificate": certificate.id}),
    )
