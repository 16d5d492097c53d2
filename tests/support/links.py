"""One client calls one server, and both are as they should be, but for what a test replaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from support.certificates import NOW, authority, certificate, on, ring
from zcertlint.model.certificate import AltNames, Certificate, Key, KeyKind, Owner
from zcertlint.model.deployment import (
    Basis,
    Database,
    Deployment,
    Endpoint,
    Link,
    Located,
    Role,
    Stack,
    Verify,
)
from zcertlint.model.store import Connection, Store, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import Aspect, LinkJudgement

__all__ = [
    "BELOW",
    "CALL",
    "CLIENT",
    "CLIENT_RING",
    "EXPORTED",
    "HOST",
    "IZUSVR",
    "LISTED",
    "OTHER",
    "ROOT",
    "SERVED",
    "SERVER",
    "SERVER_RING",
    "SUB",
    "ZOWE",
    "Meeting",
    "below",
    "served",
    "trusting",
]

HOST = "zosmf.acme.example"
IZUSVR = Owner.of_user("IZUSVR")
ROOT, OTHER = authority("Root"), authority("Other Root")
SERVED = certificate("z/OSMF", "Root", owner=IZUSVR, alt_names=AltNames((HOST,)), key=Key(KeyKind.RSA, 2048))
ZOWE = certificate("Zowe Server", "Root")
SERVER_RING = ring(on(SERVED, Usage.PERSONAL, default=True), on(ROOT), owner="IZUSVR", name="IZUKeyring")
CLIENT_RING = ring(on(ZOWE, Usage.PERSONAL, default=True), on(ROOT))
SERVER = Endpoint("zosmf", "zosmf", Role.SERVER, Stack.JSSE, keystore=SERVER_RING.id, certificate=SERVED.id)
CLIENT = Endpoint(
    "zowe.zaas", "zowe", Role.BOTH, Stack.JSSE, keystore=CLIENT_RING.id, truststore=CLIENT_RING.id,
    certificate=ZOWE.id,
)  # fmt: skip
CALL = Link(
    "zowe.zaas -> zosmf", "zowe.zaas", "zosmf", Located(HOST), 443, Verify.STRICT, Basis.CONFIGURED, Span("z"),
    Stack.JSSE,
)  # fmt: skip

# The commands that show the record, and the encoding, of what z/OSMF serves.
LISTED = "RACDCERT ID(IZUSVR) LIST(LABEL('z/OSMF'))"
EXPORTED = "RACDCERT ID(IZUSVR) EXPORT(LABEL('z/OSMF')) DSN(ZCERTLNT.ZOSMF.PEM) FORMAT(CERTB64)"


@dataclass(frozen=True)
class Meeting:
    """A client calls a server, and both are as they should be, but for what a test replaces."""

    server: Endpoint = SERVER
    client: Endpoint = CLIENT
    call: Link = CALL
    certificates: tuple[Certificate, ...] = ()
    stores: tuple[Store, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def deployment(self) -> Deployment:
        known = {c.id: c for c in (ROOT, OTHER, SERVED, ZOWE, *self.certificates)}
        stores = {s.id: s for s in (SERVER_RING, CLIENT_RING, *self.stores)}
        ends = {"zosmf": self.server, "zowe.zaas": self.client}
        return Deployment(Database(known, stores), ends, {self.call.id: self.call}, **self.more)

    @property
    def judged(self) -> LinkJudgement:
        return Judge(self.deployment, NOW).judge(self.call)

    @property
    def wrong(self) -> list[tuple[Aspect, bool | None, str]]:
        """The conditions that are not met, or cannot be told."""
        return [(c.aspect, c.answer, c.code) for c in self.judged.conditions if c.answer is not True]

    @property
    def questions(self) -> list[tuple[str, str | None]]:
        """Subject and command of each question."""
        return [(n.subject, n.command) for c in self.judged.conditions for n in c.needs]

    @property
    def texts(self) -> list[str]:
        return [n.text for c in self.judged.conditions for n in c.needs]


def served(entry: Certificate, usage: Usage = Usage.PERSONAL, **more: Any) -> Meeting:
    """z/OSMF serves this certificate."""
    rows = (on(entry, usage, default=True), on(ROOT))
    return Meeting(certificates=(entry,), stores=(replace(SERVER_RING, connections=rows),), **more)


def trusting(*rows: Connection, state: StoreState = StoreState.SHOWN, **more: Any) -> Meeting:
    """Zowe trusts what is in these rows."""
    return Meeting(stores=(replace(CLIENT_RING, connections=rows, state=state),), **more)


SUB = authority("Sub", "Root")
BELOW = replace(SERVED, issuer=SUB.subject)


def below(sub: Certificate, root: Certificate = ROOT, stack: Stack = Stack.JSSE) -> Meeting:
    """z/OSMF's certificate is issued by an intermediate CA, which its ring holds."""
    rows = (on(BELOW, Usage.PERSONAL, default=True), on(sub))
    store = replace(SERVER_RING, connections=rows)
    return Meeting(certificates=(BELOW, sub, root), stores=(store,), call=replace(CALL, stack=stack))
