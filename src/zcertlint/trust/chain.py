"""From a server's certificate to an anchor of the client: the walk, and why it ends where it ends."""

from datetime import datetime

from zcertlint.model.certificate import Absent, Certificate, TrustStatus
from zcertlint.model.store import Connection, Store, StoreState, Usage
from zcertlint.records import dataclass
from zcertlint.trust.constraints import names_allowed
from zcertlint.trust.ends import ChainReason, ChainResult
from zcertlint.trust.issue import Edge, EdgeReason, Issuers
from zcertlint.trust.signature import unjudged
from zcertlint.trust.stacks import AnchorRule, StackProfile
from zcertlint.trust.usage import can_sign

__all__ = ["ChainReason", "ChainResult", "StoreView", "walk"]

_STEPS = 500  # more than any real chain needs; bounds what crafted cross-signing can cost


_DATES = {ChainReason.CA_EXPIRED, ChainReason.CA_NOT_BEGUN, ChainReason.ANCHOR_EXPIRED}


@dataclass(frozen=True, slots=True)
class StoreView:
    """A store as one side uses it: what is in it, and what no input shows.

    Attributes:
        state: of the store. present: certificates that are returned from it.
        refused: those with status NOTRUST, which RACF does not return.
        missing: connections whose certificates no input shows.
        torn: whether a listing of all certificates of its owner lacks one of those: the listings are of two moments.
    """

    state: StoreState
    present: tuple[Certificate, ...] = ()
    refused: tuple[Certificate, ...] = ()
    missing: tuple[Connection, ...] = ()
    torn: bool = False

    @classmethod
    def of(
        cls,
        store: Store | None,
        certificates: dict[str, Certificate],
        *,
        only_cas: bool = False,
        complete_owners: frozenset[str] = frozenset(),
    ) -> "StoreView":
        """The view of a store; ``only_cas`` leaves out what is connected PERSONAL."""
        if store is None:
            return cls(StoreState.NOT_SHOWN)
        present, refused, missing = [], [], []
        for connection in store.connections:
            if only_cas and connection.usage is Usage.PERSONAL:
                continue
            certificate = certificates.get(connection.certificate)
            if certificate is None or certificate.subject is None:
                missing.append(connection)
            elif certificate.trust is TrustStatus.NOTRUST:
                refused.append(certificate)
            else:
                present.append(certificate)
        torn = any(str(row.owner) in complete_owners for row in missing)
        return cls(store.state, tuple(present), tuple(refused), tuple(missing), torn)

    def has(self, certificate: Certificate) -> bool:
        """Whether it is returned from the store."""
        return any(_same(entry, certificate) for entry in self.present)

    @property
    def complete(self) -> bool:
        """Whether nothing can be in it that no input shows."""
        return self.state is not StoreState.NOT_SHOWN and not self.missing


def _same(one: Certificate, other: Certificate) -> bool:
    return one.id == other.id or (one.fingerprint is not None and one.fingerprint == other.fingerprint)


def _rank(result: ChainResult) -> int:
    answer = result.answer
    return 0 if answer else 1 if answer is None else 2


@dataclass(slots=True)
class _Walk:
    """One walk: the fixed inputs, and how many steps are left."""

    issuers: Issuers
    trust: StoreView
    sent: StoreView
    client: StackProfile
    as_of: datetime
    steps: int = _STEPS

    def climb(self, certificate: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        """The best end that can be reached from here; ``path`` ends with ``certificate``."""
        self.steps -= 1
        if self.steps < 0 or len(path) > 20:  # noqa: PLR2004 (no chain is that long)
            return ChainResult(ChainReason.TOO_LONG, path, culprit=certificate)
        if self._is_root(certificate, leaf=len(path) == 1):
            return self._at_root(certificate, path)
        ways = [(edge, self._through(edge, path)) for edge in self._edges(certificate, path)]
        results = [(edge.issuer, result) for edge, result in ways if result is not None]
        if not results:
            return self._dead_end(certificate, path)
        issuer, best = min(results, key=lambda way: _rank(way[1]))
        if best.answer and self.client.first_namesake:
            others = [way for way in results if way[0] is not issuer]
            if self._another_may_come_first(certificate, issuer, others):
                unsure = Edge(issuer, None, EdgeReason.FIRST)
                return ChainResult(
                    ChainReason.ISSUER_UNSURE, (*path, issuer), culprit=issuer, issuer=issuer, edge=unsure
                )
        return best

    def _is_root(self, certificate: Certificate, *, leaf: bool) -> bool:
        """Whether it is self-signed; where nothing shows keys, a CA that names itself as its issuer is."""
        known = self.issuers.self_signed(certificate)
        keyless = not isinstance(certificate.subject_key_id, str) and certificate.der is None
        return known is True or (known is None and certificate.self_issued is True and keyless and not leaf)

    def _edges(self, certificate: Certificate, path: tuple[Certificate, ...]) -> list[Edge]:
        edges = [
            self.issuers.edge(certificate, issuer)
            for issuer in self.issuers.namesakes(certificate)
            if not any(_same(issuer, seen) for seen in path)
        ]
        return [edge for edge in edges if edge.answer is not False]

    def _at_root(self, root: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        if self.trust.has(root):
            return self._anchored(root, path)
        if any(_same(entry, root) for entry in self.trust.refused):
            return ChainResult(ChainReason.NOTRUST, path, culprit=root, issuer=root)
        if len(path) == 1:
            # Whether System SSL takes a self-signed server certificate on the ring itself is only believed.
            believed = self.client.anchor is AnchorRule.TOPMOST_CA
            return self._unless_hidden(
                ChainResult(ChainReason.SELF_SIGNED, path, issuer=root, believed=believed)
            )
        return self._no_anchor(path)

    def _anchored(self, anchor: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        """The walk has come to something that this client may trust: may it?"""
        inner = path[1:-1] if anchor is path[-1] else path[1:]
        for ca in inner:
            expired = ca.not_after.before(self.as_of) if ca.not_after else None
            if expired:
                return ChainResult(ChainReason.CA_EXPIRED, path, culprit=ca)
            if expired is None:
                return ChainResult(ChainReason.TIME_ZONE, path, culprit=ca)
        for objection in (self._start, self._signers, self._end_of_anchor, self._restrictions):
            result = objection(anchor, path)
            if result is not None:
                return result
        return ChainResult(ChainReason.ANCHORED, path, culprit=anchor)

    def _start(self, anchor: Certificate, path: tuple[Certificate, ...]) -> ChainResult | None:
        """A start that the time zone leaves open is no question of its own: hours later it is settled."""
        for ca in path[1:]:
            looked_at = ca is not anchor or self.client.anchor_dates
            if looked_at and ca.not_before is not None and ca.not_before.after(self.as_of):
                believed = ca is anchor and self.client.anchor_dates_believed
                return ChainResult(ChainReason.CA_NOT_BEGUN, path, culprit=ca, believed=believed)
        return None

    def _signers(self, anchor: Certificate, path: tuple[Certificate, ...]) -> ChainResult | None:
        for ca in path[1:]:
            if ca.trust is None and ca.owner is not None:
                return ChainResult(ChainReason.STATUS_NOT_SHOWN, path, culprit=ca)
        for ca in path[1:]:
            able = can_sign(ca, self.client, anchor=ca is anchor)
            if able is False:
                return ChainResult(ChainReason.CANNOT_SIGN, path, culprit=ca)
            if able is None:
                return ChainResult(ChainReason.SIGNER_UNSURE, path, culprit=ca)
        for depth, ca in enumerate(path[1:]):
            # RFC 5280, 4.2.1.9: a certificate that is its own issuer is not counted.
            below = sum(not lower.self_issued for lower in path[1 : depth + 1])
            counts = self.client.anchor_constraints or ca is not anchor
            if counts and ca.path_length is not None and below > ca.path_length:
                believed = self.client.anchor is AnchorRule.TOPMOST_CA
                return ChainResult(ChainReason.PATH_LENGTH, path, culprit=ca, believed=believed)
        return None

    def _end_of_anchor(self, anchor: Certificate, path: tuple[Certificate, ...]) -> ChainResult | None:
        if not self.client.anchor_dates or len(path) == 1:
            return None
        expired = anchor.not_after.before(self.as_of) if anchor.not_after else None
        if expired is None:
            return ChainResult(ChainReason.TIME_ZONE, path, culprit=anchor)
        if not expired:
            return None
        believed = self.client.anchor_dates_believed
        return ChainResult(ChainReason.ANCHOR_EXPIRED, path, culprit=anchor, believed=believed)

    def _restrictions(self, anchor: Certificate, path: tuple[Certificate, ...]) -> ChainResult | None:
        unsure = None
        for position, member in enumerate(path):
            if member.der is None or (member is anchor and not self.client.anchor_constraints):
                continue
            allowed = [names_allowed(member.der, below, leaf=below is path[0]) for below in path[:position]]
            if False in allowed:
                believed = self.client.anchor is AnchorRule.TOPMOST_CA
                refused = path[allowed.index(False)]
                return ChainResult(
                    ChainReason.NAME_EXCLUDED, path, culprit=member, issuer=refused, believed=believed
                )
            if None in allowed or unjudged(member.der) is not None:
                unsure = unsure or ChainResult(ChainReason.RESTRICTED, path, culprit=member)
        return unsure

    def _through(self, edge: Edge, path: tuple[Certificate, ...]) -> ChainResult | None:
        """The result by way of one possible issuer; None when the way is not open to the client."""
        issuer, longer = edge.issuer, (*path, edge.issuer)
        trusted = self.trust.has(issuer)
        if not trusted and any(_same(entry, issuer) for entry in self.trust.refused):
            result = ChainResult(ChainReason.NOTRUST, longer, culprit=issuer, issuer=issuer)
        elif trusted and self.client.anchor is AnchorRule.ANY_ENTRY:
            result = self._anchored(issuer, longer)
        elif trusted:
            result = self._above_trusted(issuer, longer)
        elif self.sent.has(issuer) or self._is_root(issuer, leaf=False):
            result = self.climb(issuer, longer)
        else:
            result = self._not_sent(issuer, longer)
        if edge.answer is None and result.answer is not None:
            if result.answer or trusted:
                return ChainResult(
                    ChainReason.ISSUER_UNSURE, longer, culprit=issuer, issuer=issuer, edge=edge
                )
            return None
        return result

    def _another_may_come_first(
        self, child: Certificate, issuer: Certificate, others: list[tuple[Certificate, ChainResult]]
    ) -> bool:
        """Whether a client that tries one issuer only may try another one, by which the chain fails.

        Such a client looks among what it trusts before what it is sent, and prefers what has not expired.
        """
        trusted = self.trust.has(issuer)
        for other, result in others:
            dates = result.reason in _DATES and result.culprit is other
            seen = self.trust.has(other) or (not trusted and self.sent.has(other))
            if result.answer is False and seen and not dates:
                return True
        if child.authority_key_id is not Absent.ABSENT:
            return False  # the identifier tells a namesake with another key apart
        return any(
            self.issuers.edge(child, other).reason is EdgeReason.OTHER_KEY
            and not (self._ended(other) and not self._ended(issuer))
            and (self.trust.has(other) or (not trusted and self.sent.has(other)))
            for other in self.issuers.namesakes(child)
        )

    def _ended(self, certificate: Certificate) -> bool:
        return certificate.not_after is not None and certificate.not_after.before(self.as_of) is True

    def _above_trusted(self, issuer: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        """System SSL goes on to the topmost CA of the ring; OpenSSL needs a self-signed root."""
        if self._is_root(issuer, leaf=False):
            return self._anchored(issuer, path)
        above = self.climb(issuer, path)
        if self.client.anchor is AnchorRule.SELF_SIGNED:
            # Above what it trusts, OpenSSL looks no more at what it was sent.
            ends = [n for n, ca in enumerate(above.path) if n >= len(path) and not self.trust.has(ca)]
            if not above.answer or not ends:
                return above
            return ChainResult(ChainReason.NO_ANCHOR, above.path[: ends[0] + 1], issuer=above.path[ends[0]])
        if above.answer:
            return above
        higher = [edge for edge in self._edges(issuer, path) if self.trust.has(edge.issuer)]
        return above if higher else self._anchored(issuer, path)

    def _not_sent(self, issuer: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        """The issuer is known, but the client does not hold it and the server is not seen to send it."""
        if any(_same(entry, issuer) for entry in self.sent.refused):
            return ChainResult(ChainReason.NOTRUST, path, culprit=issuer, issuer=issuer)
        above = self.climb(issuer, path)
        if above.answer is False and above.reason is ChainReason.NO_ANCHOR:
            return ChainResult(ChainReason.NO_ANCHOR, path, issuer=above.issuer)
        if not self.sent.complete:
            return ChainResult(
                ChainReason.SENT_NOT_SHOWN, path, culprit=issuer, issuer=issuer, missing=self.sent.missing
            )
        return ChainResult(ChainReason.NOT_SENT, path, culprit=issuer, issuer=issuer)

    def _dead_end(self, certificate: Certificate, path: tuple[Certificate, ...]) -> ChainResult:
        """No known certificate may have issued this one, or every one that may is out of reach."""
        if certificate.issuer is None:
            return ChainResult(ChainReason.LEAF_NOT_SHOWN, path, culprit=certificate)
        if self.issuers.self_signed(certificate) is None and certificate.self_issued:
            return ChainResult(ChainReason.ISSUER_UNSURE, path, culprit=certificate)
        return self._no_anchor(path)

    def _no_anchor(self, path: tuple[Certificate, ...]) -> ChainResult:
        last = path[-1]
        broken = self._broken_signature(path)
        if broken is not None:
            return broken
        other = self._namesake_with_other_key(path)
        result = ChainResult(ChainReason.NO_ANCHOR, path, issuer=path[1] if len(path) > 1 else None)
        if other is not None:
            result = ChainResult(ChainReason.OTHER_KEY, path, culprit=other, issuer=last)
        ended = len(path) > 1 and self.issuers.self_signed(last) is True
        if ended and not self.trust.torn and all(ca.owner is not None for ca in path[1:]):
            return result  # each CA has its place in the database, and none of these places is on the ring
        # Else an entry that no input shows may be the CA that a file shows, or one that nothing shows.
        if not ended and not self.sent.complete and not self.trust.missing:
            return ChainResult(ChainReason.SENT_NOT_SHOWN, path, culprit=last, missing=self.sent.missing)
        return self._unless_hidden(result)

    def _unless_hidden(self, result: ChainResult) -> ChainResult:
        """A failing result, unless entries that no input shows could turn it."""
        if self.trust.missing:
            return ChainResult(
                ChainReason.CONTENTS_NOT_SHOWN, result.path, issuer=result.issuer, missing=self.trust.missing
            )
        return result

    def _namesake_with_other_key(self, path: tuple[Certificate, ...]) -> Certificate | None:
        """A CA of the right name and the wrong key, on the client's side or, failing that, on the server's."""
        below_root = [ca for ca in path if self.issuers.self_signed(ca) is not True]  # a root has its own key
        for view in (self.trust, self.sent):
            for child in below_root:
                for issuer in self.issuers.namesakes(child):
                    edge = self.issuers.edge(child, issuer)
                    if edge.reason is EdgeReason.OTHER_KEY and view.has(issuer):
                        return issuer
        return None

    def _broken_signature(self, path: tuple[Certificate, ...]) -> ChainResult | None:
        for position, child in enumerate(path):
            for issuer in self.issuers.namesakes(child):
                if self.issuers.edge(child, issuer).reason is EdgeReason.BROKEN:
                    upto = path[: position + 1]
                    return ChainResult(ChainReason.BROKEN_SIGNATURE, upto, culprit=child, issuer=issuer)
        return None


def walk(
    leaf: Certificate | None,
    trust: StoreView,
    sent: StoreView,
    client: StackProfile,
    issuers: Issuers,
    as_of: datetime,
) -> ChainResult:
    """Whether this client finds an anchor for the certificate.

    Args:
        leaf: the certificate that the other side presents.
        trust: the client's trust store as its stack uses it.
        sent: the other side's keystore: what it can send beside the leaf.
        client: the checks of the client's stack.
        issuers: every certificate known, as possible issuers.
        as_of: the moment to judge at.
    """
    if client.anchor is AnchorRule.NOT_JUDGED:
        return ChainResult(ChainReason.NOT_JUDGED, ())
    if trust.state is StoreState.MISSING:
        return ChainResult(ChainReason.STORE_MISSING, ())
    if leaf is None or leaf.subject is None:
        return ChainResult(ChainReason.LEAF_NOT_SHOWN, ())
    if trust.state is StoreState.NOT_SHOWN:
        return ChainResult(ChainReason.STORE_NOT_SHOWN, (leaf,))
    if client.leaf_anchor and trust.has(leaf):
        return ChainResult(ChainReason.LEAF_TRUSTED, (leaf,), culprit=leaf)
    if not trust.present and not trust.refused and not trust.missing:
        return ChainResult(ChainReason.STORE_EMPTY, (leaf,))
    own = issuers.self_signed(leaf) if leaf.self_issued else True
    if own is not True:
        # A leaf with its issuer's name: from a listing it looks self-signed.
        reason = ChainReason.SAME_SUBJECT if own is False else ChainReason.SELF_SIGNED_UNSURE
        return ChainResult(reason, (leaf,), culprit=leaf)
    return _Walk(issuers, trust, sent, client, as_of).climb(leaf, (leaf,))
