"""KR121: a keystore file holds no private key to serve with."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._rows import places
from zcertlint.rules.keyring._stores import store_gap

__all__ = ["keystore_unreadable"]


@rule("KR121", on=Endpoint)
def keystore_unreadable(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A file that does not open with the password given here is no input (IN001), and its contents stay open."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None or store.owner is not None:
        return Holds()
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    code = ctx.judge.choice_code(endpoint)
    if code != "KR121":
        return Holds() if code is not None else store_gap(endpoint, store, ctx)
    return Fails(
        {"store": store.title, "endpoint": endpoint.id, "count": len(store.connections)},
        primary=store.span,
        related=places((endpoint,), "serves from it"),
        subjects=(store.id,),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR121", judged),
    )
