"""CE111: a certificate that a link needs is NOTRUST, so RACF does not return it from the ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.store import Connection, Store
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["untrusted_status"]


@rule("CE111", on=Certificate)
def untrusted_status(certificate: Certificate, ctx: Context) -> Verdict:
    """An error on every ring in use; the links that fail for it are named, and their ring goes first."""
    rows = _rows(certificate, ctx)
    if not rows or certificate.owner is None or certificate.label is None:
        return Holds()
    if certificate.trust is None:
        need = _need(certificate.id, list_certificate(certificate.owner, certificate.label))
        return ctx.unknown("CE111", ctx.serving(certificate.id)) or need
    if certificate.trust is not TrustStatus.NOTRUST:
        return Holds({"certificate": certificate.id, "status": certificate.trust.value})
    links, needed = [], set()
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        if judged.failing("CE111") is None:
            continue
        if judged.certificate is not None and judged.certificate.id == certificate.id:
            needed.add(ctx.server(link).keystore)
            links.append(link.id)
        elif judged.chain and judged.chain.culprit and judged.chain.culprit.id == certificate.id:
            needed.add(ctx.client(link).truststore)
            links.append(link.id)
        elif judged.client_chain and judged.client_chain.culprit is certificate:
            needed.add(ctx.server(link).truststore)
            links.append(link.id)
    rows.sort(key=lambda row: (row[0].id not in needed, row[0].id))
    first = [
        user
        for user in ctx.deployment.endpoints.values()
        if rows[0][0].id in {user.keystore, user.truststore}
    ]
    certain = [user for user in first if not user.assumed]
    return Fails(
        {"certificate": certificate.id, "store": rows[0][0].title},
        primary=certificate.span("trust"),
        related=tuple((row.span, f"connected to {store.title}") for store, row in rows),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*(certain or first)),
        links=tuple(links),
    )


def _need(ident: str, command: str) -> Unknown:
    return Unknown({"subject": ident}, (Need(ident, f"No input shows the status of {ident}.", command),))


def _rows(certificate: Certificate, ctx: Context) -> list[tuple[Store, Connection]]:
    """Where the certificate is connected, among the stores that an endpoint uses."""
    users = ctx.deployment.endpoints.values()
    used = {ident for user in users for ident in (user.keystore, user.truststore) if ident}
    stores = (ctx.deployment.store(ident) for ident in sorted(used))
    return [
        (store, row)
        for store in stores
        if store is not None
        for row in store.connections
        if row.certificate == certificate.id
    ]
