"""The same certificate seen in LIST, LISTRING, an unload and a file becomes one; contradictions are recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields, replace
from datetime import timedelta

from zcertlint.assembly.rows import rows_together
from zcertlint.assembly.security import merge_security
from zcertlint.assembly.unloads import filters_together, no_longer_whole, unload_differences
from zcertlint.model.certificate import AltNames, Certificate, Key, Moment, Owner
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind, Facts, Problem
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, ring_id
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["contradict", "merge", "same_certificate"]

_ZONE = timedelta(hours=14)
_SAME_SECOND = timedelta(seconds=1)
_ANY_ZONES = timedelta(hours=26)  # from the zone furthest behind to the one furthest ahead


def _dates_agree(listed: Moment | None, filed: Moment | None) -> bool:
    if listed is None or filed is None:
        return True
    return abs(listed.at - filed.at) <= (_ZONE if listed.local != filed.local else _SAME_SECOND)


def same_certificate(listed: Certificate, filed: Certificate) -> bool | None:
    """Whether a listing and a file show one certificate, by fingerprint, or by issuer and serial number.

    Returns None when issuer and serial number agree and dates or key do not: then the file is not what
    RACF lists (IN006).
    """
    if listed.fingerprint and listed.fingerprint == filed.fingerprint:
        return True
    if listed.serial is None or listed.serial != filed.serial:
        return False
    if listed.issuer is None or filed.issuer is None or not listed.issuer.same_as(filed.issuer):
        return False
    if listed.subject is not None and filed.subject is not None and not listed.subject.same_as(filed.subject):
        return False
    if listed.fingerprint and filed.fingerprint:
        return None
    agrees = _dates_agree(listed.not_before, filed.not_before) and _dates_agree(
        listed.not_after, filed.not_after
    )
    if listed.key and filed.key and listed.key.kind is not filed.key.kind:
        agrees = False
    return True if agrees else None


def _richer_names(one: AltNames | None, other: AltNames | None) -> AltNames | None:
    if one is None or other is None:
        return one or other
    return one if len(one.complete) >= len(other.complete) else other


_KEPT = {"id", "owner", "label", "spans", "files"}
_FILE_WINS = {"subject", "issuer", "not_before", "not_after", "key_usage", "key"}


def _union(listed: Certificate, other: Certificate) -> Certificate:
    """Both views in one; a file's exact values replace a listing's rounded ones."""
    values: dict[str, object] = {}
    moved: dict[str, Span] = {}
    for item in fields(Certificate):
        name = item.name
        mine, theirs = getattr(listed, name), getattr(other, name)
        if name in _KEPT:
            continue
        if name == "alt_names":
            values[name] = _richer_names(mine, theirs)
            if values[name] is theirs and theirs is not mine and theirs is not None:
                moved[name] = other.span(name)
        elif mine is None or (name in _FILE_WINS and other.der is not None and theirs is not None):
            values[name] = theirs
            if theirs is not None:
                moved[name] = other.span(name)
        else:
            values[name] = mine
    # The listing's line is the place that a user knows; the file's is given for what only the file shows.
    places = dict(other.spans) | moved | dict(listed.spans)
    files = tuple(dict.fromkeys((*listed.files, *other.files)))
    return replace(listed, **values, spans=tuple(places.items()), files=files)  # type: ignore[arg-type]


@dataclass(slots=True)
class _Merge:
    """The state of one merge; ``unloads`` are the paths of database unloads."""

    unloads: frozenset[str]
    certificates: dict[str, Certificate] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    stores: dict[str, Store] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)  # stores of which two listings contradict each other
    from_unload: set[str] = field(default_factory=set)  # certificates that only unloads have shown
    stale: bool = False  # an unload and another input contradict each other

    def listed(self, certificate: Certificate, *, unload: bool) -> None:
        """Take a certificate from a listing or an unload."""
        ident = certificate.id
        known = self.certificates.get(ident)
        if known is None:
            self.certificates[ident] = certificate
            if unload:
                self.from_unload.add(ident)
            return
        # An unload has its dates in a zone of its own.
        zones = _ANY_ZONES if unload != (ident in self.from_unload) else timedelta(0)
        if contradict(known, certificate, zones):
            self._differ(known, certificate, "")
            newer, older = _by_start(certificate, known)
            self.certificates[ident] = newer if newer.subject is not None else older
            return
        together = _union(known, certificate)
        changed = _changed(known, certificate)
        if changed:
            self._differ(known, certificate, ", ".join(changed))
            together = replace(together, **dict.fromkeys(changed))  # type: ignore[arg-type]
        self.certificates[ident] = together

    def _differ(self, known: Certificate, certificate: Certificate, changed: str) -> None:
        self.stale = self.stale or self._of_unload(known.span()) or self._of_unload(certificate.span())
        told = "nothing is concluded from these" if changed else "the one that starts later was used"
        self.problems.append(
            Problem(
                "IN005",
                certificate.span(),
                f"{certificate.id} is listed with other values{f' ({changed})' if changed else ''} than in "
                f"{known.span()}",
                f"List it again and give only the newer listing; {told}",
                fatal=False,
            )
        )

    def _of_unload(self, span: Span) -> bool:
        return span.path in self.unloads

    def filed(self, certificates: Sequence[Certificate]) -> None:
        """Take the certificates of files, tying each to a listed one where both are shown to be one."""
        prints = {c.fingerprint: c.id for c in self.certificates.values() if c.fingerprint}
        serials: dict[int, list[str]] = {}
        for c in self.certificates.values():
            if c.serial is not None:
                serials.setdefault(c.serial, []).append(c.id)
        for certificate in certificates:
            target = prints.get(certificate.fingerprint) if certificate.fingerprint else None
            if target is None:
                target = self._by_serial(
                    certificate, () if certificate.serial is None else serials.get(certificate.serial, ())
                )
            if target is None:
                self.certificates[certificate.id] = certificate
                if certificate.fingerprint:
                    prints[certificate.fingerprint] = certificate.id
                continue
            self.renamed[certificate.id] = target
            self.certificates[target] = _union(self.certificates[target], certificate)
            if certificate.fingerprint:
                prints[certificate.fingerprint] = target

    def _by_serial(self, certificate: Certificate, candidates: Iterable[str]) -> str | None:
        for ident in candidates:
            listed = self.certificates[ident]
            if listed.owner is None:
                continue
            same = same_certificate(listed, certificate)
            if same:
                return ident
            if same is None:
                self.problems.append(
                    Problem(
                        "IN006",
                        certificate.span(),
                        f"this certificate has issuer and serial number of {ident}, but other dates or "
                        "another key",
                        f"Export {ident} again; until then the listing is used",
                        fatal=False,
                    )
                )
        return None

    def store(self, store: Store) -> None:
        """Take a store; one that is not shown says nothing against one that is."""
        known = self.stores.get(store.id)
        if known is None or (store.shown and not known.shown and store.id not in self.torn):
            self.stores[store.id] = store
        elif not store.shown or store.id in self.torn:
            return
        elif (rows := rows_together(known.connections, store.connections)) is not None:
            undecided = known.undecided | store.undecided
            self.stores[store.id] = replace(known, connections=rows, undecided=undecided)
        else:
            self._tear(known, store)

    def cut(self, part: Store) -> None:
        """Take what is left of a cut listing: a row that the whole one lacks contradicts it."""
        known = self.stores.get(part.id)
        if known is None or not known.shown:
            return
        if not {(c.certificate, c.usage) for c in part.connections} <= {
            (c.certificate, c.usage) for c in known.connections
        }:
            self._tear(known, part)

    def _tear(self, known: Store, store: Store) -> None:
        self.torn.add(store.id)
        self.stale = self.stale or self._of_unload(known.span) or self._of_unload(store.span)
        both = f"two listings of it contradict each other ({known.span}, {store.span})"
        self.stores[store.id] = replace(
            known, state=StoreState.NOT_SHOWN, connections=(), reason=known.reason or both
        )
        self.problems.append(
            Problem(
                "IN005",
                store.span,
                f"{store.title} is listed with other contents than in {known.span}",
                "Give only the newer listing; until then nothing is concluded from either",
                fatal=False,
            )
        )


def _by_start(one: Certificate, other: Certificate) -> tuple[Certificate, Certificate]:
    if one.not_before and other.not_before and one.not_before.at < other.not_before.at:
        return other, one
    return one, other


def contradict(one: Certificate, other: Certificate, zones: timedelta) -> bool:
    """Whether these are two certificates; names do not count, as each kind of input changes and cuts them."""
    if one.fingerprint and other.fingerprint:
        return one.fingerprint != other.fingerprint
    if None not in {one.serial, other.serial} and one.serial != other.serial:
        return True
    pairs = ((one.not_before, other.not_before), (one.not_after, other.not_after))
    return any(mine and theirs and abs(mine.at - theirs.at) > zones for mine, theirs in pairs)


def _changed(one: Certificate, other: Certificate) -> list[str]:
    """What two listings tell differently of one certificate."""
    found = [
        name
        for name in ("trust", "private_key")
        if None not in {getattr(one, name), getattr(other, name)}
        and getattr(one, name) != getattr(other, name)
    ]
    if one.key and other.key and not _same_key(one.key, other.key):
        found.append("key")
    if one.rings is not None and other.rings is not None and set(one.rings) != set(other.rings):
        found.append("rings")
    return found


def _same_key(one: Key, other: Key) -> bool:
    return one.kind is other.kind and (one.bits == other.bits or None in {one.bits, other.bits})


def _answers(facts: Sequence[Facts]) -> tuple[Answer, ...]:
    return tuple(answer for item in facts for answer in item.answers)


def _owner_text(owner: Owner | None) -> str:
    return "" if owner is None else str(owner)


def _missing_rings(answers: Iterable[Answer]) -> Iterable[Store]:
    """Rings that IRRD114I shows not to exist."""
    for answer in answers:
        if answer.kind is AnswerKind.NO_SUCH_RING and answer.owner and answer.owner.user and answer.name:
            yield Store(
                ring_id(answer.owner.user, answer.name),
                StoreKind.KEY_RING,
                answer.owner.user,
                answer.name,
                StoreState.MISSING,
                span=answer.span,
                reason=answer.message or None,
            )


def merge(facts: Sequence[Facts]) -> tuple[Database, tuple[Problem, ...]]:
    """The database of certificates and stores that all inputs together show, and what contradicts."""
    unloads = frozenset(item.path for item in facts if item.unload)
    state = _Merge(unloads)
    filed = []
    # Listings first, so that their dates are kept: their zone is that of the system.
    ordered = sorted(facts, key=lambda item: item.unload)
    for item in ordered:
        for certificate in item.certificates:
            if certificate.owner is None:
                filed.append(certificate)
            else:
                state.listed(certificate, unload=item.unload)
    state.filed(filed)
    for item in ordered:
        for store in item.stores:
            state.store(store)
    for part in (part for item in ordered for part in item.cut):
        state.cut(part)
    stores = {
        ident: replace(store, connections=tuple(_renamed(c, state.renamed) for c in store.connections))
        for ident, store in state.stores.items()
    }
    security, contradictions = merge_security(ordered)
    filters, others = filters_together(ordered)
    different = (*contradictions, *others)
    state.problems += different
    for problem, ring in _disagreements(state.certificates, stores, unloads):
        state.problems.append(problem)
        state.stale = state.stale or not unloads.isdisjoint({problem.span.path, ring.path})
    if unloads:
        absent = tuple(unload_differences(facts))
        state.problems += absent
        if state.stale or absent or any(item.span.path in unloads for item in different):
            facts, security = no_longer_whole(facts, security)
    answers = _answers(facts)
    for store in _missing_rings(answers):
        stores.setdefault(store.id, store)
    database = Database(
        certificates=state.certificates,
        stores=stores,
        filters=filters,
        answers=answers,
        complete_owners=frozenset(
            _owner_text(a.owner)
            for a in answers
            if a.kind in {AnswerKind.ALL_CERTIFICATES, AnswerKind.NO_CERTIFICATES}
        ),
        complete_ring_owners=frozenset(
            a.owner.user
            for a in answers
            if a.kind in {AnswerKind.ALL_RINGS, AnswerKind.NO_RINGS} and a.owner and a.owner.user
        ),
        security=security,
    )
    return database, tuple(state.problems)


def _renamed(connection: Connection, names: dict[str, str]) -> Connection:
    target = names.get(connection.certificate)
    return connection if target is None else replace(connection, certificate=target)


def _disagreements(
    certificates: Mapping[str, Certificate], stores: Mapping[str, Store], unloads: frozenset[str]
) -> Iterable[tuple[Problem, Span]]:
    """Connections that LIST's Ring Associations and LISTRING tell differently, with the place of the ring."""
    rings = [s for s in stores.values() if s.kind is StoreKind.KEY_RING and s.shown and s.owner]
    for certificate in certificates.values():
        if certificate.rings is None:
            continue
        told = {ring_id(owner, name) for owner, name in certificate.rings}
        for store in rings:
            connected = any(row.certificate == certificate.id for row in store.connections)
            if connected == (store.id in told):
                continue
            there = "connected" if connected else "not connected"
            here = "does not name the ring" if connected else "names the ring"
            ring = "the unload" if store.span.path in unloads else "LISTRING"
            own = "the unload" if certificate.span("rings").path in unloads else "LIST"
            problem = Problem(
                "IN005",
                certificate.span("rings"),
                f"{certificate.id} is {there} to {store.title} by {ring} ({store.span}), and {own} {here}",
                "Take both listings again, at one time; the key ring's listing was used",
                fatal=False,
            )
            yield problem, store.span
