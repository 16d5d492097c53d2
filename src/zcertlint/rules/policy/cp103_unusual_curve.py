"""CP103: a server's key is on a curve that one of its clients does not take."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, KeyKind
from zcertlint.model.deployment import Stack
from zcertlint.rules.policy._keys import alias_places

__all__ = ["unusual_curve"]

_WEAK = 224  # below this it is CP101
_COMMON = frozenset((256, 384, 521))
# The NIST curves that each client takes as it is shipped; Brainpool curves none of them does.
_TAKEN = {
    Stack.JSSE: _COMMON,
    Stack.CLIENT4: _COMMON,
    Stack.CLIENT5: _COMMON,
    Stack.NODE: _COMMON,
    Stack.SYSTEM_SSL: frozenset((192, 224, 256, 384, 521)),
    Stack.BROWSER: frozenset((256, 384)),
}


@rule("CP103", on=Certificate)
def unusual_curve(certificate: Certificate, ctx: Context) -> Verdict:
    """A warning: a client can be set up to take more; no link is judged by it."""
    users, key = ctx.users(certificate.id), certificate.key
    if not users or key is None or key.kind not in {KeyKind.EC, KeyKind.BRAINPOOL} or key.bits is None:
        return Holds()  # a key that no input shows is CP101's question
    if key.bits < _WEAK:
        return Holds()
    clients = dict.fromkeys(
        j.link.client
        for j in ctx.serving(certificate.id)
        if (taken := _TAKEN.get(j.link.stack)) is not None
        and (key.kind is KeyKind.BRAINPOOL or key.bits not in taken)
    )
    facts = {"certificate": certificate.id, "key": str(key), "clients": ", ".join(clients)}
    if not clients:
        return Holds(facts)
    return Fails(
        facts,
        primary=certificate.span("key"),
        related=alias_places(users),
        subjects=(certificate.id,),
    )
