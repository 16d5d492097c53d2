"""E8: a certificate with the wrong status. NOTRUST is taken back only where the whole chain is shown to be good."""

from datetime import datetime

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import NOT_TRUSTED, name_of, restarts
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.commands.keep import Alter
from zcertlint.fixes.commands.reads import ListCert, ListChain
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import shown
from zcertlint.fixes.signing import known_certificate
from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.deployment import Deployment
from zcertlint.trust.issue import Issuers

__all__ = ["PRIORITY", "build"]

PRIORITY = 35
_LONGEST = 10


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """ALTER to TRUST. Never ready: RACF, or somebody, set the status for a reason."""
    ident = hint.values.get("certificate") or next(iter(subjects(hint)), None)
    certificate = known_certificate(deployment, ident)
    if certificate.owner is None or certificate.label is None:
        raise RefusedError(f"the label of {shown(certificate.id)} in RACF is not shown")
    place = (certificate.owner, certificate.label)
    reasons: tuple[str, ...] = ("a host ID mapping that the status served stops to work",)
    why = "HIGHTRUST is for host ID mappings, and no TLS needs it"
    if certificate.trust is TrustStatus.NOTRUST:
        _complete(certificate, deployment, options.as_of)
        why = (
            "RACF returns no certificate with NOTRUST from a key ring, and its whole chain is there and good"
        )
        reasons = (
            "RACF, or somebody, gave it NOTRUST for a reason, which may be that its key is known to others",
            "LISTCHAIN in front of ALTER must show a complete chain",
        )
    alter = Alter(*place, trust=TrustStatus.TRUST)
    undo, lost = way_back((alter,), deployment.database, options.as_of)
    rings = tuple(ring.id for ring, _row in rings_of(deployment.database, certificate.id))
    return Plan(
        key=plan_key("trust", certificate.id),
        builder="trust",
        findings=findings,
        title=f"give {name_of(certificate)} status TRUST",
        why=why,
        safety=Safety.REVIEW,
        steps=(Step("its chain", (ListChain(*place),)), Step("its status", (alter,))),
        proof=(ListCert(*place), ListChain(*place)),
        backout=(Step(f"the status of {name_of(certificate)} as before", undo),) if undo else (),
        lost=lost,
        reasons=reasons,
        restart=restarts(deployment, (certificate.id,), rings),
        proves=f"LISTCHAIN of {name_of(certificate)} must show a complete chain, and LIST status TRUST.",
    )


def _complete(certificate: Certificate, deployment: Deployment, as_of: datetime) -> None:
    """Whether every issuer up to a root is known for sure, trusted and valid.

    Raises:
        RefusedError: it is not, or nothing shows it.
    """
    issuers = Issuers(deployment.database.certificates.values())
    current = certificate
    for _ in range(_LONGEST):
        if not _valid(current, as_of):
            raise RefusedError(f"that {name_of(current)} is valid now is not shown", NOT_TRUSTED)
        if current is not certificate and current.trust not in {TrustStatus.TRUST, TrustStatus.HIGHTRUST}:
            raise RefusedError(
                f"{name_of(current)}, in its chain, is not shown to have status TRUST", NOT_TRUSTED
            )
        if issuers.self_signed(current):
            return
        edges = [issuers.edge(current, other) for other in issuers.namesakes(current)]
        sure = [edge.issuer for edge in edges if edge.answer]
        if len(sure) != 1:
            raise RefusedError(f"which CA issued {name_of(current)} no input shows for sure", NOT_TRUSTED)
        current = sure[0]
    raise RefusedError("its chain has no end", NOT_TRUSTED)


def _valid(certificate: Certificate, as_of: datetime) -> bool:
    begins, ends = certificate.not_before, certificate.not_after
    if begins is None or ends is None:
        return False
    return begins.before(as_of) is True and ends.before(as_of) is False
