"""CE111: a certificate that a link needs is NOTRUST, so RACF does not return it from the ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, TrustStatus

__all__ = ["untrusted_status"]


@rule("CE111", on=Certificate)
def untrusted_status(certificate: Certificate, ctx: Context) -> Verdict:
    """An error where a link fails for it; connected to a used ring without that, a warning is enough."""
    stores = {
        ident
        for endpoint in ctx.deployment.endpoints.values()
        for ident in (endpoint.keystore, endpoint.truststore)
        if ident is not None
    }
    rows = [
        (store, row)
        for ident in sorted(stores)
        if (store := ctx.deployment.store(ident)) is not None
        for row in store.connections
        if row.certificate == certificate.id
    ]
    if not rows or certificate.owner is None or certificate.label is None:
        return Holds()
    if certificate.trust is None:
        return ctx.unknown("CE111", ctx.serving(certificate.id)) or Holds()
    if certificate.trust is not TrustStatus.NOTRUST:
        return Holds({"certificate": certificate.id, "status": certificate.trust.value})
    links = []
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        if judged.failing("CE111") is None:
            continue
        culprit = judged.chain.culprit.id if judged.chain and judged.chain.culprit else None
        if certificate.id in {culprit, judged.certificate.id if judged.certificate else None}:
            links.append(link.id)
    return Fails(
        {"certificate": certificate.id, "store": rows[0][0].title},
        primary=certificate.span("trust"),
        related=tuple((row.span, f"connected to {store.title}") for store, row in rows),
        subjects=(certificate.id,),
        links=tuple(links),
    )
