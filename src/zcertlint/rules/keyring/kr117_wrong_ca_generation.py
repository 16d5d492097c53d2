"""KR117: the CA on the ring is a namesake of the issuer, with another key."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.trust.chain import ChainReason

__all__ = ["wrong_ca_generation"]


@rule("KR117", on=Link)
def wrong_ca_generation(link: Link, ctx: Context) -> Verdict:
    """Certain from signatures or key identifiers; from dates alone it cannot be told."""
    judged = ctx.judged(link)
    client, server = ctx.client(link), ctx.server(link)
    ways = (
        (judged.chain if judged.failing("KR117") else None, judged.certificate, client.truststore),
        (judged.client_chain, ctx.deployment.certificate(client.certificate), server.truststore),
    )
    for chain, certificate, trusting in ways:
        if chain is None or chain.reason is not ChainReason.OTHER_KEY:
            continue
        if chain.culprit is None or certificate is None:
            continue
        store, ca = ctx.deployment.store(trusting), chain.culprit
        return Fails(
            {"ca": ca.id, "certificate": certificate.id},
            primary=ca.span(),
            related=(
                (certificate.span("issuer"), "issued by a CA of this name with another key"),
                *(((store.span, "the trust store"),) if store is not None else ()),
            ),
            subjects=(ca.id, certificate.id),
            confidence=ctx.confidence(client, server),
            links=(link.id,),
        )
    return ctx.unknown("KR117", (judged,)) or Holds()
