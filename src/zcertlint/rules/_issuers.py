"""Which certificates issue those in use, found without asking who trusts them."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.trust.handshake import Judge

__all__ = ["below", "connected", "issuer_of"]

# One answer for each run: a rule asks for every certificate of the database, and few are in use.
_BELOW: WeakKeyDictionary[Judge, Mapping[str, tuple[Certificate, ...]]] = WeakKeyDictionary()
_CONNECTED: WeakKeyDictionary[Judge, frozenset[str]] = WeakKeyDictionary()


def connected(ctx: Context) -> frozenset[str]:
    """The ids of the certificates in stores that an endpoint uses."""
    known = _CONNECTED.get(ctx.judge)
    if known is None:
        ends = ctx.deployment.endpoints.values()
        used = {ident for end in ends for ident in (end.keystore, end.truststore) if ident}
        stores = (ctx.deployment.store(ident) for ident in used)
        known = frozenset(row.certificate for store in stores if store for row in store.connections)
        _CONNECTED[ctx.judge] = known
    return known


def issuer_of(certificate: Certificate, ctx: Context) -> Certificate | None:
    """The certificate that issued this one; None for a self-signed one, and where it cannot be told.

    Of several generations with one key it is the one in a used store that ends last.
    """
    issuers = ctx.judge.issuers
    if issuers.self_signed(certificate) is not False:
        return None
    found = [ca for ca in issuers.namesakes(certificate) if issuers.edge(certificate, ca).answer]
    used = connected(ctx)
    there = [ca for ca in found if ca.id in used] or found
    return max(there, key=_end, default=None)


def _end(certificate: Certificate) -> float:
    return certificate.not_after.at.timestamp() if certificate.not_after is not None else 0.0


def below(ca: Certificate, ctx: Context) -> tuple[Certificate, ...]:
    """The certificates that this one issued: those that endpoints serve, and the CAs above them."""
    known = _BELOW.get(ctx.judge)
    if known is None:
        known = _BELOW[ctx.judge] = _all_below(ctx)
    return known.get(ca.id, ())


def _all_below(ctx: Context) -> Mapping[str, tuple[Certificate, ...]]:
    found: dict[str, tuple[Certificate, ...]] = {}
    served = dict.fromkeys(end.certificate for end in ctx.deployment.endpoints.values())
    todo = [certificate for ident in served if (certificate := ctx.deployment.certificate(ident))]
    seen: set[str] = set()
    while todo:
        child = todo.pop(0)
        if child.id in seen:
            continue
        seen.add(child.id)
        issuer = issuer_of(child, ctx)
        if issuer is not None:
            found[issuer.id] = (*found.get(issuer.id, ()), child)
            todo.append(issuer)
    return found
