"""CH106: a CA of the chain does not allow what stands below it: too many CAs, or names that are not its own."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.rules._chains import chains_of
from zcertlint.trust.chain import ChainReason, ChainResult

__all__ = ["path_rule_broken"]


@rule("CH106", on=Link)
def path_rule_broken(link: Link, ctx: Context) -> Verdict:
    """Only a file shows such limits; an issuer that is no CA at all is CE115."""
    judged = ctx.judged(link)
    for chain, certificate in chains_of(judged, "CH106", ctx):
        ca = chain.culprit
        if ca is None:
            continue
        believed = any(c.believed for c in judged.conditions if c.code == "CH106")
        below = chain.issuer or certificate
        return Fails(
            {"ca": ca.id, "certificate": certificate.id, "what": _what(ca, chain)},
            primary=ca.span(),
            related=((below.span("alt_names", "subject"), "stands below it"),),
            subjects=(ca.id, below.id),
            confidence=ctx.confidence(ctx.client(link), ctx.server(link), believed=believed),
            links=(link.id,),
        )
    return ctx.unknown("CH106", (judged,)) or Holds()


def _what(ca: Certificate, chain: ChainResult) -> str:
    if chain.reason is ChainReason.PATH_LENGTH:
        return f"its path length of {ca.path_length} allows no CA that far below it"
    names = f" (names: {chain.issuer.alt_names})" if chain.issuer is not None else ""
    return f"its name constraints do not allow the names of {chain.issuer.id if chain.issuer else ''}{names}"
