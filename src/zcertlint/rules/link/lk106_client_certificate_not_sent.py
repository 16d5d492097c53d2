"""LK106: verifyCertificates DISABLED keeps Zowe's Java client from sending a certificate that the server demands."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["client_certificate_not_sent"]


@rule("LK106", on=Link)
def client_certificate_not_sent(link: Link, ctx: Context) -> Verdict:
    """Zowe's own services demand none then: discovery lets everybody in once verification is DISABLED."""
    server, verify = ctx.server(link), ctx.deployment.verify
    if ctx.judged(link).failing("LK106") is None or server.demands is None:
        return Holds()
    related = ((verify.span, "with this value none is sent"),) if verify is not None and verify.span else ()
    return Fails(
        {"client": link.client, "server": link.server},
        primary=server.demands,
        related=related,
        subjects=(link.server, link.client),
        confidence=ctx.confidence(ctx.client(link)),
        links=(link.id,),
    )
