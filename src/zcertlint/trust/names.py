"""Does a certificate name the host that a client calls? RFC 6125, with what each client adds."""

import ipaddress
from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.records import dataclass
from zcertlint.trust.stacks import CommonNameRule, StackProfile

__all__ = ["IPAddress", "NameMatch", "NameReason", "address_of", "dns_matches", "match_host"]


IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class NameReason(Enum):
    """Why a name fits or not."""

    SAN = "a subject alternative name fits"
    COMMON_NAME = "only the CN fits"
    NOT_IN_SAN = "the names in the certificate are others"
    NO_SAN = "there is no DNS name, and the CN does not count or is another"
    ADDRESS_NOT_IN_SAN = "no IP address in the certificate is this one"
    MORE_NAMES = "the listing shows one name of each type"
    NOT_SHOWN = "no input shows the certificate's names"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Whether the certificate names the host: True, False, or None when it cannot be told, and why.

    ``question`` is the reason for which it would fail if the names not shown do not fit either.
    """

    answer: bool | None
    reason: NameReason
    question: NameReason | None = None


def address_of(host: str) -> IPAddress | None:
    """The IP address that the host is, or None for a DNS name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _plain(host: str) -> str:
    text = host.rstrip(".").lower()
    if text.isascii():
        return text
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:
        return text


def dns_matches(pattern: str, host: str) -> bool:
    """Whether a dNSName covers a host name: without regard to case, ``*`` for one whole leftmost label.

    A host with other letters is compared as certificates have to hold it (``xn--…``, RFC 5890).
    """
    wanted, given = _plain(host), pattern.rstrip(".").lower()
    if wanted == given:
        return True
    if not given.startswith("*."):
        return False
    _, dot, rest = wanted.partition(".")
    # A wildcard needs two more labels: *.com covers nothing.
    return bool(dot) and "." in rest and rest == given[2:]


def match_host(certificate: Certificate, host: str, client: StackProfile) -> NameMatch:
    """Whether this client, when it checks names, accepts the certificate for this host."""
    if certificate.alt_names is None:
        return NameMatch(None, NameReason.NOT_SHOWN)
    address = address_of(host)
    if address is not None:
        return _match_address(certificate, host, address, client)
    names = certificate.alt_names
    if any(dns_matches(name, host) for name in names.dns):
        return NameMatch(True, NameReason.SAN)
    if names.dns:
        if "dns" in names.complete:
            return NameMatch(False, NameReason.NOT_IN_SAN)
        return NameMatch(None, NameReason.MORE_NAMES, NameReason.NOT_IN_SAN)
    if "dns" not in names.complete:
        return NameMatch(None, NameReason.MORE_NAMES, NameReason.NO_SAN)
    common = certificate.subject.common_name if certificate.subject is not None else None
    counts = client.common_name is CommonNameRule.WITHOUT_DNS or (
        client.common_name is CommonNameRule.WITHOUT_SAN and not names.ips
    )
    if counts and certificate.subject is None:
        return NameMatch(None, NameReason.NOT_SHOWN)
    if counts and common is not None and dns_matches(common, host):
        return NameMatch(True, NameReason.COMMON_NAME)
    return NameMatch(False, NameReason.NO_SAN)


def _match_address(
    certificate: Certificate,
    host: str,
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
    client: StackProfile,
) -> NameMatch:
    names = certificate.alt_names
    if names is None:
        return NameMatch(None, NameReason.NOT_SHOWN)
    if any(address_of(ip) == address for ip in names.ips):
        return NameMatch(True, NameReason.SAN)
    if "ip" not in names.complete:
        return NameMatch(None, NameReason.MORE_NAMES, NameReason.ADDRESS_NOT_IN_SAN)
    common = certificate.subject.common_name if certificate.subject is not None else None
    without_san = not names.dns and not names.ips and names.all_known
    if client.address_in_common_name and without_san and common == host:
        return NameMatch(True, NameReason.COMMON_NAME)
    return NameMatch(False, NameReason.ADDRESS_NOT_IN_SAN)
