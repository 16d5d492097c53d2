"""CH107: a certificate names its issuer's key, and this key did not sign it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules._chains import chains_of

__all__ = ["signature_does_not_verify"]


@rule("CH107", on=Link)
def signature_does_not_verify(link: Link, ctx: Context) -> Verdict:
    """Without the key identifier it is a CA of that name with another key, which is KR117."""
    judged = ctx.judged(link)
    for chain, _ in chains_of(judged, "CH107", ctx):
        broken, issuer = chain.culprit, chain.issuer
        if broken is None or issuer is None:
            continue
        return Fails(
            {"certificate": broken.id, "issuer": issuer.id},
            primary=broken.span(),
            related=((issuer.span(), "the CA whose key it names"),),
            subjects=(broken.id, issuer.id),
            confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
            links=(link.id,),
        )
    return Holds()
