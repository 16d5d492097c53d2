"""A ring shown twice: a row whose DEFAULT is not shown agrees with either, and nothing else does."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from zcertlint.assembly.merge import merge
from zcertlint.assembly.rows import rows_together
from zcertlint.model.certificate import Owner
from zcertlint.model.facts import Facts
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span

DEFAULTS = st.sampled_from([True, False, None])
ROWS = st.lists(
    st.builds(
        lambda label, usage, default: Connection(
            f"ID(A)/{label}", Owner.of_user("A"), label, usage, default, Span("x")
        ),
        st.sampled_from(["ONE", "TWO"]),
        st.sampled_from([Usage.PERSONAL, Usage.SITE]),
        DEFAULTS,
    ),
    max_size=5,
)


def fits(one: Connection, other: Connection) -> bool:
    same = (one.certificate, one.usage) == (other.certificate, other.usage)
    return same and (None in {one.default, other.default} or one.default == other.default)


@given(one=ROWS, other=ROWS)
def test_rows_agree_when_each_has_its_partner(one: list[Connection], other: list[Connection]) -> None:
    possible = len(one) == len(other) and any(all(map(fits, one, order)) for order in permutations(other))
    together = rows_together(one, other)
    assert (together is not None) == possible
    assert (rows_together(other, one) is not None) == possible
    if together is not None:
        assert len(together) == len(one)
        assert all(map(fits, one, together))
        shown = sum(row.default is not None for row in together)
        assert shown >= max(sum(row.default is not None for row in rows) for rows in (one, other))


@given(rows=ROWS.filter(lambda rows: len({row.certificate for row in rows}) == len(rows)), data=st.data())
def test_what_one_shows_fills_what_the_other_does_not(rows: list[Connection], data: st.DataObject) -> None:
    fewer = [replace(row, default=row.default if data.draw(st.booleans()) else None) for row in rows]
    assert rows_together(fewer, rows[::-1]) == tuple(rows)


def ring(path: str, rows: list[Connection], state: StoreState = StoreState.SHOWN) -> Facts:
    store = Store("ring:A/R", StoreKind.KEY_RING, "A", "R", state, tuple(rows), Span(path))
    return Facts("listing", path, stores=(store,))


@given(rows=ROWS)
def test_a_table_without_that_column_beside_a_listing(rows: list[Connection]) -> None:
    table = [replace(row, default=None) for row in rows]
    for inputs in ([ring("a", rows), ring("b", table)], [ring("b", table), ring("a", rows)]):
        database, problems = merge(inputs)
        assert problems == ()
        shown = database.stores["ring:A/R"].connections
        assert {(row.certificate, row.usage, row.default) for row in shown} == {
            (row.certificate, row.usage, row.default) for row in rows
        }


@given(rows=ROWS, other=ROWS)
def test_listings_that_contradict_show_nothing(rows: list[Connection], other: list[Connection]) -> None:
    """Nor does a third one decide between them; a listing that was refused contradicts neither."""
    refused = ring("c", [], StoreState.NOT_SHOWN)
    database, problems = merge([refused, ring("a", rows), refused, ring("b", other), ring("a", rows)])
    store = database.stores["ring:A/R"]
    if rows_together(rows, other) is None:
        assert [problem.code for problem in problems] == ["IN005"]
        assert store.state is StoreState.NOT_SHOWN
        assert store.connections == ()
    elif rows_together(rows, rows) is not None:
        assert store.state is StoreState.SHOWN
