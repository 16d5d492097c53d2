"""Which names a certificate needs, and whether RACDCERT can write them."""

from dataclasses import replace

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.advice import name_of
from zcertlint.fixes.plan import RefusedError
from zcertlint.fixes.quote import host as checked_host
from zcertlint.model.certificate import AltNames, Certificate
from zcertlint.model.deployment import Deployment, Verify
from zcertlint.trust.names import NameReason, match_host
from zcertlint.trust.stacks import profile

__all__ = ["added_names", "all_names", "called_by", "unwritten"]

_UNCONFIRMED = "how RACDCERT of z/OS 3.2 writes lists of names is not confirmed here"
_ALL = frozenset(("dns", "ip", "email", "uri"))


def called_by(
    certificate: Certificate, deployment: Deployment, product: str | None = None
) -> tuple[str, ...]:
    """The hosts by which clients that look at names call it, and that no SAN of it names, in order of their names.

    ``product``: only as a server of this product.
    """
    found: set[str] = set()
    for link in deployment.links.values():
        server = deployment.endpoints.get(link.server)
        if link.host is None or link.verify not in {Verify.STRICT, Verify.NAME} or link.unresolved:
            continue
        if server is None or server.certificate != certificate.id or server.attls or server.assumed:
            continue
        if product is not None and server.product != product:
            continue
        match = match_host(certificate, link.host.value, profile(link.stack))
        if match.answer is False or match.reason is NameReason.COMMON_NAME:
            found.add(link.host.value)
    return tuple(sorted(found))


def all_names(certificate: Certificate, hosts: tuple[str, ...]) -> AltNames | None:
    """Every old name and the new ones; None where an old one may be unknown, for ALTNAME replaces all names."""
    names = certificate.alt_names
    if names is None or not names.all_known:
        return None
    for host in hosts:
        try:
            kind, value = checked_host(host)
        except UnsafeValueError as unsafe:
            raise RefusedError(str(unsafe)) from None
        if kind == "ip":
            names = replace(names, ips=tuple(dict.fromkeys((*names.ips, value))), complete=_ALL)
        else:
            names = replace(names, dns=tuple(dict.fromkeys((*names.dns, value))), complete=_ALL)
    return names


def unwritten(certificate: Certificate, names: AltNames | None, *, lists: bool | None) -> str | None:
    """Why RACDCERT cannot write these names; None when it can."""
    if names is None:
        return (
            f"not every name of {name_of(certificate)} is known, and ALTNAME would drop the others: give its"
            " certificate file (EXPORT FORMAT(CERTB64)), or a LIST of z/OS 3.2"
        )
    if any(len(group) > 1 for group in (names.dns, names.ips, names.emails, names.uris)):
        return (
            f"{name_of(certificate)} would need several names of one type ({names});"
            f" {'RACDCERT writes one of each before z/OS 3.2' if not lists else _UNCONFIRMED}"
        )
    return None


def added_names(certificate: Certificate, deployment: Deployment) -> AltNames | None:
    """All names of a certificate that is issued anew anyway, where it lacks some by which Zowe is called.

    None where it lacks none, or RACDCERT cannot write them. z/OSMF is left out: there the setting may be the remedy.
    """
    hosts = called_by(certificate, deployment, "zowe")
    try:
        names = all_names(certificate, hosts) if hosts else None
    except RefusedError:
        return None
    return names if names is not None and unwritten(certificate, names, lists=None) is None else None
