"""CH103: the server's certificate is self-signed and not in the client's trust store."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["partner_self_signed"]


@rule("CH103", on=Link)
def partner_self_signed(link: Link, ctx: Context) -> Verdict:
    """A Java client takes the certificate itself as an anchor."""
    judged = ctx.judged(link)
    failing = judged.failing("CH103")
    chain, certificate = judged.chain, judged.certificate
    if failing is None or chain is None or certificate is None:
        # What hides the trust store hides the answer to this question too, where it is one.
        asked = certificate is not None and certificate.self_issued
        return (ctx.unknown("CH101", (judged,)) if asked else None) or Holds()
    client, server = ctx.client(link), ctx.server(link)
    store = ctx.deployment.store(client.truststore)
    title = store.title if store is not None else "its trust store"
    return Fails(
        {"client": client.id, "store": title, "certificate": certificate.id},
        primary=certificate.span("issuer", "subject"),
        related=((store.span, "the trust store"),) if store is not None else (),
        subjects=(store.id if store is not None else client.id, certificate.id),
        confidence=ctx.confidence(client, server, believed=failing.believed),
        links=(link.id,),
    )
