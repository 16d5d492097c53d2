"""What hypothesis makes of a system for an unload."""

from dataclasses import replace

from hypothesis import strategies as st

from support.racdcert_models import LABELS, MOMENTS, USERS
from support.unload_print import NOWHERE, System
from zcertlint.model.certificate import Absent, Certificate, Key, KeyKind, Owner, OwnerKind, TrustStatus
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Access, Group, IdentityMap, Level, Profile, Signon, Started, User
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id

__all__ = ["systems"]

TEXTS = st.text(st.sampled_from("ABCxyz 019.,-¢ü[]"), min_size=1, max_size=30).map(str.strip).filter(bool)
DNS = TEXTS.map(lambda text: Name(f"CN={text}.O=IBM"))
RING_NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9._!&-]{0,20}", fullmatch=True)
# Characters that have one place in all EBCDIC pages: which page a file has is not the question here.
PLAIN_TEXTS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.,_-]{0,20}", fullmatch=True)
PLAIN_DNS = PLAIN_TEXTS.map(lambda text: Name(f"CN={text}.O=IBM"))
PLAIN_RINGS = st.from_regex(r"[A-Za-z][A-Za-z0-9._&-]{0,20}", fullmatch=True)
PLAIN_USERS = st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True)
PROFILE_NAMES = st.from_regex(r"[A-Z][A-Z0-9.*%]{0,30}", fullmatch=True)
CLASSES = st.sampled_from(
    [
        "RDATALIB",
        "FACILITY",
        "XFACILIT",
        "GXFACILI",
        "APPL",
        "PTKTDATA",
        "SERVAUTH",
        "STARTED",
        "CSFSERV",
        "SURROGAT",
    ]
)


# With it a reader sees that no line was cut where APPL_DATA begins.
_LONG = Profile(
    "FACILITY", "zz", NOWHERE, False, "IBMUSER", Level.NONE, False, "X" * 200, (), (), ()
)  # fmt: skip


@st.composite
def _certificate(
    draw: st.DrawFn, owner: Owner, label: str, serial: int, names: st.SearchStrategy[Name]
) -> Certificate:
    private = draw(st.booleans())
    kind = draw(st.sampled_from([KeyKind.RSA, KeyKind.EC, KeyKind.BRAINPOOL, KeyKind.DSA]))
    return Certificate(
        id=f"{owner}/{label}",
        owner=owner,
        label=label,
        subject=draw(names),
        issuer=draw(names),
        serial=serial,
        not_before=draw(MOMENTS),
        not_after=draw(MOMENTS),
        key=Key(kind, draw(st.integers(160, 8192))) if private else None,
        signature=draw(st.sampled_from(["sha256RSA", "sha384ECDSA", "UNKNOWN"])),
        trust=draw(st.sampled_from(TrustStatus)),
        private_key=private,
        fingerprint=draw(st.binary(min_size=32, max_size=32)).hex().upper(),
        requested=draw(st.booleans()),
    )


@st.composite
def _user(draw: st.DrawFn, ident: str, groups: list[str], *, plain: bool) -> User:
    words = draw(
        st.frozensets(
            st.sampled_from(["SPECIAL", "OPERATIONS", "AUDITOR", "GRPACC", "RESTRICTED", "ROAUDIT"])
        )
    )
    protected, revoked = draw(st.booleans()), draw(st.sampled_from([True, False, None]))
    words |= {"PROTECTED"} if protected else frozenset()
    words |= {"REVOKED"} if revoked else frozenset()
    connected = draw(st.lists(st.sampled_from(groups), min_size=1, max_size=3, unique=True))
    uid = draw(st.one_of(st.just(Absent.ABSENT), st.integers(0, 2**31 - 1)))
    name = draw(st.sampled_from(["JOE DOE", "JOE" if plain else "Müller", None]))
    states = [draw(st.sampled_from("....RD")) for _ in connected]
    off, dated = (tuple(g for g, state in zip(connected, states, strict=True) if state == s) for s in "RD")
    return User(
        ident, NOWHERE, name, "SYS1", words, revoked, protected, connected[0], tuple(connected), uid, off, dated
    )  # fmt: skip


@st.composite
def _profile(draw: st.DrawFn, class_name: str, name: str, whos: list[str]) -> Profile:
    texts: st.SearchStrategy[str | Absent] = st.sampled_from([Absent.ABSENT, "NO REPLAY PROTECTION"])
    levels, who = st.sampled_from(Level), st.sampled_from(whos)
    entries = draw(st.lists(st.builds(Access, who, levels, st.just(NOWHERE)), max_size=3))
    conditions = draw(
        st.lists(st.builds(Access, who, levels, st.just(NOWHERE), st.just("PROGRAM IRRDBU00")), max_size=2)
    )
    signon: Signon | Absent | None = None
    started: Started | Absent | None = None
    if class_name == "PTKTDATA":
        kinds: st.SearchStrategy[Signon | Absent] = st.sampled_from(
            [Absent.ABSENT, Signon("KEYMASKED"), Signon("KEYENCRYPTED", "A.LABEL", "MIXED", 60, True)]
        )
        signon = draw(kinds)
    if class_name == "STARTED":
        tasks = st.builds(Started, who, st.sampled_from(["SYS1", None]), st.booleans(), st.booleans())
        started = draw(st.one_of(st.just(Absent.ABSENT), tasks))
    return Profile(
        class_name,
        name,
        NOWHERE,
        generic=draw(st.booleans()),
        owner="IBMUSER",
        universal=draw(levels),
        warning=draw(st.booleans()),
        app_data=draw(texts),
        access=tuple(entries),
        conditional=tuple(conditions),
        members=tuple(draw(st.lists(PROFILE_NAMES, max_size=2))) if class_name == "GXFACILI" else (),
        signon=signon,
        started=started,
    )


@st.composite
def systems(draw: st.DrawFn, *, plain: bool = False) -> System:
    """A database with a few of everything; ``plain`` when all its characters are the same in all code pages."""
    names, texts, rings, userids, all_labels = DNS, TEXTS, RING_NAMES, USERS, LABELS
    if plain:
        names, texts, rings, userids, all_labels = (
            PLAIN_DNS,
            PLAIN_TEXTS,
            PLAIN_RINGS,
            PLAIN_USERS,
            PLAIN_TEXTS,
        )
    groups = ["SYS1", *draw(st.lists(userids.filter(lambda name: name != "SYS1"), max_size=2, unique=True))]
    ids = draw(st.lists(userids, min_size=1, max_size=4, unique=True))
    users = [draw(_user(ident, groups, plain=plain)) for ident in ids]
    owners = [*map(Owner.of_user, ids), Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE)]
    named = draw(st.lists(st.tuples(st.sampled_from(owners), all_labels), max_size=4, unique=True))
    serials = draw(st.lists(st.integers(0, 2**64), min_size=len(named), max_size=len(named), unique=True))
    found = [draw(_certificate(o, label, n, names)) for (o, label), n in zip(named, serials, strict=True)]
    stores: list[Store] = []
    places = draw(st.lists(st.tuples(st.sampled_from(ids), rings), max_size=3, unique=True))
    for owner, name in places:
        rows = draw(st.lists(st.sampled_from(found), max_size=3, unique_by=lambda c: c.id)) if found else []
        connections = tuple(
            Connection(c.id, c.owner, c.label, draw(st.sampled_from(Usage)), draw(st.booleans()), NOWHERE)
            for c in rows
        )
        stores.append(
            Store(
                ring_id(owner, name), StoreKind.KEY_RING, owner, name, StoreState.SHOWN, connections, NOWHERE
            )
        )
    certificates_ = [_with_rings(certificate, stores) for certificate in found]
    labels = draw(st.lists(all_labels, max_size=2, unique=True))
    filters = [draw(_filter(ids, label, n, texts)) for n, label in enumerate(labels)]
    profiles = draw(st.lists(st.tuples(CLASSES, PROFILE_NAMES), max_size=5, unique=True))
    identities = draw(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=2, unique=True))
    return System(
        users,
        [Group(g, NOWHERE, draw(st.one_of(st.just(Absent.ABSENT), st.integers(0, 9999)))) for g in groups],
        certificates_,
        stores,
        filters,
        [_LONG, *(draw(_profile(class_name, name, [*ids, *groups, "*"])) for class_name, name in profiles)],
        [IdentityMap(draw(st.sampled_from(ids)), "map", name, "ldap://host", NOWHERE) for name in identities],
    )


def _with_rings(certificate: Certificate, stores: list[Store]) -> Certificate:
    rings = tuple(
        (store.owner or "", store.name)
        for store in stores
        if any(row.certificate == certificate.id for row in store.connections)
    )
    return replace(certificate, rings=rings)


@st.composite
def _filter(
    draw: st.DrawFn, ids: list[str], label: str, number: int, texts: st.SearchStrategy[str]
) -> NameFilter:
    user = draw(st.one_of(st.none(), st.sampled_from(ids)))
    criteria = None if user else "APPLID=&APPLID"
    names = Name(f"OU=U{number}.O={draw(texts)}")
    return NameFilter(
        user, label, draw(st.sampled_from([TrustStatus.TRUST, None])), None, None, criteria, NOWHERE, names
    )
