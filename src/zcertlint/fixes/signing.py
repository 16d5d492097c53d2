"""What must be true before a certificate can be issued again in RACF, and who signs it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from zcertlint.fixes.advice import EXTERNAL_CA, NOT_TRUSTED, name_of
from zcertlint.fixes.plan import ForeignCaError, RefusedError
from zcertlint.model.certificate import Absent, Certificate, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.store import Connection, Store, Usage
from zcertlint.records import dataclass
from zcertlint.trust.issue import Edge, Issuers

__all__ = ["Signing", "known_certificate", "last_in_years", "ring_rows", "signing", "under", "unseen_rings"]


@dataclass(frozen=True, slots=True)
class Signing:
    """A certificate that RACF can issue again.

    Attributes:
        owner, label: of the certificate. signer: the certificate that signs (itself when self-signed).
        not_after: the last day of the new certificate. reasons: why it wants a second look.
        place: owner and label of the signer.
    """

    certificate: Certificate
    owner: Owner
    label: str
    signer: Certificate
    place: tuple[Owner, str]
    not_after: date
    reasons: tuple[str, ...] = ()

    @property
    def self_signed(self) -> bool:
        """Whether it signs itself."""
        return self.signer.id == self.certificate.id


def known_certificate(deployment: Deployment, ident: str | None) -> Certificate:
    """The certificate of this id, or the one that a file of this id was merged into.

    Raises:
        RefusedError: no input shows it.
    """
    found = deployment.certificate(ident)
    if found is None and ident is not None:
        found = next((c for c in deployment.database.certificates.values() if ident in c.files), None)
    if found is None:
        raise RefusedError("no input shows the certificate that the finding is about")
    return found


def ring_rows(database: Database, certificate: Certificate) -> tuple[tuple[Store, Connection], ...]:
    """Every shown ring that holds the certificate, with its row."""
    from zcertlint.fixes.commands.base import rings_of  # noqa: PLC0415 (a check needs no commands)

    return rings_of(database, certificate.id)


def unseen_rings(database: Database, certificate: Certificate) -> tuple[tuple[str, str], ...]:
    """Rings (owner, name) that LIST associates with the certificate and whose contents no input shows."""
    from zcertlint.fixes.commands.base import find_ring  # noqa: PLC0415 (a check needs no commands)

    rings = ((place, find_ring(database, *place)) for place in certificate.rings or ())
    return tuple(place for place, ring in rings if ring is None or not ring.shown)


def signing(
    certificate: Certificate,
    deployment: Deployment,
    as_of: datetime,
    *,
    years: int,
    ca_years: int,
    later: bool = True,
) -> Signing:
    """Who signs the certificate when it is issued again, and until when.

    ``later`` asks for an end that is later than the old one, without which a renewal is none.

    Raises:
        RefusedError: RACF could not do it, or the inputs do not show that it could.
    """
    owner, label = certificate.owner, certificate.label
    if owner is None or label is None:
        raise RefusedError(
            "its label in the security database is not shown; only a file shows the certificate", EXTERNAL_CA
        )
    if certificate.private_key is None:
        raise RefusedError(f"no LIST shows whether the private key of {name_of(certificate)} is in RACF")
    if not certificate.private_key:
        raise RefusedError(f"the private key of {name_of(certificate)} is not in RACF", EXTERNAL_CA)
    if certificate.trust is TrustStatus.NOTRUST:
        raise RefusedError(f"{name_of(certificate)} has status NOTRUST", NOT_TRUSTED)
    signer, reasons = _signer(certificate, owner, deployment)
    if signer is None:
        authority = (
            "CERTSIGN" if _may_sign(certificate) and isinstance(certificate.key_usage, frozenset) else ""
        )
        term = ca_years if authority or owner.kind is OwnerKind.CERTAUTH else years
        last = last_in_years(as_of, term)
        return Signing(certificate, owner, label, certificate, (owner, label), last, reasons)
    last = min(last_in_years(as_of, years), _last_day(_signer_end(signer, as_of)))
    if last <= as_of.date() + timedelta(days=1):
        raise RefusedError(f"{name_of(signer)}, which would sign, ends too soon: renew it first")
    old_end = certificate.not_after
    if later and old_end is not None and last <= old_end.at.date():
        raise RefusedError(
            f"the new certificate would not end later: renew {name_of(signer)}, which signs, first"
        )
    assert signer.owner is not None and signer.label is not None  # noqa: S101, PT018 (_signer saw to it)
    return Signing(certificate, owner, label, signer, (signer.owner, signer.label), last, reasons)


def under(certificate: Certificate, signer: Certificate, as_of: datetime, *, years: int) -> Signing:
    """The certificate issued again by a CA of the same name that did not issue it before.

    Raises:
        RefusedError: RACF could not do it, or the inputs do not show that it could.
    """
    owner, label = certificate.owner, certificate.label
    if owner is None or label is None or not certificate.private_key:
        raise RefusedError(
            f"that the private key of {name_of(certificate)} is in RACF is not shown", EXTERNAL_CA
        )
    if not _usable(signer, owner) or signer.owner is None or signer.label is None:
        raise RefusedError(
            f"that {name_of(signer)} can sign in RACF (its private key) is not shown", EXTERNAL_CA
        )
    if signer.trust not in {TrustStatus.TRUST, TrustStatus.HIGHTRUST} or not _may_sign(signer):
        raise RefusedError(f"that {name_of(signer)} is trusted and may sign is not shown", NOT_TRUSTED)
    last = min(last_in_years(as_of, years), _last_day(_signer_end(signer, as_of)))
    if last <= as_of.date() + timedelta(days=1):
        raise RefusedError(f"{name_of(signer)}, which would sign, ends too soon: renew it first")
    counts = "a CA that was created again counts its serial numbers from the start"
    reasons = (f"{counts}: IRRD109I at GENCERT says that the number is taken, and nothing was changed then",)
    return Signing(certificate, owner, label, signer, (signer.owner, signer.label), last, reasons)


def _signer(
    certificate: Certificate, owner: Owner, deployment: Deployment
) -> tuple[Certificate | None, tuple[str, ...]]:
    """The one certificate that can sign (None: itself), and doubts."""
    issuers = Issuers(deployment.database.certificates.values())
    own = issuers.self_signed(certificate)
    if own:
        return None, ()
    edges = [issuers.edge(certificate, other) for other in issuers.namesakes(certificate)]
    usable = [edge for edge in edges if edge.answer is not False and _usable(edge.issuer, owner)]
    sure = [edge for edge in usable if edge.answer]
    chosen = sure if len(sure) == 1 else usable
    if len(chosen) == 1 and own is False:
        return _checked(chosen[0], certificate)
    if certificate.issuer is None:
        raise RefusedError(f"no input shows who issued {name_of(certificate)}")
    if len(chosen) > 1 or own is None:
        raise RefusedError(
            f"several certificates may have issued {name_of(certificate)}; which one is not shown"
        )
    _shown_elsewhere(certificate, owner, edges, deployment.database)
    raise ForeignCaError(
        f"the CA of {name_of(certificate)} cannot sign in RACF: its private key is not there", EXTERNAL_CA
    )


def _shown_elsewhere(
    certificate: Certificate, owner: Owner, edges: Sequence[Edge], database: Database
) -> None:
    """Nothing when the inputs show that the CA cannot sign in RACF: it is there without its key, or it is not there.

    Raises:
        RefusedError: a LIST that is missing would tell.
    """
    possible = [edge for edge in edges if edge.answer is not False and edge.issuer.owner is not None]
    keys = dict.fromkeys(edge.issuer.owner for edge in possible if edge.issuer.private_key is None)
    if keys:
        tell = " and ".join(f"RACDCERT {one} LIST" for one in keys)
        raise RefusedError(
            f"no LIST shows whether the private key of the CA of {name_of(certificate)} is in RACF: {tell} decides"
        )
    if any(edge.answer for edge in possible):
        return
    unseen = _not_listed(owner, database)
    if unseen:
        tell = " and ".join(f"RACDCERT {one} LIST" for one in unseen)
        raise RefusedError(
            f"no input shows whether the CA of {name_of(certificate)} is in RACF, with its private key: {tell} decides"
        )


def _not_listed(owner: Owner, database: Database) -> tuple[Owner, ...]:
    """Owners among whose certificates a signer may be that no input shows.

    CAs are CERTAUTH's; those of SITE and of the user count where a key ring has one that no LIST shows.
    """
    ask = {Owner(OwnerKind.CERTAUTH): None}
    for store in database.stores.values():
        for row in store.connections:
            mine = row.owner == owner and row.usage is Usage.CERTAUTH
            site = row.owner is not None and row.owner.kind is OwnerKind.SITE
            if (mine or site) and row.owner is not None and row.certificate not in database.certificates:
                ask[row.owner] = None
    return tuple(one for one in ask if str(one) not in database.complete_owners)


def _usable(issuer: Certificate, owner: Owner) -> bool:
    """Whether SIGNWITH can name it: CERTAUTH, SITE, or a certificate of the same user, with its key."""
    if issuer.owner is None or issuer.label is None or not issuer.private_key:
        return False
    return issuer.owner.kind is not OwnerKind.ID or issuer.owner == owner


def _may_sign(issuer: Certificate) -> bool:
    usage = issuer.key_usage
    return usage is None or usage is Absent.ABSENT or "keyCertSign" in usage


def _checked(edge: Edge, certificate: Certificate) -> tuple[Certificate, tuple[str, ...]]:
    signer = edge.issuer
    if signer.trust is TrustStatus.NOTRUST:
        raise RefusedError(f"{name_of(signer)}, which would sign, has status NOTRUST", NOT_TRUSTED)
    if signer.trust is None:
        raise RefusedError(f"no LIST shows the status of {name_of(signer)}, which would sign")
    if not _may_sign(signer):
        raise RefusedError(f"{name_of(signer)} must not sign certificates: its key usage lacks CERTSIGN")
    if edge.answer:
        return signer, ()
    return signer, (
        f"whether {name_of(signer)} issued {name_of(certificate)} before is not proven: {edge.reason.value}",
    )


def _signer_end(signer: Certificate, as_of: datetime) -> Moment:
    end = signer.not_after
    if end is None:
        raise RefusedError(f"no input shows when {name_of(signer)}, which would sign, ends")
    if end.before(as_of) is not False:
        raise RefusedError(f"{name_of(signer)}, which would sign, has expired: renew it first")
    return end


def _last_day(end: Moment) -> date:
    """The last day on which a certificate may end, so that it surely ends before its signer, in any time zone."""
    at = end.at if end.local else end.at - timedelta(hours=12)
    return at.date() - timedelta(days=1)


def last_in_years(as_of: datetime, years: int) -> date:
    """The same day so many years later; the 28th where there is no 29th of February."""
    today = as_of.astimezone(UTC).date()
    try:
        return today.replace(year=today.year + years)
    except ValueError:  # 29 February
        return today.replace(year=today.year + years, day=28)
