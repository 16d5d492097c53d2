"""What each TLS implementation checks, as data.

Source: handshakes tried with OpenJDK 17 and 25, Apache HttpClient 4.5 and 5.1, Node 20 and curl/OpenSSL 3,
and IBM's System SSL Programming for key rings. ``believed`` marks what was only documented by practice: a
verdict that rests on it is *likely*, never certain.
"""

from enum import Enum

from zcertlint.model.deployment import Stack
from zcertlint.records import dataclass

__all__ = ["AnchorRule", "CommonNameRule", "StackProfile", "profile"]


class AnchorRule(Enum):
    """Where a chain may end."""

    ANY_ENTRY = "any entry of the trust store"
    TOPMOST_CA = "the topmost CA on the key ring"
    SELF_SIGNED = "a self-signed root in the list of CAs"
    NOT_JUDGED = "a store that no input shows"


class CommonNameRule(Enum):
    """When the CN of the subject counts as a host name."""

    NEVER = "never"
    WITHOUT_DNS = "when there is no dNSName"
    WITHOUT_SAN = "when there is neither dNSName nor iPAddress"


@dataclass(frozen=True, slots=True)
class StackProfile:
    """The checks of one client.

    Attributes:
        anchor: where a chain may end.
        leaf_anchor: whether the server's own certificate in the trust store is accepted as it is, even
            expired or without serverAuth.
        anchor_dates: whether an expired anchor is refused; anchor_dates_believed: only believed so.
        anchor_needs_ca: whether an anchor without basicConstraints CA is refused for what it issued.
        needs_digital_signature: whether a server key usage without digitalSignature is refused (without
            this, keyEncipherment or keyAgreement does, whatever the key); usage_believed: only believed so.
        checks_extended_usage: whether an extended key usage without serverAuth is refused; None: not known.
        any_usage_counts: whether anyExtendedKeyUsage stands for serverAuth.
        checks_ca_usage: whether a CA with an extended key usage must have serverAuth in it.
        anchor_constraints: whether the anchor's own path length and other constraints count.
        first_namesake: whether, without an authority key identifier, only the first issuer of the name is tried.
        refuses_sha1: whether a SHA-1 signature below the root is refused (MD5 is everywhere).
        common_name: when the CN counts; address_in_common_name: whether an IP address may stand in the CN
            when there is no SAN at all.
    """

    anchor: AnchorRule
    leaf_anchor: bool
    anchor_dates: bool
    anchor_dates_believed: bool
    anchor_needs_ca: bool | None
    needs_digital_signature: bool
    usage_believed: bool
    checks_extended_usage: bool | None
    any_usage_counts: bool
    checks_ca_usage: bool
    anchor_constraints: bool
    first_namesake: bool
    common_name: CommonNameRule
    address_in_common_name: bool
    refuses_sha1: bool = False


_JSSE = StackProfile(
    anchor=AnchorRule.ANY_ENTRY,
    leaf_anchor=True,
    anchor_dates=False,
    anchor_dates_believed=False,
    anchor_needs_ca=True,
    needs_digital_signature=True,
    usage_believed=False,
    checks_extended_usage=True,
    any_usage_counts=True,
    checks_ca_usage=False,
    anchor_constraints=False,
    first_namesake=False,
    common_name=CommonNameRule.WITHOUT_DNS,
    address_in_common_name=False,
)
_PROFILES = {
    Stack.JSSE: _JSSE,
    Stack.CLIENT5: _JSSE,
    Stack.CLIENT4: StackProfile(
        anchor=AnchorRule.ANY_ENTRY,
        leaf_anchor=True,
        anchor_dates=False,
        anchor_dates_believed=False,
        anchor_needs_ca=True,
        needs_digital_signature=True,
        usage_believed=False,
        checks_extended_usage=True,
        any_usage_counts=True,
        checks_ca_usage=False,
        anchor_constraints=False,
        first_namesake=False,
        common_name=CommonNameRule.WITHOUT_SAN,
        address_in_common_name=True,
    ),
    Stack.SYSTEM_SSL: StackProfile(
        anchor=AnchorRule.TOPMOST_CA,
        leaf_anchor=False,
        anchor_dates=True,
        anchor_dates_believed=True,
        anchor_needs_ca=None,
        needs_digital_signature=True,
        usage_believed=True,
        checks_extended_usage=None,
        any_usage_counts=True,
        checks_ca_usage=False,
        anchor_constraints=True,
        first_namesake=False,
        common_name=CommonNameRule.WITHOUT_DNS,
        address_in_common_name=False,
    ),
    Stack.NODE: StackProfile(
        anchor=AnchorRule.SELF_SIGNED,
        leaf_anchor=False,
        anchor_dates=True,
        anchor_dates_believed=False,
        anchor_needs_ca=False,
        needs_digital_signature=False,
        usage_believed=False,
        checks_extended_usage=True,
        any_usage_counts=False,
        checks_ca_usage=True,
        anchor_constraints=True,
        first_namesake=True,
        common_name=CommonNameRule.WITHOUT_DNS,
        address_in_common_name=False,
        refuses_sha1=True,
    ),
    Stack.BROWSER: StackProfile(
        anchor=AnchorRule.NOT_JUDGED,
        leaf_anchor=False,
        anchor_dates=True,
        anchor_dates_believed=False,
        anchor_needs_ca=True,
        needs_digital_signature=True,
        usage_believed=True,
        checks_extended_usage=True,
        any_usage_counts=True,
        checks_ca_usage=False,
        anchor_constraints=True,
        first_namesake=False,
        common_name=CommonNameRule.NEVER,
        address_in_common_name=False,
        refuses_sha1=True,
    ),
}


def profile(stack: Stack) -> StackProfile:
    """The checks of this stack; a stack that is not known is judged as JSSE without certainty elsewhere."""
    return _PROFILES.get(stack, _JSSE)
