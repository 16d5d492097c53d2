"""NA104: an external domain is missing in the certificate that people meet under it."""

from collections.abc import Sequence

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Basis, Link, Stack
from zcertlint.model.settings import Setting
from zcertlint.rules.names._hosts import names_hint
from zcertlint.trust.hosts import SAMPLES, gateways, is_domain, names
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
    links = [link for link in ctx.deployment.links.values() if _called_by(link, domain, ctx)]
    judged = [ctx.judged(link) for link in links]
    failing = [one for one in judged if one.failing("NA104") is not None]
    if failing and failing[0].certificate is not None:
        broken = tuple(one.link for one in failing)
        return _fails(domain, failing[0].certificate, broken, ctx)
    unknown = ctx.unknown("NA104", judged)
    if unknown is not None or links:
        return unknown or Holds()
    return _only_for_browsers(domain, host, ctx)


def _internal(link: Link, ctx: Context) -> bool:
    return link.basis is Basis.CONFIGURED and ctx.client(link).product == "zowe"


def _called_by(link: Link, domain: Setting, ctx: Context) -> bool:
    """Whether somebody calls Zowe by this domain; z/OSMF on the same system may well have the same name."""
    if link.host is None or ctx.server(link).product != "zowe":
        return False
    return link.host.span == domain.span or names(domain, link.host)


def _only_for_browsers(domain: Setting, host: str, ctx: Context) -> Verdict:
    """A domain by which no service of Zowe calls another."""
    needs: list[Need] = []
    for gateway in gateways(ctx.deployment):
        certificate = ctx.deployment.certificate(gateway.certificate)
        if certificate is None or gateway.attls:
            continue  # AT-TLS may serve another one
        match = match_host(certificate, host, profile(Stack.BROWSER))
        if match.answer is False and match.reason is not NameReason.NO_SAN:  # else NA102 speaks
            return _fails(domain, certificate, (), ctx)
        if match.reason is NameReason.MORE_NAMES:
            needs.append(need_names(certificate, host))
    return Unknown({"subject": host}, tuple(dict.fromkeys(needs))) if needs else Holds()


def _fails(domain: Setting, certificate: Certificate, links: Sequence[Link], ctx: Context) -> Fails:
    ends = [ctx.server(link) for link in links[:1]] or list(gateways(ctx.deployment))
    calls = [link for link in links if link.basis is Basis.CONFIGURED]
    own = any(_internal(link, ctx) for link in calls)
    return Fails(
        {
            "host": str(domain.value),
            "certificate": certificate.id,
            "names": str(certificate.alt_names),
            "client": calls[0].client if calls else "browser",
        },
        primary=domain.span,
        related=((certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}"),),
        subjects=(certificate.id, str(domain.value)),
        severity=Severity.ERROR if calls else Severity.WARNING,
        # Another device may end TLS for a name by which only browsers come.
        confidence=ctx.confidence(*ends) if calls else Confidence.LIKELY,
        links=tuple(link.id for link in links),
        fix=names_hint(certificate, links[0]) if links else None,
        variant=None if own else "partners" if calls else "browsers",
        breaks=("ZWEAM511E", "ERR_CERT_COMMON_NAME_INVALID") if own else None,
    )
