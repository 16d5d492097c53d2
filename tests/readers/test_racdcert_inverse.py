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
    damage = data.draw(st.sampled_from(["cut", "columns", "deleted", "block"]))
    if damage == "cut":
        lines = lines[: data.draw(st.integers(0, len(lines)))]
    elif damage == "columns":
        lines = [line[: data.draw(st.sampled_from([20, 40, 72, 79]))] for line in lines]
    else:
        start = data.draw(st.integers(0, len(lines)))
        size = 1 if damage == "deleted" else data.draw(st.integers(1, 12))
        del lines[start : start + size]
    found = facts("\n".join(lines).encode())
    if damage != "cut":
        return
    by_id = {record.id: shown(record) for record in records}
    for certificate in found.certificates:
        truth = by_id[certificate.id]
        assert certificate.alt_names is None or certificate.alt_names.complete <= truth.alt_names.complete  # type: ignore[union-attr]
        for field in ("subject", "issuer", "serial", "not_after", "key_usage", "fingerprint", "private_key"):
            value = getattr(certificate, field)
            assert value is None or value == getattr(truth, field), field
