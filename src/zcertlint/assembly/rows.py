"""The rows of a key ring seen twice: whether both are the same ring, and what they show together."""

from collections.abc import Sequence
from dataclasses import replace

from zcertlint.model.store import Connection

__all__ = ["rows_together"]


def rows_together(one: Sequence[Connection], other: Sequence[Connection]) -> tuple[Connection, ...] | None:
    """The rows of the first, with what only the second shows; None when they contradict each other.

    The same certificates have to be connected, with the same usage. Whether one is the DEFAULT is not shown by every
    listing (ACF2, Top Secret, a table without that column): a row without it agrees with either.
    """
    if len(one) != len(other):
        return None
    left = list(other)
    found = []
    # Rows that show their DEFAULT choose first: else one that shows none could take the only row that suits them.
    for row in sorted(one, key=lambda item: item.default is None):
        same = [item for item in left if (item.certificate, item.usage) == (row.certificate, row.usage)]
        fit = [item for item in same if None in {row.default, item.default} or row.default is item.default]
        if not fit:
            return None
        best = next((item for item in fit if item.default is row.default), fit[0])
        left.remove(best)
        found.append((row, replace(row, default=best.default) if row.default is None else row))
    return tuple(next(new for old, new in found if old is row) for row in one)
