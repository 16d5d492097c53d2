"""KR103: the key ring that a server serves from holds no PERSONAL certificate."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._rows import places

__all__ = ["no_server_certificate"]


@rule("KR103", on=Endpoint)
def no_server_certificate(endpoint: Endpoint, ctx: Context) -> Verdict:
    """More than a wrong label or a missing DEFAULT: there is nothing to name. An empty ring is KR104."""
    store = ctx.deployment.store(endpoint.keystore)
    judged = tuple(ctx.judged(link) for link in ctx.deployment.links.values() if link.server == endpoint.id)
    if store is None or ctx.judge.choice_code(endpoint) != "KR103":
        return ctx.unknown("KR105", judged) or Holds()
    return Fails(
        {"store": store.title, "endpoint": endpoint.id, "count": len(store.connections)},
        primary=store.span,
        related=places((endpoint,), "serves from it"),
        subjects=(store.id,),
        confidence=ctx.confidence(endpoint),
        links=ctx.failing("KR103", judged),
    )
