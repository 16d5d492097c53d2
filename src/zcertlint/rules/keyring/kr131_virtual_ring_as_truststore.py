"""KR131: the trust store is the virtual ring of all CAs."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.store import Store
from zcertlint.rules.keyring._rows import places, trusting

__all__ = ["virtual_ring_as_truststore"]


@rule("KR131", on=Store)
def virtual_ring_as_truststore(store: Store, ctx: Context) -> Verdict:
    """``*AUTH*/*``: whatever anybody adds under CERTAUTH is trusted from then on."""
    users = trusting(store, ctx)
    if store.owner != "*AUTH*" or store.name != "*" or not users:
        return Holds()
    return Fails(
        {"store": store.title, "endpoint": users[0].id},
        primary=store.span,
        related=places(users[:1], "trusts by it"),
        subjects=(store.id,),
    )
