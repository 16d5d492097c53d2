"""KR114: an intermediate of a server's own certificate is not in its keystore."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, FixHint, Holds, Severity, Verdict
from zcertlint.model.deployment import Stack
from zcertlint.model.store import Store, StoreKind
from zcertlint.rules.keyring._chains import OwnChain, own_chain
from zcertlint.rules.keyring._rows import places, served_from

__all__ = ["own_chain_incomplete"]


@rule("KR114", on=Store)
def own_chain_incomplete(store: Store, ctx: Context) -> Verdict:
    """Where a known client lacks the intermediate too, its link tells (CH105), and this is no second finding."""
    chains = {e.id: own_chain(e, store, ctx) for e in served_from(store, ctx)}
    lacking = {ident: chain for ident, chain in chains.items() if chain is not None and chain.missing}
    if not lacking:
        return Holds()
    chain = next(iter(lacking.values()))
    judged = [ctx.judged(link) for link in ctx.deployment.links.values() if link.server in lacking]
    if _told(chain, store, ctx):
        return Holds()
    strangers = [j for j in judged if j.link.stack in {Stack.BROWSER, Stack.UNKNOWN}]
    ca = chain.missing[0]
    ends = tuple(ctx.deployment.endpoints[ident] for ident in lacking)
    hint = None
    if store.kind is StoreKind.KEY_RING:
        listed = "\n".join(ca.id for ca in chain.missing)
        hint = FixHint("connect-ca", {"ring": store.id, "certificate": ca.id, "certificates": listed})
    return Fails(
        {"store": store.title, "ca": ca.id, "certificate": chain.certificate.id, "server": ends[0].id},
        primary=store.span,
        related=((ca.span(), "this CA is missing there"), *places(ends[:1], "serves from it")),
        subjects=(store.id, ca.id),
        severity=Severity.ERROR if strangers else Severity.WARNING,
        confidence=ctx.confidence(*ends),
        links=ctx.failing("KR114", strangers),
        fix=hint,
    )


def _told(chain: OwnChain, store: Store, ctx: Context) -> bool:
    """Whether a link that fails has one of the missing CAs connected already: by CH105, or by what it trusts."""
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        if judged.failing("KR132") and ctx.client(link).truststore == store.id:
            return True
        if ctx.server(link).keystore != store.id or judged.chain is None:
            continue
        told = any(judged.failing(code) for code in ("CH101", "CH105", "KR125", "KR132"))
        if told and set(chain.missing) & set(judged.chain.path):
            return True
    return False
