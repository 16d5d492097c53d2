"""Any command on any small site, for the properties that hold for all of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from fixes import world
from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq, Rekey
from zcertlint.fixes.commands.keep import AddCa, Alter, Export, ExportForm, RestoreBackup
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Ralter, Rdefine, Rdelete
from zcertlint.fixes.commands.reads import (
    CheckCert,
    ListCert,
    ListCerts,
    ListChain,
    ListGroup,
    ListMap,
    ListRing,
    ListSetropts,
    ListUser,
    NetstatHome,
    Refresh,
    Rlist,
    Search,
)  # fmt: skip
from zcertlint.fixes.commands.rings import AddRing, Connect, DelRing, Remove
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.fixes.commands.setropts import Setropts
from zcertlint.fixes.commands.users import AlterOmvs, ConnectGroup, DelUser, RemoveGroup
from zcertlint.model.certificate import Absent, Certificate, KeyKind, Owner, OwnerKind, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Access, ClassOptions, Group, Level, Profile, Security, User
from zcertlint.model.store import Store, StoreState, Usage
from zcertlint.text.source import Span

OWNERS = (world.ZWE, world.IZU, world.CERTAUTH, Owner(OwnerKind.SITE))
LABELS = ("Zowe Server", "DefaultzOSMFCert.IZUDFLT", "Acme Zowe CA", "zOSMFCA", "it's & (new)")
PLACES = (
    ("ZWESVUSR", "ZoweKeyring"),
    ("IZUSVR", "IZUKeyring.IZUDFLT"),
    ("ZWESVUSR", "Other"),
    ("IZUSVR", "None"),
)
SETS = ("A.CERT", "A.P12", "A.CSR", "A.FILE", "A.NONE")
FILE = Certificate(
    "file:new.pem#1", subject=Name("CN=New CA.O=Acme"), issuer=Name("CN=New CA.O=Acme"), serial=7,
    fingerprint="AB", not_before=world.moment(2025), not_after=world.moment(2035), key=world.RSA, alt_names=None,
)  # fmt: skip
HERE = Span("rlist.txt", 3)
DAYS = (date(2027, 1, 1), date(2036, 1, 1), None)

owners = st.sampled_from(OWNERS)
labels = st.sampled_from(LABELS)
maybe_label = labels | st.none()
places = st.sampled_from(PLACES)
usages = st.sampled_from(Usage)
sets = st.sampled_from(SETS)
FLAG = st.booleans()
copied = st.sampled_from([None, "ZWESVUSR.**"])
days = st.sampled_from(DAYS)
trust = st.sampled_from([TrustStatus.TRUST, TrustStatus.NOTRUST, None])
users = st.sampled_from(["ZWESVUSR", "COLIN", "NOBODY"])
groups = st.sampled_from(["IZUUSER", "SYS1", "GONE"])
classes = st.sampled_from(["FACILITY", "RDATALIB", "DIGTNMAP", "DIGTCERT"])
class_lists = st.lists(classes, max_size=2, unique=True).map(tuple)
profiles = st.sampled_from(
    [("FACILITY", "IRR.DIGTCERT.LISTRING"), ("RDATALIB", "ZWESVUSR.**"), ("APPL", "X")]
)
levels = st.sampled_from(Level)
maybe_level = levels | st.none()
dns = st.sampled_from(["CN=a.O=Acme.C=GB", "O=Acme.C=GB", "C=GB", "Acme", None])
sizes = st.sampled_from([256, 2048, None])


def _signer() -> st.SearchStrategy[tuple[Owner | None, str | None]]:
    return st.tuples(owners, labels) | st.just((None, None))


def _gencert(
    owner: Owner,
    label: str | None,
    request: str | None,
    signer: tuple[Owner | None, str | None],
    end: date | None,
) -> Gencert:
    subject = (("CN", "new.acme.example"), ("OU", "a, b"), ("OU", "it's"), ("C", "GB"))
    kind = KeyKind.RSA if request is None else None
    return Gencert(owner, subject, label, request, *signer, kind, 2048 if kind else None, None, end)


COMMANDS: dict[type, st.SearchStrategy[Command]] = {
    Connect: st.builds(
        lambda o, n, p, u, d: Connect(o, n, p[0], p[1], u, default=d), owners, labels, places, usages, FLAG
    ),
    Remove: st.builds(lambda o, n, p: Remove(o, n, *p), owners, labels, places),
    AddRing: places.map(lambda place: AddRing(*place)),
    DelRing: places.map(lambda place: DelRing(*place)),
    Export: st.builds(Export, owners, labels, sets, st.sampled_from(ExportForm)),
    AddCa: st.builds(AddCa, sets, labels, st.just(FILE.id)),
    Alter: st.builds(Alter, owners, labels, maybe_label, trust),
    RestoreBackup: st.builds(RestoreBackup, st.just(world.SERVER), sets),
    Add: st.builds(Add, owners, sets, maybe_label, trust, st.booleans()),
    Delete: st.builds(Delete, owners, maybe_label, st.booleans()),
    Genreq: st.builds(Genreq, owners, labels, sets),
    GencertFromRequest: st.builds(GencertFromRequest, owners, labels, sets, owners, labels, days),
    Rekey: st.builds(Rekey, owners, labels, labels, sizes, days, st.sampled_from([KeyKind.RSA, KeyKind.EC, None])),
    Gencert: st.builds(_gencert, owners, maybe_label, sets | st.none(), _signer(), days),
    Rollover: st.builds(Rollover, owners, labels, labels, st.booleans()),
    Map: st.builds(Map, users, maybe_label, dns, dns, st.none(), sets | st.none(), trust),
    AltMap: st.builds(AltMap, users, maybe_label, maybe_label, trust),
    DelMap: st.builds(DelMap, users, maybe_label),
    Setropts: st.builds(Setropts, class_lists, class_lists, class_lists, again=st.booleans()),
    Rdefine: st.builds(lambda p, u, f: Rdefine(p[0], p[1], u, f), profiles, maybe_level, copied),
    Ralter: st.builds(lambda p, u, w: Ralter(p[0], p[1], u, None, None, w), profiles, maybe_level, FLAG),
    Rdelete: profiles.map(lambda place: Rdelete(*place)),
    Permit: st.builds(
        lambda p, w, a, d, r: Permit(p[0], p[1], (w,), None if d else a, d, r),
        profiles, users, maybe_level, st.booleans(), st.booleans(),
    ),
    ConnectGroup: st.builds(ConnectGroup, users, groups),
    RemoveGroup: st.builds(RemoveGroup, users, groups),
    AlterOmvs: st.builds(AlterOmvs, users, st.sampled_from([7, 8]), st.none(), st.none(), st.booleans()),
    DelUser: st.builds(DelUser, users),
    ListCert: st.builds(ListCert, owners, labels),
    ListCerts: st.builds(ListCerts, owners),
    ListChain: st.builds(ListChain, owners, labels),
    ListRing: places.map(lambda place: ListRing(*place)),
    ListMap: st.builds(ListMap, users, maybe_label),
    CheckCert: st.builds(CheckCert, sets),
    Rlist: profiles.map(lambda place: Rlist(*place)),
    ListUser: st.builds(ListUser, users),
    ListGroup: st.builds(ListGroup, groups),
    Search: st.builds(Search, classes),
    ListSetropts: st.just(ListSetropts()),
    NetstatHome: st.just(NetstatHome()),
    Refresh: st.builds(Refresh, classes, st.booleans()),
}  # fmt: skip
any_command: st.SearchStrategy[Command] = st.one_of(*COMMANDS.values())


def security(*, shown: bool = True) -> Security:
    entries = (Access("ZWESVUSR", Level.READ, HERE), Access("IZUSVR", Level.UPDATE, HERE))
    facility = Profile(
        "FACILITY", "IRR.DIGTCERT.LISTRING", HERE, False, "SYS1", Level.NONE, False, Absent.ABSENT,
        entries if shown else None, () if shown else None,
    )  # fmt: skip
    generic = replace(facility, class_name="RDATALIB", name="ZWESVUSR.**", generic=True, owner="ZWESVUSR")
    return Security(
        profiles=(facility, generic),
        classes=(ClassOptions(HERE, frozenset(("FACILITY", "RDATALIB")), frozenset(("FACILITY",))),)
        if shown
        else (),
        users=(
            User("ZWESVUSR", HERE, default_group="SYS1", groups=("SYS1",), uid=7),
            User(
                "COLIN",
                HERE,
                default_group="SYS1",
                groups=("SYS1", "IZUUSER") if shown else None,
                uid=Absent.ABSENT,
            ),
        ),
        groups=(Group("IZUUSER", HERE, 5, ("COLIN",)), Group("SYS1", HERE)),
    )


def _site(shown: bool, hidden_ring: bool, complete: bool, unload: bool) -> Database:  # noqa: FBT001 (hypothesis)
    data: dict[str, DataSet] = {
        "A.CERT": DataSet("A.CERT", DataSetKind.CERTIFICATE, world.SERVER, world.SERVER.id),
        "A.P12": DataSet("A.P12", DataSetKind.PKCS12, replace(world.ZOWE_CA, serial=9), None),
        "A.CSR": DataSet("A.CSR", DataSetKind.REQUEST, world.ZOSMF, world.ZOSMF.id),
        "A.FILE": DataSet("A.FILE", DataSetKind.CERTIFICATE, FILE),
    }
    other = Store("ring:ZWESVUSR/Other", world.RING.kind, "ZWESVUSR", "Other", StoreState.NOT_SHOWN)
    base = world.database(
        world.ZOWE_CA, world.ZOSMF_CA, world.SERVER, world.ZOSMF, FILE,
        stores=(world.RING, world.IZU_RING, *((other,) if hidden_ring else ())),
    )  # fmt: skip
    filters = (NameFilter("COLIN", "it's & (new)", TrustStatus.TRUST, None, Name("C=GB"), None, HERE),)
    secured = security(shown=shown)
    if unload:
        secured = replace(secured, unload=HERE, unload_classes=frozenset(("FACILITY", "RDATALIB", "APPL")))
    return replace(
        base,
        data_sets=data,
        filters=filters,
        security=secured,
        complete_owners=frozenset(map(str, OWNERS)) if complete else frozenset(),
        complete_ring_owners=frozenset(("ZWESVUSR", "IZUSVR")) if complete else frozenset(),
    )


sites: st.SearchStrategy[Database] = st.builds(
    _site, st.booleans(), st.booleans(), st.booleans(), st.booleans()
)


def played(
    database: Database, commands: list[Command], carried: Callable[[Command, Database], bool]
) -> Database:
    """The database after the commands, those left out that a test does not want."""
    for command in commands:
        if carried(command, database):
            database = command.apply(database, world.AS_OF)
    return database
