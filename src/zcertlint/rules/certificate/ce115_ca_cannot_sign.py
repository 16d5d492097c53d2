"""CE115: an issuer of the chain may not sign certificates."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.trust.chain import ChainReason, ChainResult

__all__ = ["ca_cannot_sign"]


@rule("CE115", on=Link)
def ca_cannot_sign(link: Link, ctx: Context) -> Verdict:
    """A listing shows CERTSIGN; basicConstraints stand only in a file."""
    judged = ctx.judged(link)
    failing = judged.failing("CE115")
    if failing is None:
        return ctx.unknown("CE115", (judged,)) or Holds()
    chain = judged.chain
    if chain is None or chain.culprit is None or judged.certificate is None:
        return Holds()
    ca = chain.culprit
    return Fails(
        {
            "ca": ca.id,
            "what": _what(ca, chain),
        },
        primary=ca.span("key_usage"),
        related=((judged.certificate.span("issuer"), f"{judged.certificate.id} is issued below it"),),
        subjects=(ca.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link), believed=failing.believed),
        links=(link.id,),
    )


def _what(ca: Certificate, chain: ChainResult) -> str:
    if chain.reason is ChainReason.PATH_LENGTH:
        return f"path length of {ca.path_length} allows no CA that far below it"
    if ca.is_ca is False:
        return "basicConstraints do not say CA"
    if isinstance(ca.key_usage, frozenset) and "keyCertSign" not in ca.key_usage:
        return "key usage lacks CERTSIGN"
    return "extended key usage lacks serverAuth"
