"""What only the encoding of a certificate tells."""

from typing import Any

import pytest

from support.certificates import NOW, authority, certificate, client, on, ring, when
from support.pki import Issued, PrivateKey, Spec, issue, key, named, self_signed
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Stack
from zcertlint.readers._x509 import certificate_from_der
from zcertlint.text.source import Span
from zcertlint.trust.chain import ChainReason, ChainResult, StoreView, walk
from zcertlint.trust.issue import Issuers
from zcertlint.trust.signature import same_key, says_no_ca, unjudged, verifies
from zcertlint.trust.usage import can_sign

START, END = when("2020-01-01").at, when("2030-01-01").at


def spec(name: str, holder: PrivateKey, **facts: Any) -> Spec:
    return Spec(named(name), holder, START, END, **facts)


@pytest.mark.parametrize("kind", ["RSA2048", "EC256", "EC384", "ED25519"])
def test_signature(kind: str) -> None:
    first, second = key(kind, 1), key(kind, 2)
    root, namesake = (self_signed(spec("Root", holder, ca=True)) for holder in (first, second))
    leaf = issue(spec("Server", key("EC256", 9)), root)
    assert verifies(leaf.der, root.der) is True
    assert verifies(leaf.der, namesake.der) is False
    spoilt = leaf.der[:-1] + bytes([leaf.der[-1] ^ 1])
    assert verifies(spoilt, root.der) is False


@pytest.mark.parametrize("signer", ["RSA2048", "EC256", "ED25519"])
@pytest.mark.parametrize("other", ["RSA2048", "EC256", "ED25519"])
def test_key_of_another_kind(signer: str, other: str) -> None:
    root = self_signed(spec("Root", key(signer, 1), ca=True))
    namesake = self_signed(spec("Root", key(other, 2), ca=True))
    assert verifies(issue(spec("Server", key("EC256", 9)), root).der, namesake.der) is False


def test_sha1_is_verified_too() -> None:
    root = self_signed(spec("Root", key("RSA2048", 1), ca=True))
    assert verifies(issue(spec("Server", key("EC256", 9), digest="SHA1"), root).der, root.der) is True


def test_what_cannot_be_read() -> None:
    root = self_signed(spec("Root", key("EC256", 1), ca=True))
    assert verifies(b"no", root.der) is None
    assert verifies(root.der, b"no") is None
    assert same_key(root.der, b"no") is None
    assert says_no_ca(b"no") is False
    assert unjudged(b"no") is None


def test_same_key() -> None:
    old = self_signed(spec("Root", key("EC256", 1), ca=True))
    renewed = self_signed(spec("Root", key("EC256", 1), ca=True))
    anew = self_signed(spec("Root", key("EC256", 2), ca=True))
    assert same_key(old.der, renewed.der) is True
    assert same_key(old.der, anew.der) is False


@pytest.mark.parametrize(("ca", "answer"), [(True, False), (False, True), (None, False)])
def test_basic_constraints_that_say_no(ca: bool | None, answer: bool) -> None:  # noqa: FBT001
    made = self_signed(spec("Root", key("EC256", 1), ca=ca, usage=("key_cert_sign",)))
    assert says_no_ca(made.der) is answer
    # OpenSSL takes an anchor that says that it signs, unless basicConstraints say that it is no CA.
    assert can_sign(made.model, client(Stack.NODE), anchor=True) is not answer


def restricted(**facts: Any) -> Issued:
    return self_signed(spec("Root", key("EC256", 1), ca=True, usage=("key_cert_sign",), **facts))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, None),
        ({"extended": ("serverAuth",), "dns": ("a.example",), "excluded": ("acme.example",)}, None),
        ({"unknown": True}, "the critical extension 1.3.6.1.4.1.99999.1"),
    ],
)
def test_restrictions_that_are_not_judged(facts: dict[str, Any], found: str | None) -> None:
    assert unjudged(restricted(**facts).der) == found


EXCLUDED = {"excluded": ("acme.example",)}
UNKNOWN = {"unknown": True}
INSIDE, OUTSIDE = {"dns": ("zowe.acme.example",)}, {"dns": ("zowe.acme.test",)}


@pytest.mark.parametrize(
    ("root", "leaf", "java", "node"),
    [
        (EXCLUDED, INSIDE, ChainReason.ANCHORED, ChainReason.NAME_EXCLUDED),
        (EXCLUDED, OUTSIDE, ChainReason.ANCHORED, ChainReason.ANCHORED),
        (EXCLUDED, {"dns": ("*.example",)}, ChainReason.ANCHORED, ChainReason.RESTRICTED),
        (UNKNOWN, OUTSIDE, ChainReason.ANCHORED, ChainReason.RESTRICTED),
        ({}, OUTSIDE | UNKNOWN, ChainReason.RESTRICTED, ChainReason.RESTRICTED),
        (EXCLUDED, INSIDE | UNKNOWN, ChainReason.RESTRICTED, ChainReason.NAME_EXCLUDED),
        ({}, OUTSIDE, ChainReason.ANCHORED, ChainReason.ANCHORED),
    ],
)
def test_chain_with_restrictions(
    root: dict[str, Any], leaf: dict[str, Any], java: ChainReason, node: ChainReason
) -> None:
    anchor = restricted(**root)
    server = issue(spec("Server", key("EC256", 9), **leaf), anchor)
    path = {made.id: made for made in (server.model, anchor.model)}
    trust, sent = StoreView.of(ring(on(anchor.model)), path), StoreView.of(ring(on(server.model)), path)
    for stack, reason in ((Stack.JSSE, java), (Stack.NODE, node), (Stack.SYSTEM_SSL, node)):
        found = walk(server.model, trust, sent, client(stack), Issuers(path.values()), NOW)
        assert found.reason is reason
        assert found.believed is (reason is ChainReason.NAME_EXCLUDED and stack is Stack.SYSTEM_SSL)
        if reason is ChainReason.RESTRICTED:
            assert found.culprit == (server.model if "unknown" in leaf else anchor.model)
        if reason is ChainReason.NAME_EXCLUDED:
            assert (found.culprit, found.issuer) == (anchor.model, server.model)


def test_signature_that_was_spoilt() -> None:
    """The CA of that name and key identifier is there, and its key did not make the signature."""
    anchor = restricted()
    whole = issue(spec("Server", key("EC256", 9)), anchor)
    spoilt = whole.der[:-1] + bytes([whole.der[-1] ^ 1])
    server = certificate_from_der(spoilt, "file:server.pem#1", Span("server.pem", 1))
    path = {made.id: made for made in (server, anchor.model)}
    store = StoreView.of(ring(on(anchor.model)), path)
    found = walk(server, store, store, client(Stack.JSSE), Issuers(path.values()), NOW)
    assert found == ChainResult(ChainReason.BROKEN_SIGNATURE, (server,), culprit=server, issuer=anchor.model)


def test_a_certificate_of_a_listing_has_no_restriction_to_see() -> None:
    root = authority("Root")
    leaf: Certificate = certificate("Server", "Root")
    trust = StoreView.of(ring(on(root)), {root.id: root})
    assert (
        walk(leaf, trust, trust, client(Stack.NODE), Issuers([root, leaf]), NOW).reason
        is ChainReason.ANCHORED
    )


@pytest.mark.parametrize(
    ("rooted", "sent", "reason"),
    [
        ("trusted", True, ChainReason.ANCHORED),
        ("trusted", False, ChainReason.ANCHORED),
        ("sent", True, ChainReason.ISSUER_UNSURE),
    ],
)
def test_namesake_with_another_key_where_no_identifier_tells_them_apart(
    rooted: str,
    sent: bool,  # noqa: FBT001
    reason: ChainReason,
) -> None:
    """OpenSSL tries the first of the name: among what it trusts, and only then among what it is sent."""
    bare: dict[str, Any] = {"own_id": False, "issuer_id": False, "ca": True, "usage": ("key_cert_sign",)}
    root = self_signed(spec("Root", key("EC256", 1), **bare))
    sub = issue(spec("Sub", key("EC256", 2), **bare), root)
    namesake = issue(spec("Sub", key("EC256", 3), **bare), root)
    leaf = issue(spec("Server", key("EC256", 9), own_id=False, issuer_id=False), sub)
    held = {made.model.id: made.model for made in (root, sub, namesake, leaf)}
    others = (namesake,) if sent else ()
    in_trust = (root, sub) if rooted == "trusted" else (root,)
    trust = StoreView.of(ring(*(on(made.model) for made in in_trust)), held)
    view = StoreView.of(ring(*(on(made.model) for made in (leaf, sub, *others))), held)
    found = walk(leaf.model, trust, view, client(Stack.NODE), Issuers(held.values()), NOW)
    assert found.reason is reason
    assert walk(leaf.model, trust, view, client(Stack.JSSE), Issuers(held.values()), NOW).answer is True
