"""What the rules about the contents of a store have in common: who uses it, and what its entries are."""

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import Connection, Store, StoreKind, Usage
from zcertlint.rules._twins import serves_default
from zcertlint.rules.keyring._stores import users_of
from zcertlint.text.source import Span
from zcertlint.trust.stores import newer_twin

__all__ = [
    "default_users", "personal", "places", "row_title", "served_from", "superseded_default",
    "trusting", "usable_keys", "used_ring",
]  # fmt: skip


def used_ring(store: Store, ctx: Context) -> bool:
    """Whether it is a key ring that is shown and that an endpoint uses as a whole."""
    return (
        store.kind is StoreKind.KEY_RING
        and store.shown
        and "&" not in store.id
        and store.virtual is None
        and bool(users_of(store, ctx))
    )


def served_from(store: Store, ctx: Context) -> tuple[Endpoint, ...]:
    """The endpoints that take their certificate from the store."""
    return tuple(e for e in users_of(store, ctx) if e.keystore == store.id)


def trusting(store: Store, ctx: Context) -> tuple[Endpoint, ...]:
    """The endpoints whose trust store it is, or a part of it."""
    users = users_of(store, ctx)
    return tuple(e for e in users if e.truststore and e.truststore.partition("&")[0] == store.id)


def default_users(store: Store, ctx: Context) -> tuple[Endpoint, ...]:
    """The endpoints that serve the ring's DEFAULT."""
    return tuple(e for e in served_from(store, ctx) if serves_default(e))


def usable_keys(store: Store, ctx: Context) -> tuple[tuple[Connection, Certificate], ...]:
    """The entries whose private key the ring's owner can surely use: shown, trusted, his own or SITE."""
    found = []
    for row in store.connections:
        certificate = ctx.deployment.certificate(row.certificate)
        if row.usage is not Usage.PERSONAL or certificate is None or certificate.private_key is not True:
            continue
        his = row.owner is not None and row.owner.user in {None, store.owner}
        if his and certificate.trust in {TrustStatus.TRUST, TrustStatus.HIGHTRUST}:
            found.append((row, certificate))
    return tuple(found)


def personal(store: Store, ctx: Context) -> tuple[Certificate, ...]:
    """The certificates that are connected PERSONAL and shown."""
    rows = (row.certificate for row in store.connections if row.usage is Usage.PERSONAL)
    return tuple(found for ident in rows if (found := ctx.deployment.certificate(ident)) is not None)


def superseded_default(store: Store, ctx: Context) -> tuple[Connection, Certificate, Certificate] | None:
    """The DEFAULT entry, its certificate, and the newer one of its subject that should be DEFAULT.

    None where there is none, or where nobody serves the DEFAULT and a label names the old one: then the label
    is the place of the repair.
    """
    servers, users = served_from(store, ctx), default_users(store, ctx)
    if not used_ring(store, ctx) or not servers:
        return None
    row = next((row for row in store.connections if row.default and row.usage is Usage.PERSONAL), None)
    old = ctx.deployment.certificate(row.certificate) if row is not None else None
    if row is None or old is None or (not users and any(e.certificate == old.id for e in servers)):
        return None
    new = newer_twin(old, personal(store, ctx), ctx.as_of)
    return (row, old, new) if new is not None else None


def row_title(row: Connection) -> str:
    """An entry as its listing names it."""
    return row.label or row.certificate


def places(ends: tuple[Endpoint, ...], words: str) -> tuple[tuple[Span, str], ...]:
    """Where these endpoints are told to use the store, each place once."""
    found: dict[Span, str] = {}
    for end in ends:
        place = end.alias.span if end.alias is not None and end.alias.span is not None else end.span
        if place is not None:
            found.setdefault(place, f"{end.id} {words}")
    return tuple(found.items())
