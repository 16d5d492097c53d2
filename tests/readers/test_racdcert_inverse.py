"""The reader is the inverse of the printer, in every envelope; damage never raises and never invents."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import print_list, print_listmap, print_listring, systsprt
from zcertlint.model.certificate import (
    Absent,
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    OwnerKind,
    TrustStatus,
)
from zcertlint.model.facts import AnswerKind, Facts, NameFilter
from zcertlint.model.names import Name
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.readers import ReadContext
from zcertlint.readers.racdcert import read, recognise
from zcertlint.text.decode import load
from zcertlint.text.source import Span

NOWHERE = Span("")
SAFE = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
USERS = st.from_regex(r"[A-Z$#@][A-Z0-9$#@]{0,7}", fullmatch=True)
OWNERS = st.one_of(
    USERS.map(Owner.of_user), st.just(Owner(OwnerKind.CERTAUTH)), st.just(Owner(OwnerKind.SITE))
)
WORDS = st.text(SAFE, min_size=1, max_size=12)
LABELS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words)[:32].strip()),
    st.sampled_from(
        ["CERTAUTH", "MY CERTAUTH", "SITE", "x." * 16, "ID(A) CERTAUTH", "Zowe Server", "YES NO"]
    ),
)
RINGS = st.text(SAFE, min_size=1, max_size=237)
NAMES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=250).map(
    lambda text: Name(f"CN={text}.")
)
USAGES = st.lists(
    st.sampled_from(
        [
            ("digitalSignature", "keyEncipherment"),
            ("dataEncipherment",),
            ("nonRepudiation",),
            ("keyCertSign", "cRLSign"),
            ("keyAgreement",),
        ]
    ),
    min_size=1,
    unique=True,
).map(lambda groups: frozenset(bit for group in groups for bit in group))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001
    lambda at: Moment(at.replace(microsecond=0, tzinfo=UTC), local=True)
)
HOSTS = st.from_regex(r"[a-z][a-z0-9-]{0,10}\.[a-z]{2,5}", fullmatch=True)
TYPES = frozenset(("dns", "ip", "email", "uri"))


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


ALT_NAMES = st.builds(
    AltNames,
    several(HOSTS),
    several(st.ip_addresses().map(str)),
    several(HOSTS.map(lambda host: f"choi@{host}")),
    several(HOSTS.map(lambda host: f"http://{host}:80/a")),
    st.just(TYPES),
)


@st.composite
def certificates(draw: st.DrawFn, owner: Owner, label: str) -> Certificate:
    kind = draw(st.sampled_from([KeyKind.RSA, KeyKind.EC, KeyKind.BRAINPOOL, KeyKind.DSA]))
    private = draw(st.booleans())
    return Certificate(
        id=f"{owner}/{label}",
        owner=owner,
        label=label,
        subject=draw(NAMES),
        issuer=draw(NAMES),
        serial=draw(st.integers(0, 2**160)),
        not_before=draw(MOMENTS),
        not_after=draw(MOMENTS),
        key=Key(kind, draw(st.integers(160, 8192))),
        signature=draw(st.sampled_from(["sha256RSA", "sha1RSA", "sha384ECDSA", "UNKNOWN"])),
        alt_names=draw(ALT_NAMES),
        key_usage=draw(st.one_of(st.just(Absent.ABSENT), USAGES)),
        extended_usage=draw(st.sampled_from([None, frozenset(("serverAuth", "clientAuth"))])),
        trust=draw(st.sampled_from(TrustStatus)),
        private_key=private,
        hardware_key=draw(st.sampled_from([None, "SAMPLECERT"])) if private else None,
        fingerprint=draw(st.binary(min_size=32, max_size=32)).hex().upper(),
        rings=tuple(draw(st.lists(st.tuples(USERS, RINGS), max_size=3))),
    )


@st.composite
def lists(draw: st.DrawFn) -> tuple[Owner, list[Certificate]]:
    owner = draw(OWNERS)
    labels = draw(st.lists(LABELS, min_size=1, max_size=3, unique=True))
    return owner, [draw(certificates(owner, label)) for label in labels]


@st.composite
def rings(draw: st.DrawFn) -> tuple[str, list[Store]]:
    user = draw(USERS)
    stores = []
    for name in draw(st.lists(RINGS, min_size=1, max_size=3, unique=True)):
        entries = draw(st.lists(st.tuples(OWNERS, LABELS, st.sampled_from(Usage), st.booleans()), max_size=4))
        connections = tuple(
            Connection(f"{owner}/{label}", owner, label, usage, default, NOWHERE)
            for owner, label, usage, default in entries
        )
        stores.append(
            Store(ring_id(user, name), StoreKind.KEY_RING, user, name, StoreState.SHOWN, connections, NOWHERE)
        )
    return user, stores


@st.composite
def maps(draw: st.DrawFn) -> tuple[str | None, list[NameFilter]]:
    user = draw(st.one_of(st.none(), USERS))
    names = st.one_of(st.none(), NAMES)
    criteria = st.none() if user is not None else st.just("APPLID=&APPLID")
    filters = st.builds(
        NameFilter,
        st.just(user),
        LABELS,
        st.sampled_from([TrustStatus.TRUST, TrustStatus.NOTRUST]),
        names,
        names,
        criteria,
        st.just(NOWHERE),
    )
    return user, draw(st.lists(filters, min_size=1, max_size=3))


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
