"""NA104: an external domain is missing in the certificate that people meet under it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Basis, Link, Stack
from zcertlint.model.settings import Setting
from zcertlint.rules.names._hosts import names_hint
from zcertlint.trust.hosts import SAMPLES, gateways, is_domain
from zcertlint.trust.names import NameReason, match_host
from zcertlint.trust.needs import Need, need_names
from zcertlint.trust.stacks import profile

__all__ = ["external_domain_not_in_san"]


@rule("NA104", on=Setting)
def external_domain_not_in_san(domain: Setting, ctx: Context) -> Verdict:
    """The first domain is the services' own host name without haInstances; the others are browsers' names."""
    if not is_domain(domain.path) or domain.container or domain.template or not domain.value:
        return Holds()
    host = str(domain.value)
    if host.casefold() in SAMPLES:
        return Holds()  # NA110 speaks
    links = [link for link in ctx.deployment.links.values() if _called_by(link, domain)]
    judged = [ctx.judged(link) for link in links]
    failing = [one for one in judged if one.failing("NA104") is not None]
    if failing and failing[0].certificate is not None:
        broken = tuple(one.link.id for one in failing)
        own = any(one.link.basis is Basis.CONFIGURED for one in failing)
        return _fails(domain, failing[0].certificate, failing[0].link, own=own, links=broken, ctx=ctx)
    unknown = ctx.unknown("NA104", judged)
    if unknown is not None or links:
        return unknown or Holds()
    return _only_for_browsers(domain, host, ctx)


def _called_by(link: Link, domain: Setting) -> bool:
    if link.host is None:
        return False
    return link.host.span == domain.span or (link.host.span is None and link.host.value == str(domain.value))


def _only_for_browsers(domain: Setting, host: str, ctx: Context) -> Verdict:
    """A domain by which no service of Zowe calls another."""
    needs: list[Need] = []
    for gateway in gateways(ctx.deployment):
        certificate = ctx.deployment.certificate(gateway.certificate)
        if certificate is None or gateway.attls:
            continue  # AT-TLS may serve another one
        match = match_host(certificate, host, profile(Stack.BROWSER))
        if match.answer is False and match.reason is not NameReason.NO_SAN:  # else NA102 speaks
            return _fails(domain, certificate, None, own=False, links=(), ctx=ctx)
        if match.reason is NameReason.MORE_NAMES:
            needs.append(need_names(certificate, host))
    return Unknown({"subject": host}, tuple(dict.fromkeys(needs))) if needs else Holds()


def _fails(
    domain: Setting,
    certificate: Certificate,
    link: Link | None,
    *,
    own: bool,
    links: tuple[str, ...],
    ctx: Context,
) -> Fails:
    ends = [ctx.server(link)] if link is not None else list(gateways(ctx.deployment))
    confidence = ctx.confidence(*ends)
    return Fails(
        {"host": str(domain.value), "certificate": certificate.id, "names": str(certificate.alt_names)},
        primary=domain.span,
        related=((certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}"),),
        subjects=(certificate.id, str(domain.value)),
        severity=Severity.ERROR if own else Severity.WARNING,
        # Another device may end TLS for a name by which only browsers come.
        confidence=confidence if own else Confidence.LIKELY,
        links=links,
        fix=names_hint(certificate, link) if link is not None else None,
        variant=None if own else "browsers",
        breaks=("ZWEAM511E", "ERR_CERT_COMMON_NAME_INVALID") if own else None,
    )
