"""What the certificate settings of a zowe.yaml mean to Zowe."""

import pytest

from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.zowe_settings import (
    RING_TYPES,
    STORE_TYPES,
    RingUri,
    UriForm,
    family_of_file,
    family_of_type,
    ring_uri,
    schema_applied,
    unexpanded,
)

RING = "safkeyring"


@pytest.mark.parametrize(
    ("text", "form", "owner", "ring", "label"),
    [
        ("safkeyring://ZWESVUSR/ZoweKeyring", UriForm.GOOD, "ZWESVUSR", "ZoweKeyring", None),
        (" safkeyring://ZWESVUSR/ZoweKeyring ", UriForm.GOOD, "ZWESVUSR", "ZoweKeyring", None),
        ("safkeyring:///ZWESVUSR/R", UriForm.THREE_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring:////ZWESVUSR/R", UriForm.FOUR_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring://///ZWESVUSR/R", UriForm.MANY_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring:/ZWESVUSR/R", UriForm.FEW_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring:ZWESVUSR/R", UriForm.FEW_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring//ZWESVUSR/R", UriForm.FEW_SLASHES, "ZWESVUSR", "R", None),
        ("safkeyring://R", UriForm.NO_OWNER, None, "R", None),
        ("safkeyring:////R", UriForm.NO_OWNER, None, "R", None),
        ("safkeyring://ZWESVUSR/", UriForm.NO_RING, "ZWESVUSR", None, None),
        ("safkeyring://ZWESVUSR/a/b", UriForm.SLASH_IN_NAME, "ZWESVUSR", "a/b", None),
        ("safkeyring://ZWESVUSR/R&Label", UriForm.GOOD, "ZWESVUSR", "R", "Label"),
        ("safkeyring://ZWESVUSR/R&", UriForm.GOOD, "ZWESVUSR", "R", ""),
        ("safkeyring://R&L/x", UriForm.NO_OWNER, None, "R", "L/x"),
        ("safkeyring://", UriForm.NO_OWNER, None, None, None),
    ],
)
def test_ring(text: str, form: UriForm, owner: str | None, ring: str | None, label: str | None) -> None:
    assert ring_uri(text) == RingUri(form, RING, owner, ring, label)


def test_scheme() -> None:
    found = ring_uri("safkeyringjce://zwesvusr/R")
    assert found is not None
    assert found.scheme == "safkeyringjce"
    assert found.proper == "safkeyring://ZWESVUSR/R"
    assert ring_uri("/zowe/safkeyring.p12") is None
    assert ring_uri("SAFKEYRING://A/B") is None


@pytest.mark.parametrize("text", ["safkeyring://R", "safkeyring://ZWESVUSR/"])
def test_what_was_meant_cannot_be_told(text: str) -> None:
    found = ring_uri(text)
    assert found is not None
    assert found.proper is None


def test_families() -> None:
    for word in ("JCERACFKS", "jceracfks", "JCECCARACFKS", "JCEHYBRIDRACFKS", "JCEKS", "JCECCAKS"):
        assert family_of_type(word) == "key ring"
    assert family_of_type("pkcs12") == "PKCS12"
    assert family_of_type("JKS") is None
    assert {"PKCS12"} == STORE_TYPES - RING_TYPES
    assert family_of_file("safkeyring://A/B") == "key ring"
    assert family_of_file("/zowe/keystore.p12") == "PKCS12"


@pytest.mark.parametrize(
    ("flag", "major", "answer"),
    [
        (None, 3, True),
        (False, 3, True),
        (None, 4, True),
        (True, 2, True),
        (None, 2, False),
        (False, 2, False),
        (None, 1, False),
        (True, None, True),
        (None, None, None),
        (False, None, None),
    ],
)
def test_schema(flag: bool | None, major: int | None, answer: bool | None) -> None:  # noqa: FBT001
    path, span = ("zowe", "useConfigmgr"), Span("zowe.yaml", 1)
    entry = Setting(path, flag, str(flag), False, False, span, span)
    settings = Settings("zowe.yaml", {path: entry} if flag is not None else {})
    assert schema_applied(settings, major) is answer


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("/zowe/keystore.p12", False, None),
        ("${ZWE}/keystore.p12", False, "${ZWE}"),
        ("/u/$USER/keystore.p12", False, "$USER"),
        ("$HOME/keystore.p12", False, "$HOME"),
        ("/u/my$file.p12", False, None),
        ("~/keystore.p12", False, "~"),
        ("~zowe/keystore.p12", False, "~zowe"),
        ("/u/~zowe/keystore.p12", False, None),
        ("safkeyring://${OWNER}/Ring", False, "${OWNER}"),
        ("safkeyring://$OWNER/Ring", False, None),
        ("safkeyring://A/$RING", False, None),
        ("${LABEL}", True, "${LABEL}"),
        ("/$LABEL", True, None),
        ("Zowe Server", True, None),
        ("${{ zowe.x }}", False, None),
    ],
)
def test_what_nobody_expands(text: str, label: bool, found: str | None) -> None:  # noqa: FBT001
    assert unexpanded(text, label=label) == found
