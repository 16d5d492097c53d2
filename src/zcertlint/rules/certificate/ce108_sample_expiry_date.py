"""CE108: a certificate in use ends on the day that a shipped sample job names."""

from datetime import date, timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, Moment
from zcertlint.rules._issuers import below

__all__ = ["sample_expiry_date"]

# The NOTAFTER of each job as it is shipped, or as the documentation prints it.
_JOBS = {
    date(2023, 5, 17): "IZUSEC of z/OSMF",
    date(2028, 4, 12): "IZUSEC of z/OSMF",
    date(2030, 5, 1): "ZWEKRING of Zowe",
}
# NOTAFTER(DATE(…)) without TIME is the last second of the day, local time.
_LAST = "23:59:59"


@rule("CE108", on=Certificate)
def sample_expiry_date(certificate: Certificate, ctx: Context) -> Verdict:
    """A day by itself proves nothing: the second must be the one that GENCERT takes without a time."""
    if certificate.owner is None or certificate.not_after is None:
        return Holds()
    if not ctx.users(certificate.id) and not below(certificate, ctx):
        return Holds()
    facts = {"certificate": certificate.id, "end": str(certificate.not_after)}
    job = _job(certificate.not_after)
    if job is None or certificate.not_after.before(ctx.as_of) is not False:
        return Holds(facts)  # one that has ended is CE101, CE105 or CH104
    return Fails(
        {**facts, "job": job},
        primary=certificate.span("not_after"),
        subjects=(certificate.id,),
    )


def _job(end: Moment) -> str | None:
    if end.local:
        return _JOBS.get(end.at.date()) if f"{end.at:%H:%M:%S}" == _LAST else None
    if f"{end.at:%M:%S}" not in {"59:59", "29:59"}:
        return None
    # As UTC the last second of a day lies up to 14 hours before, or 12 after, that of the system's day.
    for day, job in _JOBS.items():
        last = end.at.replace(year=day.year, month=day.month, day=day.day, hour=23, minute=59, second=59)
        if last - timedelta(hours=14) <= end.at <= last + timedelta(hours=12):
            return job
    return None
