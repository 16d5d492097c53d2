"""KR117: the CA on the ring is a namesake of the issuer, with another key."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["wrong_ca_generation"]


@rule("KR117", on=Link)
def wrong_ca_generation(link: Link, ctx: Context) -> Verdict:
    """Certain from signatures or key identifiers; from dates alone it cannot be told."""
    judged = ctx.judged(link)
    failing = judged.failing("KR117")
    chain = judged.chain
    if failing is None or chain is None or chain.culprit is None or judged.certificate is None:
        return ctx.unknown("KR117", (judged,)) or Holds()
    store = ctx.deployment.store(ctx.client(link).truststore)
    ca = chain.culprit
    return Fails(
        {"ca": ca.id, "certificate": judged.certificate.id},
        primary=ca.span(),
        related=(
            (judged.certificate.span("issuer"), "issued by a CA of this name with another key"),
            *(((store.span, "the trust store"),) if store is not None else ()),
        ),
        subjects=(ca.id, judged.certificate.id),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
