"""KR124: a label in pem.certificateAuthorities is not a CA on that ring."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.settings import Setting
from zcertlint.model.store import Store, StoreState, Usage, ring_id
from zcertlint.text.patterns import lazy
from zcertlint.trust.needs import need_store
from zcertlint.trust.selection import SelectionReason, nearly, select
from zcertlint.trust.stores import listed_labels

__all__ = ["pem_authority_not_on_ring"]

_ENTRY = lazy(r"safkeyring[a-z]*:/{2,4}([^/&]+)/([^/&,]+)&([^,]+)")
_LIST = ("pem", "certificateAuthorities")


@rule("KR124", on=Setting)
def pem_authority_not_on_ring(setting: Setting, ctx: Context) -> Verdict:
    """An entry without a label is ZW109; v3 adds every CA of the ring, but reads the named one all the same."""
    if setting.path[-2:] != _LIST and setting.path[-3:-1] != _LIST:
        return Holds()
    readers = [e for e in ctx.deployment.endpoints.values() if e.id.partition("@")[0] == "zowe.app-server"]
    if not readers or setting.template or setting.container:
        return Holds()
    gaps: list[Store] = []
    for store, label in _entries(str(setting.value), ctx):
        if store.state is StoreState.NOT_SHOWN:
            gaps.append(store)
            continue
        named = [row for row in store.connections if row.label == label]
        if store.state is StoreState.MISSING or any(row.usage is not Usage.PERSONAL for row in named):
            continue
        if not named and select(store, label).reason is SelectionReason.OPEN:
            gaps.append(store)
            continue
        close = [row for row in store.connections if row.label is not None and nearly(label, row.label)]
        variant = "personal" if named else "near" if close else None
        row = next(iter(named or close), None)
        links = [
            link.id
            for link in ctx.deployment.links.values()
            if label in listed_labels(ctx.client(link).truststore) and ctx.judged(link).failing("KR124")
        ]
        major = ctx.deployment.zowe_major
        return Fails(
            {"store": store.title, "label": label, "there": row.label if row is not None else None},
            primary=setting.span,
            related=((row.span, "this entry is there") if row is not None else (store.span, "the ring"),),
            subjects=(store.id, label),
            confidence=None if major in {1, 2} else Confidence.LIKELY,
            links=tuple(links),
            variant=variant,
        )
    return Unknown({"subject": gaps[0].id}, tuple(need_store(store) for store in gaps)) if gaps else Holds()


def _entries(text: str, ctx: Context) -> Iterator[tuple[Store, str]]:
    """The rings that an entry, or a list in one text, names, with the label of each."""
    for part in text.split(","):
        found = _ENTRY.fullmatch(part.strip())
        store = ctx.deployment.store(ring_id(found[1], found[2])) if found is not None else None
        if found is not None and store is not None:
            yield store, found[3]
