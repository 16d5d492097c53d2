"""Who calls from outside: the partners and clients sections of zcertlint.yaml."""

from collections.abc import Iterator
from dataclasses import replace

from zcertlint.assembly.products._zowe_tree import JAVA
from zcertlint.assembly.site import Site
from zcertlint.model.certificate import Certificate
from zcertlint.model.clients import ClientUrl
from zcertlint.model.deployment import (
    Basis,
    Endpoint,
    Link,
    Located,
    Role,
    Stack,
    Verify,
)
from zcertlint.model.facts import Problem
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span

__all__ = ["addresses", "partners", "urls"]

_STACKS = {
    "browser": Stack.BROWSER,
    "java": Stack.JSSE,
    "node": Stack.NODE,
    "system-ssl": Stack.SYSTEM_SSL,
}
_GATEWAY = "zowe.gateway"
_HTTPS = 443


def partners(site: Site) -> None:
    """Enter each declared partner: an endpoint ``client:NAME`` and a link to every member that it may reach."""
    config = site.configuration.config
    if config is None:
        return
    for index in config.children("partners"):
        name = config.at("partners", index, "name")
        if name is not None and name.value is not None:
            _Partner(site, config, index, name).enter()


class _Partner:
    """One item of the partners section."""

    def __init__(self, site: Site, config: Settings, index: str, name: Setting) -> None:
        self.site, self.config, self.index, self.name = site, config, index, name
        self.id = f"client:{name.value}"

    def _given(self, key: str) -> Located | None:
        entry = self.config.at("partners", self.index, key)
        if entry is None or entry.container or entry.value in {None, ""}:
            return None
        return Located(entry.value if isinstance(entry.value, str) else entry.raw, entry.span)

    def enter(self) -> None:
        called = self._given("calls")
        wanted = called.value if called is not None else _GATEWAY
        targets = list(_reached(self.site, wanted))
        if not targets and called is not None:
            self.site.problems.append(
                Problem(
                    "IN001",
                    called.span or self.name.span,
                    f"the partner {self.name.value} calls {wanted}, which is no endpoint here",
                    f"There are {', '.join(self.site.endpoints) or 'none'}",
                    fatal=False,
                )
            )
        end = self._endpoint()
        self.site.endpoints[end.id] = end
        for target in targets:
            self._link(end, target)

    def _endpoint(self) -> Endpoint:
        kind, ca = self._given("kind"), self._given("ca")
        stack = _STACKS.get(kind.value.lower() if kind is not None else "")
        if stack is None:
            stack = Stack.BROWSER if ca is None else Stack.UNKNOWN
        end = Endpoint(
            id=self.id,
            product="client",
            role=Role.CLIENT,
            stack=stack,
            span=self.name.span,
            # Of what kind a client with a list of CAs is decides what it checks.
            assumed=stack is Stack.UNKNOWN,
        )
        end = self.site.served(end)
        return replace(
            end,
            assumed=stack is Stack.UNKNOWN,
            keystore=self._store(self.site.configuration.ties.get(self.id), several=True),
            truststore=self._store(self.site.configuration.ties.get(f"ca:{self.id}")) if ca else None,
        )

    def _store(self, path: str | None, *, several: bool = False) -> str | None:
        """The certificates of a file as a store; of one that it presents only where it holds its CAs too."""
        if path is None:
            return None
        held = [c for c in self.site.certificates.values() if _of_file(c, path)]
        if several and len(held) < 2:  # noqa: PLR2004 (then nobody knows what it sends beside its certificate)
            return None
        ident = f"store:{path}"
        if ident not in self.site.stores:
            rows = tuple(Connection(c.id, c.owner, c.label, Usage.CERTAUTH, None, c.span()) for c in held)
            state = StoreState.SHOWN if held else StoreState.NOT_SHOWN
            self.site.stores[ident] = Store(ident, StoreKind.PEM, None, path, state, rows, Span(path))
        return ident

    def _link(self, end: Endpoint, server: Endpoint) -> None:
        host, port = self._given("host"), self._given("port")
        if host is None and server.names:
            host = Located(server.names[0], None, assumed=True)
        java = server.id.removeprefix("zowe.").partition("@")[0] in JAVA
        asks = java or server.demands is not None
        link = Link(
            id=f"{end.id} -> {server.id}",
            client=end.id,
            server=server.id,
            host=host,
            port=int(port.value) if port is not None and port.value.isdecimal() else server.port,
            verify=Verify.NAME,
            basis=Basis.CONFIGURED,
            span=self.name.span,
            stack=end.stack,
            client_certificate=asks and end.certificate is not None,
        )
        self.site.links[link.id] = link


def _of_file(certificate: Certificate, path: str) -> bool:
    return any(ident == f"file:{path}" or ident.startswith(f"file:{path}#") for ident in certificate.files)


def _reached(site: Site, wanted: str) -> Iterator[Endpoint]:
    """The endpoints of this name: every HA member's; the gateway is part of API ML's single service."""
    names = {wanted, "zowe.apiml"} if wanted == _GATEWAY else {wanted}
    for end in tuple(site.endpoints.values()):
        if end.product != "client" and (end.id in names or end.id.partition("@")[0] in names):
            yield end


def urls(site: Site) -> tuple[ClientUrl, ...]:
    """The URLs that people type, each with the endpoint that its port belongs to, else the gateway."""
    config = site.configuration.config
    if config is None:
        return ()
    zowe = site.configuration.zowe
    external = zowe.number("zowe.externalPort") if zowe is not None else None
    found = []
    for index in config.children("clients", "urls"):
        entry = config.at("clients", "urls", index)
        if entry is None or not isinstance(entry.value, str):
            continue
        host, port = _split(entry.value)
        servers = [end for end in site.endpoints.values() if end.product in {"zowe", "zosmf"}]
        by_port = [end.id for end in servers if end.port == port and port != external]
        gateway = [end.id for end in _reached(site, _GATEWAY)]
        server = next(iter((*by_port, *gateway)), None)
        found.append(ClientUrl(entry.value, host, entry.span, server))
    return tuple(found)


def _split(url: str) -> tuple[str, int]:
    """Host and port of a URL, with or without its scheme."""
    place = url.partition("://")[2] or url
    place = place.partition("/")[0].partition("?")[0].rpartition("@")[2]
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = place.partition(":")
    return host, int(port) if port.isdecimal() else _HTTPS


def addresses(site: Site) -> tuple[Located, ...]:
    """The addresses by which clients call."""
    config = site.configuration.config
    if config is None:
        return ()
    entries = (config.at("clients", "addresses", n) for n in config.children("clients", "addresses"))
    return tuple(Located(str(e.value), e.span) for e in entries if e is not None and e.value is not None)
