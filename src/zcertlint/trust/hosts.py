"""Which rule speaks where a certificate does not name a host: where the name was configured decides."""

from collections.abc import Iterator

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment, Endpoint, Located
from zcertlint.model.settings import Setting
from zcertlint.trust.names import IPAddress, NameReason, address_of

__all__ = ["SAMPLES", "gateways", "is_domain", "is_host", "is_member", "listens", "name_rule", "names"]

# Host names of the files that Zowe ships (example-zowe.yaml, documentation).
SAMPLES = frozenset({"dvipa.my-company.com", "sample-domain.com", "zos.example.com"})
_CODES = {
    NameReason.NOT_IN_SAN: "NA101",
    NameReason.NO_SAN: "NA102",
    NameReason.ADDRESS_NOT_IN_SAN: "NA103",
}


def is_domain(path: tuple[str, ...]) -> bool:
    """Whether a setting is one of ``zowe.externalDomains``."""
    return path[:2] == ("zowe", "externalDomains")


def is_member(path: tuple[str, ...]) -> bool:
    """Whether a setting is the host name of an HA member."""
    return len(path) == 3 and path[0] == "haInstances" and path[2] == "hostname"  # noqa: PLR2004


def is_host(path: tuple[str, ...]) -> bool:
    """Whether a setting is a host name that Zowe or its users call."""
    return is_domain(path) or is_member(path) or path == ("zOSMF", "host")


def gateways(deployment: Deployment) -> Iterator[Endpoint]:
    """The endpoints that people reach: the gateway of each member, or API ML as a single service."""
    for end in deployment.endpoints.values():
        if end.id.partition("@")[0] in {"zowe.gateway", "zowe.apiml"}:
            yield end


def listens(deployment: Deployment) -> dict[IPAddress, Setting]:
    """The addresses of the system that Zowe is told to listen on; 0.0.0.0, all of them, tells none.

    Empty where there are several gateways: nothing tells whose addresses they are.
    """
    path = ("zowe", "network", "server", "listenAddresses")
    zowe = deployment.zowe
    if zowe is None or len(list(gateways(deployment))) != 1:
        return {}
    given: dict[IPAddress, Setting] = {}
    for item in zowe.children(*path):
        entry = zowe.at(*path, item)
        address = address_of(str(entry.value)) if entry is not None else None
        if entry is None or address is None:
            continue
        if not (address.is_unspecified or address.is_loopback or address.is_link_local):
            given.setdefault(address, entry)
    return given


def names(entry: Setting, host: Located) -> bool:
    """Whether a setting is the name that is called, compared as host names are."""
    return not entry.template and str(entry.value).casefold() == host.value.casefold()


def _configured(host: Located, deployment: Deployment) -> Setting | None:
    """The setting of zowe.yaml that names the host; a partner that calls by the same name is meant too."""
    if deployment.zowe is None:
        return None
    settings = [entry for entry in deployment.zowe.entries.values() if is_host(entry.path)]
    exact = next((entry for entry in settings if entry.span == host.span), None)
    return exact or next((entry for entry in settings if names(entry, host)), None)


def name_rule(reason: NameReason, host: Located, certificate: Certificate, deployment: Deployment) -> str:
    """The rule that speaks of a name that does not fit.

    NA110 where the host is a sample's; NA104 where it is an external domain that the gateway's own certificate
    lacks, NA105 where it is an HA member's; else by the reason alone.
    """
    code = _CODES.get(reason, "NA101")
    entry = _configured(host, deployment)
    if entry is None or code == "NA103":
        return code
    if host.value.casefold() in SAMPLES:
        return "NA110"
    if code == "NA101" and is_member(entry.path):
        return "NA105"
    served = {end.certificate for end in gateways(deployment)}
    return "NA104" if code == "NA101" and is_domain(entry.path) and certificate.id in served else code
