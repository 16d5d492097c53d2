"""Key rings of any kind for readers of ring tables: owners, labels and rows as strategies."""

from collections.abc import Collection

from hypothesis import strategies as st

from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.text.source import Span

__all__ = ["USERS", "connections", "one_ring", "ring_of"]

USERS = st.from_regex(r"[A-Z#@$][A-Z0-9#@$]{0,7}", fullmatch=True)


def connections(labels: st.SearchStrategy[str], reserved: Collection[str]) -> st.SearchStrategy[Connection]:
    """Rows of a key ring; ``reserved`` are words, in upper case, that no user ID is."""
    owners = st.one_of(
        st.sampled_from([Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE)]),
        USERS.filter(lambda user: user not in reserved).map(Owner.of_user),
    )
    return st.builds(
        lambda owner, label, usage, default: Connection(
            f"{owner}/{label}", owner, label, usage, default, Span("")
        ),
        owners,
        labels,
        st.sampled_from(Usage),
        st.booleans(),
    )


def ring_of(user: str, name: str, rows: list[Connection]) -> Store:
    """A ring with these rows."""
    return Store(ring_id(user, name), StoreKind.KEY_RING, user, name, StoreState.SHOWN, tuple(rows))


def one_ring(name: str) -> Store:
    """A ring of ``ME`` with one CA."""
    row = Connection("CERTAUTH/x", Owner(OwnerKind.CERTAUTH), "x", Usage.CERTAUTH, False, Span(""))
    return ring_of("ME", name, [row])
