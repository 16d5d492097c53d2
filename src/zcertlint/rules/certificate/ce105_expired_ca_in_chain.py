"""CE105: a CA between the server's certificate and the anchor is past its end, or before its start."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules._chains import chains_of
from zcertlint.trust.chain import ChainReason

__all__ = ["expired_ca_in_chain"]


@rule("CE105", on=Link)
def expired_ca_in_chain(link: Link, ctx: Context) -> Verdict:
    """The anchor itself is CH104: whether its dates count depends on the client's stack."""
    judged = ctx.judged(link)
    failing = judged.failing("CE105")
    chain, certificate = next(chains_of(judged, "CE105", ctx), (None, None))
    if failing is None or chain is None or chain.culprit is None or certificate is None:
        return ctx.unknown("CE105", (judged,)) or Holds()
    ca = chain.culprit
    early = chain.reason is ChainReason.CA_NOT_BEGUN
    return Fails(
        {
            "ca": ca.id,
            "end": str(ca.not_after),
            "start": str(ca.not_before),
            "certificate": certificate.id,
        },
        primary=ca.span("not_before" if early else "not_after"),
        related=((certificate.span("issuer"), f"{certificate.id} is issued below it"),),
        subjects=(ca.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link), believed=failing.believed),
        links=(link.id,),
        fix=None if early else FixHint("renew", {"certificate": ca.id}),
        variant="early" if early else None,
    )
