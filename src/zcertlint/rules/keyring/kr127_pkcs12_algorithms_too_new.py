"""KR127: a PKCS12 file is encrypted in a way that System SSL does not read on every release."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.deployment import Stack
from zcertlint.model.store import Store
from zcertlint.rules.keyring._rows import places
from zcertlint.rules.keyring._stores import users_of

__all__ = ["pkcs12_algorithms_too_new"]

_JAVA_8 = 2  # Zowe v1 and v2 run on Java 8 too


@rule("KR127", on=Store)
def pkcs12_algorithms_too_new(store: Store, ctx: Context) -> Verdict:
    """Likely: no input shows the release of z/OS or of Java."""
    users = users_of(store, ctx)
    old = (ctx.deployment.zowe_major or 0) in range(1, _JAVA_8 + 1)
    readers = tuple(e for e in users if e.stack is Stack.SYSTEM_SSL or (old and e.stack is not Stack.NODE))
    if not store.new_ciphers or not readers:
        return Holds()
    return Fails(
        {"store": store.title, "endpoint": readers[0].id},
        primary=store.span,
        related=places(readers[:1], "reads it"),
        subjects=(store.id,),
        confidence=Confidence.LIKELY,
    )
