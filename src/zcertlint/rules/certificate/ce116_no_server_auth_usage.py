"""CE116: an extended key usage without serverAuth."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["no_server_auth_usage"]


@rule("CE116", on=Link)
def no_server_auth_usage(link: Link, ctx: Context) -> Verdict:
    """A Java client that holds the certificate itself in its trust store does not look at it."""
    judged = ctx.judged(link)
    certificate = judged.certificate
    if judged.failing("CE116") is None or certificate is None:
        return ctx.unknown("CE116", (judged,)) or Holds()
    usage = certificate.extended_usage
    words = ", ".join(sorted(usage)) if isinstance(usage, frozenset) else "none"
    return Fails(
        {"certificate": certificate.id, "usage": words, "server": link.server},
        primary=certificate.span("extended_usage"),
        related=((link.span, f"{link.id} needs it"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
