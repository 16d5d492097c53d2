"""The reader is the inverse of the printer, in every envelope; damage never raises and never invents."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import print_list, print_listmap, print_listring, systsprt
from support.racdcert_models import NOWHERE, lists, maps, rings
from zcertlint.model.certificate import AltNames, Certificate, Owner
from zcertlint.model.facts import AnswerKind, Facts, NameFilter
from zcertlint.model.store import Store
from zcertlint.readers import ReadContext
from zcertlint.readers.racdcert import read, recognise
from zcertlint.text.decode import load


def facts(data: bytes) -> Facts:
    source = load("listing.txt", data)
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines)
    assert found.lines[2] == len(found.unread)
    return found


def shown(certificate: Certificate, *, every: bool = False) -> Certificate:
    """What a listing shows of a certificate before z/OS 3.2: the first name of each type."""
    names = certificate.alt_names
    assert names is not None
    if not every:
        short = (names.dns[:1], names.ips[:1], names.emails[:1], names.uris[:1])
        counts = dict(zip(("dns", "ip", "email", "uri"), short, strict=True))
        names = AltNames(*short, frozenset(name for name, values in counts.items() if not values))
    return replace(certificate, alt_names=names)


def bare(certificate: Certificate) -> Certificate:
    return replace(certificate, spans=())


def bare_ring(ring: Store) -> Store:
    connections = tuple(replace(connection, span=NOWHERE) for connection in ring.connections)
    return replace(ring, span=NOWHERE, connections=connections)


@envelopes
@given(model=lists())
@settings(max_examples=25, deadline=None)
def test_list_is_read_back(envelope: Envelope, model: tuple[Owner, list[Certificate]]) -> None:
    owner, records = model
    found = facts(envelope(print_list(owner, records)))
    assert [bare(certificate) for certificate in found.certificates] == [shown(record) for record in records]
    assert not found.problems
    assert not found.unread


@given(model=lists(), ski=st.binary(min_size=20, max_size=20))
@settings(max_examples=50, deadline=None)
def test_list_of_zos_32_shows_every_name(model: tuple[Owner, list[Certificate]], ski: bytes) -> None:
    owner, records = model
    records = [replace(record, subject_key_id=ski.hex().upper()) for record in records]
    found = facts(print_list(owner, records, release="3.2").encode())
    assert [bare(certificate) for certificate in found.certificates] == records


@envelopes
@given(model=rings())
@settings(max_examples=25, deadline=None)
def test_listring_is_read_back(envelope: Envelope, model: tuple[str, list[Store]]) -> None:
    user, stores = model
    found = facts(envelope(print_listring(user, stores)))
    assert [bare_ring(ring) for ring in found.stores] == stores
    assert not found.problems
    assert not found.unread


@envelopes
@given(model=maps())
@settings(max_examples=25, deadline=None)
def test_listmap_is_read_back(envelope: Envelope, model: tuple[str | None, list[NameFilter]]) -> None:
    user, filters = model
    found = facts(envelope(print_listmap(user, filters)))
    assert [replace(entry, span=NOWHERE) for entry in found.filters] == filters
    assert not found.problems


@given(model=lists(), ring_model=rings())
@settings(max_examples=40, deadline=None)
def test_a_batch_job_tells_what_is_complete(
    model: tuple[Owner, list[Certificate]], ring_model: tuple[str, list[Store]]
) -> None:
    owner, records = model
    user, stores = ring_model
    text = systsprt(
        [
            (f"RACDCERT {owner} LIST", print_list(owner, records)),
            (f"racdcert listring(*) id({user.lower()})", print_listring(user, stores)),
        ]
    )
    found = facts(text.encode())
    assert [(answer.kind, answer.owner) for answer in found.answers] == [
        (AnswerKind.ALL_CERTIFICATES, owner),
        (AnswerKind.ALL_RINGS, Owner.of_user(user)),
    ]
    assert recognise(load("x", text.encode()))


@given(model=lists(), ring_model=rings(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_and_never_invents(
    model: tuple[Owner, list[Certificate]], ring_model: tuple[str, list[Store]], data: st.DataObject
) -> None:
    owner, records = model
    user, stores = ring_model
    lines = (print_list(owner, records) + print_listring(user, stores)).split("\n")
    damage = data.draw(st.sampled_from(["cut", "bytes", "columns", "deleted", "block"]))
    if damage == "cut":
        lines = lines[: data.draw(st.integers(0, len(lines)))]
    elif damage == "bytes":
        text = "\n".join(lines)
        lines = text[: data.draw(st.integers(0, len(text)))].removesuffix("\n").split("\n")
    elif damage == "columns":
        width = data.draw(st.sampled_from([20, 40, 72, 79]))
        lines = [line[:width] for line in lines]
    else:
        start = data.draw(st.integers(0, len(lines)))
        size = 1 if damage == "deleted" else data.draw(st.integers(1, 12))
        del lines[start : start + size]
    found = facts("\n".join(lines).encode())
    if damage == "block":
        return  # what is left of two records may look like one
    fields = ["serial", "not_before", "not_after", "fingerprint", "private_key", "trust", "hardware_key"]
    if damage != "deleted":  # a line that is gone may have held a usage, a name or a part of one
        fields += ["subject", "issuer", "signature", "key_usage", "extended_usage", "rings"]
    by_id = {record.id: shown(record) for record in records}
    for certificate in found.certificates:
        truth = by_id[certificate.id]
        for field in fields:
            value = getattr(certificate, field)
            assert value is None or value == getattr(truth, field), field
        key, names, true_names = certificate.key, certificate.alt_names, truth.alt_names
        assert key is None or key.bits is None or key == truth.key
        assert true_names is not None
        if names is not None and damage != "deleted":
            assert names.complete <= true_names.complete
            assert set(names.dns) <= set(true_names.dns)
            assert set(names.uris) <= set(true_names.uris)
    if damage != "deleted":
        by_name = {bare_ring(ring).id: ring for ring in stores}
        for ring in found.stores:
            assert bare_ring(ring).connections in (by_name[ring.id].connections, ()), ring.id


@given(model=maps(), data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_filter_that_is_cut_is_no_filter(
    model: tuple[str | None, list[NameFilter]], data: st.DataObject
) -> None:
    user, filters = model
    text = print_listmap(user, filters)
    text = text[: data.draw(st.integers(0, len(text)))].removesuffix("\n")
    found = facts(text.encode())
    for entry in found.filters:
        shown_entry = replace(entry, span=NOWHERE)
        if user is None and entry.criteria is None and found.problems:  # said, and not known
            assert shown_entry in [replace(one, criteria=None) for one in filters]
        else:
            assert shown_entry in filters
