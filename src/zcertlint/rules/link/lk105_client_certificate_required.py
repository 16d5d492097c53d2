"""LK105: the server lets nobody in without a client certificate, and the client has none."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["client_certificate_required"]


@rule("LK105", on=Link)
def client_certificate_required(link: Link, ctx: Context) -> Verdict:
    """Zowe's ZAAS calls z/OSMF without a certificate, whatever it holds."""
    server = ctx.server(link)
    if ctx.judged(link).failing("LK105") is None or server.demands is None:
        return Holds()
    return Fails(
        {"client": link.client, "server": link.server},
        primary=server.demands,
        related=((link.span, f"{link.client} calls it and presents none"),),
        subjects=(link.server, link.client),
        confidence=ctx.confidence(ctx.client(link)),
        links=(link.id,),
    )
