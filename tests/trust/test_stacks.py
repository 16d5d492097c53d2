"""What each TLS implementation checks. The oracles try the same on Java, Node.js and OpenSSL themselves."""

from collections.abc import Iterable

import pytest

from zcertlint.model.deployment import Stack
from zcertlint.trust.stacks import AnchorRule, CommonNameRule, profile

JAVA = {Stack.JSSE, Stack.CLIENT5, Stack.CLIENT4}
SYSTEM_SSL, NODE, BROWSER, CLIENT4 = {Stack.SYSTEM_SSL}, {Stack.NODE}, {Stack.BROWSER}, {Stack.CLIENT4}
EVERY = JAVA | SYSTEM_SSL | NODE | BROWSER


@pytest.mark.parametrize(
    ("check", "stacks"),
    [
        ("leaf_anchor", JAVA),
        ("anchor_dates", SYSTEM_SSL | NODE | BROWSER),
        ("anchor_dates_believed", SYSTEM_SSL),
        ("anchor_needs_ca", JAVA | BROWSER),
        ("needs_digital_signature", EVERY - NODE),
        ("usage_believed", SYSTEM_SSL | BROWSER),
        ("checks_extended_usage", EVERY - SYSTEM_SSL),
        ("any_usage_counts", EVERY - NODE),
        ("checks_ca_usage", NODE),
        ("anchor_constraints", SYSTEM_SSL | NODE | BROWSER),
        ("first_namesake", NODE),
        ("address_in_common_name", CLIENT4),
        ("refuses_sha1", NODE | BROWSER),
    ],
)
def test_who_checks(check: str, stacks: Iterable[Stack]) -> None:
    assert {stack for stack in EVERY if getattr(profile(stack), check)} == set(stacks)


def test_what_is_not_known_of_system_ssl() -> None:
    unknown = {"anchor_needs_ca", "checks_extended_usage"}
    found = {name for name in unknown for stack in EVERY if getattr(profile(stack), name) is None}
    assert found == unknown
    assert profile(Stack.SYSTEM_SSL).anchor_needs_ca is None
    assert profile(Stack.SYSTEM_SSL).checks_extended_usage is None


def test_where_a_chain_may_end() -> None:
    anchors = {stack: profile(stack).anchor for stack in EVERY}
    assert anchors == {
        **dict.fromkeys(JAVA, AnchorRule.ANY_ENTRY),
        Stack.SYSTEM_SSL: AnchorRule.TOPMOST_CA,
        Stack.NODE: AnchorRule.SELF_SIGNED,
        Stack.BROWSER: AnchorRule.NOT_JUDGED,
    }


def test_when_the_common_name_counts() -> None:
    rules = {stack: profile(stack).common_name for stack in EVERY}
    assert {stack for stack, rule in rules.items() if rule is CommonNameRule.NEVER} == BROWSER
    assert {stack for stack, rule in rules.items() if rule is CommonNameRule.WITHOUT_SAN} == CLIENT4


def test_a_stack_that_is_not_known() -> None:
    assert profile(Stack.UNKNOWN) == profile(Stack.JSSE)
