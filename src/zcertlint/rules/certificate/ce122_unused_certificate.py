"""CE122: a certificate with its private key is in no key ring and issued nothing."""

from collections import Counter
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.trust.handshake import Judge

__all__ = ["unused_certificate"]

_ISSUERS: WeakKeyDictionary[Judge, Mapping[str, int]] = WeakKeyDictionary()
_EVERY = {OwnerKind.CERTAUTH: "*AUTH*", OwnerKind.SITE: "*SITE*"}


@rule("CE122", on=Certificate)
def unused_certificate(certificate: Certificate, ctx: Context) -> Verdict:
    """Without a key here it maps a person to a user; what a virtual ring or a token holds is in use."""
    if certificate.rings != () or certificate.private_key is not True or certificate.owner is None:
        return Holds()
    if certificate.hardware_key is not None or certificate.requested or ctx.users(certificate.id):
        return Holds()  # a token may hold it; it waits for its signature (CE121); somebody serves it
    if _on_a_ring(certificate, ctx) or _may_issue(certificate, ctx) or _virtual(certificate.owner, ctx):
        return Holds({"certificate": certificate.id})
    if _wanted(certificate, ctx):
        return Holds({"certificate": certificate.id})
    ended = certificate.not_after is not None and certificate.not_after.before(ctx.as_of)
    return Fails(
        {"certificate": certificate.id, "end": str(certificate.not_after)},
        primary=certificate.span("rings", "private_key"),
        subjects=(certificate.id,),
        variant="ended" if ended else None,
    )


def _wanted(certificate: Certificate, ctx: Context) -> bool:
    """Whether a server of its owner finds no certificate on its ring: what is missing there is told there."""
    ends = ctx.deployment.endpoints.values()
    idle = (ctx.deployment.store(e.keystore) for e in ends if e.certificate is None)
    user = certificate.owner.user if certificate.owner is not None else None
    return any(store is not None and store.owner is not None and store.owner == user for store in idle)


def _on_a_ring(certificate: Certificate, ctx: Context) -> bool:
    stores = ctx.deployment.database.stores.values()
    return any(row.certificate == certificate.id for store in stores for row in store.connections)


def _may_issue(certificate: Certificate, ctx: Context) -> bool:
    """Whether it issued another one, or may have issued one that no input shows."""
    if certificate.subject is None:
        return True
    known = _ISSUERS.get(ctx.judge)
    if known is None:
        every = ctx.judge.certificates.values()
        known = _ISSUERS[ctx.judge] = Counter(c.issuer.text.casefold() for c in every if c.issuer is not None)
    if known.get(certificate.subject.text.casefold(), 0) > (1 if certificate.self_issued else 0):
        return True
    usage = certificate.key_usage
    signs = certificate.is_ca or (isinstance(usage, frozenset) and "keyCertSign" in usage)
    is_ca = signs or (certificate.owner is not None and certificate.owner.kind is OwnerKind.CERTAUTH)
    return is_ca and ctx.deployment.database.security.unload is None


def _virtual(owner: Owner, ctx: Context) -> bool:
    """Whether somebody reads all certificates of this owner as a ring (``OWNER/*``)."""
    name = owner.user or _EVERY[owner.kind]
    return any(store.name == "*" and store.owner == name for store in ctx.deployment.database.stores.values())
