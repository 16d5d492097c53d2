"""CE118: a leaf whose subject is its issuer's, and which is not self-signed."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["subject_equals_issuer"]


@rule("CE118", on=Link)
def subject_equals_issuer(link: Link, ctx: Context) -> Verdict:
    """From a listing alone such a certificate looks self-signed; a file or key identifiers tell."""
    judged = ctx.judged(link)
    certificate = judged.certificate
    if judged.failing("CE118") is None or certificate is None:
        return ctx.unknown("CE118", (judged,)) or Holds()
    return Fails(
        {"certificate": certificate.id},
        primary=certificate.span("subject"),
        related=((certificate.span("issuer"), "the issuer has the same name"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
