"""NA106: addresses by which the gateway is reached are missing in its certificate."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.text.source import Span
from zcertlint.trust.hosts import gateways, listens
from zcertlint.trust.names import address_of
from zcertlint.trust.needs import HOMES, Need

__all__ = ["home_address_not_in_san"]


@rule("NA106", on=Endpoint)
def home_address_not_in_san(gateway: Endpoint, ctx: Context) -> Verdict:
    """Only where every address in the certificate is known; a listing before z/OS 3.2 shows the first."""
    certificate = ctx.deployment.certificate(gateway.certificate)
    if gateway not in gateways(ctx.deployment) or certificate is None or certificate.alt_names is None:
        return Holds()
    if gateway.attls:
        return Holds()  # AT-TLS may serve another certificate
    if "ip" not in certificate.alt_names.complete:
        return Holds()
    named = {address_of(ip) for ip in certificate.alt_names.ips}
    # A link that calls by such an address has its own finding (NA103).
    called = {
        address_of(link.host.value)
        for link in ctx.deployment.links.values()
        if link.host and link.server == gateway.id
    }
    missing = {
        address: span
        for address, span in _addresses(ctx.deployment)
        if address_of(address) not in named and address_of(address) not in called
    }
    if missing:
        return Fails(
            {
                "certificate": certificate.id,
                "addresses": ", ".join(missing),
                "names": str(certificate.alt_names),
            },
            primary=next(iter(missing.values())),
            related=((certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}"),),
            subjects=(certificate.id, *missing),
        )
    told = listens(ctx.deployment)
    unsure = [str(entry.value) for address, entry in told.items() if address not in named | called]
    if unsure and not ctx.deployment.database.security.homes:
        text = f"Is {', '.join(unsure)}, on which Zowe is told to listen, an address of this system?"
        return Unknown({}, (Need(gateway.id, text, HOMES),))
    return Holds()


def _addresses(deployment: Deployment) -> Iterator[tuple[str, Span]]:
    """The declared addresses, and those of NETSTAT HOME that Zowe is told to listen on.

    An address that the system merely has is called by nobody, as far as is known: the host name may be meant.
    """
    for one in deployment.client_addresses:
        if one.span is not None:
            yield one.value, one.span
    told = listens(deployment)
    for stack in deployment.database.security.homes:
        for home in stack.addresses:
            if address_of(home.address) in told and "Internal" not in home.flags:
                yield home.address, home.span
