"""What the rules about stores have in common: the gap of a store that no input shows, and whose links it breaks."""

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Holds, Unknown
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import Store, StoreState, ring_id
from zcertlint.trust.chain import ChainReason
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import LinkJudgement
from zcertlint.trust.needs import Need, config_command, need_store

__all__ = ["alias_template", "links_of", "store_gap", "users_of", "whole"]

# One answer for each run: a database unload shows rings by the thousand, and few are in use.
_USERS: WeakKeyDictionary[Judge, Mapping[str, tuple[Endpoint, ...]]] = WeakKeyDictionary()
_NO_STORE = {ChainReason.STORE_EMPTY, ChainReason.STORE_MISSING}


def whole(store: Store) -> bool:
    """Whether this is the store itself: app-server may take some labels of a ring only, as a store of its own."""
    return store.owner is None or store.id == ring_id(store.owner, store.name)


def _part_of(ident: str | None, store: Store) -> bool:
    return ident is not None and (ident == store.id or ident.startswith(f"{store.id}&"))


def users_of(store: Store, ctx: Context) -> tuple[Endpoint, ...]:
    """The endpoints that serve from this store, or trust by it or by a part of it."""
    known = _USERS.get(ctx.judge)
    if known is None:
        known = _USERS[ctx.judge] = _all_users(ctx)
    return known.get(store.id, ())


def _all_users(ctx: Context) -> Mapping[str, tuple[Endpoint, ...]]:
    found: dict[str, dict[str, Endpoint]] = {}
    for endpoint in ctx.deployment.endpoints.values():
        for ident in filter(None, (endpoint.keystore, endpoint.truststore)):
            for part in (ident, ident.partition("&")[0]):
                found.setdefault(part, {})[endpoint.id] = endpoint
    return {ident: tuple(ends.values()) for ident, ends in found.items()}


def store_gap(endpoint: Endpoint, store: Store, ctx: Context) -> Unknown | Holds:
    """Unknown while no input shows the store; a certificate file that the user tied to the endpoint is enough."""
    if store.state is not StoreState.NOT_SHOWN or endpoint.vouched:
        return Holds()
    if ctx.judge.choice_code(endpoint) is not None:
        return Holds()  # what is wrong with it is known without its contents (KR126)
    waiting = tuple(link.id for link in ctx.deployment.links.values() if link.server == endpoint.id)
    return Unknown({"subject": store.id}, (need_store(store),), waiting)


def alias_template(endpoint: Endpoint, judged: Sequence[LinkJudgement]) -> Unknown | None:
    """Unknown where a label is configured, but as a template that only Zowe evaluates."""
    settings = {
        name for j in judged for name in j.link.unresolved if name.endswith("certificate.keystore.alias")
    }
    if endpoint.alias is not None or not settings:
        return None
    text = f"The label that {endpoint.id} uses stands in a template that only Zowe evaluates."
    command = config_command(min(settings))
    waiting = tuple(j.link.id for j in judged)
    return Unknown({"subject": endpoint.id}, (Need(endpoint.id, text, command),), waiting)


def links_of(store: Store, code: str, ctx: Context) -> tuple[str, ...]:
    """The links that this rule breaks because of this store: served from it, or trusting by it."""
    broken = []
    for link in ctx.deployment.links.values():
        judged, server = ctx.judged(link), ctx.server(link)
        asked = judged.client_chain  # the server asks for a certificate, and this is where it would look
        used = _part_of(server.keystore, store) or _part_of(ctx.client(link).truststore, store)
        serves = used and judged.failing(code)
        if serves or (_part_of(server.truststore, store) and asked is not None and asked.reason in _NO_STORE):
            broken.append(link.id)
    return tuple(broken)
