"""Which certificate a server takes from its key ring, and which rule speaks where it takes none."""

from dataclasses import replace

import pytest

from support.certificates import authority, certificate, on, ring
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database, Deployment, Endpoint, Located, Role, Stack
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.choice import choice_code
from zcertlint.trust.issue import Issuers
from zcertlint.trust.questions import choice_need
from zcertlint.trust.selection import Selection, SelectionReason, near_rings, nearly, select, slip_of_pen

SERVER, CA = certificate("Zowe Server", "Acme CA"), authority("Acme CA")
ROW, CA_ROW = on(SERVER, Usage.PERSONAL), on(CA)
DEFAULT = replace(ROW, default=True)
TWIN = on(certificate("Zowe Server", owner=Owner.of_user("OTHER")), Usage.PERSONAL)


@pytest.mark.parametrize(
    ("wanted", "label", "answer"),
    [
        ("Zowe Server", "Zowe Server", False),
        ("zowe server", "Zowe Server", True),
        ("ZoweServer", "Zowe Server", True),
        ("Zowe Server.", "Zowe Server", True),
        ("Zowe Server", "Zowe Server.", True),
        ("\u201cZowe Server\u201d", "Zowe Server", True),
        ("Zowe\u00a0Server", "Zowe Server", True),
        ("Zowe", "Zowe Server", False),
        ("A label of more than 32 characters", "A label of more than 32 characte", True),
        ("A label of more than 32 charact x", "A label of more than 32 charact", True),
        ("A label of more than 32 characters", "A label of more than 32 charac", False),
    ],
)
def test_nearly(wanted: str, label: str, answer: bool) -> None:  # noqa: FBT001
    assert nearly(wanted, label) is answer


@pytest.mark.parametrize(
    ("rows", "label", "reason", "chosen"),
    [
        ((CA_ROW, ROW), "Zowe Server", SelectionReason.CHOSEN, ROW),
        ((CA_ROW, DEFAULT), None, SelectionReason.CHOSEN, DEFAULT),
        ((DEFAULT, CA_ROW), "Acme CA", SelectionReason.IS_A_CA, CA_ROW),
        ((replace(CA_ROW, default=True), ROW), None, SelectionReason.IS_A_CA, replace(CA_ROW, default=True)),
        ((ROW, CA_ROW), None, SelectionReason.NO_DEFAULT, None),
        ((replace(ROW, default=None), CA_ROW), None, SelectionReason.DEFAULT_NOT_SHOWN, None),
        ((ROW, TWIN), "Zowe Server", SelectionReason.AMBIGUOUS, ROW),
        ((ROW, CA_ROW), "zowe server", SelectionReason.NEARLY, ROW),
        ((ROW, CA_ROW), "Other", SelectionReason.NOT_ON_RING, None),
        ((replace(ROW, label=None),), "Other", SelectionReason.NOT_ON_RING, None),
        ((), None, SelectionReason.EMPTY, None),
        ((), "Zowe Server", SelectionReason.EMPTY, None),
        # The form of pem.certificateAuthorities in the place of a label.
        ((ROW, CA_ROW), "ZWESVUSR/ZoweKeyring&Zowe Server", SelectionReason.NEARLY, ROW),
        ((ROW,), "safkeyring://ZWESVUSR/ZoweKeyring&Zowe Server", SelectionReason.NEARLY, ROW),
        ((ROW,), "safkeyring://ZWESVUSR/ZoweKeyring&Other", SelectionReason.NEARLY, None),
    ],
)
def test_choice(
    rows: tuple[Connection, ...], label: str | None, reason: SelectionReason, chosen: Connection | None
) -> None:
    assert select(ring(*rows), label) == Selection(reason, chosen)


@pytest.mark.parametrize("label", [None, "Zowe Server"])
def test_ring_that_is_not_there_or_not_shown(label: str | None) -> None:
    assert select(ring(state=StoreState.MISSING), label) == Selection(SelectionReason.MISSING)
    assert select(ring(state=StoreState.NOT_SHOWN), label) == Selection(SelectionReason.NOT_SHOWN)


def deployment(*stores: Store) -> Deployment:
    known = {entry.id: entry for entry in (SERVER, CA)}
    return Deployment(Database(known, {store.id: store for store in stores}))


ABSENT, SHOWN = StoreState.MISSING, StoreState.SHOWN


@pytest.mark.parametrize(
    ("state", "others", "near"),
    [
        (ABSENT, [ring(name="zowekeyring")], ["ZWESVUSR/zowekeyring"]),
        (ABSENT, [ring(owner="OTHER")], ["OTHER/ZoweKeyring"]),
        (ABSENT, [ring(owner="OTHER", name="ZOWEKEYRING")], ["OTHER/ZOWEKEYRING"]),
        (ABSENT, [ring(name="Another")], []),
        (ABSENT, [ring(owner="OTHER", name="Another")], []),
        (ABSENT, [ring(name="zowekeyring", state=StoreState.NOT_SHOWN)], []),
        (StoreState.NOT_SHOWN, [ring(name="zowekeyring")], ["ZWESVUSR/zowekeyring"]),
        # The owner's rings were not listed: that another owner has one of this name says nothing.
        (StoreState.NOT_SHOWN, [ring(owner="OTHER")], []),
        (StoreState.NOT_SHOWN, [ring(owner="OTHER"), ring(name="Another")], ["OTHER/ZoweKeyring"]),
    ],
)
def test_rings_of_nearly_the_name(state: StoreState, others: list[Store], near: list[str]) -> None:
    wanted = ring(state=state)
    assert [store.title for store in near_rings(wanted, deployment(wanted, *others))] == near


def code(store: Store | None, label: str | None, *others: Store, open_: bool = False) -> str | None:
    stores = (*([store] if store else []), *others)
    end = Endpoint(
        "zowe.gateway", "zowe", Role.SERVER, Stack.JSSE, keystore=store.id if store else None,
        alias=Located(label) if label else None, alias_open=open_,
    )  # fmt: skip
    whole = deployment(*stores)
    return choice_code(end, whole, Issuers(whole.database.certificates.values()))


@pytest.mark.parametrize(
    ("store", "label", "rule"),
    [
        (None, "Zowe Server", None),
        (ring(ROW), "Zowe Server", None),
        (ring(DEFAULT), None, None),
        (ring(ROW, TWIN), "Zowe Server", None),
        (ring(state=StoreState.NOT_SHOWN), "Zowe Server", None),
        (ring(state=StoreState.MISSING), "Zowe Server", "KR109"),
        (ring(), "Zowe Server", "KR104"),
        (ring(ROW), None, "KR101"),
        (ring(ROW), "Other", "KR105"),
        (ring(ROW), "zowe server", "KR106"),
        (ring(ROW, CA_ROW), "Acme CA", "KR107"),
        (ring(ROW, replace(CA_ROW, default=True)), None, "KR102"),
        # Nothing on the ring can serve: that is the nearer cause.
        (ring(CA_ROW), None, "KR103"),
        (ring(CA_ROW), "Other", "KR103"),
        (ring(CA_ROW), "Acme CA", "KR107"),
        (ring(replace(CA_ROW, default=True)), None, "KR103"),
        (ring(on(SERVER)), "Zowe Server", "KR108"),
    ],
)
def test_rule_that_speaks(store: Store | None, label: str | None, rule: str | None) -> None:
    assert code(store, label) == rule


def test_rule_that_speaks_elsewhere() -> None:
    assert code(ring(), "Zowe Server", open_=True) is None
    assert code(ring(state=ABSENT), "Zowe Server", ring(name="zowekeyring")) == "KR110"
    assert code(ring(ROW), "Other", ring(name="zowekeyring")) == "KR105"
    file = Store("store:/k.p12", StoreKind.PKCS12, None, "/k.p12", SHOWN, (CA_ROW,))
    assert code(file, "Other") == "KR121"
    assert code(file, "Acme CA") == "KR121"
    unknown = replace(on(SERVER), certificate="ID(X)/Unknown")
    assert code(ring(unknown), "Zowe Server") == "KR107"


@pytest.mark.parametrize(
    ("label", "value", "rule"),
    [
        ("${ZWE_LABEL}", "${ZWE_LABEL}", "ZW133"),
        ("123", 123, "ZW131"),
        ("123", "123", "KR105"),
        ("Other", None, "KR105"),
        ("zowe server", 5, "KR106"),
    ],
)
@pytest.mark.parametrize("placed", [True, False])
def test_label_that_is_not_what_was_meant(
    label: str,
    value: str | int | None,
    rule: str,
    placed: bool,  # noqa: FBT001
) -> None:
    path, span = ("zowe", "certificate", "keystore", "alias"), Span("zowe.yaml", 7)
    other = Setting(("zowe", "a"), 5, "5", False, False, Span("zowe.yaml", 1), span)
    entry = Setting(path, value, str(value), False, False, span, span)
    settings = Settings("zowe.yaml", {other.path: other, path: entry})
    whole = replace(deployment(ring(ROW)), zowe=settings)
    end = Endpoint(
        "zowe.gateway", "zowe", Role.SERVER, Stack.JSSE, keystore=ring().id,
        alias=Located(label, span if placed else None),
    )  # fmt: skip
    found = choice_code(end, whole, Issuers(whole.database.certificates.values()))
    assert found == (rule if placed or rule == "KR106" else "KR105")
    assert choice_code(end, replace(whole, zowe=None), Issuers(())) == (
        "KR106" if rule == "KR106" else "KR105"
    )


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("ZoweKeyring", "ZoweKeyrng", True),  # one left out
        ("ZoweKeyring", "ZoweKeyringg", True),  # one too many
        ("ZoweKeyring", "ZoweKeyrimg", True),  # another one
        ("ZoweKeyring", "ZoweKeyirng", True),  # two changed over
        ("ZoweKeyring", "ZOWEKEYRING", True),
        ("ZoweKeyring", "ZOWEKEYRNG", False),
        ("ZoweKeyring", "ZoweKeyring", False),
        ("Ring1x", "Ringax", True),
        ("ZoweKeyring", "ZoweKyrimg", False),
        ("ZoweKeyring", "ZoweKeyr", False),
        ("ZoweKeyring", "Other", False),
        ("Zowe1Keyring", "Zowe2Keyring", False),  # numbers tell rings apart
        ("ZoweKeyring", "ZoweKeyring2", False),
    ],
)
def test_slip_of_pen(one: str, other: str, answer: bool) -> None:  # noqa: FBT001
    assert slip_of_pen(one, other) is answer
    assert slip_of_pen(other, one) is answer


@pytest.mark.parametrize("quote", "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb`")
def test_quotes_around_a_label(quote: str) -> None:
    assert nearly(f"{quote}Zowe Server{quote}", "Zowe Server")


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ("Zowe@Server", SelectionReason.OPEN),
        ("zowe\u00a7server", SelectionReason.OPEN),
        ("Zowe\u00a7Server", SelectionReason.CHOSEN),
        ("Zowe@Client", SelectionReason.NOT_ON_RING),
        ("Zowe@Serve", SelectionReason.NOT_ON_RING),
        ("acme CA", SelectionReason.NEARLY),
    ],
)
def test_a_label_that_the_code_page_leaves_open(wanted: str, reason: SelectionReason) -> None:
    """Only where each character that differs may be another one, or where a nearly equal label has such one."""
    row = replace(ROW, label="Zowe\u00a7Server")
    store = replace(ring(row, CA_ROW), undecided=frozenset("\u00a7"))
    chosen = select(store, wanted)
    assert chosen.reason is reason
    asks = f"Is '{row.label}' on" in choice_need(store, chosen).text
    assert asks is (reason is SelectionReason.OPEN)
