"""What a client asks of the certificate itself: key, status, dates, usage."""

from datetime import datetime

from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.trust.ends import ChainReason, ChainResult
from zcertlint.trust.judgement import Aspect, Condition
from zcertlint.trust.needs import Need, export_command
from zcertlint.trust.questions import record_command
from zcertlint.trust.stacks import StackProfile
from zcertlint.trust.usage import extended_usage_allows, key_usage_serves, weak_signature

__all__ = ["date_conditions", "key_conditions", "leaf_conditions", "refused_signatures"]


def leaf_conditions(
    certificate: Certificate, chain: ChainResult, checks: StackProfile, as_of: datetime
) -> list[Condition]:
    """Every condition that the client puts to the server's certificate itself."""
    conditions = key_conditions(certificate)
    if chain.reason is ChainReason.LEAF_TRUSTED:  # JSSE then looks at neither dates nor usage
        return conditions
    conditions += date_conditions(certificate, as_of)
    extended = extended_usage_allows(certificate, "serverAuth", checks)
    if extended.answer is False:
        conditions.append(Condition(Aspect.USAGE, False, "CE116"))
    elif extended.answer is None:
        text = f"Does System SSL refuse {certificate.id}, whose extended key usage lacks serverAuth?"
        conditions.append(Condition(Aspect.USAGE, None, "CE116", (Need(certificate.id, text, None),)))
    return conditions + _key_usage_conditions(certificate, checks)


def _key_usage_conditions(certificate: Certificate, checks: StackProfile) -> list[Condition]:
    usage = key_usage_serves(certificate, checks)
    if usage.answer is False:
        return [Condition(Aspect.USAGE, False, "CE113")]
    if usage.answer is True:
        return []
    text = f"What may the key of {certificate.id} be used for? A listing that was cut, or an unload, does not show it."
    if usage.believed:
        text = f"Does System SSL refuse {certificate.id}, whose key usage lacks digital signature?"
    command = None if usage.believed else record_command(certificate)
    return [Condition(Aspect.USAGE, None, "CE113", (Need(certificate.id, text, command),))]


def key_conditions(certificate: Certificate) -> list[Condition]:
    """Status and private key; asked only of what is in the database, where a record shows both."""
    conditions = []
    kept = certificate.owner is not None
    text = f"No input shows the record of {certificate.id}."
    needs = (Need(certificate.id, text, record_command(certificate)),)
    if certificate.trust is TrustStatus.NOTRUST:
        conditions.append(Condition(Aspect.STATUS, False, "CE111"))
    elif certificate.trust is None and kept:
        conditions.append(Condition(Aspect.STATUS, None, "CE111", needs))
    if certificate.private_key is False:
        conditions.append(Condition(Aspect.KEY, False, "CE110"))
    elif certificate.private_key is None and kept:
        conditions.append(Condition(Aspect.KEY, None, "CE110", needs))
    return conditions


def refused_signatures(
    certificate: Certificate | None, chain: ChainResult | None, checks: StackProfile
) -> tuple[str, ...]:
    """The certificates below the root whose signature this client refuses; a root's own is not looked at."""
    if certificate is None or chain is None or chain.reason is ChainReason.LEAF_TRUSTED:
        return ()
    path = chain.path or (certificate,)
    below = [c for c in path if c.self_issued is not True]
    return tuple(c.id for c in below if (weak := weak_signature(c)) == "md" or (weak and checks.refuses_sha1))


def date_conditions(certificate: Certificate, as_of: datetime) -> list[Condition]:
    """Whether the certificate has begun and not ended."""
    conditions = []
    for code, moment, asks in (
        ("CE101", certificate.not_after, "ended"),
        ("CE102", certificate.not_before, "begun"),
    ):
        if moment is None:
            text = f"No input shows the dates of {certificate.id}."
            needs = (Need(certificate.id, text, record_command(certificate)),)
            conditions.append(Condition(Aspect.DATES, None, code, needs))
            continue
        wrong = moment.before(as_of) if code == "CE101" else moment.after(as_of)
        if wrong is None:
            text = f"Has {certificate.id} {asks}? Its listing shows local time, and the time zone decides."
            needs = (Need(certificate.id, text, export_command(certificate)),)
            conditions.append(Condition(Aspect.DATES, None, code, needs))
        else:
            conditions.append(Condition(Aspect.DATES, not wrong, code))
    return conditions
