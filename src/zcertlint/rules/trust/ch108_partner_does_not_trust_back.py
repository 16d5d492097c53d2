"""CH108: the way back, from z/OSMF to Zowe, lacks an anchor."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Unknown, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.trust._anchors import connect_hint, issuer_place
from zcertlint.trust.chain import ChainReason

__all__ = ["partner_does_not_trust_back"]

_UNTRUSTED = {ChainReason.NO_ANCHOR, ChainReason.SELF_SIGNED}


@rule("CH108", on=Endpoint)
def partner_does_not_trust_back(gateway: Endpoint, ctx: Context) -> Verdict:
    """An error where z/OSMF's settings show the call; without that an information, and never a gap."""
    zosmf = ctx.deployment.endpoints.get("zosmf")
    if zosmf is None or gateway.id.partition("@")[0] not in {"zowe.gateway", "zowe.apiml"}:
        return Holds()
    link = ctx.deployment.links.get(f"zosmf -> {gateway.id}")
    certificate = ctx.deployment.certificate(gateway.certificate)
    if link is not None:
        judged = ctx.judged(link)
        chain = judged.chain
        if judged.failing("CH108") is None or chain is None:
            unknown = ctx.unknown("CH108", (judged,)) or ctx.unknown("CH101", (judged,))
            return Unknown({"gateway": gateway.id}, unknown.needs, unknown.links) if unknown else Holds()
    elif gateway.attls:
        return Holds()  # its policy says which certificate it serves
    else:
        chain = ctx.judge.chain(certificate, zosmf, gateway, zosmf.stack)
        if chain.reason not in _UNTRUSTED:
            return Holds()
    store = ctx.deployment.store(zosmf.truststore)
    if store is None or certificate is None:
        return Holds()
    related = [issuer_place(ctx, chain, certificate, gateway)]
    asked = link is not None and link.span == zosmf.demands
    if ctx.deployment.zosmf_calls_zowe is not None:
        words = "here z/OSMF demands client certificates" if asked else "here z/OSMF is told to call Zowe"
        related.append((ctx.deployment.zosmf_calls_zowe, words))
    return Fails(
        {"gateway": gateway.id, "store": store.title, "certificate": certificate.id},
        primary=store.span,
        related=tuple(related),
        subjects=(store.id, certificate.id),
        severity=Severity.ERROR if link is not None else Severity.INFO,
        confidence=ctx.confidence(zosmf, gateway) if link is not None else Confidence.LIKELY,
        links=(link.id,) if link is not None else (),
        fix=connect_hint(ctx, chain, zosmf, gateway),
        variant="asked" if asked else None if link is not None else "unseen",
    )
