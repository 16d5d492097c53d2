"""From what a job's command asks for to the command value that plays it."""

from collections.abc import Callable

from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.issue import Genreq, Rekey
from zcertlint.fixes.commands.keep import Alter, Export, ExportForm
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.reads import CheckCert, ListCert, ListCerts, ListChain, ListMap, ListRing
from zcertlint.fixes.commands.rings import AddRing, Connect, DelRing, Remove
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.fixes.job.racdcert import Request
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.store import Usage

__all__ = ["value_of"]


def value_of(request: Request) -> Command | None:
    """The command value; None for a function, or a way to name a certificate, that is not modelled.

    A command whose owner is not known has no value either.
    """
    maker = _MAKERS.get(request.function)
    if maker is None or request.selected:
        return None
    if request.function == "CHECKCERT":
        return CheckCert(request.data_set or "")
    if request.owner is None and not request.multi:
        return None
    return maker(request)


def _owner(request: Request) -> Owner:
    return request.owner or Owner(OwnerKind.SITE)


def _user(request: Request) -> str | None:
    """The owner of rings and filters; None for MULTIID, or for an owner who can have none."""
    return None if request.multi or request.owner is None else request.owner.user


def _connect(request: Request) -> Command | None:
    user = _user(request)
    if user is None or request.certificate_owner is None or request.label is None or request.ring is None:
        return None
    usage = request.usage or Usage.PERSONAL
    return Connect(request.certificate_owner, request.label, user, request.ring, usage, request.default)


def _remove(request: Request) -> Command | None:
    user = _user(request)
    if user is None or request.certificate_owner is None or request.label is None or request.ring is None:
        return None
    return Remove(request.certificate_owner, request.label, user, request.ring)


def _ring(request: Request) -> Command | None:
    user = _user(request)
    if user is None or request.ring is None:
        return None
    if request.function == "LISTRING":
        return ListRing(user, request.ring)
    return AddRing(user, request.ring) if request.function == "ADDRING" else DelRing(user, request.ring)


def _add(request: Request) -> Command | None:
    if request.data_set is None:
        return None
    return Add(_owner(request), request.data_set, request.new_label, request.trust, request.password)


def _delete(request: Request) -> Command | None:
    return Delete(_owner(request), request.label, request.force)


def _alter(request: Request) -> Command | None:
    if request.label is None:
        return None
    return Alter(_owner(request), request.label, request.new_label, request.trust)


def _export(request: Request) -> Command | None:
    if request.label is None or request.data_set is None or request.form is None:
        return None
    return Export(_owner(request), request.label, request.data_set, ExportForm(request.form))


def _genreq(request: Request) -> Command | None:
    if request.label is None or request.data_set is None:
        return None
    return Genreq(_owner(request), request.label, request.data_set)


def _gencert(request: Request) -> Command | None:
    return Gencert(
        _owner(request),
        request.subject,
        request.new_label,
        request.data_set,
        request.signer_owner,
        request.signer,
        request.kind,
        request.bits,
        None if request.not_before is None else request.not_before.date(),
        None if request.not_after is None else request.not_after.date(),
        request.alt_names,
        frozenset(request.key_usage or ()),
    )


def _rekey(request: Request) -> Command | None:
    if request.label is None or request.new_label is None:
        return None
    end = None if request.not_after is None else request.not_after.date()
    return Rekey(_owner(request), request.label, request.new_label, request.bits, end, request.kind)


def _rollover(request: Request) -> Command | None:
    if request.label is None or request.new_label is None:
        return None
    return Rollover(_owner(request), request.label, request.new_label, request.force)


def _map(request: Request) -> Command | None:
    user = _user(request)
    if user is None and not request.multi:
        return None
    if request.function == "DELMAP":
        return DelMap(user, request.label)
    if request.function == "LISTMAP":
        return ListMap(user, request.label)
    if request.function == "ALTMAP":
        # New criteria are no part of the value.
        return (
            None
            if request.criteria is not None
            else AltMap(user, request.label, request.new_label, request.trust)
        )
    return Map(
        user, request.new_label, request.sdn, request.idn, request.criteria, request.data_set, request.trust
    )


def _list(request: Request) -> Command | None:
    if request.label is None:
        return ListCerts(_owner(request))
    if request.function == "LISTCHAIN":
        return ListChain(_owner(request), request.label)
    return ListCert(_owner(request), request.label)


_MAKERS: dict[str, Callable[[Request], Command | None]] = {
    "CONNECT": _connect,
    "REMOVE": _remove,
    "ADDRING": _ring,
    "DELRING": _ring,
    "LISTRING": _ring,
    "ADD": _add,
    "DELETE": _delete,
    "ALTER": _alter,
    "EXPORT": _export,
    "GENREQ": _genreq,
    "GENCERT": _gencert,
    "REKEY": _rekey,
    "ROLLOVER": _rollover,
    "MAP": _map,
    "ALTMAP": _map,
    "DELMAP": _map,
    "LISTMAP": _map,
    "LIST": _list,
    "LISTCHAIN": _list,
    "CHECKCERT": _list,
}
