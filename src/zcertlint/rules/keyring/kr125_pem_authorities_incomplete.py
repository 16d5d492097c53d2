"""KR125: app-server's list of CAs lacks a link of the chain that it verifies."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.model.settings import Setting
from zcertlint.trust.chain import ChainReason

__all__ = ["pem_authorities_incomplete"]

_LIST = ("pem", "certificateAuthorities")


@rule("KR125", on=Link)
def pem_authorities_incomplete(link: Link, ctx: Context) -> Verdict:
    """Node.js needs the root in its list, and every intermediate there or from the server."""
    judged = ctx.judged(link)
    failing, chain, certificate = judged.failing("KR125"), judged.chain, judged.certificate
    if failing is None or chain is None or certificate is None:
        return Holds()
    store = ctx.deployment.store(ctx.client(link).truststore)
    ca = chain.culprit if chain.reason is ChainReason.NOT_SENT else chain.path[-1]
    if store is None or ca is None:
        return Holds()
    place = _setting(ctx)
    return Fails(
        {"client": link.client, "server": link.server, "ca": ca.id, "certificate": certificate.id},
        primary=place.span if place is not None else store.span,
        related=((ca.span(), "this CA is not in the list"), (certificate.span("issuer"), "issued below it")),
        subjects=(store.id, ca.id),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
        variant="sent" if chain.reason is ChainReason.NOT_SENT else None,
    )


def _setting(ctx: Context) -> Setting | None:
    zowe = ctx.deployment.zowe
    entries = zowe.entries.values() if zowe is not None else ()
    return next((entry for entry in entries if entry.path[-2:] == _LIST), None)
