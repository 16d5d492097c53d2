"""CE127: a link needs two CAs with one name and serial number, and RACF can hold one of them."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.model.store import StoreKind
from zcertlint.rules._issuers import issuer_of

__all__ = ["ca_twin"]

_DEEPEST = 20


@rule("CE127", on=Link)
def ca_twin(link: Link, ctx: Context) -> Verdict:
    """Proven by keys alone: each is shown not to have issued what the other did."""
    client, server = ctx.client(link), ctx.server(link)
    stores = [ctx.deployment.store(end.truststore) for end in (client, server)]
    if not any(store is not None and store.kind is StoreKind.KEY_RING for store in stores):
        return Holds()
    for child, ca in _above(ctx.deployment.certificate(server.certificate), ctx):
        for other_child, twin in _above(ctx.deployment.certificate(client.certificate), ctx):
            if (
                not _twins(ca, twin)
                or not _other_key(child, twin, ctx)
                or not _other_key(other_child, ca, ctx)
            ):
                continue
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
                confidence=ctx.confidence(client, server),
                links=broken,
            )
    return Holds()


def _above(certificate: Certificate | None, ctx: Context) -> Iterator[tuple[Certificate, Certificate]]:
    """Each certificate from the leaf up, with its issuer."""
    for _ in range(_DEEPEST):
        issuer = issuer_of(certificate, ctx) if certificate is not None else None
        if certificate is None or issuer is None:
            return
        yield certificate, issuer
        certificate = issuer


def _twins(one: Certificate, other: Certificate) -> bool:
    if one.id == other.id or one.serial is None or one.serial != other.serial:
        return False
    return one.issuer is not None and other.issuer is not None and one.issuer.same_as(other.issuer)


def _other_key(child: Certificate, ca: Certificate, ctx: Context) -> bool:
    return ctx.judge.issuers.edge(child, ca).answer is False
