"""KR138: a private key is kept in a file, where a key ring could keep it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import StoreKind
from zcertlint.rules.keyring._rows import places

__all__ = ["file_keystore_with_private_key"]


@rule("KR138", on=Endpoint, hardening=True)
def file_keystore_with_private_key(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Who may read the file is shown by no input that is read today."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None or store.kind is StoreKind.KEY_RING:
        return Holds()
    return Fails(
        {"store": store.title, "endpoint": endpoint.id},
        primary=store.span,
        related=places((endpoint,), "serves from it"),
        subjects=(store.id,),
    )
