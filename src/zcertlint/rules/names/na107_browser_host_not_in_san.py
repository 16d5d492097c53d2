"""NA107: people use a URL whose host the certificate lacks."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.clients import ClientUrl
from zcertlint.model.deployment import Stack
from zcertlint.trust.judgement import Aspect
from zcertlint.trust.names import match_host
from zcertlint.trust.needs import need_names
from zcertlint.trust.stacks import profile

__all__ = ["browser_host_not_in_san"]


@rule("NA107", on=ClientUrl)
def browser_host_not_in_san(url: ClientUrl, ctx: Context) -> Verdict:
    """A host by which a link calls the same server has its own finding."""
    server = ctx.deployment.endpoints.get(url.server or "")
    certificate = ctx.deployment.certificate(server.certificate if server is not None else None)
    if server is None or certificate is None or server.attls:
        return Holds()
    for link in ctx.deployment.links.values():
        if link.server == server.id and link.host is not None and link.host.value == url.host:
            names = (c for c in ctx.judged(link).conditions if c.aspect is Aspect.NAME)
            if any(condition.answer is not True for condition in names):
                return Holds()
    match = match_host(certificate, url.host, profile(Stack.BROWSER))
    if match.answer is None:
        return Unknown({"subject": url.url}, (need_names(certificate, url.host),))
    if match.answer:
        return Holds()
    return Fails(
        {
            "url": url.url,
            "host": url.host,
            "server": server.id,
            "certificate": certificate.id,
            "names": str(certificate.alt_names),
        },
        primary=url.span,
        related=((certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}"),),
        subjects=(certificate.id, url.host),
        confidence=ctx.confidence(server),
    )
