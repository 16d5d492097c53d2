"""May this certificate serve, call, or sign? Key usage and extended key usage."""

from zcertlint.model.certificate import Absent, Certificate
from zcertlint.records import dataclass
from zcertlint.trust.signature import says_no_ca
from zcertlint.trust.stacks import StackProfile

__all__ = ["UsageAnswer", "can_sign", "extended_usage_allows", "key_usage_serves", "weak_signature"]


@dataclass(frozen=True, slots=True)
class UsageAnswer:
    """True, False or None (cannot be told); ``believed`` when the client's check is not confirmed."""

    answer: bool | None
    believed: bool = False


def key_usage_serves(certificate: Certificate, client: StackProfile) -> UsageAnswer:
    """Whether the key usage lets the certificate serve TLS towards this client.

    No extension is no restriction (RFC 5280, 4.2.1.3).
    """
    usage = certificate.key_usage
    if usage is Absent.ABSENT:
        return UsageAnswer(answer=True)
    if usage is None:
        return UsageAnswer(answer=None)
    if "digitalSignature" in usage:
        return UsageAnswer(answer=True)
    if not client.needs_digital_signature and usage & {"keyEncipherment", "keyAgreement"}:
        return UsageAnswer(answer=True)
    if client.usage_believed:
        return UsageAnswer(answer=None, believed=True)
    return UsageAnswer(answer=False)


def extended_usage_allows(certificate: Certificate, purpose: str, peer: StackProfile) -> UsageAnswer:
    """Whether the extended key usage allows ``serverAuth`` or ``clientAuth``.

    No extension is no restriction. What no input shows is not held against the certificate when RACF made
    it and lists no extension; a listing that cannot show it leaves it open only when the certificate came
    from a file that could not be read.
    """
    usage = certificate.extended_usage
    if usage is Absent.ABSENT or usage is None:
        return UsageAnswer(answer=True)
    if purpose in usage or (peer.any_usage_counts and "anyExtendedKeyUsage" in usage):
        return UsageAnswer(answer=True)
    if peer.checks_extended_usage is None:
        return UsageAnswer(answer=None, believed=True)
    return UsageAnswer(answer=False)


def can_sign(certificate: Certificate, client: StackProfile, *, anchor: bool) -> bool | None:
    """Whether this client accepts the certificate as an issuer; None when no input tells.

    A listing shows CERTSIGN but not basicConstraints; RACF sets both together.
    """
    usage = certificate.key_usage
    if isinstance(usage, frozenset) and "keyCertSign" not in usage:
        return False
    extended = certificate.extended_usage
    if client.checks_ca_usage and isinstance(extended, frozenset) and "serverAuth" not in extended:
        return False
    if certificate.is_ca is True:
        return True
    if certificate.is_ca is None:
        return True if isinstance(usage, frozenset) else None
    if not anchor or client.anchor_needs_ca:
        return False
    if client.anchor_needs_ca is None:
        return None
    if certificate.der is not None and says_no_ca(certificate.der):
        return False
    return isinstance(usage, frozenset)


def weak_signature(certificate: Certificate) -> str | None:
    """``md`` or ``sha1`` when the certificate's signature is one of these, else None."""
    word = (certificate.signature or "").lower()
    return "md" if word.startswith(("md2", "md4", "md5")) else "sha1" if word.startswith("sha1") else None
