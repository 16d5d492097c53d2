"""The walk from a server's certificate to an anchor: how it ends, for whom, and what it then is about."""

from collections.abc import Iterable
from typing import Any

import pytest

from support.certificates import NOW, authority, certificate, client, on, ring
from zcertlint.model.certificate import Absent, Certificate, Moment, TrustStatus
from zcertlint.model.deployment import Stack
from zcertlint.model.names import Name
from zcertlint.model.store import Connection, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.chain import ChainReason, ChainResult, StoreView, walk
from zcertlint.trust.issue import EdgeReason, Issuers

JAVA, NODE, SYSTEM_SSL = Stack.JSSE, Stack.NODE, Stack.SYSTEM_SSL
ALL = (JAVA, NODE, SYSTEM_SSL)
ROOT, OTHER = authority("Root"), authority("Other Root")
SUB = authority("Sub", "Root")
LEAF = certificate("Server", "Sub")
NOT_LISTED = Connection("CERTAUTH/Unlisted", None, "Unlisted", Usage.CERTAUTH, None, Span("ring.txt", 9))


def view(
    *held: Certificate, hidden: Iterable[Connection] = (), state: StoreState = StoreState.SHOWN
) -> StoreView:
    store = ring(*(on(entry) for entry in held), *hidden, state=state)
    return StoreView.of(store, {entry.id: entry for entry in held})


def walked(
    leaf: Certificate | None,
    trust: StoreView,
    sent: StoreView,
    stack: Stack = JAVA,
    known: Iterable[Certificate] = (),
) -> ChainResult:
    every = {
        c.id: c for c in (leaf, *trust.present, *trust.refused, *sent.present, *sent.refused, *known) if c
    }
    return walk(leaf, trust, sent, client(stack), Issuers(every.values()), NOW)


def labels(result: ChainResult) -> list[str | None]:
    return [entry.label for entry in result.path]


@pytest.mark.parametrize("stack", ALL)
def test_root_is_trusted_and_the_rest_is_sent(stack: Stack) -> None:
    found = walked(LEAF, view(ROOT), view(LEAF, SUB), stack)
    assert found == ChainResult(ChainReason.ANCHORED, (LEAF, SUB, ROOT), culprit=ROOT)
    assert found.answer is True


@pytest.mark.parametrize(
    ("stack", "reason", "path"),
    [
        (JAVA, ChainReason.ANCHORED, ["Server", "Sub"]),  # any entry is an anchor
        (SYSTEM_SSL, ChainReason.ANCHORED, ["Server", "Sub"]),  # the topmost on the ring is one
        (NODE, ChainReason.NO_ANCHOR, ["Server", "Sub", "Root"]),
    ],
)
def test_only_the_intermediate_is_trusted(stack: Stack, reason: ChainReason, path: list[str]) -> None:
    found = walked(LEAF, view(SUB), view(LEAF), stack, [ROOT])
    assert (found.reason, labels(found)) == (reason, path)


@pytest.mark.parametrize("stack", ALL)
def test_intermediate_is_not_sent(stack: Stack) -> None:
    found = walked(LEAF, view(ROOT), view(LEAF), stack, [SUB])
    assert found == ChainResult(ChainReason.NOT_SENT, (LEAF, SUB), culprit=SUB, issuer=SUB)
    assert found.answer is False


def test_intermediate_on_the_way_to_no_anchor_is_not_missed() -> None:
    """Sending it would not help: the client has none of the CAs above it."""
    found = walked(LEAF, view(OTHER), view(LEAF), JAVA, [SUB, ROOT])
    assert found == ChainResult(ChainReason.NO_ANCHOR, (LEAF, SUB), issuer=SUB)


@pytest.mark.parametrize("sent", [view(LEAF, hidden=[NOT_LISTED]), view(state=StoreState.NOT_SHOWN)])
def test_intermediate_may_be_among_what_is_not_shown(sent: StoreView) -> None:
    found = walked(LEAF, view(ROOT), sent, JAVA, [SUB])
    assert found == ChainResult(
        ChainReason.SENT_NOT_SHOWN, (LEAF, SUB), culprit=SUB, issuer=SUB, missing=sent.missing
    )
    assert found.answer is None


@pytest.mark.parametrize("stack", ALL)
def test_no_anchor(stack: Stack) -> None:
    found = walked(LEAF, view(OTHER), view(LEAF, SUB), stack, [ROOT])
    assert found == ChainResult(ChainReason.NO_ANCHOR, (LEAF, SUB, ROOT), issuer=SUB)


def test_unknown_issuer() -> None:
    assert walked(LEAF, view(OTHER), view(LEAF)) == ChainResult(ChainReason.NO_ANCHOR, (LEAF,))
    hidden = view(OTHER, hidden=[NOT_LISTED])
    found = walked(LEAF, hidden, view(LEAF))
    assert found == ChainResult(ChainReason.CONTENTS_NOT_SHOWN, (LEAF,), missing=(NOT_LISTED,))
    sent = view(LEAF, hidden=[NOT_LISTED])
    found = walked(LEAF, view(OTHER), sent)
    assert found == ChainResult(ChainReason.SENT_NOT_SHOWN, (LEAF,), culprit=LEAF, missing=(NOT_LISTED,))
    found = walked(LEAF, hidden, sent)
    assert found == ChainResult(ChainReason.CONTENTS_NOT_SHOWN, (LEAF,), missing=(NOT_LISTED,))


def test_row_that_is_not_shown_is_no_ca_that_has_its_own_place() -> None:
    """The root is CERTAUTH/Root, and the row is CERTAUTH/Unlisted; a root from a file may be that row."""
    trust = view(OTHER, hidden=[NOT_LISTED])
    assert walked(LEAF, trust, view(LEAF, SUB), known=[ROOT]).reason is ChainReason.NO_ANCHOR
    filed = Certificate(
        "file:root.pem#1", subject=ROOT.subject, issuer=ROOT.issuer, not_before=ROOT.not_before
    )
    found = walked(LEAF, trust, view(LEAF, SUB), known=[filed])
    assert (found.reason, found.missing) == (ChainReason.CONTENTS_NOT_SHOWN, (NOT_LISTED,))


@pytest.mark.parametrize("stack", ALL)
@pytest.mark.parametrize("label", ["Root", "Sub"])
def test_racf_does_not_return_a_ca_with_status_notrust(stack: Stack, label: str) -> None:
    root = authority("Root", trust=TrustStatus.NOTRUST) if label == "Root" else ROOT
    sub = authority("Sub", "Root", trust=TrustStatus.NOTRUST) if label == "Sub" else SUB
    path = (LEAF, sub, root) if label == "Root" else (LEAF, sub)
    wrong = path[-1]
    found = walked(LEAF, view(root, OTHER), view(LEAF, sub), stack)
    assert found == ChainResult(ChainReason.NOTRUST, path, culprit=wrong, issuer=wrong)
    assert found.answer is False
    if label == "Sub":
        assert walked(LEAF, view(root, sub), view(LEAF), stack).reason is ChainReason.NOTRUST


# --- the validity of the CAs ----------------------------------------------------------------------------------

PAST, SOON = "2026-11-01", "2026-12-01"


def dated(label: str, issuer: str, **facts: Any) -> Certificate:
    """With key identifiers, which tell who issued it whatever its dates are."""
    return authority(label, issuer, subject_key_id=label, authority_key_id=issuer, **facts)


KEYED = certificate("Server", "Sub", authority_key_id="Sub")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"ends": PAST}, ChainReason.CA_EXPIRED),
        ({"begins": SOON}, ChainReason.CA_NOT_BEGUN),
        ({"not_after": Moment(NOW, local=True)}, ChainReason.TIME_ZONE),
        ({"not_after": None}, ChainReason.TIME_ZONE),
        ({"not_before": Moment(NOW, local=True)}, ChainReason.ANCHORED),  # hours later it is settled
        ({"not_before": None}, ChainReason.ANCHORED),
    ],
)
@pytest.mark.parametrize("stack", ALL)
def test_dates_of_an_intermediate(stack: Stack, facts: dict[str, Any], reason: ChainReason) -> None:
    sub = dated("Sub", "Root", **facts)
    root = dated("Root", "Root")
    found = walked(KEYED, view(root), view(KEYED, sub), stack)
    assert found == ChainResult(reason, (KEYED, sub, root), culprit=root if found.answer else sub)


@pytest.mark.parametrize(
    ("facts", "node"),
    [
        ({"ends": PAST}, ChainReason.ANCHOR_EXPIRED),
        ({"begins": SOON}, ChainReason.CA_NOT_BEGUN),
        ({"not_after": Moment(NOW, local=True)}, ChainReason.TIME_ZONE),
        ({"not_after": None}, ChainReason.TIME_ZONE),
        ({"not_before": None}, ChainReason.ANCHORED),
    ],
)
def test_dates_of_an_anchor(facts: dict[str, Any], node: ChainReason) -> None:
    """JSSE looks at none of them; that System SSL does is believed."""
    sub, root = dated("Sub", "Root"), dated("Root", "Root", **facts)
    path = (KEYED, sub, root)
    trust, sent = view(root), view(KEYED, sub)
    assert walked(KEYED, trust, sent, JAVA) == ChainResult(ChainReason.ANCHORED, path, culprit=root)
    assert walked(KEYED, trust, sent, NODE) == ChainResult(node, path, culprit=root)
    told = node in {ChainReason.ANCHOR_EXPIRED, ChainReason.CA_NOT_BEGUN}
    assert walked(KEYED, trust, sent, SYSTEM_SSL) == ChainResult(node, path, culprit=root, believed=told)


def test_expired_intermediate_is_an_anchor_for_java() -> None:
    sub = authority("Sub", "Root", ends=PAST)
    assert walked(LEAF, view(sub), view(LEAF), JAVA, [ROOT]).reason is ChainReason.ANCHORED
    assert walked(LEAF, view(sub), view(LEAF), SYSTEM_SSL, [ROOT]).reason is ChainReason.ANCHOR_EXPIRED
    assert walked(LEAF, view(sub, ROOT), view(LEAF), NODE).reason is ChainReason.CA_EXPIRED


# --- whether they may sign -------------------------------------------------------------------------------------


@pytest.mark.parametrize("stack", ALL)
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"trust": None}, ChainReason.STATUS_NOT_SHOWN),
        ({"trust": TrustStatus.HIGHTRUST}, ChainReason.ANCHORED),
        ({"key_usage": frozenset({"digitalSignature"})}, ChainReason.CANNOT_SIGN),
        ({"key_usage": None, "is_ca": None}, ChainReason.SIGNER_UNSURE),
    ],
)
@pytest.mark.parametrize("label", ["Sub", "Root"])
def test_signer(stack: Stack, label: str, facts: dict[str, Any], reason: ChainReason) -> None:
    sub = authority("Sub", "Root", **(facts if label == "Sub" else {}))
    root = authority("Root", **(facts if label == "Root" else {}))
    culprit = root if label == "Root" or reason is ChainReason.ANCHORED else sub
    found = walked(LEAF, view(root), view(LEAF, sub), stack)
    assert found == ChainResult(reason, (LEAF, sub, root), culprit=culprit)


def test_status_of_a_file_is_no_question() -> None:
    file = Certificate(
        "file:root.pem#1", subject=ROOT.subject, issuer=ROOT.issuer, not_before=ROOT.not_before,
        not_after=ROOT.not_after, is_ca=True,
    )  # fmt: skip
    assert walked(LEAF, view(file), view(LEAF, SUB)).reason is ChainReason.ANCHORED


@pytest.mark.parametrize(
    ("stack", "reason", "believed"),
    [
        (JAVA, ChainReason.ANCHORED, False),
        (NODE, ChainReason.PATH_LENGTH, False),
        (SYSTEM_SSL, ChainReason.PATH_LENGTH, True),
    ],
)
def test_path_length_of_an_anchor(stack: Stack, reason: ChainReason, believed: bool) -> None:  # noqa: FBT001
    root = authority("Root", path_length=0)
    found = walked(LEAF, view(root), view(LEAF, SUB), stack)
    assert found == ChainResult(reason, (LEAF, SUB, root), culprit=root, believed=believed)
    assert walked(LEAF, view(authority("Root", path_length=1)), view(LEAF, SUB), stack).answer is True


def test_path_length_of_an_intermediate() -> None:
    upper = authority("Upper", "Root", path_length=0)
    lower = authority("Sub", "Upper", path_length=0)
    found = walked(LEAF, view(ROOT), view(LEAF, lower, upper))
    assert found == ChainResult(ChainReason.PATH_LENGTH, (LEAF, lower, upper, ROOT), culprit=upper)
    # The one above it is the anchor, and only the leaf stands below it.
    assert walked(LEAF, view(upper), view(LEAF, lower)).reason is ChainReason.ANCHORED


def test_a_certificate_that_is_its_own_issuer_does_not_count_for_the_path_length() -> None:
    """RFC 5280, 4.2.1.9: a new root that the old one of its name has signed."""
    old = authority("Old", subject="Root", subject_key_id="old", authority_key_id="old", path_length=0)
    new = authority("New", subject="Root", subject_key_id="new", authority_key_id="old")
    leaf = certificate("Server", "Root", authority_key_id="new")
    assert walked(leaf, view(old), view(leaf, new), NODE).reason is ChainReason.ANCHORED


# --- self-signed, or nearly so ---------------------------------------------------------------------------------

ALONE = certificate("Alone")


@pytest.mark.parametrize("stack", ALL)
def test_self_signed(stack: Stack) -> None:
    reason = ChainReason.LEAF_TRUSTED if stack is JAVA else ChainReason.ANCHORED
    assert walked(ALONE, view(ALONE), view(ALONE), stack) == ChainResult(reason, (ALONE,), culprit=ALONE)
    believed = stack is SYSTEM_SSL
    found = walked(ALONE, view(OTHER), view(ALONE), stack)
    assert found == ChainResult(ChainReason.SELF_SIGNED, (ALONE,), issuer=ALONE, believed=believed)
    found = walked(ALONE, view(OTHER, hidden=[NOT_LISTED]), view(ALONE), stack)
    assert found == ChainResult(ChainReason.CONTENTS_NOT_SHOWN, (ALONE,), issuer=ALONE, missing=(NOT_LISTED,))
    refused = certificate("Alone", trust=TrustStatus.NOTRUST)
    found = walked(refused, view(refused), view(refused), stack)
    assert found == ChainResult(ChainReason.NOTRUST, (refused,), culprit=refused, issuer=refused)


def test_expired_self_signed_certificate_is_the_leaf_and_no_expired_anchor() -> None:
    old = certificate("Alone", ends=PAST)
    assert walked(old, view(old), view(old), NODE).reason is ChainReason.ANCHORED


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (("own", "own"), ChainReason.SELF_SIGNED),
        (("own", "other"), ChainReason.SAME_SUBJECT),
        ((None, None), ChainReason.SELF_SIGNED_UNSURE),
    ],
)
def test_subject_is_issuer(keys: tuple[str | None, str | None], reason: ChainReason) -> None:
    leaf = certificate("Server", subject="Acme", subject_key_id=keys[0], authority_key_id=keys[1])
    namesake = authority("Acme")
    found = walked(leaf, view(OTHER), view(leaf), known=[namesake])
    told = (found.reason, found.culprit)
    assert told == (reason, None if reason is ChainReason.SELF_SIGNED else leaf)


def test_leaf_in_the_trust_store_is_enough_for_java_only() -> None:
    trust = view(LEAF)
    assert walked(LEAF, trust, view(LEAF)) == ChainResult(ChainReason.LEAF_TRUSTED, (LEAF,), culprit=LEAF)
    assert walked(LEAF, trust, view(LEAF), NODE).reason is ChainReason.NO_ANCHOR


# --- stores ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trust", "reason", "path"),
    [
        (view(state=StoreState.MISSING), ChainReason.STORE_MISSING, ()),
        (view(state=StoreState.NOT_SHOWN), ChainReason.STORE_NOT_SHOWN, (LEAF,)),
        (StoreView.of(None, {}), ChainReason.STORE_NOT_SHOWN, (LEAF,)),
        (view(), ChainReason.STORE_EMPTY, (LEAF,)),
    ],
)
def test_trust_store(trust: StoreView, reason: ChainReason, path: tuple[Certificate, ...]) -> None:
    assert walked(LEAF, trust, view(LEAF)) == ChainResult(reason, path)


def test_store_with_entries_that_are_not_returned_is_not_empty() -> None:
    refused = authority("Other Root", trust=TrustStatus.NOTRUST)
    assert walked(LEAF, view(refused), view(LEAF)).reason is ChainReason.NO_ANCHOR
    assert walked(LEAF, view(hidden=[NOT_LISTED]), view(LEAF)).reason is ChainReason.CONTENTS_NOT_SHOWN


@pytest.mark.parametrize("leaf", [None, Certificate("ID(ZWESVUSR)/Server")])
def test_leaf_is_not_shown(leaf: Certificate | None) -> None:
    assert walked(leaf, view(ROOT), view()) == ChainResult(ChainReason.LEAF_NOT_SHOWN, ())


def test_issuer_is_not_shown() -> None:
    leaf = Certificate("ID(X)/S", subject=Name("CN=S"))
    found = walked(leaf, view(ROOT), view())
    assert found == ChainResult(ChainReason.LEAF_NOT_SHOWN, (leaf,), culprit=leaf)


def test_view_of_a_store() -> None:
    refused = authority("Refused", trust=TrustStatus.NOTRUST)
    bare = Certificate("CERTAUTH/Bare")
    store = ring(on(LEAF, Usage.PERSONAL), NOT_LISTED, on(refused), on(bare), on(ROOT), on(SUB, Usage.SITE))
    known = {entry.id: entry for entry in (LEAF, refused, bare, ROOT, SUB)}
    every = StoreView.of(store, known)
    assert every.present == (LEAF, ROOT, SUB)
    assert every.refused == (refused,)
    assert [row.certificate for row in every.missing] == ["CERTAUTH/Unlisted", "CERTAUTH/Bare"]
    assert StoreView.of(store, known, only_cas=True).present == (ROOT, SUB)
    assert not every.complete
    assert view(ROOT).complete
    assert view(state=StoreState.MISSING).complete
    assert not view(state=StoreState.NOT_SHOWN).complete


def test_the_same_certificate_in_two_places_is_one() -> None:
    """A file block and a record of the database; without fingerprints two ids are two certificates."""
    twice = authority("Root", fingerprint="AA")
    copy = Certificate("file:root.pem#1", subject=ROOT.subject, issuer=ROOT.issuer, fingerprint="AA")
    assert view(twice).has(copy)
    assert not view(twice).has(Certificate("file:root.pem#2", fingerprint="BB"))
    assert not view(ROOT).has(Certificate("file:root.pem#2"))
    assert view(ROOT).has(ROOT)


# --- several CAs of one name -----------------------------------------------------------------------------------


def test_two_generations_that_nothing_tells_apart() -> None:
    old, new = authority("Old", subject="Root"), authority("New", subject="Root")
    leaf = certificate("Server", "Root")
    found = walked(leaf, view(old), view(leaf), known=[new])
    assert (found.reason, found.culprit, found.issuer) == (ChainReason.ISSUER_UNSURE, old, old)
    assert found.path == (leaf, old)
    assert found.edge is not None
    assert found.edge.reason is EdgeReason.GENERATIONS
    # None of them is trusted: whichever it is, the chain fails.
    assert walked(leaf, view(OTHER), view(leaf), known=[old, new]) == ChainResult(
        ChainReason.NO_ANCHOR, (leaf,)
    )


def test_other_generation_is_trusted() -> None:
    old = authority("Old", subject="Root", subject_key_id="old", authority_key_id="old")
    new = authority("New", subject="Root", subject_key_id="new", authority_key_id="new")
    leaf = certificate("Server", "Root", authority_key_id="new")
    found = walked(leaf, view(old), view(leaf, new))
    assert found == ChainResult(ChainReason.OTHER_KEY, (leaf, new), culprit=old, issuer=new)
    assert walked(leaf, view(OTHER), view(leaf, new), known=[old]).reason is ChainReason.NO_ANCHOR
    assert walked(leaf, view(old, new), view(leaf)).reason is ChainReason.ANCHORED


def crossed(**facts: Any) -> tuple[Certificate, Certificate, Certificate]:
    """One key certified by two roots, and what it signed."""
    one = authority("Sub 1", "Root", subject="Sub", subject_key_id="sub")
    two = authority("Sub 2", "Other Root", subject="Sub", subject_key_id="sub", **facts)
    return one, two, certificate("Server", "Sub", authority_key_id="sub")


@pytest.mark.parametrize(
    ("stack", "sent", "reason"),
    [
        (JAVA, True, ChainReason.ANCHORED),
        (NODE, True, ChainReason.ISSUER_UNSURE),
        (NODE, False, ChainReason.ANCHORED),
    ],
)
def test_client_that_tries_one_issuer_only(stack: Stack, sent: bool, reason: ChainReason) -> None:  # noqa: FBT001
    one, two, leaf = crossed()
    others = (two,) if sent else ()
    found = walked(leaf, view(ROOT), view(leaf, one, *others), stack, [two, OTHER])
    assert found.reason is reason
    if reason is ChainReason.ISSUER_UNSURE:
        assert found.edge is not None
        assert (found.path, found.culprit, found.issuer) == ((leaf, one), one, one)
        assert (found.edge.reason, found.edge.answer) == (EdgeReason.FIRST, None)


@pytest.mark.parametrize("unsure", ["Sub 1", "Sub 2"])
@pytest.mark.parametrize(("facts", "worse"), [({"trust": None}, None), ({"ends": "2026-11-01"}, False)])
def test_the_best_way_counts(unsure: str, facts: dict[str, Any], worse: bool | None) -> None:  # noqa: FBT001
    """Of the ways to an anchor one that holds, else one that may."""
    one, two, leaf = crossed()
    other = authority(
        unsure, "Root" if unsure == "Sub 1" else "Other Root", subject="Sub", subject_key_id="sub", **facts
    )
    first, second = (other, two) if unsure == "Sub 1" else (one, other)
    found = walked(leaf, view(ROOT, OTHER), view(leaf, first, second))
    assert found.reason is ChainReason.ANCHORED
    assert other not in found.path
    alone = walked(leaf, view(ROOT, OTHER), view(leaf, other))
    assert alone.answer is worse


@pytest.mark.parametrize("unsure", ["Sub 1", "Sub 2"])
def test_a_way_that_may_hold_goes_before_one_that_fails(unsure: str) -> None:
    facts: list[dict[str, Any]] = [{"trust": None}, {"ends": "2026-11-01"}]
    one, two = facts if unsure == "Sub 1" else facts[::-1]
    subs = (
        authority("Sub 1", "Root", subject="Sub", subject_key_id="sub", **one),
        authority("Sub 2", "Other Root", subject="Sub", subject_key_id="sub", **two),
    )
    leaf = certificate("Server", "Sub", authority_key_id="sub")
    assert walked(leaf, view(ROOT, OTHER), view(leaf, *subs)).reason is ChainReason.STATUS_NOT_SHOWN


def test_such_a_client_prefers_what_it_trusts_and_what_has_not_expired() -> None:
    one, two, leaf = crossed()
    assert walked(leaf, view(ROOT, one), view(leaf, two), NODE, [OTHER]).reason is ChainReason.ANCHORED
    assert walked(leaf, view(ROOT, two), view(leaf, one), NODE, [OTHER]).reason is ChainReason.ISSUER_UNSURE
    one, two, leaf = crossed(ends=PAST)
    assert walked(leaf, view(ROOT, OTHER), view(leaf, one, two), NODE).reason is ChainReason.ANCHORED


# --- above what is trusted -------------------------------------------------------------------------------------

MID = authority("Mid", "Root")
LOW = authority("Sub", "Mid")


def test_openssl_looks_at_nothing_sent_above_what_it_trusts() -> None:
    found = walked(LEAF, view(LOW, ROOT), view(LEAF, MID), NODE)
    assert found == ChainResult(ChainReason.NO_ANCHOR, (LEAF, LOW, MID), issuer=MID)
    assert walked(LEAF, view(LOW, MID, ROOT), view(LEAF), NODE).reason is ChainReason.ANCHORED
    assert walked(LEAF, view(ROOT), view(LEAF, LOW, MID), NODE).reason is ChainReason.ANCHORED


def test_system_ssl_goes_to_the_topmost_ca_of_the_ring() -> None:
    assert labels(walked(LEAF, view(LOW, MID), view(LEAF), SYSTEM_SSL, [ROOT])) == ["Server", "Sub", "Mid"]
    assert labels(walked(LEAF, view(LOW, ROOT), view(LEAF, MID), SYSTEM_SSL)) == [
        "Server",
        "Sub",
        "Mid",
        "Root",
    ]
    old = authority("Mid", "Root", ends=PAST)
    found = walked(LEAF, view(LOW, old), view(LEAF), SYSTEM_SSL, [ROOT])
    assert found == ChainResult(ChainReason.ANCHOR_EXPIRED, (LEAF, LOW, old), culprit=old, believed=True)
    assert labels(walked(LEAF, view(LOW, old), view(LEAF), JAVA)) == ["Server", "Sub"]


def test_two_cas_that_signed_each_other() -> None:
    """A way does not come back to where it was."""
    one, two = authority("One", "Two"), authority("Two", "One")
    leaf = certificate("Server", "One")
    found = walked(leaf, view(OTHER), view(leaf, one, two))
    assert found == ChainResult(ChainReason.NO_ANCHOR, (leaf, one, two), issuer=one)


def test_ca_with_its_issuer_s_name_whose_signer_is_not_known() -> None:
    new = authority("New", subject="Root", subject_key_id="new", authority_key_id="old")
    other = authority("Another", subject="Root", subject_key_id="another", authority_key_id="another")
    leaf = certificate("Server", "Root", authority_key_id="new")
    found = walked(leaf, view(OTHER), view(leaf, new), known=[other])
    assert found == ChainResult(ChainReason.NO_ANCHOR, (leaf, new), issuer=new)


def test_new_root_that_the_old_one_signed_is_no_wrong_key_of_the_old_one() -> None:
    new = authority("New", subject="Root", subject_key_id="new")
    old = authority("Old", subject="Root", subject_key_id="old", authority_key_id="old")
    leaf = certificate("Server", "Root", authority_key_id="new")
    found = walked(leaf, view(OTHER), view(leaf, new), known=[old])
    assert found == ChainResult(ChainReason.NO_ANCHOR, (leaf, new, old), issuer=new)


def test_a_ca_that_names_itself_is_no_child_of_its_next_generation() -> None:
    """A renewed CA beside the old one, of which listings show names and dates only: the usual ring of a renewal."""
    old = authority("Old", subject="Root")
    new = authority("New", subject="Root", begins="2026-06-01")
    leaf = certificate("Server", "Root")
    found = walked(leaf, view(old, new), view(leaf, old, new), SYSTEM_SSL)
    assert (found.reason, found.culprit) == (ChainReason.ISSUER_UNSURE, old)
    assert labels(found) == ["Server", "Old"]
    assert found.edge is not None
    assert found.edge.reason is EdgeReason.GENERATIONS


# --- limits ----------------------------------------------------------------------------------------------------


def tower(height: int) -> list[Certificate]:
    return [authority(f"CA {n}", f"CA {n + 1}") for n in range(height)] + [authority(f"CA {height}")]


@pytest.mark.parametrize(("height", "reason"), [(19, ChainReason.ANCHORED), (20, ChainReason.TOO_LONG)])
def test_longest_chain(height: int, reason: ChainReason) -> None:
    cas, leaf = tower(height), certificate("Server", "CA 0")
    found = walked(leaf, view(cas[-1]), view(leaf, *cas))
    assert found.reason is reason
    assert found.answer is (True if reason is ChainReason.ANCHORED else None)


def test_crossed_signatures_without_end() -> None:
    """Two CAs of each name, each signed by both of the next: 2 to the power of 15 ways, none to an anchor."""
    levels = [
        authority(
            f"{side} {n}",
            f"CA {n + 1}",
            subject=f"CA {n}",
            subject_key_id=f"{n}",
            authority_key_id=f"{n + 1}",
        )
        for n in range(15)
        for side in "ab"
    ]
    leaf = certificate("Server", "CA 0", authority_key_id="0")
    found = walked(leaf, view(OTHER), view(leaf, *levels))
    assert (found.reason, found.answer) == (ChainReason.TOO_LONG, None)


def test_absent_identifiers_are_no_identifiers() -> None:
    root = authority("Root", subject_key_id=Absent.ABSENT, authority_key_id=Absent.ABSENT)
    assert walked(LEAF, view(root), view(LEAF, SUB)).reason is ChainReason.ANCHORED
