"""A zowe.yaml as Zowe looks things up in it: members before the whole, components before zowe.certificate."""

from zcertlint.assembly.products.components import COMPONENTS
from zcertlint.model.deployment import Located
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["JAVA", "Member", "ZoweTree", "major_version"]

JAVA = {"gateway", "zaas", "discovery", "api-catalog", "caching-service", "apiml"}
_ON, _OFF = ("true", "yes", "on"), ("false", "no", "off")
_V2_ONLY = ("metrics-service", "cloud-gateway", "jobs-api", "files-api")
_IN_APIML = ("gateway", "zaas", "discovery", "api-catalog", "caching-service")


def major_version(settings: Settings, given: str | None) -> int | None:
    """The major version of the Zowe that a file is for, from the command line or from what only one has.

    None when nothing tells.
    """
    if given is not None:
        head = given.partition(".")[0].lstrip("vV")
        return int(head) if head.isdigit() else None
    if settings.has("zowe.externalCertificate") or settings.has("zowe.internalCertificate"):
        return 1
    if settings.has("components.zaas") or settings.has("components.apiml"):
        return 3
    if any(settings.at("components", name) is not None for name in _V2_ONLY):
        return 2
    if settings.has("components.gateway.server.internal") or settings.has("zowe.useConfigmgr"):
        return 2
    auth = "components.gateway.apiml.security.auth.zosmf."
    if (settings.text(auth + "jwtAutoconfiguration") or "").lower() == "auto":
        return 2
    return {"zosmf": 2, "ibmzosmf": 3}.get(settings.text(auth + "serviceId") or "")


@dataclass(frozen=True, slots=True)
class Member:
    """One HA member: its suffix in ids ("" when there is one), its host name, its overrides."""

    system: str | None
    host: Located | None
    path: tuple[str, ...]
    span: Span


class ZoweTree:
    """The lookups over one zowe.yaml for one major version."""

    def __init__(self, settings: Settings, major: int) -> None:
        """Find the external domains and the members."""
        self.settings = settings
        self.major = major
        self.whole = Span(settings.path)
        items = self._domain_entries()
        found = [self.located(item) for item in items]
        self.domains = tuple(domain for domain in found if domain is not None)
        # The first one names the host; where it is a template, the second does not take its place.
        self.host = None if items and items[0].template else next(iter(self.domains), None)
        self.members = self._members()

    def _domain_entries(self) -> list[Setting]:
        entry = self.settings.get("zowe.externalDomains")
        items = [entry] if entry is not None and not entry.container else []
        places = self.settings.children("zowe", "externalDomains")
        listed = (self.settings.at("zowe", "externalDomains", index) for index in places)
        return [*items, *(item for item in listed if item is not None)]

    def open_host(self, member: Member | None) -> tuple[str, ...]:
        """The template that would name the host of a member, or of all of Zowe; () where none does."""
        own = self.settings.at(*member.path, "hostname") if member is not None and member.path else None
        first = next(iter(self._domain_entries()), None)
        entry = own if own is not None and own.template else first
        return (".".join(entry.path),) if entry is not None and entry.template else ()

    def _members(self) -> tuple[Member, ...]:
        names = tuple(self.settings.children("haInstances"))
        many = len(names) > 1
        members = []
        for name in names:
            path = ("haInstances", name)
            host = self.settings.at(*path, "hostname")
            entry = self.settings.at(*path)
            system = self.settings.at(*path, "sysname")
            title = str(system.value) if system is not None and system.value and not system.template else name
            open_name = host is not None and host.template
            located = None if open_name else self.located(host) or self.host
            span = entry.key_span if entry is not None else self.whole
            members.append(Member(title if many else None, located, path, span))
        if not members:
            members.append(Member(None, self.host, (), self.whole))
        return tuple(members)

    @staticmethod
    def located(entry: Setting | None) -> Located | None:
        """The value with its place; None when absent, empty, null or a template."""
        if entry is None or entry.template or entry.container or entry.value in {None, ""}:
            return None
        return Located(entry.raw if isinstance(entry.value, bool) else str(entry.value), entry.span)

    def setting(self, member: Member, *path: str) -> Setting | None:
        """A setting, the member's override first."""
        if member.path:
            found = self.settings.at(*member.path, *path)
            if found is not None:
                return found
        return self.settings.at(*path)

    def enabled(self, name: str, member: Member) -> bool:
        """Whether a component runs; what the file does not say is the product's default."""
        entry = self.setting(member, "components", name, "enabled")
        default = name != "apiml" and not (name == "zaas" and self.major < 3)  # noqa: PLR2004 (version 3)
        word = str(entry.value).lower() if entry is not None and not entry.template else ""
        # Other words than true and false are refused (ZW131): the links are judged as they are meant.
        return word in _ON or (default and word not in _OFF)

    def components(self, member: Member) -> tuple[str, ...]:
        """The components that run on a member."""
        core = ("apiml",) if self.enabled("apiml", member) else _IN_APIML
        names = (*core, "app-server", "zss")
        known = (name for name in names if not (name == "zaas" and self.major < 3))  # noqa: PLR2004 (version 3)
        return tuple(name for name in known if self.enabled(name, member))

    def ident(self, name: str, member: Member) -> str:
        """The endpoint id of a component."""
        return f"zowe.{name}" + (f"@{member.system}" if member.system else "")

    def certificate_entry(self, name: str, member: Member, *path: str) -> Setting | None:
        """A setting of the certificate section: the component's override, else zowe.certificate."""
        if self.major == 1 and self.settings.at("zowe", "certificate") is None:
            return self._old_entry(name, member, path)
        found = self.setting(member, "components", name, "certificate", *path)
        return found if found is not None else self.setting(member, "zowe", "certificate", *path)

    def _old_entry(self, name: str, member: Member, path: tuple[str, ...]) -> Setting | None:
        """The same in Zowe v1: the gateway's own certificate, and one for all else that falls back to it.

        Its trustStore has a file alone: type and password are the keystore's.
        """
        own = ("components", name)
        bases: tuple[tuple[str, ...], ...] = (
            (*own, "certificate"), (*own, "internalCertificate"), ("zowe", "internalCertificate"),
            ("zowe", "externalCertificate"),
        )  # fmt: skip
        if name == "gateway":
            bases = ((*own, "externalCertificate"), ("zowe", "externalCertificate"))
        ways = [path]
        if path[0] == "truststore":
            ways = [("trustStore", *path[1:])]
            if path[-1] in {"type", "password"}:
                ways.append(("keystore", path[-1]))
        elif path[-1] == "certificateAuthorities":
            ways = [("pem", "certificateAuthority"), ("trustStore", "certificateAuthorities")]
        entries = (self.setting(member, *base, *way) for way in ways for base in bases)
        return next((entry for entry in entries if entry is not None), None)

    def old_verify(self) -> Setting | None:
        """What Zowe v1 has in place of verifyCertificates: two switches of the gateway; the one that decides."""
        section = ("components", "gateway", "apiml", "security", "ssl")
        strict = self.settings.at(*section, "verifySslCertificatesOfServices")
        relaxed = self.settings.at(*section, "nonStrictVerifySslCertificatesOfServices")
        return strict if strict is not None and str(strict.value).lower() == "true" else relaxed or strict

    def own_zss(self, member: Member, key: str) -> Setting | None:
        """ZSS's own ``agent.https`` setting; None for the default, a template that takes it from zowe.certificate."""
        found = self.setting(member, "components", "zss", "agent", "https", key)
        default = found is not None and found.template and "zowe.certificate.keystore." in str(found.value)
        return None if default else found

    def authorities(self, member: Member) -> list[Located]:
        """The entries of pem.certificateAuthorities, a list or a text with commas."""
        entry = self.certificate_entry("app-server", member, "pem", "certificateAuthorities")
        if entry is None:
            return []
        if not entry.container:
            located = self.located(entry)
            if located is None:
                return []
            return [Located(part.strip(), located.span) for part in located.value.split(",") if part.strip()]
        items = (self.settings.at(*entry.path, index) for index in self.settings.children(*entry.path))
        return [found for found in (self.located(item) for item in items) if found is not None]

    def port(self, name: str, member: Member) -> int | None:
        """The port of a component; None for a template."""
        entry = self.setting(member, "components", name, "port")
        if entry is None:
            return COMPONENTS[name]
        return int(str(entry.value)) if str(entry.value).isdigit() else None

    def attls(self, name: str, member: Member, side: str) -> bool:
        """Whether AT-TLS makes the TLS of a component on the ``server`` or ``client`` side."""
        for path in (
            ("components", name, "zowe", "network", side, "tls", "attls"),
            ("zowe", "network", side, "tls", "attls"),
        ):
            entry = self.setting(member, *path)
            if entry is not None:
                return str(entry.value).lower() == "true"
        profile = self.setting(member, "components", name, "spring", "profiles", "active")
        return profile is not None and "attls" in str(profile.value)

    def auth(self, *path: str) -> Located | None:
        """An authentication setting: under zaas, else under gateway, where v3 still looks."""
        for component in ("apiml", "zaas", "gateway"):
            entry = self.settings.at("components", component, "apiml", "security", "auth", *path)
            found = self.located(entry)
            if found is not None:
                return found
        return None
