"""KR137: a CA got a new key, and a store still holds only the old one."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Store, Usage
from zcertlint.rules.keyring._rows import places, trusting
from zcertlint.trust.chain import ChainReason
from zcertlint.trust.signature import same_key
from zcertlint.trust.stores import is_ca

__all__ = ["stores_hold_old_ca"]


@rule("KR137", on=Store)
def stores_hold_old_ca(store: Store, ctx: Context) -> Verdict:
    """Nothing fails yet: a link that does is KR117."""
    users = trusting(store, ctx)
    if not store.shown or not users or "&" in store.id:
        return Holds()
    held = {row.certificate for row in store.connections}
    told = _told(store, ctx)
    for row in store.connections:
        old = ctx.deployment.certificate(row.certificate)
        if row.usage is Usage.PERSONAL or old is None or old.id in told or not is_ca(old):
            continue
        new = _successor(old, held, ctx)
        if new is not None:
            return Fails(
                {"store": store.title, "old": old.id, "new": new.id},
                primary=row.span,
                related=((new.span(), "has another key"), *places(users[:1], "trusts by it")),
                subjects=(store.id, old.id),
            )
    return Holds()


def _successor(old: Certificate, held: set[str], ctx: Context) -> Certificate | None:
    """The later CA of this name with another key, as surely told, that is not on the store."""
    for ca in ctx.judge.certificates.values():
        if ca.id in held or ca.subject is None or old.subject is None or not ca.subject.same_as(old.subject):
            continue
        later = (
            ca.not_before is not None and old.not_before is not None and ca.not_before.at > old.not_before.at
        )
        if later and ca.id != old.id and is_ca(ca) and _other_key(old, ca):
            return ca
    return None


def _other_key(one: Certificate, other: Certificate) -> bool:
    if one.der is not None and other.der is not None:
        return same_key(one.der, other.der) is False
    mine, theirs = one.subject_key_id, other.subject_key_id
    return isinstance(mine, str) and isinstance(theirs, str) and mine != theirs


def _told(store: Store, ctx: Context) -> set[str]:
    """The CAs of this store at which a link fails."""
    found = set()
    for link in ctx.deployment.links.values():
        judged = ctx.judged(link)
        for chain, ident in (
            (judged.chain, ctx.client(link).truststore),
            (judged.client_chain, ctx.server(link).truststore),
        ):
            if chain is None or (ident or "").partition("&")[0] != store.id:
                continue
            if chain.reason is ChainReason.OTHER_KEY and chain.culprit is not None:
                found.add(chain.culprit.id)
    return found
