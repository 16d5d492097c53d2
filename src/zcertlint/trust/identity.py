"""Which user a client certificate leads to: the certificate in RACF itself, then filters in RACF's order.

Source: RACF Security Administrator's Guide, certificate name filters; facts on RACDCERT MAP and SAF, 4.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from zcertlint.model.certificate import Certificate, OwnerKind, TrustStatus
from zcertlint.model.clients import Logon
from zcertlint.model.deployment import Database, Endpoint
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import RACF_KEYWORDS
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Span

__all__ = [
    "Fit", "Identity", "IdentityKind", "Rdn", "fit", "identify", "logons", "rdns_of", "whole_system", "x509_logon",
]  # fmt: skip

_CORES = ("apiml", "zaas", "gateway")
# Keywords of other programs (OpenSSL, Java) among RACF's own, so that a filter written in their way is taken apart.
_KEYS = "|".join((*RACF_KEYWORDS, "SERIALNUMBER", "EMAILADDRESS", "E"))
_PARTS = lazy(rf"(?P<before>(?:^|[.,/+;]))(?P<gap>\s*)(?P<key>(?i:{_KEYS}))(?P<equals>\s*=)")
_COMMON = {"ST": "SP", "S": "SP", "EMAILADDRESS": "MAIL", "EMAIL": "MAIL", "E": "MAIL"}


@dataclass(frozen=True, slots=True)
class Rdn:
    """One part of a distinguished name as somebody wrote it.

    Attributes:
        key, value: as written, without blanks around. separator: what stands before it, "" for the first.
        blanks: whether blanks stand around the separator or the equals sign.
    """

    key: str
    value: str
    separator: str
    blanks: bool

    @property
    def plain(self) -> str:
        """The part without regard to case, blanks and the program that wrote it."""
        key = self.key.upper()
        return f"{_COMMON.get(key, key)}={' '.join(self.value.casefold().split())}"


def rdns_of(text: str) -> tuple[Rdn, ...]:
    """A name taken apart, whatever stands between its parts; () when it does not begin with a part."""
    found = list(_PARTS.finditer(text))
    if not found or found[0].start() != 0:
        return ()
    parts = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        value = text[match.end() : end]
        inner = bool(match["gap"]) or match["equals"] != "=" or value[:1] == " "
        outer = number + 1 < len(found) and value[-1:] == " "
        parts.append(Rdn(match["key"], value.strip(), match["before"], inner or outer))
    return tuple(parts)


class _Reach(Enum):
    """How much of a name a filter gives."""

    NONE = "nothing"
    FULL = "the whole name"
    PART = "its end"


# RACF's order: the first that matches decides (an issuer in part stands alone, IRRD146I).
_ORDER: Mapping[tuple[_Reach, _Reach], int] = {
    (_Reach.FULL, _Reach.FULL): 0,
    (_Reach.PART, _Reach.FULL): 1,
    (_Reach.FULL, _Reach.NONE): 2,
    (_Reach.PART, _Reach.NONE): 3,
    (_Reach.NONE, _Reach.FULL): 4,
    (_Reach.NONE, _Reach.PART): 5,
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How specifically a filter fits a certificate: RACF looks in this order, and longer ends first."""

    order: int
    length: int

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller is looked at first."""
        return (self.order, -self.length)


def _reach(name: str, given: str | None) -> _Reach | None:
    """How far a filter reaches into a name; None when it does not fit. Compared as RACF displays names."""
    if not given:
        return _Reach.NONE
    if name == given:
        return _Reach.FULL
    return _Reach.PART if name.endswith(f".{given}") and rdns_of(given) else None


def fit(entry: NameFilter, certificate: Certificate) -> Fit | None:
    """How the filter fits this certificate; None when it does not."""
    if certificate.subject is None or certificate.issuer is None:
        return None
    subject, issuer = certificate.subject.text, certificate.issuer.text
    if entry.names is not None:
        return _fit_joined(entry.names.text, subject, issuer)
    reaches = (
        _reach(subject, entry.subject.text if entry.subject is not None else None),
        _reach(issuer, entry.issuer.text if entry.issuer is not None else None),
    )
    return _fit(
        reaches, entry.subject.text if entry.subject else "", entry.issuer.text if entry.issuer else ""
    )


def _fit(reaches: tuple[_Reach | None, _Reach | None], subject: str, issuer: str) -> Fit | None:
    first, second = reaches
    if first is None or second is None or (first, second) not in _ORDER:
        return None
    return Fit(_ORDER[first, second], len(subject) + len(issuer))


def _fit_joined(joined: str, subject: str, issuer: str) -> Fit | None:
    """A filter of an unload: the subject's, the issuer's, or both with a period between."""
    ways = [_fit((_reach(subject, joined), _Reach.NONE), joined, "")]
    ways.append(_fit((_Reach.NONE, _reach(issuer, joined)), "", joined))
    for tail, head in ((f".{issuer}", True), (f"{issuer}.", False)):
        given = joined.removesuffix(tail) if head else joined.removeprefix(tail)
        if given != joined:
            ways.append(_fit((_reach(subject, given), _Reach.FULL), given, issuer))
    return min((way for way in ways if way is not None), key=lambda way: way.rank, default=None)


class IdentityKind(Enum):
    """What a certificate leads to."""

    CERTIFICATE = "the user under whom the certificate itself is in RACF"
    FILTER = "the user of a name filter"
    CRITERIA = "a user that a MULTIID filter leaves to its criteria"
    REFUSED = "nobody: what would lead to a user has status NOTRUST"
    OTHER = "the certificate itself is in RACF and belongs to no user"
    NONE = "nobody that any input shows"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a certificate is; ``user`` where that is told, ``filter`` where a filter decided."""

    kind: IdentityKind
    user: str | None = None
    filter: NameFilter | None = None


def identify(certificate: Certificate, filters: Iterable[NameFilter]) -> Identity:
    """The user that a certificate leads to, as far as the inputs show."""
    owner = certificate.owner
    if owner is not None:
        if owner.kind is not OwnerKind.ID:
            return Identity(IdentityKind.OTHER)
        refused = certificate.trust is TrustStatus.NOTRUST
        return Identity(IdentityKind.REFUSED if refused else IdentityKind.CERTIFICATE, owner.user)
    fits = [(found.rank, entry) for entry in filters if (found := fit(entry, certificate)) is not None]
    if not fits:
        return Identity(IdentityKind.NONE)
    _, first = min(fits, key=lambda pair: pair[0])
    if first.status is TrustStatus.NOTRUST:
        return Identity(IdentityKind.REFUSED, first.user, first)
    if first.user is None:
        return Identity(IdentityKind.CRITERIA, None, first)
    return Identity(IdentityKind.FILTER, first.user, first)


def whole_system(database: Database) -> bool:
    """Whether every filter and every certificate of the system is shown: only an unload does."""
    told = all(entry.names or entry.subject or entry.issuer for entry in database.filters)
    return database.security.unload is not None and told


def x509_logon(zowe: Settings | None) -> Setting | None:
    """The setting that turns logon with certificates on; None when none does."""
    if zowe is None:
        return None
    for core in _CORES:
        path = f"components.{core}.apiml.security.x509.enabled"
        if zowe.flag(path) and zowe.flag(f"components.{core}.enabled") is not False:
            return zowe.get(path)
    return None


@dataclass(slots=True)
class _Found:
    span: Span
    filters: list[NameFilter]
    clients: list[str]


def logons(
    database: Database,
    certificates: Mapping[str, Certificate],
    zowe: Settings | None,
    ends: Iterable[Endpoint],
) -> tuple[Logon, ...]:
    """The users that certificates log on as; () while logon with certificates is off."""
    if x509_logon(zowe) is None:
        return ()
    found: dict[str, _Found] = {}
    for entry in database.filters:
        # An unload holds the filters of the whole system, of which few are for Zowe.
        if entry.user is not None and entry.names is None:
            found.setdefault(entry.user, _Found(entry.span, [], [])).filters.append(entry)
    for end in ends:
        certificate = certificates.get(end.certificate or "")
        if end.product != "client" or certificate is None:
            continue
        who = identify(certificate, database.filters)
        if who.user is None or who.kind not in {IdentityKind.CERTIFICATE, IdentityKind.FILTER}:
            continue
        span = who.filter.span if who.filter is not None else certificate.span()
        known = found.setdefault(who.user, _Found(span, [], []))
        if who.filter is not None and who.filter not in known.filters:
            known.filters.append(who.filter)
        known.clients.append(end.id)
    return tuple(Logon(user, one.span, tuple(one.filters), tuple(one.clients)) for user, one in found.items())
