"""KR117: the CA on the ring is a namesake of the issuer, with another key."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules._ca_twins import twins
from zcertlint.rules._chains import chains_of
from zcertlint.trust.chain import ChainReason
from zcertlint.trust.issue import EdgeReason

__all__ = ["wrong_ca_generation"]


@rule("KR117", on=Link)
def wrong_ca_generation(link: Link, ctx: Context) -> Verdict:
    """Certain from signatures or key identifiers; likely, and a question, from dates alone."""
    judged = ctx.judged(link)
    client, server = ctx.client(link), ctx.server(link)
    for chain, certificate in chains_of(judged, "KR117", ctx):
        ca = chain.culprit
        if ca is None or chain.reason is not ChainReason.OTHER_KEY or twins(link, ctx) is not None:
            continue  # two CAs that share a serial number too are CE127
        # The side that trusts holds it or, failing that, the side that sends.
        idents = (client.truststore, server.keystore)
        if chain is not judged.chain:
            idents = (server.truststore, client.keystore)
        stores = [found for ident in idents if (found := ctx.deployment.store(ident)) is not None]
        store = next((s for s in stores if any(row.certificate == ca.id for row in s.connections)), None)
        return Fails(
            {"ca": ca.id, "certificate": certificate.id},
            primary=ca.span(),
            related=(
                (certificate.span("issuer"), "issued by a CA of this name with another key"),
                *(((store.span, "here it is connected"),) if store is not None else ()),
            ),
            subjects=(ca.id, certificate.id),
            confidence=ctx.confidence(client, server),
            links=(link.id,),
        )
    return _by_dates(link, ctx) or ctx.unknown("KR117", (judged,)) or Holds()


def _by_dates(link: Link, ctx: Context) -> Fails | None:
    """A CA that is younger than what it should have issued: likely, and the link stays open."""
    judged = ctx.judged(link)
    chains = (judged.chain if judged.open("KR117") else None, judged.client_chain)
    chain = next((c for c in chains if c and c.edge and c.edge.reason is EdgeReason.YOUNGER), None)
    if chain is None or chain.culprit is None or len(chain.path) < 2:  # noqa: PLR2004 (an issuer and what it issued)
        return None
    ca, child = chain.culprit, chain.path[-2]
    return Fails(
        {"ca": ca.id, "certificate": child.id, "start": str(ca.not_before), "made": str(child.not_before)},
        primary=ca.span("not_before"),
        related=((child.span("not_before"), "began before it"),),
        subjects=(ca.id, child.id),
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        variant="younger",
        breaks=(),
    )
