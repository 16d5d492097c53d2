"""CE106: a CA above a certificate in use ends within the days that its renewal takes."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import below

__all__ = ["ca_expires_soon"]


@rule("CE106", on=Certificate)
def ca_expires_soon(ca: Certificate, ctx: Context) -> Verdict:
    """Only what issued something in use; one that has ended is CE105 or CH104, a server's own is CE103."""
    issued = below(ca, ctx)
    if not issued or ca.not_after is None or ctx.users(ca.id):
        return Holds()
    left = ca.not_after.at - ctx.as_of
    facts: dict[str, str | int | None] = {
        "ca": ca.id,
        "end": str(ca.not_after),
        "days": left.days,
        "count": len(issued),
    }
    ended = ca.not_after.before(ctx.as_of)
    if ended is not False or left > timedelta(days=ctx.number("CE106", "days")):
        return Holds(facts)  # within hours of its end the chain of each link asks whether it has ended
    return Fails(
        facts,
        primary=ca.span("not_after"),
        related=tuple((child.span("issuer"), f"{child.id} is issued by it") for child in issued),
        subjects=(ca.id,),
        fix=FixHint("renew", {"certificate": ca.id}),
    )
