"""What copying does to lines: folded, joined, without indents, with no-break spaces; the truth or nothing."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readers.test_racdcert_inverse import bare, bare_ring, facts, shown
from support.listings import print_list, print_listring
from support.racdcert_models import lists, rings
from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.facts import Facts
from zcertlint.model.store import Store

Lines = list[str]
FIELDS = (
    "serial", "not_before", "not_after", "fingerprint", "private_key", "trust", "hardware_key", "subject", "issuer",
    "signature", "key_usage", "extended_usage", "rings",
)  # fmt: skip


def folded(width: int) -> Callable[[Lines], Lines]:
    return lambda lines: [
        line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width)
    ]


HARMLESS: dict[str, Callable[[Lines], Lines]] = {
    "indents lost": lambda lines: [line.lstrip() for line in lines],
    "no-break spaces": lambda lines: [line.replace(" ", "\N{NO-BREAK SPACE}") for line in lines],
    "tabs": lambda lines: [line.replace(" " * 8, "\t") for line in lines],
    "double spaced": lambda lines: [part for line in lines for part in (line, "")],
}
HARMFUL: dict[str, Callable[[Lines], Lines]] = {
    **{f"folded at {width}": folded(width) for width in (40, 72, 76, 79, 80)},
    "two columns lost": lambda lines: [line[2:] for line in lines],
    "twenty columns lost": lambda lines: [line[20:] for line in lines],
    "no blank lines": lambda lines: [line for line in lines if line],
}


def nothing_is_made_up(found: Facts, records: list[Certificate], stores: list[Store]) -> None:
    by_id = {record.id: shown(record) for record in records}
    for certificate in found.certificates:
        truth = by_id[certificate.id]
        for field in FIELDS:
            value = getattr(certificate, field)
            assert value is None or value == getattr(truth, field), field
        names, true_names = certificate.alt_names, truth.alt_names
        assert true_names is not None
        if names is not None:
            assert names.complete <= true_names.complete
            assert set(names.dns) <= set(true_names.dns)
            assert set(names.uris) <= set(true_names.uris)
    by_name = {bare_ring(ring).id: ring for ring in stores}
    for ring in found.stores:
        assert bare_ring(ring).connections in (by_name[ring.id].connections, ()), ring.id


def printed(model: tuple[Owner, list[Certificate]], ring_model: tuple[str, list[Store]]) -> Lines:
    return (print_list(*model) + print_listring(*ring_model)).split("\n")


@pytest.mark.parametrize("copy", HARMLESS.values(), ids=HARMLESS.keys())
@given(model=lists(), ring_model=rings())
@settings(max_examples=20, deadline=None)
def test_all_is_read(
    copy: Callable[[Lines], Lines],
    model: tuple[Owner, list[Certificate]],
    ring_model: tuple[str, list[Store]],
) -> None:
    found = facts("\n".join(copy(printed(model, ring_model))).encode())
    assert [bare(certificate) for certificate in found.certificates] == [shown(record) for record in model[1]]
    assert [bare_ring(ring) for ring in found.stores] == ring_model[1]


@pytest.mark.parametrize("copy", HARMFUL.values(), ids=HARMFUL.keys())
@given(model=lists(), ring_model=rings())
@settings(max_examples=20, deadline=None)
def test_nothing_is_made_up(
    copy: Callable[[Lines], Lines],
    model: tuple[Owner, list[Certificate]],
    ring_model: tuple[str, list[Store]],
) -> None:
    found = facts("\n".join(copy(printed(model, ring_model))).encode())
    nothing_is_made_up(found, model[1], ring_model[1])


@given(model=lists(), ring_model=rings(), data=st.data())
@settings(max_examples=80, deadline=None)
def test_two_lines_in_one_make_nothing_up(
    model: tuple[Owner, list[Certificate]], ring_model: tuple[str, list[Store]], data: st.DataObject
) -> None:
    lines = printed(model, ring_model)
    at = data.draw(st.integers(0, len(lines) - 2))
    lines[at : at + 2] = [lines[at] + data.draw(st.sampled_from(["", " "])) + lines[at + 1].lstrip()]
    nothing_is_made_up(facts("\n".join(lines).encode()), model[1], ring_model[1])
