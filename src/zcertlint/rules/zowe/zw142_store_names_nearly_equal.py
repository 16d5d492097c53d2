"""ZW142: two key rings of one configuration differ by a letter, or by case."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import StoreState, ring_id
from zcertlint.rules.zowe._sections import STORES, Section, sections, text_of
from zcertlint.text.source import Span
from zcertlint.trust.selection import near_rings, slip_of_pen
from zcertlint.trust.zowe_settings import ring_uri

__all__ = ["store_names_nearly_equal"]

_Named = tuple[str, str, str, Span]  # owner, ring, key path, place


@rule("ZW142", on=Deployment)
def store_names_nearly_equal(deployment: Deployment, _ctx: Context) -> Verdict:
    """Not where both are shown to exist, nor where a listing shows which one is meant (KR109, KR110)."""
    if deployment.zowe is None:
        return Holds()
    named = [ring for section in sections(deployment.zowe) for ring in _rings(section)]
    for number, one in enumerate(named):
        for other in named[number + 1 :]:
            if _nearly(one, other) and not _told(one, other, deployment):
                return Fails(
                    {"one": f"{one[0]}/{one[1]}", "other": f"{other[0]}/{other[1]}"},
                    primary=other[3],
                    related=((one[3], "so it is written here"),),
                    subjects=(one[2], other[2]),
                )
    return Holds()


def _rings(section: Section) -> Iterator[_Named]:
    places = []
    for which in STORES:
        entry = section.own(which, "file")
        text = text_of(entry)
        if entry is not None and text:
            places.append((text, f"{section.name}.{which}.file", entry.span))
    name = f"{section.name}.pem.certificateAuthorities"
    places += [(listed.value, name, listed.span) for listed in section.authorities() if listed.span]
    for text, setting, span in places:
        uri = ring_uri(text)
        if uri is not None and uri.owner and uri.ring:
            yield uri.owner.upper(), uri.ring, setting, span


def _told(one: _Named, other: _Named, deployment: Deployment) -> bool:
    stores = [deployment.store(ring_id(ring[0], ring[1])) for ring in (one, other)]
    known = [store for store in stores if store is not None]
    both = len(known) == 2 and all(store.shown for store in known)  # noqa: PLR2004 (both of them)
    return both or any(
        store.state is StoreState.MISSING
        or (store.state is not StoreState.SHOWN and near_rings(store, deployment))
        for store in known
    )


def _nearly(one: _Named, other: _Named) -> bool:
    if one[0] == other[0]:
        return slip_of_pen(one[1], other[1])
    return one[1] == other[1] and slip_of_pen(one[0], other[0])
