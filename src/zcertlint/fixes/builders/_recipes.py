"""Changes of a key that no job of ours makes, as commands in their order: told, for somebody who knows the site."""

from collections.abc import Iterator

from zcertlint.fixes.advice import name_of
from zcertlint.fixes.builders._reissue import data_sets
from zcertlint.fixes.commands.base import rings_of, text_of
from zcertlint.fixes.commands.issue import Genreq, Rekey
from zcertlint.fixes.commands.keep import Export, ExportForm
from zcertlint.fixes.commands.reads import Refresh
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import plan_key
from zcertlint.fixes.quote import shown
from zcertlint.fixes.signing import last_in_years
from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.store import StoreKind

__all__ = ["new_ca_key", "new_self_signed_key"]

_BITS = 2048
_NAMED = 12  # certificates that are named one by one
_CLASSES = ("DIGTCERT", "DIGTRING")


def new_ca_key(
    certificate: Certificate, new: str, deployment: Deployment, options: FixOptions
) -> tuple[str, ...]:
    """A CA gets a new key by ROLLOVER, at once, because only that carries its count of serial numbers over.

    Args:
        certificate: the CA, with owner and label.
        new: a label that is free.
        deployment: tells who holds it and what it signed.
        options: the years that a CA lasts.
    """
    owner, label = _place(certificate)
    stem = _stem("new-ca-key", certificate, new, options)
    lines = [
        _backup(certificate, owner, label, f"{stem}.KEY"),
        f"{text_of(Rekey(owner, label, new, _BITS, last_in_years(options.as_of, options.ca_years)))}.",
    ]
    request = text_of(Genreq(owner, new, f"{stem}.CSR"))
    if certificate.self_issued is False:
        lines.append(
            f"{request}, have it signed by the CA above, and take the answer in (GENCERT with SIGNWITH where that CA"
            " is in RACF, else ADD); LISTCHAIN must be complete before you go on."
        )
    elif certificate.self_issued is None:
        lines.append(f"If another CA signed it: {request}, and take the answer in before you go on.")
    export = text_of(Export(owner, new, f"{stem}.CERT"))
    lines += [
        (
            f"{text_of(Rollover(owner, label, new))} at once, before the new one signs anything: only ROLLOVER carries"
            " the count of serial numbers over; without it the first certificate meets one that is defined (IRRD109I)."
            " It deletes the old private key, and connects the new CA beside the old one."
        ),
        (
            f"{_refreshes()}. Then {export}, and give the new CA to everybody who trusts the old one"
            f"{_holders(certificate, deployment)}. The old one stays connected until nothing is left that it signed."
        ),
        f"Only then renew what it signed{_signed(certificate, deployment.database)}.",
    ]
    return _numbered(lines)


def new_self_signed_key(
    certificate: Certificate, new: str, deployment: Deployment, options: FixOptions
) -> tuple[str, ...]:
    """A self-signed certificate with a new key is a stranger to its partners: they get it before it is used.

    The arguments are those of :func:`new_ca_key`.
    """
    owner, label = _place(certificate)
    stem = _stem("new-self-signed-key", certificate, new, options)
    rings = [ring.id.removeprefix("ring:") for ring, _row in rings_of(deployment.database, certificate.id)]
    on = ", ".join(map(shown, rings)) or "its key rings"
    rekey = text_of(Rekey(owner, label, new, _BITS, last_in_years(options.as_of, options.years)))
    export = text_of(Export(owner, new, f"{stem}.CERT"))
    lines = [
        f"{rekey}. The old one stays as it is.",
        (
            f"{export}, and have every partner that trusts the old one trust the new one too"
            f"{_holders(certificate, deployment)}."
        ),
        (
            f"Only then CONNECT '{shown(new)}' beside '{shown(label)}' on {on} with the usage and DEFAULT of the old"
            f" one, {_refreshes()}, change every setting that names the old label, and restart."
        ),
        "When all partners have been seen to connect: REMOVE the old one from the key rings. No DELETE before that.",
    ]
    return _numbered(lines)


def _numbered(lines: list[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _stem(what: str, certificate: Certificate, new: str, options: FixOptions) -> str:
    """What the names of the data sets begin with."""
    return data_sets(options, plan_key(what, certificate.id, new))[1].removesuffix(".CSR")


def _place(certificate: Certificate) -> tuple[Owner, str]:
    assert certificate.owner is not None and certificate.label is not None  # noqa: S101, PT018 (the builder saw to it)
    return certificate.owner, certificate.label


def _refreshes() -> str:
    return ", ".join(text_of(Refresh(name)) for name in _CLASSES)


def _backup(certificate: Certificate, owner: Owner, label: str, data_set: str) -> str:
    if certificate.hardware_key is not None:
        return "There is no backup and no way back: the old private key is in ICSF and cannot be exported."
    export = " ".join(Export(owner, label, data_set, ExportForm.PKCS12DER).words())
    return (
        f"Without this backup there is no way back: {export} with a PASSWORD that you type. It holds the private key:"
        " see who may read the data set (LISTDSD), and delete it after the soak."
    )


def _holders(certificate: Certificate, deployment: Deployment) -> str:
    """Stores other than key rings of this database that hold it."""
    named = [
        shown(store.title)
        for store in deployment.database.stores.values()
        if store.kind is not StoreKind.KEY_RING
        and any(row.certificate == certificate.id for row in store.connections)
    ]
    return f" ({', '.join(named)}, and whoever no input shows)" if named else ""


def _signed(certificate: Certificate, database: Database) -> str:
    found = list(_issued(certificate, database))
    if not found:
        return ""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f": {', '.join(found[:_NAMED])}{more}"


def _issued(certificate: Certificate, database: Database) -> Iterator[str]:
    for other in database.certificates.values():
        if certificate.subject is None or other.issuer is None or other.id == certificate.id:
            continue
        if other.owner is not None and other.issuer.same_as(certificate.subject):
            yield name_of(other)
