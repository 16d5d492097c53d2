"""What a certificate may be used for, as each client sees it."""

from typing import Any

import pytest

from support.certificates import SIGNS, authority, certificate, client
from zcertlint.model.certificate import Absent, Certificate
from zcertlint.model.deployment import Stack
from zcertlint.trust.usage import (
    UsageAnswer,
    can_sign,
    extended_usage_allows,
    key_usage_serves,
    weak_signature,
)

YES, NO = UsageAnswer(answer=True), UsageAnswer(answer=False)
OPEN, BELIEVED = UsageAnswer(answer=None), UsageAnswer(answer=None, believed=True)


@pytest.mark.parametrize(
    ("usage", "java", "node", "system_ssl"),
    [
        (Absent.ABSENT, YES, YES, YES),
        (None, OPEN, OPEN, OPEN),
        ({"digitalSignature"}, YES, YES, YES),
        ({"keyEncipherment"}, NO, YES, BELIEVED),
        ({"keyAgreement"}, NO, YES, BELIEVED),
        (SIGNS, NO, NO, BELIEVED),
    ],
)
def test_key_usage_of_a_server(
    usage: set[str] | Absent | None, java: UsageAnswer, node: UsageAnswer, system_ssl: UsageAnswer
) -> None:
    held = certificate(key_usage=frozenset(usage) if isinstance(usage, set) else usage)
    answers = [key_usage_serves(held, client(s)) for s in (Stack.JSSE, Stack.NODE, Stack.SYSTEM_SSL)]
    assert answers == [java, node, system_ssl]


@pytest.mark.parametrize(
    ("usage", "java", "node", "system_ssl"),
    [
        (Absent.ABSENT, YES, YES, YES),
        (None, YES, YES, YES),
        ({"serverAuth"}, YES, YES, YES),
        ({"clientAuth"}, NO, NO, BELIEVED),
        ({"anyExtendedKeyUsage"}, YES, NO, YES),
    ],
)
def test_extended_key_usage_of_a_server(
    usage: set[str] | Absent | None, java: UsageAnswer, node: UsageAnswer, system_ssl: UsageAnswer
) -> None:
    held = certificate(extended_usage=frozenset(usage) if isinstance(usage, set) else usage)
    stacks = (Stack.JSSE, Stack.NODE, Stack.SYSTEM_SSL)
    assert [extended_usage_allows(held, "serverAuth", client(s)) for s in stacks] == [java, node, system_ssl]


def made(**facts: Any) -> Certificate:
    return authority(**facts)


@pytest.mark.parametrize(
    ("ca", "anchor", "java", "node", "system_ssl"),
    [
        (made(), True, True, True, True),
        (made(), False, True, True, True),
        # A listing shows CERTSIGN and no basicConstraints; RACF sets both together.
        (made(is_ca=None), False, True, True, True),
        (made(is_ca=None, key_usage=None), False, None, None, None),
        (made(is_ca=None, key_usage=Absent.ABSENT), False, None, None, None),
        (made(is_ca=True, key_usage=None), False, True, True, True),
        (made(is_ca=True, key_usage=frozenset({"digitalSignature"})), True, False, False, False),
        # No CA by its basicConstraints: an anchor all the same for OpenSSL when it says that it signs.
        (made(is_ca=False), False, False, False, False),
        (made(is_ca=False), True, False, True, None),
        (made(is_ca=False, key_usage=Absent.ABSENT), True, False, False, None),
        (made(extended_usage=frozenset({"clientAuth"})), False, True, False, True),
        (made(extended_usage=frozenset({"serverAuth"})), False, True, True, True),
    ],
)
def test_issuer(
    ca: Certificate,
    anchor: bool,  # noqa: FBT001
    java: bool | None,  # noqa: FBT001
    node: bool | None,  # noqa: FBT001
    system_ssl: bool | None,  # noqa: FBT001
) -> None:
    answers = [can_sign(ca, client(s), anchor=anchor) for s in (Stack.JSSE, Stack.NODE, Stack.SYSTEM_SSL)]
    assert answers == [java, node, system_ssl]


@pytest.mark.parametrize(
    ("signature", "word"),
    [
        ("sha1RSA", "sha1"),
        ("SHA1ecdsa", "sha1"),
        ("md5RSA", "md"),
        ("md2RSA", "md"),
        ("md4RSA", "md"),
        ("sha256RSA", None),
        ("sha512RSA-PSS", None),
        (None, None),
    ],
)
def test_weak_signature(signature: str | None, word: str | None) -> None:
    assert weak_signature(certificate(signature=signature)) == word
