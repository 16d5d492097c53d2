"""KR122: the alias of a PKCS12 keystore has upper-case letters."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import StoreKind
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["keystore_alias_case"]


@rule("KR122", on=Endpoint)
def keystore_alias_case(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Where the store is shown to spell it otherwise, that is KR106; where it does not hold it, KR105."""
    store = ctx.deployment.store(endpoint.keystore)
    if store is None or store.kind is not StoreKind.PKCS12 or endpoint.alias is None:
        return Holds()
    label, place = endpoint.alias.value, endpoint.alias.span
    if place is None or label == label.lower() or ctx.judge.choice_code(endpoint) is not None:
        return Holds()
    chosen = select(store, label)
    rows = (chosen.connection,) if chosen.reason is SelectionReason.CHOSEN and chosen.connection else ()
    return Fails(
        {"store": store.title, "label": label, "lower": label.lower()},
        primary=place,
        related=tuple((row.span, "so it is in the keystore") for row in rows),
        subjects=(store.id, label),
    )
