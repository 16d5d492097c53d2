"""CE117: a service that also calls others has an extended key usage without clientAuth."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link

__all__ = ["no_client_auth_usage"]


@rule("CE117", on=Link)
def no_client_auth_usage(link: Link, ctx: Context) -> Verdict:
    """The called service judges the certificate of the calling one."""
    judged = ctx.judged(link)
    certificate = ctx.deployment.certificate(ctx.client(link).as_client)
    if judged.failing("CE117") is None or certificate is None:
        return Holds()
    usage = certificate.extended_usage
    words = ", ".join(sorted(usage)) if isinstance(usage, frozenset) else "none"
    return Fails(
        {"certificate": certificate.id, "usage": words, "client": link.client},
        primary=certificate.span("extended_usage"),
        related=((link.span, f"{link.id} needs it"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
    )
