"""CE113: the key usage of a server certificate lacks what TLS needs."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["server_key_usage_missing"]


@rule("CE113", on=Link)
def server_key_usage_missing(link: Link, ctx: Context) -> Verdict:
    """No key usage is no restriction; what System SSL does is only believed."""
    judged = ctx.judged(link)
    certificate = judged.certificate
    if judged.failing("CE113") is None or certificate is None:
        return ctx.unknown("CE113", (judged,)) or Holds()
    usage = certificate.key_usage
    words = ", ".join(sorted(usage)) if isinstance(usage, frozenset) else "none"
    return Fails(
        {"certificate": certificate.id, "usage": words, "server": link.server},
        primary=certificate.span("key_usage"),
        related=((link.span, f"{link.id} needs it"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
