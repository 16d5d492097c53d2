"""CE127: a link needs two CAs with one name and serial number, and RACF can hold one of them."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules._ca_twins import twins

__all__ = ["ca_twin"]


@rule("CE127", on=Link)
def ca_twin(link: Link, ctx: Context) -> Verdict:
    """Proven by keys alone: each is shown not to have issued what the other did."""
    found = twins(link, ctx)
    if found is None:
        return Holds()
    (child, ca), (other_child, twin) = found
    judged = ctx.judged(link)
    broken = (link.id,) if judged.failing("KR117") or judged.failing("CH102") else ()
    first, second = sorted((ca, twin), key=lambda c: c.id)
    return Fails(
        {
            "ca": first.id,
            "twin": second.id,
            "serial": f"{ca.serial:02X}",
            "subject": str(ca.subject),
            "client": link.client,
            "server": link.server,
        },
        primary=first.span("serial"),
        related=(
            (second.span("serial"), f"{second.id} has this name and number too"),
            (child.span("issuer"), f"{child.id} is issued by {ca.id}"),
            (other_child.span("issuer"), f"{other_child.id} is issued by {twin.id}"),
        ),
        subjects=(first.id, second.id),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=broken,
    )
