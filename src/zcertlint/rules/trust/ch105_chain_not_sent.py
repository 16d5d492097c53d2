"""CH105: an intermediate is neither sent by the server nor held by the client."""

from collections.abc import Iterator
from itertools import pairwise

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.model.store import Store
from zcertlint.rules._issuers import issuer_of

__all__ = ["chain_not_sent"]

_DEEPEST = 20


@rule("CH105", on=Link)
def chain_not_sent(link: Link, ctx: Context) -> Verdict:
    """The server's own ring is the place of the repair."""
    judged = ctx.judged(link)
    failing = judged.failing("CH105")
    chain, certificate = judged.chain, judged.certificate
    if failing is None or chain is None or certificate is None:
        return ctx.unknown("CH105", (judged,)) or Holds()
    client, server = ctx.client(link), ctx.server(link)
    ca = chain.culprit
    store = ctx.deployment.store(server.keystore)
    if ca is None:
        return Holds()
    hint = None
    if store is not None and store.id.startswith("ring:") and store.shown:
        listed = "\n".join(missing.id for missing in _missing(ca, store, ctx))
        hint = FixHint("connect-ca", {"ring": store.id, "certificate": ca.id, "certificates": listed})
    issued = next((below for below, above in pairwise(chain.path) if above is ca), certificate)
    return Fails(
        {
            "client": client.id,
            "server": server.id,
            "ca": ca.id,
            "issued": issued.id,
            "certificate": certificate.id,
        },
        primary=store.span if store is not None else link.span,
        related=((ca.span(), "this CA is missing there"),),
        subjects=(store.id if store is not None else server.id, ca.id),
        confidence=ctx.confidence(client, server),
        links=(link.id, *_browsers(server.keystore, ca.id, ctx)),
        fix=hint,
    )


def _missing(ca: Certificate, store: Store, ctx: Context) -> Iterator[Certificate]:
    """This CA, and those above it below the root that the store lacks too: the next ones to be missed."""
    held = {row.certificate for row in store.connections}
    above: Certificate | None = ca
    for _ in range(_DEEPEST):
        if above is None or ctx.judge.issuers.self_signed(above) is not False:
            return
        if above.id not in held:
            yield above
        above = issuer_of(above, ctx)


def _browsers(keystore: str | None, ca: str, ctx: Context) -> tuple[str, ...]:
    """The links of browsers that lack the same CA of the same store: one cause, told once (else KR114)."""
    found = []
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        culprit = judged.chain.culprit if judged.failing("KR114") and judged.chain is not None else None
        if culprit is not None and culprit.id == ca and ctx.server(link).keystore == keystore:
            found.append(link.id)
    return tuple(found)
