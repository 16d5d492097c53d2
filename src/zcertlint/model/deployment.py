"""Endpoints, links, and the whole deployment that rules look at."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change
from zcertlint.model.clients import ClientUrl, Logon
from zcertlint.model.datasets import DataSet
from zcertlint.model.facts import Answer, NameFilter, Problem
from zcertlint.model.policy import Policy
from zcertlint.model.security import Security
from zcertlint.model.settings import Settings
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "Basis", "Database", "Deployment", "Endpoint", "Fault", "ItmComponent", "ItmPair", "Link", "Located", "Role",
    "Stack",
    "TokenIssuer", "TokenKey", "Verify",
]  # fmt: skip


class Stack(Enum):
    """The TLS implementation of a side; what each checks is data in ``trust.stacks``."""

    JSSE = "Java (JSSE)"
    CLIENT5 = "Java (Apache HttpClient 5)"
    CLIENT4 = "Java (Apache HttpClient 4)"
    SYSTEM_SSL = "System SSL"
    NODE = "Node.js (OpenSSL)"
    BROWSER = "browser"
    UNKNOWN = "not known"


class Verify(Enum):
    """What a client checks of the server."""

    STRICT = "STRICT"
    NONSTRICT = "NONSTRICT"
    DISABLED = "DISABLED"
    NAME = "NAME"
    CHAIN = "CHAIN"


class Basis(Enum):
    """Whether the configuration shows the call, or everybody does it."""

    CONFIGURED = "configured"
    ASSUMED = "assumed"


class Role(Enum):
    """Which side of TLS an endpoint takes."""

    SERVER = "server"
    CLIENT = "client"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Located:
    """A value with its place; ``assumed`` when it is a product's default and stands nowhere."""

    value: str
    span: Span | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A setting of an endpoint's certificate that cannot be meant.

    Attributes:
        code: the rule that speaks of it.
        side: as what the endpoint suffers: SERVER (what it serves), CLIENT (what it trusts), BOTH.
        broken: True when it then cannot speak TLS at all; None when that cannot be told.
        text: what is wrong, for the gap of a None.
    """

    code: str
    side: Role
    broken: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of a TLS link.

    Attributes:
        id, product: ``zowe.gateway``, ``zowe``.
        keystore, truststore: store ids, None when not configured or not known.
        alias: the configured label; None when the ring's DEFAULT is used.
        certificate: id of the certificate that it serves; None when it cannot be told.
        names: host names and addresses by which it is reached.
        assumed: True when stores or certificate rest on a product's default (confidence *likely*).
        attls: True when AT-TLS, not the product, speaks TLS for it as a server; attls_out: as a client.
        vouched: True when the user named the file that holds its certificate.
        system: the HA member or system, when there are several.
        faults: settings that keep it from using its stores, or leave open whether it can.
        alias_open: True when a template stands where its label should be: no certificate is chosen for it.
        presented: id of the certificate that a file shows it to present now, where that is an older one than
            ``certificate``; else None.
        demands: the place of the setting by which it lets nobody in without a client certificate; else None.
        sends: id of the certificate that it presents as a client, where a setting names another one than it serves.
    """

    id: str
    product: str
    role: Role
    stack: Stack
    keystore: str | None = None
    truststore: str | None = None
    alias: Located | None = None
    certificate: str | None = None
    names: tuple[str, ...] = ()
    port: int | None = None
    span: Span | None = None
    assumed: bool = False
    attls: bool = False
    vouched: bool = False
    system: str | None = None
    alias_open: bool = False
    attls_out: bool = False
    faults: tuple[Fault, ...] = ()
    presented: str | None = None
    demands: Span | None = None
    sends: str | None = None

    @property
    def as_client(self) -> str | None:
        """Id of the certificate that it presents when it calls."""
        return self.sends or self.certificate


@dataclass(frozen=True, slots=True)
class Link:
    """A client calls a server.

    Attributes:
        id: ``CLIENT -> SERVER``.
        host: the name or address that the client uses, with its place; None when not known.
        verify: what the client checks. basis: whether the configuration shows the call.
        span: what in the configuration makes the link.
        stack: the client's TLS implementation on this link.
        unresolved: settings that decide the link and could not be evaluated (templates).
        client_certificate: True when the client presents its certificate and the server asks for one.
    """

    id: str
    client: str
    server: str
    host: Located | None
    port: int | None
    verify: Verify
    basis: Basis
    span: Span
    stack: Stack
    unresolved: tuple[str, ...] = ()
    client_certificate: bool = False


class TokenIssuer(Enum):
    """Who issues the JWT that a Zowe user gets at logon."""

    ZOWE = "Zowe"
    ZOSMF = "z/OSMF"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key that signs tokens (JWT).

    Attributes:
        id: ``zowe`` or ``zosmf``; its certificate, the store and the label that names it.
        issuer: who issues the tokens in this deployment.
        decided_by: the setting that decides the issuer, or that would.
    """

    id: str
    certificate: str | None
    store: str | None
    label: Located | None
    issuer: TokenIssuer
    decided_by: Located | None


@dataclass(frozen=True, slots=True)
class ItmComponent:
    """An ITM or OMEGAMON component, as the ``itm`` section of zcertlint.yaml describes it.

    Attributes:
        key: SHA-256 of the KAES256 member or kaes256.ser, lower-case hex; ``missing`` when it is said not
            to exist; None when not said.
        key_trimmed: True when the hash was taken by zcertlint from a file, without trailing padding.
        label: the key label, None when not said. level: the framework's level (``6.3``), None when not said.
    """

    name: str
    role: str | None
    platform: str | None
    key: str | None
    key_trimmed: bool
    label: str | None
    level: str | None
    span: Span
    key_span: Span | None
    label_span: Span | None

    @property
    def id(self) -> str:
        """The endpoint id."""
        return f"itm:{self.name}"


@dataclass(frozen=True, slots=True)
class ItmPair:
    """Two components that exchange commands: a monitoring server and what connects to it."""

    server: ItmComponent
    agent: ItmComponent

    @property
    def id(self) -> str:
        """``itm:AGT1 -> itm:HUB``."""
        return f"{self.agent.id} -> {self.server.id}"


@dataclass(frozen=True, slots=True)
class Database:
    """Certificates and stores, merged from all inputs: what commands change and products use.

    Attributes:
        certificates: by id.
        stores: by id.
        complete_owners: owners (``CERTAUTH``, ``ID(X)``) all of whose certificates were listed.
        complete_ring_owners: user IDs all of whose rings were listed.
        security: profiles, users, classes and addresses of all inputs.
        data_sets: what is known of data sets, by name; they are no part of the database, so two databases that
            differ in them only are equal.
    """

    certificates: Mapping[str, Certificate] = field(repr=False)
    stores: Mapping[str, Store] = field(repr=False)
    filters: tuple[NameFilter, ...] = ()
    answers: tuple[Answer, ...] = ()
    complete_owners: frozenset[str] = frozenset()
    complete_ring_owners: frozenset[str] = frozenset()
    security: Security = field(default=Security(), repr=False)
    data_sets: Mapping[str, DataSet] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Deployment:
    """Everything that rules are run on.

    Attributes:
        database: certificates and stores. endpoints, links: by id, in the order of the contract.
        token_keys: the keys that sign tokens. itm: components and the pairs that must share a key.
        zowe_major: 1, 2 or 3; None when neither file nor option tells. verify: the setting, located.
        verify_given: verifyCertificates as the file has it; None when it has none, or a template.
        problems: what could not be read.
        zosmf_calls_zowe: the place that shows z/OSMF calling the gateway; None when nothing does.
        zowe, zosmf, config: the settings themselves, for rules about a setting; None when not given.
        zowe_version: (major, minor) where the file or the call tells both; else None.
        client_urls: what people type, as zcertlint.yaml declares it. client_addresses: by which they call.
        logons: the users that client certificates log on as; () while logon with certificates is off.
        change: what was played to come here; None for a system as it is.
        policies: Policy Agent files, in the order of the inputs.
    """

    database: Database
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    token_keys: tuple[TokenKey, ...] = ()
    itm: tuple[ItmComponent, ...] = ()
    itm_pairs: tuple[ItmPair, ...] = ()
    zowe_major: int | None = None
    verify: Located | None = None
    problems: tuple[Problem, ...] = ()
    zosmf_calls_zowe: Span | None = None
    verify_given: Located | None = None
    zowe: Settings | None = field(default=None, repr=False)
    zosmf: Settings | None = field(default=None, repr=False)
    config: Settings | None = field(default=None, repr=False)
    zowe_version: tuple[int, int] | None = None
    client_urls: tuple[ClientUrl, ...] = ()
    client_addresses: tuple[Located, ...] = ()
    logons: tuple[Logon, ...] = ()
    change: Change | None = field(default=None, repr=False)
    policies: tuple[Policy, ...] = field(default=(), repr=False)

    def certificate(self, ident: str | None) -> Certificate | None:
        """The certificate of this id, if known."""
        return None if ident is None else self.database.certificates.get(ident)

    def store(self, ident: str | None) -> Store | None:
        """The store of this id, if known."""
        return None if ident is None else self.database.stores.get(ident)

    def links_of(self, endpoint: str) -> tuple[Link, ...]:
        """Every link with this endpoint at either end."""
        return tuple(link for link in self.links.values() if endpoint in {link.client, link.server})
