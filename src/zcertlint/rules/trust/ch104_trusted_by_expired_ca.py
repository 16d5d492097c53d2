"""CH104: the chain ends in an anchor that has expired; whether it matters depends on the client."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Severity, Verdict
from zcertlint.model.deployment import Link
from zcertlint.model.store import Store
from zcertlint.trust.chain import ChainReason, ChainResult

__all__ = ["trusted_by_expired_ca"]


@rule("CH104", on=Link)
def trusted_by_expired_ca(link: Link, ctx: Context) -> Verdict:
    """An error where the client checks it (for System SSL that is believed: likely), else an information."""
    judged = ctx.judged(link)
    chain, certificate = judged.chain, judged.certificate
    if chain is None or certificate is None or chain.culprit is None:
        return Holds()
    if chain.reason is ChainReason.TIME_ZONE and chain.culprit is chain.path[-1]:
        return ctx.unknown("CE105", (judged,)) or Holds()
    client, server = ctx.client(link), ctx.server(link)
    store = ctx.deployment.store(client.truststore)
    failing = judged.failing("CH104")
    if failing is None and not _ignored(chain, store, ctx):
        return Holds()
    ca = chain.culprit
    return Fails(
        {
            "ca": ca.id,
            "store": store.title if store is not None else client.id,
            "certificate": certificate.id,
            "end": str(ca.not_after),
        },
        primary=ca.span("not_after"),
        related=((certificate.span("issuer"), f"{certificate.id} is issued below it"),),
        subjects=(ca.id,),
        severity=Severity.ERROR if failing is not None else Severity.INFO,
        confidence=ctx.confidence(client, server, believed=failing is not None and failing.believed),
        links=(link.id,) if failing is not None else (),
        spared=(link.id,) if failing is None else (),
        fix=FixHint("renew", {"certificate": ca.id}),
    )


def _ignored(chain: ChainResult, store: Store | None, ctx: Context) -> bool:
    """Whether the chain ends in an expired anchor, beside which the store holds no successor of that name."""
    ca = chain.culprit
    if chain.reason is not ChainReason.ANCHORED or ca is None or len(chain.path) < 2:  # noqa: PLR2004 (a CA above)
        return False
    if ca.subject is None or ca.not_after is None or ca.not_after.before(ctx.as_of) is not True:
        return False
    held = (ctx.deployment.certificate(row.certificate) for row in (store.connections if store else ()))
    return not any(
        other is None
        or (
            other.id != ca.id
            and (other.subject is None or other.subject.same_as(ca.subject))
            and (other.not_after is None or other.not_after.before(ctx.as_of) is not True)
        )
        for other in held
    )
