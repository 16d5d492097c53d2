"""What the rules about trust have in common: which certificates to connect, and where to show it."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import FixHint
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import StoreKind
from zcertlint.text.source import Span
from zcertlint.trust.chain import ChainResult

__all__ = ["connect_hint", "issuer_place", "issuers_to_connect"]


def issuers_to_connect(ctx: Context, chain: ChainResult, sender: Endpoint) -> tuple[Certificate, ...]:
    """The CAs of the chain that the trusting side has to hold: the topmost, and each that is not sent."""
    cas = chain.path[1:]
    if not cas:
        return ()
    store = ctx.deployment.store(sender.keystore)
    sent = {row.certificate for row in store.connections} if store is not None else set()
    return tuple(ca for ca in cas if ca is cas[-1] or ca.id not in sent)


def connect_hint(ctx: Context, chain: ChainResult, trusting: Endpoint, sender: Endpoint) -> FixHint | None:
    """What the connect-ca builder needs; None where there is no ring or no known CA to connect."""
    store = ctx.deployment.store(trusting.truststore)
    cas = issuers_to_connect(ctx, chain, sender)
    if store is None or store.kind is not StoreKind.KEY_RING or not store.shown or not cas:
        return None
    if store.virtual is not None:
        return None  # nothing is connected to it: what is in RACF under its owner is on it
    values = {"ring": store.id, "certificate": cas[0].id, "certificates": "\n".join(ca.id for ca in cas)}
    return FixHint("connect-ca", values)


def issuer_place(ctx: Context, chain: ChainResult, leaf: Certificate, sender: Endpoint) -> tuple[Span, str]:
    """Where the issuer that would have to be trusted is shown; else where the certificate names it."""
    cas = issuers_to_connect(ctx, chain, sender)
    if cas:
        return cas[-1].span(), "this CA did; it is not connected"
    return leaf.span("issuer"), "its issuer; no input shows that CA"
