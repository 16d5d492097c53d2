"""Two CAs of one name and serial number with different keys, both of which a link needs."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.model.store import StoreKind
from zcertlint.rules._issuers import issuer_of

__all__ = ["twins"]

_DEEPEST = 20
Issued = tuple[Certificate, Certificate]


def twins(link: Link, ctx: Context) -> tuple[Issued, Issued] | None:
    """What the server's CA issued and this CA, what the client's issued and that one; None for no twins.

    Only where a key ring trusts: RACF can hold one of them.
    """
    client, server = ctx.client(link), ctx.server(link)
    stores = [ctx.deployment.store(end.truststore) for end in (client, server)]
    if not any(store is not None and store.kind is StoreKind.KEY_RING for store in stores):
        return None
    for child, ca in _above(ctx.deployment.certificate(server.certificate), ctx):
        for other, twin in _above(ctx.deployment.certificate(client.as_client), ctx):
            if _alike(ca, twin) and _other_key(child, twin, ctx) and _other_key(other, ca, ctx):
                return (child, ca), (other, twin)
    return None


def _above(certificate: Certificate | None, ctx: Context) -> Iterator[tuple[Certificate, Certificate]]:
    """Each certificate from the leaf up, with its issuer."""
    for _ in range(_DEEPEST):
        issuer = issuer_of(certificate, ctx) if certificate is not None else None
        if certificate is None or issuer is None:
            return
        yield certificate, issuer
        certificate = issuer


def _alike(one: Certificate, other: Certificate) -> bool:
    if one.id == other.id or one.serial is None or one.serial != other.serial:
        return False
    return one.issuer is not None and other.issuer is not None and one.issuer.same_as(other.issuer)


def _other_key(child: Certificate, ca: Certificate, ctx: Context) -> bool:
    return ctx.judge.issuers.edge(child, ca).answer is False
