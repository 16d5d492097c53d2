"""KR115: the root of a server's own chain is not on its key ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Severity, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Stack
from zcertlint.model.store import Store
from zcertlint.rules.keyring._chains import own_chain
from zcertlint.rules.keyring._rows import places, served_from, used_ring

__all__ = ["own_root_missing"]


@rule("KR115", on=Store)
def own_root_missing(store: Store, ctx: Context) -> Verdict:
    """A missing intermediate is KR114; where a client trusts by this very ring, its failing link tells."""
    if not used_ring(store, ctx):
        return Holds()
    for endpoint in served_from(store, ctx):
        chain = own_chain(endpoint, store, ctx)
        if chain is None or chain.root is None or chain.root_held or chain.missing:
            continue
        if _told(chain.root, store, ctx):
            return Holds()
        root = chain.root
        ssl = [e for e in served_from(store, ctx) if e.stack is Stack.SYSTEM_SSL]
        alone = not chain.held and any(e.certificate == chain.certificate.id for e in ssl)
        return Fails(
            {"store": store.title, "ca": root.id, "certificate": chain.certificate.id},
            primary=store.span,
            related=((root.span(), "this CA is not connected"), *places((endpoint,), "serves from it")),
            subjects=(store.id, root.id),
            severity=Severity.WARNING if alone else Severity.INFO,
            confidence=ctx.confidence(endpoint),
            fix=FixHint("connect-ca", {"ring": store.id, "certificate": root.id, "certificates": root.id}),
            variant="alone" if alone else None,
        )
    return Holds()


def _told(root: Certificate, store: Store, ctx: Context) -> bool:
    """Whether a link fails because this root is not on this ring, as a trust store."""
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        for chain, trusting in (
            (judged.chain, ctx.client(link).truststore),
            (judged.client_chain, ctx.server(link).truststore),
        ):
            here = (trusting or "").partition("&")[0] == store.id
            if here and judged.failing("KR132"):
                return True
            if here and chain is not None and chain.answer is False and root in chain.path:
                return True
    return False
