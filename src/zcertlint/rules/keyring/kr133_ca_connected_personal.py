"""KR133: a CA is connected to a key ring as PERSONAL."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.model.store import Store, Usage
from zcertlint.rules.keyring._rows import places, row_title, used_ring
from zcertlint.rules.keyring._stores import users_of
from zcertlint.trust.stores import is_ca

__all__ = ["ca_connected_personal"]


@rule("KR133", on=Store)
def ca_connected_personal(store: Store, ctx: Context) -> Verdict:
    """A server's certificate that may sign is another thing (CE114): this one is served by nobody."""
    if not used_ring(store, ctx):
        return Holds()
    for row in store.connections:
        ca = ctx.deployment.certificate(row.certificate)
        if row.usage is not Usage.PERSONAL or ca is None or not is_ca(ca) or ctx.users(ca.id):
            continue
        if not _issuer(ca, ctx):
            continue
        links = [
            link.id
            for link in ctx.deployment.links.values()
            if (judged := ctx.judged(link)).failing("KR133")
            and any(c is not None and ca in c.path for c in (judged.chain, judged.client_chain))
        ]
        return Fails(
            {"store": store.title, "label": row_title(row), "ca": ca.id},
            primary=row.span,
            related=(
                (ca.span("key_usage"), "it signs certificates"),
                *places(users_of(store, ctx)[:1], "uses the ring"),
            ),
            subjects=(store.id, ca.id),
            links=tuple(links),
        )
    return Holds()


def _issuer(ca: Certificate, ctx: Context) -> bool:
    """Whether it surely is one: kept as a CA, or it issued a certificate that an input shows."""
    if ca.owner is not None and ca.owner.kind is OwnerKind.CERTAUTH:
        return True
    issuers = ctx.judge.issuers
    children = (c for c in ctx.judge.certificates.values() if c.id != ca.id and c.issuer is not None)
    return any(
        ca in issuers.namesakes(child) and issuers.edge(child, ca).answer is True for child in children
    )
