"""CP104: a publicly trusted certificate is valid longer than browsers take."""

from datetime import UTC, datetime, timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules.policy._public import publicly_trusted

__all__ = ["validity_too_long"]

# CA/Browser Forum, Baseline Requirements 6.3.2: issued from this day on, at most so many days.
_LIMITS = (
    (datetime(2029, 3, 15, tzinfo=UTC), 47),
    (datetime(2027, 3, 15, tzinfo=UTC), 100),
    (datetime(2026, 3, 15, tzinfo=UTC), 200),
    (datetime(2020, 9, 1, tzinfo=UTC), 398),
    (datetime(2018, 3, 1, tzinfo=UTC), 825),
)


@rule("CP104", on=Certificate)
def validity_too_long(certificate: Certificate, ctx: Context) -> Verdict:
    """The limits are for publicly trusted CAs; an internal CA may give ten years."""
    start, end = certificate.not_before, certificate.not_after
    if not ctx.users(certificate.id) or start is None or end is None or start.local != end.local:
        return Holds()
    public = publicly_trusted(certificate)
    limit = next((days for since, days in _LIMITS if start.earliest >= since), None)
    if public is None or limit is None:
        return Holds()
    length = end.at - start.at + timedelta(seconds=1)  # both ends count
    facts: dict[str, str | int | None] = {
        "certificate": certificate.id,
        "issuer": public,
        "start": f"{start.at:%Y-%m-%d}",
        "days": -(-length // timedelta(days=1)),
        "limit": limit,
    }
    if length <= timedelta(days=limit):
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("not_after"),
        related=((certificate.span("issuer"), "its issuer"),),
        subjects=(certificate.id,),
    )
