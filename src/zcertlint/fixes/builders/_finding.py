"""What a builder knows of a finding whose page says ``from: finding``: its subjects and the facts of its sentence."""

from collections.abc import Iterator
from datetime import datetime

from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.plan import RefusedError
from zcertlint.fixes.quote import shown
from zcertlint.model.certificate import Absent, Certificate, TrustStatus
from zcertlint.model.deployment import Deployment, Located
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.trust.issue import Issuers

__all__ = ["chain_of", "labels_naming", "may_serve", "ring_of", "servers_of", "subjects"]


def subjects(hint: FixHint) -> tuple[str, ...]:
    """The subjects of the finding."""
    return tuple(filter(None, hint.values.get("subjects", "").split("\n")))


def ring_of(hint: FixHint, deployment: Deployment) -> Store:
    """The key ring that the finding is about.

    Raises:
        RefusedError: it is a file, or its rows are not shown.
    """
    found = (deployment.store(ident) for ident in (hint.values.get("ring"), *subjects(hint)))
    ring = next((store for store in found if store is not None), None)
    if ring is None:
        raise RefusedError("the finding does not name a key ring that is shown")
    if ring.kind is not StoreKind.KEY_RING or ring.owner is None:
        raise RefusedError(f"{shown(ring.title)} is no key ring: no command of RACF changes it")
    if ring.state is not StoreState.SHOWN:
        raise RefusedError(f"the contents of {ring.title} are not shown: {ring.list_command}")
    return ring


def may_serve(certificate: Certificate | None, as_of: datetime) -> bool:
    """Whether a server can surely present it now: its key is there, RACF trusts it, its dates are right."""
    return (
        certificate is not None
        and certificate.private_key is True
        and certificate.trust in {TrustStatus.TRUST, TrustStatus.HIGHTRUST}
        and certificate.not_before is not None
        and certificate.not_before.before(as_of) is True
        and certificate.not_after is not None
        and certificate.not_after.before(as_of) is False
        and not _signs(certificate)
    )


def _signs(certificate: Certificate) -> bool:
    usage = certificate.key_usage
    return certificate.is_ca is True or (
        usage is not None and usage is not Absent.ABSENT and "keyCertSign" in usage
    )


def servers_of(
    ring: Store, deployment: Deployment, as_of: datetime, *, personal: bool = True
) -> Iterator[tuple[Connection, Certificate]]:
    """The rows of a ring that a server can present; with ``personal`` those that are connected so."""
    for row in ring.connections:
        certificate = deployment.certificate(row.certificate)
        if (
            certificate is not None
            and may_serve(certificate, as_of)
            and (not personal or row.usage is Usage.PERSONAL)
        ):
            yield row, certificate


def chain_of(certificate: Certificate, deployment: Deployment) -> tuple[Certificate, ...]:
    """The CAs above a certificate, as far as each is known for sure and RACF trusts it."""
    issuers = Issuers(deployment.database.certificates.values())
    found: list[Certificate] = []
    current = certificate
    while not issuers.self_signed(current):
        edges = (issuers.edge(current, other) for other in issuers.namesakes(current))
        sure = [edge.issuer for edge in edges if edge.answer]
        if (
            len(sure) != 1
            or sure[0] in found
            or sure[0].owner is None
            or sure[0].trust is TrustStatus.NOTRUST
        ):
            break
        current = sure[0]
        found.append(current)
    return tuple(found)


def labels_naming(deployment: Deployment, store: str, label: str) -> tuple[Located, ...]:
    """Every configured label of this spelling that leads to this store."""
    found = [end.alias for end in deployment.endpoints.values() if end.keystore == store]
    found += [key.label for key in deployment.token_keys if key.store == store]
    return tuple(one for one in found if one is not None and one.value == label and not one.assumed)
