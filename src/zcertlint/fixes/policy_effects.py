"""What plans change that AT-TLS looks at: the contents of key rings, and the labels of certificates on them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zcertlint.fixes.plan import Plan
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.store import Store, StoreKind
from zcertlint.records import dataclass

__all__ = ["Rename", "changed_rings", "renamed"]


@dataclass(frozen=True, slots=True)
class Rename:
    """A label that is no longer the one to use, on these key rings; ``doubt``: two certificates there bear it."""

    old: str
    new: str
    rings: tuple[Store, ...]
    doubt: bool


def changed_rings(old: Database, new: Database) -> list[Store]:
    """Key rings of which a row, or a certificate on them, is another one than before."""
    return [
        store
        for ident, store in new.stores.items()
        if store.kind is StoreKind.KEY_RING and _held(old, ident) != _held(new, ident)
    ]


def _held(database: Database, ident: str) -> frozenset[object]:
    store = database.stores.get(ident)
    found = []
    for row in store.connections if store is not None else ():
        known = database.certificates.get(row.certificate)
        bare = None if known is None else replace(known, rings=None, spans=(), files=(), requested=None)
        found.append((row.certificate, row.usage, row.default, bare))
    return frozenset(found)


def _renames(plan: Plan, before: Deployment, after: Database) -> Iterator[Rename]:
    """Labels that the plan makes others of: of a successor, and in settings that name one."""
    for old, new in plan.moved:
        first = before.database.certificates.get(old) or after.certificates.get(old)
        last = after.certificates.get(new)
        if first is None or last is None or not first.label or not last.label or first.label == last.label:
            continue
        rings = tuple(
            ring
            for ident, ring in after.stores.items()
            if ring.kind is StoreKind.KEY_RING
            and ring.holds(new)
            and (ring.holds(old) or ((was := before.store(ident)) is not None and was.holds(old)))
        )
        if rings:
            yield Rename(first.label, last.label, rings, _doubled((first.label, last.label), rings))
    named = [(end.alias, end.keystore) for end in before.endpoints.values()]
    named += [(key.label, key.store) for key in before.token_keys]
    for edit in plan.patches:
        place = (edit.file, edit.line, edit.column)
        for alias, ident in named:
            ring = after.stores.get(ident or "")
            if alias is None or alias.span is None or ring is None or ring.kind is not StoreKind.KEY_RING:
                continue
            here = (alias.span.path, alias.span.line, alias.span.column) == place
            if here and alias.value != edit.value and any(r.label == edit.value for r in ring.connections):
                labels = (alias.value, edit.value)
                yield Rename(*labels, (ring,), _doubled(labels, (ring,)))


def renamed(plans: Sequence[Plan], before: Deployment, after: Database) -> list[Rename]:
    """The labels that these plans make others of, one for each pair of labels with all its key rings."""
    found: dict[tuple[str, str], Rename] = {}
    for one in (rename for plan in plans for rename in _renames(plan, before, after)):
        known = found.get((one.old, one.new))
        rings = {ring.id: ring for ring in (*(known.rings if known is not None else ()), *one.rings)}
        doubt = one.doubt or (known is not None and known.doubt)
        found[one.old, one.new] = Rename(one.old, one.new, tuple(rings.values()), doubt)
    return list(found.values())


def _doubled(labels: Sequence[str], rings: Sequence[Store]) -> bool:
    """Whether one of these labels does not tell which certificate of a key ring is meant."""
    return any(sum(row.label == label for row in ring.connections) > 1 for ring in rings for label in labels)
