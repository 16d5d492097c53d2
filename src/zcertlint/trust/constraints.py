"""Name constraints: which names a CA allows below it (RFC 5280, 4.2.1.10).

Judged are DNS names, IP addresses and directory names, of which verifiers think alike. Where they do not (a constraint
that begins with a period, a wildcard above an excluded name, a host name in the CN alone, e-mail addresses, URIs and
other names) the answer is None.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from zcertlint.model.certificate import Certificate
from zcertlint.records import dataclass

if TYPE_CHECKING:
    from cryptography import x509

__all__ = ["names_allowed"]

_DIRECTORY = "directory"
_DNS, _IP, _OTHER = "DNS", "IP", "other"


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a certificate by kind, as the encoding has them.

    Attributes:
        dns, ips: the texts. directories: the subject, unless empty, and every directoryName, in comparable form.
        others: whether names of further kinds are there, an e-mail address in the subject among them.
        common: the CN, where no DNS name stands beside it.
    """

    dns: tuple[str, ...]
    ips: tuple[str, ...]
    directories: tuple[tuple[frozenset[tuple[str, str]], ...], ...]
    others: bool
    common: str | None


@dataclass(frozen=True, slots=True)
class _Subtree:
    """One base of a constraint: its kind, and its value in comparable form; None for a kind that is not judged."""

    kind: str
    dns: str | None = None
    network: ipaddress.IPv4Network | ipaddress.IPv6Network | None = None
    directory: tuple[frozenset[tuple[str, str]], ...] | None = None


def names_allowed(ca: bytes, below: Certificate, *, leaf: bool) -> bool | None:
    """Whether the name constraints of a CA, if it has any, allow the names of a certificate below it.

    Args:
        ca: the encoding of the CA.
        below: a certificate of the chain that it leads to.
        leaf: whether that one is the end of the chain; a CA that is its own issuer is not looked at.
    """
    limits = _constraints(ca)
    if limits is None:
        return None
    permitted, excluded = limits
    if not (permitted or excluded) or (below.self_issued and not leaf):
        return True
    names = _names(below.der) if below.der is not None else _listed(below)
    if names is None:
        return None
    answers = [*_excluded(excluded, names), *_permitted(permitted, names)]
    return False if False in answers else None if None in answers else True


@lru_cache(maxsize=1024)
def _constraints(der: bytes) -> tuple[tuple[_Subtree, ...], tuple[_Subtree, ...]] | None:
    """What is permitted and what is excluded; both empty without constraints, None where they cannot be read."""
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = x509.load_der_x509_certificate(der).extensions
            value = found.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return (), ()
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None
    return (
        tuple(_subtree(name) for name in value.permitted_subtrees or ()),
        tuple(_subtree(name) for name in value.excluded_subtrees or ()),
    )


def _subtree(name: "x509.GeneralName") -> _Subtree:
    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)

    match name:
        case x509.DNSName():
            return _Subtree(_DNS, dns=name.value.rstrip(".").lower())
        case x509.IPAddress():
            value = name.value
            network = value if isinstance(value, ipaddress.IPv4Network | ipaddress.IPv6Network) else None
            return _Subtree(_IP, network=network)
        case x509.DirectoryName():
            return _Subtree(_DIRECTORY, directory=_form(name.value))
        case _:
            return _Subtree(_OTHER)


def _form(name: "x509.Name") -> tuple[frozenset[tuple[str, str]], ...]:
    """A name for comparison: without regard to case and runs of blanks (RFC 5280, 7.1)."""
    return tuple(
        frozenset((part.oid.dotted_string, " ".join(str(part.value).split()).casefold()) for part in rdn)
        for rdn in name.rdns
    )


@lru_cache(maxsize=4096)
def _names(der: bytes) -> _Names | None:
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    alternatives: list[x509.GeneralName] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(der)
            subject = certificate.subject
            alternatives += certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        pass
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None
    dns = tuple(name.value for name in alternatives if isinstance(name, x509.DNSName))
    ips = tuple(str(name.value) for name in alternatives if isinstance(name, x509.IPAddress))
    directories = [name.value for name in alternatives if isinstance(name, x509.DirectoryName)]
    if subject.rdns:
        directories.insert(0, subject)
    judged = (x509.DNSName, x509.IPAddress, x509.DirectoryName)
    mail = bool(subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS))
    commons = [str(part.value) for part in subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return _Names(
        dns,
        ips,
        tuple(_form(name) for name in directories),
        mail or any(not isinstance(name, judged) for name in alternatives),
        commons[-1] if commons and not dns else None,
    )


def _listed(certificate: Certificate) -> _Names | None:
    """The names that a listing shows; None unless all are known. How its DN is encoded no listing tells."""
    names = certificate.alt_names
    if names is None or not names.all_known or certificate.subject is None:
        return None
    common = certificate.subject.common_name if not names.dns else None
    return _Names(names.dns, names.ips, ((),), bool(names.emails or names.uris), common)


def _excluded(trees: Iterable[_Subtree], names: _Names) -> Iterator[bool | None]:
    for tree in trees:
        for inside in _inside(tree, names):
            yield None if inside is None else not inside
        if tree.kind == _DNS and _host_in_cn(names):
            # OpenSSL constrains a CN that looks like a host, Java does not.
            yield None if _dns_inside(tree.dns or "", names.common or "") is not False else True


def _permitted(trees: Iterable[_Subtree], names: _Names) -> Iterator[bool | None]:
    """For each kind that is constrained, each name of it must be inside one of the subtrees."""
    kinds: dict[str, list[_Subtree]] = {}
    for tree in trees:
        kinds.setdefault(tree.kind, []).append(tree)
    for of_kind in kinds.values():
        for answers in zip(*(_inside(tree, names) for tree in of_kind), strict=True):
            yield True if True in answers else None if None in answers else False
        if of_kind[0].kind == _DNS and _host_in_cn(names):
            inside = [_dns_inside(tree.dns or "", names.common or "") for tree in of_kind]
            yield True if True in inside else None


def _inside(tree: _Subtree, names: _Names) -> list[bool | None]:
    """For each name of the subtree's kind, whether it lies within."""
    if tree.kind == _DNS and tree.dns is not None:
        return [_dns_inside(tree.dns, name) for name in names.dns]
    if tree.kind == _IP:
        return [_ip_inside(tree, address) for address in names.ips]
    if tree.kind == _DIRECTORY and tree.directory is not None:
        base = tree.directory
        return [name[: len(base)] == base if name else None for name in names.directories]
    return [None] if names.others else []


def _host_in_cn(names: _Names) -> bool:
    return names.common is not None and "." in names.common and " " not in names.common


def _dns_inside(base: str, name: str) -> bool | None:
    plain = name.rstrip(".").lower()
    if base.startswith(".") or not base or plain.startswith("."):
        return None
    if plain == base or plain.endswith(f".{base}"):
        return True
    # *.example.com stands for names within x.example.com too.
    return None if plain.startswith("*.") and base.endswith(plain[1:]) else False


def _ip_inside(tree: _Subtree, text: str) -> bool | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return None if tree.network is None else address in tree.network
