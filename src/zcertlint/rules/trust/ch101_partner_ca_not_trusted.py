"""CH101: no certificate of the server's chain is an anchor for this client."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Link, Verify
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.rules.trust._anchors import connect_hint, issuer_place
from zcertlint.trust.chain import ChainReason
from zcertlint.trust.needs import need_store
from zcertlint.trust.stores import pem_in_place

__all__ = ["partner_ca_not_trusted"]


@rule("CH101", on=Link)
def partner_ca_not_trusted(link: Link, ctx: Context) -> Verdict:
    """What an anchor is depends on the client's stack."""
    judged = ctx.judged(link)
    failing = judged.failing("CH101")
    chain, certificate = judged.chain, judged.certificate
    client, server = ctx.client(link), ctx.server(link)
    store = ctx.deployment.store(client.truststore)
    if failing is None and chain is not None and chain.reason is ChainReason.STORE_EMPTY:
        failing = judged.failing("KR104") if _holds_other_things(store) else None
    if failing is None or chain is None or certificate is None:
        return ctx.unknown("CH101", (judged,)) or _asked_next(link, ctx) or Holds()
    title = store.title if store is not None else "its trust store"
    place, words = issuer_place(ctx, chain, certificate, server)
    held = {row.certificate for row in store.connections} if store is not None else set()
    part = next((ca.id for ca in reversed(chain.path[1:]) if ca.id in held), None)
    return Fails(
        {
            "client": client.id,
            "server": server.id,
            "store": title,
            "certificate": certificate.id,
            "part": part,
        },
        primary=store.span if store is not None else link.span,
        related=((place, words),),
        subjects=(store.id if store is not None else client.id, certificate.id),
        confidence=ctx.confidence(client, server, believed=failing.believed),
        links=(link.id,),
        fix=connect_hint(ctx, chain, client, server),
        variant=None if part is None else "part",
        breaks=None if server.product == "zosmf" else ("ZWEAM511E", "PKIX path building failed"),
    )


def _asked_next(link: Link, ctx: Context) -> Unknown | None:
    """A trust store in a file, asked for beside the keystore: else it would be the next question.

    Key rings are asked for by KR109.
    """
    client, server = ctx.client(link), ctx.server(link)
    store = ctx.deployment.store(client.truststore)
    if (
        ctx.judged(link).answer is not None
        or link.verify is Verify.DISABLED
        or client.attls_out
        or server.attls
    ):
        return None  # it does not decide
    if store is None or store.state is not StoreState.NOT_SHOWN or store.kind is StoreKind.KEY_RING:
        return None
    if pem_in_place(store, ctx.deployment) is not None:
        return None  # KR126
    return Unknown({"subject": link.id}, (need_store(store),), (link.id,))


def _holds_other_things(store: Store | None) -> bool:
    """Whether a store without a CA for this client is not empty: PERSONAL entries, or labels not configured."""
    return store is not None and (bool(store.connections) or "&" in store.id)
