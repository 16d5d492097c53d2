"""z/OSMF: where its key ring and certificate are, and whether it calls Zowe."""

from dataclasses import replace

from zcertlint.assembly.site import Site
from zcertlint.model.deployment import (
    Basis,
    Endpoint,
    Link,
    Located,
    Role,
    Stack,
    TokenIssuer,
    TokenKey,
    Verify,
)
from zcertlint.model.facts import AnswerKind
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Store, StoreKind, StoreState, ring_id
from zcertlint.text.source import Span
from zcertlint.trust.names import address_of
from zcertlint.trust.wanted import zosmf_user

__all__ = ["zosmf", "zosmf_calls", "zosmf_token_key"]

_USER = "IZUSVR"
_PREFIX = "IZUDFLT"


def zosmf(site: Site) -> None:
    """Enter z/OSMF's endpoint: where the configuration calls it, or where its settings are given."""
    zowe, own = site.configuration.zowe, site.configuration.zosmf
    section = zowe.get("zOSMF") if zowe is not None else None
    if section is None and own is None:
        return
    span = section.key_span if section is not None else Span(own.path if own is not None else "")
    keystore, assumed = _ring(site, span)
    host = zowe.text("zOSMF.host") if zowe is not None else None
    port = zowe.number("zOSMF.port") if zowe is not None else None
    if port is None and own is not None:
        port = own.number("port")
    endpoint = Endpoint(
        id="zosmf",
        product="zosmf",
        role=Role.SERVER,
        stack=Stack.JSSE,
        keystore=keystore,
        truststore=keystore,
        names=(host,) if host else (),
        port=port,
        span=span,
        assumed=assumed,
        demands=_demands(own),
    )
    site.endpoints["zosmf"] = site.served(endpoint)


def _demands(own: Settings | None) -> Span | None:
    """Where z/OSMF is told to let nobody in without a client certificate (Liberty, clientAuthentication)."""
    entry = own.get("client_authentication") if own is not None else None
    return entry.span if entry is not None and entry.value == "true" else None


def _ring(site: Site, asked_at: Span) -> tuple[str, bool]:
    """z/OSMF's key ring, and whether it rests on a default.

    Its user is the one that RACF or zowe.yaml tells. With the usual user, who is only a guess, a ring of the name in
    the settings counts that another user has, where it is the only one.
    """
    own = site.configuration.zosmf
    named = own is not None and own.text("keyring") is not None
    runner = zosmf_user(site.database.security, site.configuration.zowe)
    if runner is not None and runner.span is not None:
        return _of_owner(site, runner.user, asked_at, sure=runner.sure)
    ident, assumed = _of_owner(site, _USER, asked_at, sure=False)
    store = site.stores[ident]
    if store.state is StoreState.SHOWN or (
        named and own is not None and own.text("keyring_owner") is not None
    ):
        return ident, assumed
    others = tuple(other.id for other in site.stores.values() if _namesake(other, store))
    if named and len(others) == 1 and not _partly_shown(site, store):
        if ident not in site.database.stores:
            del site.stores[ident]
        return others[0], True
    # Whose it is comes before whether that user has it.
    state = StoreState.NOT_SHOWN if others else store.state
    site.stores[ident] = replace(store, state=state, namesakes=others)
    return ident, True


def _partly_shown(site: Site, store: Store) -> bool:
    """Whether a listing of the usual user's rings is cut, or contradicted: the ring may be there all the same."""
    about = (a for a in site.database.answers if a.owner is not None and a.owner.user == store.owner)
    cut = any(a.kind is AnswerKind.TRUNCATED and a.name in {None, store.name} for a in about)
    listed = site.database.stores.get(store.id)
    return cut or (listed is not None and listed.state is StoreState.NOT_SHOWN)


def _namesake(other: Store, store: Store) -> bool:
    """Whether a ring that is shown bears exactly this name under another user."""
    shown = other.kind is StoreKind.KEY_RING and other.state is StoreState.SHOWN and not other.undecided
    return shown and other.name == store.name and other.owner != store.owner


def _of_owner(site: Site, owner: str, asked_at: Span, *, sure: bool) -> tuple[str, bool]:
    """The key ring of z/OSMF's user, and whether it rests on a default.

    The one that its settings name, else IZUKeyring.<applId>, else the only ring of the user. The prefix is the name
    of a profile in class APPL, and RACF knows these in upper case only: it ends the ring's name so, unless a listing
    shows another.
    """
    own, zowe = site.configuration.zosmf, site.configuration.zowe
    named = own.text("keyring") if own is not None else None
    if named is not None and own is not None:
        entry = own.get("keyring")
        told = own.text("keyring_owner")
        ident = site.ring((told or owner).upper(), named, entry.span if entry is not None else asked_at)
        # Without an owner in the settings it is the server's user, which is only the usual one.
        return ident, told is None and not sure and site.stores[ident].state is not StoreState.SHOWN
    prefix = (own.text("saf_prefix") if own is not None else None) or (
        zowe.text("zOSMF.applId") if zowe is not None else None
    )
    prefix = prefix or _PREFIX
    usual = ring_id(owner, f"IZUKeyring.{prefix.upper()}")
    for ident in (ring_id(owner, f"IZUKeyring.{prefix}"), usual):
        if ident in site.stores and site.stores[ident].state is StoreState.SHOWN:
            return ident, True
    only = [
        ident
        for ident, store in site.stores.items()
        if store.owner == owner and store.state is StoreState.SHOWN
    ]
    if len(only) == 1 and owner in site.database.complete_ring_owners:
        return only[0], True
    return site.ring(owner, usual.partition("/")[2], asked_at), True


def zosmf_token_key(site: Site) -> None:
    """Enter the key with which z/OSMF signs tokens; after Zowe, which decides who issues them."""
    endpoint = site.endpoints.get("zosmf")
    if endpoint is None:
        return
    zowe_key = next((key for key in site.token_keys if key.id == "zowe"), None)
    issuer = zowe_key.issuer if zowe_key is not None else TokenIssuer.UNKNOWN
    own = site.configuration.zosmf
    entry = own.get("jwt_builder.key_alias") if own is not None else None
    label = None
    if entry is not None and not entry.template and entry.value:
        label = Located(str(entry.value), entry.span)
    certificate = endpoint.certificate
    if label is not None:
        store = site.stores.get(endpoint.keystore or "")
        rows = [c for c in store.connections if c.label == label.value] if store is not None else []
        certificate = rows[0].certificate if rows else None
    decided = zowe_key.decided_by if zowe_key is not None else None
    site.token_keys.append(TokenKey("zosmf", certificate, endpoint.keystore, label, issuer, decided))


def zosmf_calls(site: Site) -> None:
    """Enter the link from z/OSMF to the gateway where its settings show the call, or demand client certificates."""
    own = site.configuration.zosmf
    if own is None or "zosmf" not in site.endpoints:
        return
    gateways = [
        e for e in site.endpoints.values() if e.id.partition("@")[0] in {"zowe.gateway", "zowe.apiml"}
    ]
    if not gateways:
        return
    for index in own.children("calls"):
        entry = own.at("calls", index)
        if entry is None or entry.template:
            continue
        for gateway in gateways:
            host = _host_of(str(entry.value), gateway, _external_port(site))
            if host is not None:
                _enter(site, gateway, entry, Located(host, entry.span))
                return
    asks = own.get("client_authentication")
    if asks is not None and asks.value == "true":
        # It verifies the certificate of whoever calls it: Zowe's, of which it then has to hold the CA.
        for gateway in gateways:
            _enter(site, gateway, asks, None)


def _external_port(site: Site) -> int | None:
    zowe = site.configuration.zowe
    return zowe.number("zowe.externalPort") if zowe is not None else None


def _host_of(url: str, gateway: Endpoint, external: int | None) -> str | None:
    """The host of a URL when it reaches this gateway, by name and port."""
    scheme, sep, rest = url.partition("://")
    if not sep or scheme.lower() != "https":
        return None
    place = rest.partition("/")[0].partition("?")[0]
    host, colon, port = place.rpartition(":")
    if not colon:
        host, port = place, "443"
    known = {name.lower() for name in gateway.names}
    same_host = host.lower() in known or (address_of(host) is not None and host in known)
    ports = {str(number) for number in (gateway.port, external) if number is not None}
    return host if same_host and port in ports else None


def _enter(site: Site, gateway: Endpoint, entry: Setting, host: Located | None) -> None:
    site.zosmf_calls_zowe = entry.span
    link = Link(
        id=f"zosmf -> {gateway.id}",
        client="zosmf",
        server=gateway.id,
        host=host,
        port=gateway.port,
        verify=Verify.CHAIN,
        basis=Basis.CONFIGURED,
        span=entry.span,
        stack=Stack.JSSE,
    )
    site.links[link.id] = link
