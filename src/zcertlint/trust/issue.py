"""Did this certificate issue that one? Key identifiers first, then names and dates, then signatures."""

from collections.abc import Iterable
from datetime import timedelta
from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.records import dataclass
from zcertlint.trust.signature import verifies

__all__ = ["Edge", "EdgeReason", "Issuers"]

# A listing shows local time, so a CA that was made minutes before its first certificate may seem younger.
_TOLERANCE = timedelta(hours=14)


class EdgeReason(Enum):
    """What an answer rests on."""

    COMMAND = "a rehearsed command"
    SIGNATURE = "the signature"
    KEY_ID = "the key identifiers"
    NAME = "the name, which one certificate bears"
    OTHER_NAME = "another name"
    OTHER_KEY = "the same name with another key"
    BROKEN = "the same name and key identifier, and the signature does not verify"
    YOUNGER = "it starts later than the certificate that it should have issued"
    FIRST = "the client takes the first certificate of that name, whatever its key"
    GENERATIONS = "several certificates bear the name"
    NOT_SHOWN = "no input shows enough of it"


@dataclass(frozen=True, slots=True)
class Edge:
    """Whether ``issuer`` issued the child: True, False, or None when it cannot be told, and why."""

    issuer: Certificate
    answer: bool | None
    reason: EdgeReason


class Issuers:
    """Finds issuers among all known certificates; remembers every answer."""

    def __init__(self, certificates: Iterable[Certificate]) -> None:
        """Index the certificates by subject."""
        self._by_subject: dict[str, list[Certificate]] = {}
        self._edges: dict[tuple[str, str], Edge] = {}
        for certificate in certificates:
            if certificate.subject is not None:
                self._by_subject.setdefault(certificate.subject.key, []).append(certificate)

    def namesakes(self, child: Certificate) -> tuple[Certificate, ...]:
        """Every certificate whose subject is the child's issuer, the child itself left out."""
        if child.issuer is None:
            return ()
        found = self._by_subject.get(child.issuer.key, ())
        return tuple(
            c for c in found if c.id != child.id and c.subject is not None and c.subject.same_as(child.issuer)
        )

    def edge(self, child: Certificate, issuer: Certificate) -> Edge:
        """Whether ``issuer`` issued ``child``."""
        key = (child.id, issuer.id)
        known = self._edges.get(key)
        if known is None:
            known = self._edges[key] = self._judge(child, issuer)
        return known

    def self_signed(self, certificate: Certificate) -> bool | None:
        """Whether the certificate is signed with its own key; None when a listing cannot tell."""
        if certificate.signed_by is not None:
            return certificate.signed_by == certificate.id
        same = certificate.self_issued
        if same is not True:
            return same
        if certificate.der is not None:
            verified = verifies(certificate.der, certificate.der)
            if verified is not None:
                return verified
        own, authority = certificate.subject_key_id, certificate.authority_key_id
        if isinstance(own, str) and isinstance(authority, str):
            return own == authority
        others = [c for c in self.namesakes(certificate) if not _same_key(c, certificate)]
        return None if others else True

    def _judge(self, child: Certificate, issuer: Certificate) -> Edge:
        if child.signed_by is not None:
            return Edge(issuer, child.signed_by == issuer.id, EdgeReason.COMMAND)
        if child.issuer is None or issuer.subject is None:
            return Edge(issuer, None, EdgeReason.NOT_SHOWN)
        if not issuer.subject.same_as(child.issuer):
            return Edge(issuer, False, EdgeReason.OTHER_NAME)
        certain = _by_key(child, issuer)
        if certain is not None:
            return certain
        rivals = [
            other
            for other in self.namesakes(child)
            if other.id != issuer.id and not _same_key(other, issuer) and not _excluded(child, other)
        ]
        if any(_confirmed(child, other) for other in rivals):
            return Edge(issuer, False, EdgeReason.OTHER_KEY)
        if rivals:
            return Edge(issuer, None, EdgeReason.GENERATIONS)
        if issuer.not_before is None or child.not_before is None:
            return Edge(issuer, None, EdgeReason.NOT_SHOWN)
        if issuer.not_before.at > child.not_before.at + _TOLERANCE:
            return Edge(issuer, None, EdgeReason.YOUNGER)
        return Edge(issuer, True, EdgeReason.NAME)


def _by_key(child: Certificate, issuer: Certificate) -> Edge | None:
    """The answer that keys give, or None when the inputs show no keys."""
    wanted, own = child.authority_key_id, issuer.subject_key_id
    if child.der is not None and issuer.der is not None:
        verified = verifies(child.der, issuer.der)
        if verified is False:
            named = isinstance(wanted, str) and wanted == own
            return Edge(issuer, False, EdgeReason.BROKEN if named else EdgeReason.OTHER_KEY)
        if verified:
            return Edge(issuer, True, EdgeReason.SIGNATURE)
    if isinstance(wanted, str) and isinstance(own, str):
        return Edge(issuer, wanted == own, EdgeReason.KEY_ID if wanted == own else EdgeReason.OTHER_KEY)
    return None


def _confirmed(child: Certificate, issuer: Certificate) -> bool:
    edge = _by_key(child, issuer)
    return edge is not None and edge.answer is True


def _excluded(child: Certificate, issuer: Certificate) -> bool:
    edge = _by_key(child, issuer)
    return edge is not None and edge.answer is False


def _same_key(one: Certificate, other: Certificate) -> bool:
    """Whether both are shown to hold one key: two generations of a CA renewed with its key, or one in two places."""
    if one.fingerprint is not None and one.fingerprint == other.fingerprint:
        return True
    if isinstance(one.subject_key_id, str) and isinstance(other.subject_key_id, str):
        return one.subject_key_id == other.subject_key_id
    return False
