"""CE118: a leaf whose subject is its issuer's, and which is not self-signed."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules._chains import chains_of
from zcertlint.trust.chain import ChainReason
from zcertlint.trust.needs import Need, export_command

__all__ = ["subject_equals_issuer"]

_NOT_LOOKED_AT = {ChainReason.LEAF_TRUSTED, ChainReason.NOT_JUDGED}


@rule("CE118", on=Link)
def subject_equals_issuer(link: Link, ctx: Context) -> Verdict:
    """From a listing alone such a certificate looks self-signed; a file or key identifiers tell."""
    judged = ctx.judged(link)
    certificate, chain = judged.certificate, judged.chain
    if certificate is None or chain is None or chain.reason in _NOT_LOOKED_AT:
        return Holds()
    if judged.failing("CE118") is None:
        if certificate.self_issued and ctx.judge.issuers.self_signed(certificate) is None:
            text = f"Is {certificate.id} self-signed, or did a CA with its subject sign it?"
            need = Need(certificate.id, text, export_command(certificate))
            return Unknown({"subject": certificate.id}, (need,), (link.id,))
        return ctx.unknown("CE118", (judged,)) or Holds()
    certificate = next((found for _, found in chains_of(judged, "CE118", ctx)), certificate)
    return Fails(
        {"certificate": certificate.id},
        primary=certificate.span("subject"),
        related=((certificate.span("issuer"), "the issuer has the same name"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
