"""A crowd is the tuple that it stands for, and makes each item once, when it is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from zcertlint.model.crowd import Crowd
from zcertlint.model.security import Security, User
from zcertlint.text.source import Span

IDS = st.lists(st.sampled_from([f"USER{n}" for n in range(9)]), unique=True)


def crowd(ids: list[str], made: list[str] | None = None) -> Crowd[User]:
    def make(ident: str) -> User | None:
        if ident not in ids:
            return None
        if made is not None:
            made.append(ident)
        return User(ident, Span("unload", ids.index(ident)))

    return Crowd(lambda: ids, make)


@given(ids=IDS, start=st.integers(-10, 10), end=st.integers(-10, 10))
def test_it_is_the_tuple(ids: list[str], start: int, end: int) -> None:
    items = tuple(User(name, Span("unload", place)) for place, name in enumerate(ids))
    found = crowd(ids)
    assert found == items
    assert hash(found) == hash(items)
    assert len(found) == len(items)
    assert found[start:end] == items[start:end]
    assert [found[place] for place in range(-len(ids), len(ids))] == [*items, *items]
    assert found != [*items]


@given(ids=IDS, asked=IDS)
def test_an_item_is_found_and_made_once(ids: list[str], asked: list[str]) -> None:
    made: list[str] = []
    security = Security(users=crowd(ids, made))
    for name in [*asked, *asked]:
        user = security.user(name)
        assert (user is not None) == (name in ids)
        assert user is None or user.id == name
    assert made == [name for name in asked if name in ids]
    assert [user.id for user in security.users] == ids
    assert sorted(made) == sorted(ids)


@given(ids=IDS, others=IDS)
def test_items_take_the_place_of_those_with_their_names(ids: list[str], others: list[str]) -> None:
    made: list[str] = []
    both = crowd(ids, made).updated(User(name, Span("listing")) for name in others)
    assert both.ids == (*ids, *(name for name in others if name not in ids))
    assert len(made) == len(set(made))
    assert {user.id: user.span.path for user in both} == dict.fromkeys(ids, "unload") | dict.fromkeys(
        others, "listing"
    )
