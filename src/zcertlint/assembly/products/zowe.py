"""Zowe: which endpoints and links a zowe.yaml implies.

Sources: the schema and defaults.yaml of Zowe v2 and v3, the start scripts of API ML, the templates of ZSS and
app-server, and what was read of who verifies what.
"""

from dataclasses import replace

from zcertlint.assembly.products._zowe_faults import ZoweFaults
from zcertlint.assembly.products._zowe_tree import JAVA, Member, ZoweTree, major_version
from zcertlint.assembly.site import Site, ring_of_uri
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
from zcertlint.model.settings import Settings
from zcertlint.model.store import StoreState, may_be
from zcertlint.text.source import Span
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["zowe"]

_CLIENT_ALIAS_SINCE = 5  # Zowe 3.5


def zowe(site: Site) -> None:
    """Enter Zowe's endpoints, links and token key."""
    settings = site.configuration.zowe
    if settings is None:
        return
    site.zowe_major = major_version(settings, site.configuration.zowe_version)
    _Zowe(site, settings).enter()


class _Zowe(ZoweTree):
    """The walk over one zowe.yaml."""

    def __init__(self, site: Site, settings: Settings) -> None:
        super().__init__(settings, site.zowe_major or 3)
        self.site = site
        self.faults = ZoweFaults(self, site.zowe_major)
        self.unresolved: tuple[str, ...] = ()
        site.verify = self._verify()
        self.verify = Verify(site.verify.value)

    def enter(self) -> None:
        for member in self.members:
            for name in self.components(member):
                self._endpoint(name, member)
        for client in self.members:
            for server in self.members:
                self._internal_links(client, server)
        for member in self.members:
            self._outer_links(member)
        self._token_key()

    def _verify(self) -> Located:
        entry = self.settings.get("zowe.verifyCertificates")
        if entry is not None and entry.template:
            self.unresolved = ("zowe.verifyCertificates",)
        located = self.site.verify_given = self.located(entry)
        if located is None and self.major == 1 and entry is None:
            return self._old_word()
        if located is None:
            return Located(Verify.STRICT.value, None, assumed=True)
        word = located.value.upper()
        # An illegal value is judged as STRICT (it is a finding of its own).
        legal = word in {Verify.STRICT.value, Verify.NONSTRICT.value, Verify.DISABLED.value}
        return replace(located, value=word if legal else Verify.STRICT.value)

    def _old_word(self) -> Located:
        """The two switches of v1 in one word."""
        entry = self.old_verify()
        if entry is None or entry.template:
            return Located(Verify.STRICT.value, None, assumed=True)
        on = str(entry.value).lower() == "true"
        strict = entry.path[-1].startswith("verify")
        word = (Verify.STRICT if strict else Verify.NONSTRICT) if on else Verify.DISABLED
        return Located(word.value, entry.span)

    def _store(self, name: str, member: Member, which: str) -> str | None:
        entry = self.certificate_entry(name, member, which, "file")
        located = self.located(entry)
        if located is None or located.span is None or not self.faults.reads_store(name, member, which):
            return None
        ring = ring_of_uri(located.value)
        if ring is not None:
            return None if ring.label is not None else self.site.ring(ring.owner, ring.name, located.span)
        if located.value.startswith("safkeyring"):
            return None
        return self.site.file_store(located.value, located.span)

    def _stores(self, name: str, member: Member) -> tuple[str | None, str | None]:
        keystore = self._store(name, member, "keystore")
        if name == "zss":
            # ZSS has one store: its own setting, else that of the certificate.
            own = self.located(self.own_zss(member, "keyring"))
            ring = ring_of_uri(f"safkeyring://{own.value}") if own is not None else None
            if own is not None and own.span is not None and ring is not None:
                keystore = self.site.ring(ring.owner, ring.name, own.span)
            return keystore, keystore
        if name != "app-server":
            return keystore, self._store(name, member, "truststore")
        return self._app_server_stores(member, keystore)

    def _app_server_stores(self, member: Member, keystore: str | None) -> tuple[str | None, str | None]:
        """app-server reads PEM files, or rings: v3 every CA of the truststore ring, v1 and v2 those listed."""
        ring = keystore is not None and keystore.startswith("ring:")
        listed = self.authorities(member)
        if ring:
            if self.major >= 3 or not listed:  # noqa: PLR2004 (version 3)
                trust = self._store("app-server", member, "truststore") if self.major >= 3 else None  # noqa: PLR2004
                return keystore, trust
            return keystore, self._listed_authorities(listed)
        if listed and all(ring_of_uri(item.value) is None for item in listed) and listed[0].span is not None:
            paths = tuple(item.value for item in listed)
            certificate = self.located(self.certificate_entry("app-server", member, "pem", "certificate"))
            own = keystore
            if certificate is not None and certificate.span is not None:
                own = keystore or self.site.pem_store((certificate.value,), certificate.span)
            return own, self.site.pem_store(paths, listed[0].span)
        return keystore, None

    def _listed_authorities(self, listed: list[Located]) -> str | None:
        """A ring cut down to the labels that the configuration lists."""
        rings = [ring_of_uri(item.value) for item in listed]
        first = rings[0]
        if first is None or listed[0].span is None:
            return None
        if any(r is None or r.label is None or (r.owner, r.name) != (first.owner, first.name) for r in rings):
            return None
        ident = self.site.ring(first.owner, first.name, listed[0].span)
        labels = [r.label for r in rings if r is not None and r.label is not None]
        cut = ident + "".join(f"&{label}" for label in labels)
        whole = self.site.stores[ident]
        rows = tuple(c for c in whole.connections if c.label in labels)
        state, reason, seen = whole.state, whole.reason, {c.label for c in rows}
        for label in (label for label in labels if label not in seen):
            if any(may_be(label, c.label or "", whole.undecided) for c in whole.connections):
                state, reason = (
                    StoreState.NOT_SHOWN,
                    f"the code page of {whole.span.path} leaves {label} open",
                )
        self.site.stores[cut] = replace(whole, id=cut, connections=rows, state=state, reason=reason)
        return cut

    def _endpoint(self, name: str, member: Member) -> None:
        entry = self.setting(member, "components", name)
        keystore, truststore = self._stores(name, member)
        entry_of_alias = self.certificate_entry(name, member, "keystore", "alias")
        if name == "zss":
            own = self.own_zss(member, "label")
            entry_of_alias = own if own is not None else entry_of_alias
        alias = self.located(entry_of_alias)
        names: tuple[str, ...] = (member.host.value,) if member.host else ()
        if name in {"gateway", "apiml"}:
            names = tuple(dict.fromkeys((*names, *(domain.value for domain in self.domains))))
        endpoint = Endpoint(
            id=self.ident(name, member),
            product="zowe",
            role=Role.BOTH if name not in {"discovery", "api-catalog", "caching-service"} else Role.SERVER,
            stack=Stack.JSSE if name in JAVA else Stack.NODE if name == "app-server" else Stack.SYSTEM_SSL,
            keystore=keystore,
            truststore=truststore,
            alias=alias,
            names=names,
            port=self.port(name, member),
            span=entry.key_span if entry is not None else member.span,
            attls=self.attls(name, member, "server"),
            attls_out=self.attls(name, member, "client"),
            system=member.system,
            alias_open=entry_of_alias is not None and entry_of_alias.template,
            faults=self.faults.of(name, member),
        )
        served = replace(self.site.served(endpoint), sends=self._sends(name, member, keystore))
        more = self.faults.of_key(name, member, self.site.certificates.get(served.certificate or ""))
        self.site.endpoints[endpoint.id] = replace(served, faults=(*served.faults, *more)) if more else served

    def _sends(self, name: str, member: Member, keystore: str | None) -> str | None:
        """The certificate of clientCertificateAlias (Zowe 3.5); one that cannot be presented is CE124's matter."""
        entry = self.certificate_entry(name, member, "keystore", "clientCertificateAlias")
        alias, store = self.located(entry), self.site.stores.get(keystore or "")
        parts = (self.site.configuration.zowe_version or "").lstrip("vV").split(".")
        known = len(parts) > 1 and parts[1].isdecimal()
        old = self.site.zowe_major not in {None, 3} or (known and int(parts[1]) < _CLIENT_ALIAS_SINCE)
        if alias is None or store is None or name not in JAVA or old:
            return None
        chosen = select(store, alias.value)
        row = chosen.connection if chosen.reason is SelectionReason.CHOSEN else None
        return row.certificate if row is not None else None

    def _link(
        self,
        client: str,
        server: str,
        host: Located | None,
        *,
        verify: Verify,
        stack: Stack,
        port: int | None,
        basis: Basis = Basis.CONFIGURED,
        client_certificate: bool = False,
        unresolved: tuple[str, ...] = (),
        span: Span | None = None,
    ) -> None:
        server_end = self.site.endpoints[server]
        link = Link(
            id=f"{client} -> {server}",
            client=client,
            server=server,
            host=host,
            port=port,
            verify=verify,
            basis=basis,
            span=span or server_end.span or self.whole,
            stack=stack,
            unresolved=(
                *(self.unresolved if verify not in {Verify.NAME, Verify.CHAIN} else ()),
                *unresolved,
                *self._templates(server_end, "server"),
                *self._templates(self.site.endpoints[client], "client"),
            ),
            client_certificate=client_certificate,
        )
        self.site.links[link.id] = link

    def _templates(self, endpoint: Endpoint, side: str) -> tuple[str, ...]:
        """Templates among the settings of an endpoint's certificate, and of its AT-TLS on one side."""
        if endpoint.product != "zowe":
            return ()
        name = endpoint.id.removeprefix("zowe.").partition("@")[0]
        choices: list[tuple[tuple[str, ...], ...]] = [
            (("components", name, "certificate", *path), ("zowe", "certificate", *path))
            for path in (("keystore", "file"), ("keystore", "alias"), ("truststore", "file"))
        ]
        own = [self.own_zss(self.members[0], key) for key in ("keyring", "label")] if name == "zss" else []
        attls = ("zowe", "network", side, "tls", "attls")
        choices.append((("components", name, *attls), attls))
        entries = [next(filter(None, (self.settings.at(*path) for path in paths)), None) for paths in choices]
        entries += own
        return tuple(".".join(entry.path) for entry in entries if entry is not None and entry.template)

    def _http_client(self, name: str) -> Stack:
        """The HTTP client of a Java service; the gateway's routing uses Netty, which is plain JSSE."""
        if self.major < 3:  # noqa: PLR2004 (version 3)
            return Stack.CLIENT4
        return Stack.JSSE if name == "gateway" else Stack.CLIENT5

    def _internal_links(self, client: Member, server: Member) -> None:
        core = "apiml" if self.enabled("apiml", client) else "gateway"
        own = self.ident(core, client)
        if own in self.site.endpoints:
            for name in ("zaas", "discovery", "api-catalog", "caching-service", "app-server", "zss"):
                target = self.ident(name, server)
                if target in self.site.endpoints:
                    self._link(
                        own,
                        target,
                        server.host,
                        verify=self.verify,
                        stack=self._http_client(core),
                        port=self.site.endpoints[target].port,
                        client_certificate=name in JAVA,
                        unresolved=self._open_name(server, self.verify),
                    )
        gateway = self.ident("apiml" if self.enabled("apiml", server) else "gateway", server)
        if gateway not in self.site.endpoints:
            return
        port = self.site.endpoints[gateway].port
        for name, verify, stack in (
            ("app-server", self.verify, Stack.NODE),
            ("zss", Verify.CHAIN, Stack.SYSTEM_SSL),
        ):
            if self.ident(name, client) in self.site.endpoints:
                self._link(
                    self.ident(name, client),
                    gateway,
                    server.host,
                    verify=verify,
                    stack=stack,
                    port=port,
                    unresolved=self._open_name(server, verify),
                )

    def _outer_links(self, member: Member) -> None:
        core = self.ident("apiml" if self.enabled("apiml", member) else "gateway", member)
        if core not in self.site.endpoints:
            return
        self.site.endpoints.setdefault("browser", Endpoint("browser", "browser", Role.CLIENT, Stack.BROWSER))
        port = self.setting(member, "zowe", "externalPort")
        number = int(str(port.value)) if port is not None and str(port.value).isdigit() else None
        open_name = self.open_host(None)
        host = None if open_name else self.host or member.host
        self._link(
            "browser",
            core,
            host,
            verify=Verify.NAME,
            stack=Stack.BROWSER,
            port=number or self.site.endpoints[core].port,
            basis=Basis.ASSUMED,
            unresolved=open_name or self._open_name(member, Verify.NAME if host is None else Verify.CHAIN),
        )
        self._zosmf_link(member)

    def _open_name(self, member: Member, verify: Verify) -> tuple[str, ...]:
        """The template that names the host of a link on which the name counts."""
        counts = verify in {Verify.STRICT, Verify.NAME} and member.host is None
        return self.open_host(member) if counts else ()

    def _zosmf_link(self, member: Member) -> None:
        """The call to z/OSMF: by ZAAS in v3, by the gateway before; none without a zOSMF section."""
        host = self.setting(member, "zOSMF", "host")
        section = self.settings.get("zOSMF")
        if section is None or "zosmf" not in self.site.endpoints:
            return
        name = "apiml" if self.enabled("apiml", member) else "zaas" if self.major >= 3 else "gateway"  # noqa: PLR2004
        caller = self.ident(name, member)
        if caller not in self.site.endpoints:
            return
        unresolved = ("zOSMF.host",) if host is not None and host.template else ()
        self._link(
            caller,
            "zosmf",
            self.located(host),
            verify=self.verify,
            stack=self._http_client(name) if name != "apiml" else Stack.CLIENT5,
            port=self.site.endpoints["zosmf"].port,
            unresolved=unresolved,
            span=section.key_span,
        )

    def _token_key(self) -> None:
        """Who signs the tokens that users get at logon, and with which certificate."""
        signer = next(
            (
                self.site.endpoints[ident]
                for name in ("apiml", "zaas", "gateway")
                for member in self.members
                if (ident := self.ident(name, member)) in self.site.endpoints
            ),
            None,
        )
        if signer is None:
            return
        provider = self.auth("provider")
        auto = self.auth("zosmf", "jwtAutoconfiguration")
        issuer, decided = TokenIssuer.UNKNOWN, auto or provider
        word = provider.value.lower() if provider else "zosmf"
        if word == "saf":
            issuer, decided = TokenIssuer.ZOWE, provider
        elif word == "zosmf":
            mode = auto.value.lower() if auto else "jwt" if self.site.zowe_major != 2 else "auto"  # noqa: PLR2004
            issuer = {"ltpa": TokenIssuer.ZOWE, "jwt": TokenIssuer.ZOSMF}.get(mode, TokenIssuer.UNKNOWN)
            decided = auto or Located(mode, None, assumed=True)
        self.site.token_keys.append(
            TokenKey("zowe", signer.certificate, signer.keystore, signer.alias, issuer, decided)
        )
