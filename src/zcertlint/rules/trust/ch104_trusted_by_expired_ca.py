"""CH104: the chain ends in an anchor that has expired, and this client checks it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["trusted_by_expired_ca"]


@rule("CH104", on=Link)
def trusted_by_expired_ca(link: Link, ctx: Context) -> Verdict:
    """What System SSL does is believed, not tried: likely there."""
    judged = ctx.judged(link)
    failing = judged.failing("CH104")
    chain, certificate = judged.chain, judged.certificate
    if failing is None or chain is None or certificate is None:
        return ctx.unknown("CH104", (judged,)) or Holds()
    client, server = ctx.client(link), ctx.server(link)
    ca = chain.culprit or certificate
    store = ctx.deployment.store(client.truststore)
    return Fails(
        {
            "ca": ca.id,
            "store": store.title if store is not None else client.id,
            "certificate": certificate.id,
            "end": str(ca.not_after),
        },
        primary=ca.span("not_after"),
        related=((certificate.span("issuer"), f"{certificate.id} is issued below it"),),
        subjects=(ca.id,),
        confidence=ctx.confidence(client, server, believed=failing.believed),
        links=(link.id,),
        fix=FixHint("renew", {"certificate": ca.id}),
    )
