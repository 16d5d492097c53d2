"""CH102: a service asks for client certificates and has no anchor for the caller's."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.trust._anchors import connect_hint, issuer_place
from zcertlint.trust.chain import ChainReason

__all__ = ["client_ca_not_trusted"]

# KR104; KR109 and KR110; KR117: the repair is made at the store or at the CA.
_OTHERS_SPEAK = {ChainReason.STORE_EMPTY, ChainReason.STORE_MISSING, ChainReason.OTHER_KEY}


@rule("CH102", on=Link)
def client_ca_not_trusted(link: Link, ctx: Context) -> Verdict:
    """API ML's Java services present their certificate whenever they are asked."""
    judged = ctx.judged(link)
    failing = judged.failing("CH102")
    client, server = ctx.client(link), ctx.server(link)
    presented = ctx.deployment.certificate(client.as_client)
    chain = judged.client_chain
    if chain is not None and chain.reason in _OTHERS_SPEAK:
        return Holds()
    if failing is None or chain is None or presented is None:
        return ctx.unknown("CH102", (judged,)) or Holds()
    served = judged.certificate is not None and judged.certificate.id == presented.id
    if (
        served
        and client.truststore == server.truststore
        and (judged.failing("CH101") or judged.failing("CH103"))
    ):
        return Holds()  # one certificate and one trust store for both sides: that finding is this one
    store = ctx.deployment.store(server.truststore)
    return Fails(
        {
            "client": client.id,
            "server": server.id,
            "store": store.title if store is not None else "its trust store",
            "certificate": presented.id,
        },
        primary=store.span if store is not None else link.span,
        related=(issuer_place(ctx, chain, presented, client),),
        subjects=(store.id if store is not None else server.id, presented.id),
        confidence=ctx.confidence(client, server, believed=failing.believed),
        links=(link.id,),
        fix=connect_hint(ctx, chain, server, client),
    )
