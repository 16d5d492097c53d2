"""What hypothesis makes of certificates, key rings and name filters: models that RACDCERT can print."""

from datetime import UTC, datetime

from hypothesis import strategies as st

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
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.text.source import Span

__all__ = ["NOWHERE", "TYPES", "lists", "maps", "rings"]

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
        [
            "CERTAUTH",
            "MY CERTAUTH",
            "SITE",
            "x." * 16,
            "ID(A) CERTAUTH",
            "Zowe Server",
            "YES NO",
            "RALT",
            "<p>",
            "READY",
            "END",
            "//A DD *",
            "> x",
            "*** x",
        ]
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
