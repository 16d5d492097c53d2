"""KR132: a trust store holds certificates, and none of them is a CA."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.model.store import Store, StoreKind
from zcertlint.rules._issuers import issuer_of

__all__ = ["truststore_without_ca"]


@rule("KR132", on=Link)
def truststore_without_ca(link: Link, ctx: Context) -> Verdict:
    """A finding where a link fails by it: Java accepts a partner whose own certificate is there."""
    judged = ctx.judged(link)
    if judged.failing("KR132") is None:
        return Holds()
    client, server = ctx.client(link), ctx.server(link)
    asked = judged.client_chain is not None and judged.client_chain.answer is False
    own = judged.chain is not None and judged.chain.answer is False
    end, sender = (client, server) if own or not asked else (server, client)
    store = ctx.deployment.store(end.truststore)
    if store is None:
        return Holds()
    return Fails(
        {"store": store.title, "endpoint": end.id, "partner": sender.id},
        primary=store.span,
        related=tuple((row.span, "connected, and no CA") for row in store.connections[:5]),
        subjects=(store.id,),
        confidence=ctx.confidence(end, sender),
        links=(link.id,),
        fix=_hint(store, ctx),
    )


def _hint(store: Store, ctx: Context) -> FixHint | None:
    """The topmost CA of every partner that is refused; None where there is no ring or no known CA."""
    tops: dict[str, None] = {}
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        if judged.failing("KR132") is None or ctx.client(link).truststore != store.id:
            continue
        top = judged.certificate
        while top is not None and (above := issuer_of(top, ctx)) is not None and above.id not in tops:
            top = above
        if top is not None and top is not judged.certificate:
            tops[top.id] = None
    if store.kind is not StoreKind.KEY_RING or not tops or "&" in store.id:
        return None
    values = {"ring": store.id, "certificate": next(iter(tops)), "certificates": "\n".join(tops)}
    return FixHint("connect-ca", values)
