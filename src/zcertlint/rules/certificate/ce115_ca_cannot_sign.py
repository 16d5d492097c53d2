"""CE115: an issuer of the chain may not sign certificates."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.rules._chains import chains_of

__all__ = ["ca_cannot_sign"]


@rule("CE115", on=Link)
def ca_cannot_sign(link: Link, ctx: Context) -> Verdict:
    """A listing shows CERTSIGN; basicConstraints stand only in a file."""
    judged = ctx.judged(link)
    failing = judged.failing("CE115")
    chain, certificate = next(chains_of(judged, "CE115", ctx), (None, None))
    if failing is None or chain is None or chain.culprit is None or certificate is None:
        return ctx.unknown("CE115", (judged,)) or Holds()
    ca = chain.culprit
    return Fails(
        {
            "ca": ca.id,
            "what": _what(ca),
        },
        primary=ca.span("key_usage"),
        related=((certificate.span("issuer"), f"{certificate.id} is issued below it"),),
        subjects=(ca.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link), believed=failing.believed),
        links=(link.id,),
    )


def _what(ca: Certificate) -> str:
    if ca.is_ca is False:
        return "basicConstraints do not say CA"
    if isinstance(ca.key_usage, frozenset) and "keyCertSign" not in ca.key_usage:
        return "key usage lacks CERTSIGN"
    return "extended key usage lacks serverAuth"
