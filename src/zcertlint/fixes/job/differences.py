"""What a command has changed: two databases compared."""

from dataclasses import replace

from zcertlint.model.certificate import Certificate
from zcertlint.model.change import DefaultMove, LostRow
from zcertlint.model.deployment import Database
from zcertlint.model.store import Store, StoreKind
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Differences", "differences", "model_lines", "placed"]


@dataclass(frozen=True, slots=True)
class Differences:
    """What is other afterwards; see :class:`~zcertlint.model.change.Played` for the names."""

    lost: tuple[LostRow, ...] = ()
    gained: tuple[tuple[str, str], ...] = ()
    deleted: tuple[Certificate, ...] = ()
    keys_lost: tuple[Certificate, ...] = ()
    moves: tuple[DefaultMove, ...] = ()
    changed: tuple[Certificate, ...] = ()


def differences(before: Database, after: Database, renamed: tuple[str, str] | None = None) -> Differences:
    """Compare; ``renamed`` is the certificate that only has another id."""
    if before is after:
        return Differences()
    old_id, new_id = renamed or ("", "")
    deleted, keys = [], []
    same = before.certificates is after.certificates
    for ident, old in () if same else before.certificates.items():
        new = after.certificates.get(new_id if ident == old_id else ident)
        if new is old or old.owner is None:
            continue
        if new is None:
            deleted.append(old)
        if old.private_key and (new is None or new.private_key is False):
            keys.append(old)
    changed = () if same else _changed(before, after)
    lost: list[LostRow] = []
    gained: list[tuple[str, str]] = []
    moves: list[DefaultMove] = []
    for ident, old_store in before.stores.items():
        new_store = after.stores.get(ident)
        if new_store is None or new_store is old_store or old_store.kind is not StoreKind.KEY_RING:
            continue
        rows = {row.certificate for row in new_store.connections}
        known = {new_id if row.certificate == old_id else row.certificate for row in old_store.connections}
        lost += [
            LostRow(ident, row)
            for row in old_store.connections
            if (new_id if row.certificate == old_id else row.certificate) not in rows
        ]
        gained += [(ident, row.certificate) for row in new_store.connections if row.certificate not in known]
        moves += _moves(old_store, new_store)
    gained += [
        (ident, row.certificate)
        for ident, store in after.stores.items()
        if ident not in before.stores
        for row in store.connections
    ]
    return Differences(tuple(lost), tuple(gained), tuple(deleted), tuple(keys), tuple(moves), changed)


def _changed(before: Database, after: Database) -> tuple[Certificate, ...]:
    was = before.certificates
    return tuple(new for ident, new in after.certificates.items() if was.get(ident) is not new)


def placed(before: Database, after: Database, span: Span, renamed: str = "") -> Database:
    """The database in which everything that a command has made stands in the line of that command.

    Args:
        before: in front of the command.
        after: behind it.
        span: of the command.
        renamed: the new id of a certificate that only has another label.
    """
    if before is after:
        return after
    certificates = after.certificates
    if certificates is not before.certificates:
        new = {
            ident: replace(one, spans=(("id", span),))
            for ident, one in certificates.items()
            if ident not in before.certificates
            and ident != renamed
            and one.owner is not None
            and not one.files
        }
        certificates = {**certificates, **new} if new else certificates
    stores = dict(after.stores)
    for ident, store in after.stores.items():
        old = before.stores.get(ident)
        if store is old or store.kind is not StoreKind.KEY_RING:
            continue
        # A row that has another label now stands in no listing: its place is the command too.
        known = {row.certificate for row in old.connections} if old is not None else set[str]()
        rows = tuple(
            row if row.certificate in known else replace(row, span=span) for row in store.connections
        )
        place = span if old is None or store.state is not old.state else store.span
        stores[ident] = replace(store, connections=rows, span=place)
    filters = after.filters
    if filters is not before.filters:
        listed = {one.span for one in before.filters}
        filters = tuple(one if one.span in listed else replace(one, span=span) for one in filters)
    return replace(after, certificates=certificates, stores=stores, filters=filters)


def _moves(old: Store, new: Store) -> list[DefaultMove]:
    """A DEFAULT that another certificate has now, while the old one is still on the ring."""
    had = [row.certificate for row in old.connections if row.default]
    has = [row.certificate for row in new.connections if row.default]
    still = {row.certificate for row in new.connections}
    if not had or not has or had[0] == has[0] or had[0] not in still:
        return []
    return [DefaultMove(new.id, had[0], has[0])]


def model_lines(database: Database) -> list[str]:
    """The certificates and key rings as lines, so that two states can be compared line by line."""
    lines = []
    for certificate in sorted(database.certificates.values(), key=lambda one: one.id):
        if certificate.owner is None:
            continue
        facts = [
            ("subject", certificate.subject),
            ("issuer", certificate.issuer),
            ("from", certificate.not_before),
            ("to", certificate.not_after),
            ("key", certificate.key),
            ("status", certificate.trust.value if certificate.trust else None),
            ("private key", {True: "yes", False: "no", None: None}[certificate.private_key]),
        ]
        lines.append(f"certificate {certificate.id}")
        lines += [f"    {name}: {'not shown' if value is None else value}" for name, value in facts]
    for store in sorted(database.stores.values(), key=lambda one: one.id):
        if store.kind is not StoreKind.KEY_RING:
            continue
        lines.append(f"key ring {store.title}: {store.state.value}")
        for row in store.connections:
            default = {True: " DEFAULT", False: "", None: " (DEFAULT not shown)"}[row.default]
            lines.append(f"    {row.certificate} {row.usage.value}{default}")
    for one in database.filters:
        names = f"subject {one.subject or '-'}, issuer {one.issuer or '-'}"
        lines.append(f"name filter {one.user or 'MULTIID'}/{one.label}: {names}")
    for profile in sorted(database.security.profiles, key=lambda one: one.id):
        lines.append(f"{profile.id}: UACC {profile.universal.value if profile.universal else 'not shown'}")
        for entry in (*(profile.access or ()), *(profile.conditional or ())):
            level = entry.level.value if entry.level is not None else "?"
            when = f" when {entry.condition}" if entry.condition else ""
            lines.append(f"    {entry.who} {level}{when}")
    for lists in database.security.classes:
        for name, classes in (
            ("active", lists.active),
            ("RACLISTed", lists.raclist),
            ("generic", lists.generic),
        ):
            if classes is not None:
                lines += [f"class {one}: {name}" for one in sorted(classes)]
    return lines
