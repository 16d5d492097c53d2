"""Which certificate a server takes from its store."""

from enum import Enum

from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Connection, Store, StoreState, Usage, may_be
from zcertlint.records import dataclass

__all__ = ["Selection", "SelectionReason", "near_rings", "nearly", "select", "slip_of_pen"]


class SelectionReason(Enum):
    """How the choice ended."""

    CHOSEN = "chosen"
    NOT_SHOWN = "no input shows the store"
    MISSING = "the store does not exist"
    EMPTY = "the store is empty"
    NO_DEFAULT = "nothing is DEFAULT and no label is configured"
    DEFAULT_NOT_SHOWN = "the listing does not show which certificate is DEFAULT"
    NOT_ON_RING = "the label is not in the store"
    NEARLY = "a label in the store differs by case or blanks"
    IS_A_CA = "the label is connected as a CA"
    OPEN = "the code page of the listing leaves open whether a label is the configured one"
    AMBIGUOUS = "two certificates of the store bear the label"


@dataclass(frozen=True, slots=True)
class Selection:
    """The connection that is used, or why there is none."""

    reason: SelectionReason
    connection: Connection | None = None


# A word processor makes them of the quotes that YAML knows, and they are then part of the value.
_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb`"


def nearly(wanted: str, label: str) -> bool:
    """Whether two labels differ only by case, blanks, quotes around, a trailing period or RACF's 32 characters."""

    def plain(text: str) -> str:
        return "".join(text.split()).strip(_QUOTES).rstrip(".").casefold()

    return wanted != label and (plain(wanted) == plain(label) or wanted[:32].strip() == label)


def select(store: Store, label: str | None) -> Selection:
    """The certificate that a server takes: by label (compared exactly), else the DEFAULT."""
    if label is not None and label.startswith((f"{store.title}&", "safkeyring")):
        # The form of pem.certificateAuthorities in the place of a label: wrong whatever the ring holds.
        tail = label.rpartition("&")[2]
        return Selection(
            SelectionReason.NEARLY, next((c for c in store.connections if c.label == tail), None)
        )
    if store.state is StoreState.MISSING:
        return Selection(SelectionReason.MISSING)
    if not store.shown:
        return Selection(SelectionReason.NOT_SHOWN)
    if not store.connections:
        return Selection(SelectionReason.EMPTY)
    if label is None:
        return _default(store)
    fits = [c for c in store.connections if c.label == label]
    personal = [c for c in fits if c.usage is Usage.PERSONAL]
    if len(personal) > 1:
        return Selection(SelectionReason.AMBIGUOUS, personal[0])
    if personal:
        return Selection(SelectionReason.CHOSEN, personal[0])
    if fits:
        return Selection(SelectionReason.IS_A_CA, fits[0])
    if (open_row := _open(store, label)) is not None:
        return Selection(SelectionReason.OPEN, open_row)
    close = [c for c in store.connections if c.label is not None and nearly(label, c.label)]
    if close:
        return Selection(SelectionReason.NEARLY, close[0])
    return Selection(SelectionReason.NOT_ON_RING)


def _open(store: Store, label: str) -> Connection | None:
    """The row whose label may be the configured one: its listing is EBCDIC of a code page that is not known."""
    for row in store.connections if store.undecided else ():
        there = row.label or ""
        if may_be(label, there, store.undecided) or (
            not store.undecided.isdisjoint(there) and nearly(label, there)
        ):
            return row
    return None


def _default(store: Store) -> Selection:
    chosen = [c for c in store.connections if c.default]
    if chosen:
        personal = chosen[0].usage is Usage.PERSONAL
        return Selection(SelectionReason.CHOSEN if personal else SelectionReason.IS_A_CA, chosen[0])
    if any(c.default is None for c in store.connections):
        return Selection(SelectionReason.DEFAULT_NOT_SHOWN)
    return Selection(SelectionReason.NO_DEFAULT)


def near_rings(store: Store, deployment: Deployment) -> tuple[Store, ...]:
    """Key rings that are shown and bear nearly this name: in another case, or under another owner.

    A ring of another owner counts only when rings of this owner were listed and this one was not among
    them: otherwise its listing is simply missing. Where a listed ring of this owner may be the one itself, as the
    code page of its listing is open, none is named. Of an owner that nothing names, only the own rings count:
    a ring of another owner may then be the one that is meant.
    """
    others = [s for s in deployment.database.stores.values() if s.shown and s.owner and s.id != store.id]
    own = [other for other in others if other.owner == store.owner]
    if any(may_be(store.name, other.name, other.undecided) for other in own):
        return ()
    listed = store.namesakes is None and (store.state is StoreState.MISSING or bool(own))
    return tuple(
        other
        for other in others
        if (other.owner == store.owner or (listed and other.undecided.isdisjoint(other.name)))
        and other.name.casefold() == store.name.casefold()
    )


def slip_of_pen(one: str, other: str) -> bool:
    """Whether a capital, one letter more or less, another letter or two that changed places tell them apart.

    Two digits that differ do not count: Ring1 and Ring2 are two rings.
    """
    if one == other:
        return False
    if one.casefold() == other.casefold():
        return True
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) == len(short) + 1:
        return short[start:] == long[start + 1 :] and not long[start].isdigit()
    if len(long) != len(short):
        return False
    a, b = short[start:], long[start:]
    if a[1:] == b[1:]:
        return not (a[0].isdigit() and b[0].isdigit())
    return a[:2] == b[1::-1] and a[2:] == b[2:]
