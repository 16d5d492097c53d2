"""A hand-made site: Zowe's ring lacks z/OSMF's CA, an EC certificate signs tokens, z/OSMF's has expired."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from zcertlint.engine.results import Answer3, Finding, Fix, FixKind, LinkResult, Report, Summary
from zcertlint.engine.verdict import Confidence, FixHint, Severity
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import PatchEdit
from zcertlint.model.certificate import (
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    OwnerKind,
    TrustStatus,
)
from zcertlint.model.deployment import (
    Basis,
    Database,
    Deployment,
    Endpoint,
    Link,
    Located,
    Role,
    Stack,
    TokenIssuer,
    TokenKey,
    Verify,
)  # fmt: skip
from zcertlint.model.names import Name
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.text.source import Source, Span

AS_OF = datetime(2026, 11, 21, 9, tzinfo=UTC)
CERTAUTH = Owner(OwnerKind.CERTAUTH)
ZWE, IZU = Owner.of_user("ZWESVUSR"), Owner.of_user("IZUSVR")
RSA, EC = Key(KeyKind.RSA, 2048), Key(KeyKind.EC, 256)

YAML = """zOSMF:
  host: 10.1.1.2   # the system itself
zowe:
  certificate:
    keystore:
      alias: "Zowe Server"  # comment
components:
  zss:
    alias: 'Zowe Server'
"""


def moment(year: int, month: int = 1) -> Moment:
    return Moment(datetime(year, month, 2, tzinfo=UTC), local=True)


def certificate(owner: Owner, label: str, subject: str, issuer: str, **more: object) -> Certificate:
    base = Certificate(
        id=f"{owner}/{label}",
        owner=owner,
        label=label,
        subject=Name(subject),
        issuer=Name(issuer),
        not_before=moment(2024),
        not_after=moment(2034),
        key=RSA,
        trust=TrustStatus.TRUST,
        private_key=True,
        alt_names=AltNames(),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def row(cert: Certificate, usage: Usage, *, default: bool | None = False) -> Connection:
    return Connection(cert.id, cert.owner, cert.label, usage, default, Span("rings.txt", 5))


def ring(owner: str, name: str, *rows: Connection) -> Store:
    return Store(
        ring_id(owner, name), StoreKind.KEY_RING, owner, name, StoreState.SHOWN, rows, Span("rings.txt", 4)
    )


ZOWE_CA = certificate(CERTAUTH, "Acme Zowe CA", "CN=Acme Zowe CA.O=Acme", "CN=Acme Zowe CA.O=Acme",
                      key_usage=frozenset(("keyCertSign", "cRLSign")))  # fmt: skip
ZOSMF_CA = certificate(CERTAUTH, "zOSMFCA", "CN=z/OSMF CertAuth.OU=IZUDFLT", "CN=z/OSMF CertAuth.OU=IZUDFLT",
                       key_usage=frozenset(("keyCertSign", "cRLSign")))  # fmt: skip
SERVER = certificate(ZWE, "Zowe Server", "CN=zowe.acme.example", "CN=Acme Zowe CA.O=Acme", key=EC,
                     alt_names=AltNames(dns=("zowe.acme.example",)), not_after=moment(2028),
                     rings=(("ZWESVUSR", "ZoweKeyring"),))  # fmt: skip
ZOSMF = certificate(IZU, "DefaultzOSMFCert.IZUDFLT", "CN=zosmf.acme.example", "CN=z/OSMF CertAuth.OU=IZUDFLT",
                    not_after=moment(2026, 9), rings=(("IZUSVR", "IZUKeyring.IZUDFLT"),))  # fmt: skip

RING = ring(
    "ZWESVUSR", "ZoweKeyring", row(ZOWE_CA, Usage.CERTAUTH), row(SERVER, Usage.PERSONAL, default=True)
)
IZU_RING = ring(
    "IZUSVR", "IZUKeyring.IZUDFLT", row(ZOSMF_CA, Usage.CERTAUTH), row(ZOSMF, Usage.PERSONAL, default=True)
)


def database(*certificates: Certificate, stores: tuple[Store, ...] = (RING, IZU_RING)) -> Database:
    chosen = certificates or (ZOWE_CA, ZOSMF_CA, SERVER, ZOSMF)
    return Database({c.id: c for c in chosen}, {s.id: s for s in stores})


def source(text: str = YAML, path: str = "site/zowe.yaml") -> Source:
    return Source(path, text.encode(), tuple(text.replace("\r\n", "\n").split("\n")), "utf-8")


def settings(text: str = YAML, path: str = "site/zowe.yaml") -> Settings:
    """The scalars of a small YAML, each with its place."""
    entries: dict[tuple[str, ...], Setting] = {}
    keys: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        key, colon, value = line.partition(":")
        if not colon:
            continue
        indent = len(key) - len(key.lstrip())
        keys = [*(pair for pair in keys if pair[0] < indent), (indent, key.strip())]
        raw = value.split(" #")[0].strip()
        if raw:
            span = Span(path, number, line.index(raw) + 1, raw)
            place = tuple(name for _indent, name in keys)
            entries[place] = Setting(place, raw.strip("\"'"), raw, "${{" in raw, False, span, span)
    return Settings(path, entries)


SETTINGS = settings()


def options(text: str = YAML, **more: Any) -> FixOptions:
    base = FixOptions(AS_OF, settings=settings(text), sources={"site/zowe.yaml": source(text)})
    return replace(base, **more)


def deployment(data: Database | None = None, patches: tuple[PatchEdit, ...] = ()) -> Deployment:
    """What the products make of it: alias and host follow the patches."""
    data = database() if data is None else data
    values = {path: entry.value for path, entry in SETTINGS.entries.items()}
    values.update({edit.path: edit.value for edit in patches})
    alias_path, host_path = ("zowe", "certificate", "keystore", "alias"), ("zOSMF", "host")
    alias = Located(str(values[alias_path]), SETTINGS.entries[alias_path].span)
    host = Located(str(values[host_path]), SETTINGS.entries[host_path].span)
    served = next((r.certificate for r in data.stores[RING.id].connections if r.label == alias.value), None)
    zosmf = next((r.certificate for r in data.stores[IZU_RING.id].connections if r.default), None)
    zaas = Endpoint("zowe.zaas", "zowe", Role.BOTH, Stack.JSSE, RING.id, RING.id, alias, served)
    server = Endpoint("zosmf", "zosmf", Role.SERVER, Stack.JSSE, IZU_RING.id, IZU_RING.id, None, zosmf)
    link = Link("zowe.zaas -> zosmf", "zowe.zaas", "zosmf", host, 10443, Verify.STRICT, Basis.CONFIGURED,
                host.span or Span(""), Stack.JSSE)  # fmt: skip
    return Deployment(
        data,
        {e.id: e for e in (zaas, server)},
        {link.id: link},
        token_keys=(TokenKey("zowe", served, RING.id, alias, TokenIssuer.ZOWE, None),),
        zowe_major=3,
    )


def finding(code: str, hint: FixHint | None, *subjects: str, severity: Severity = Severity.ERROR) -> Finding:
    ident = f"{code}-" + "-".join(subjects)
    return Finding(ident, code, code.lower(), severity, Confidence.CERTAIN, code, f"{code} of {', '.join(subjects)}",
                   subjects, Span("x"), (), (), (), (), Fix(FixKind.NONE, None, ""), hint, ident)  # fmt: skip


def run(site: Deployment) -> Report:
    """Four rules, as small as they can be."""
    found: list[Finding] = []
    link = site.links["zowe.zaas -> zosmf"]
    served, zosmf = (site.certificate(site.endpoints[e].certificate) for e in ("zowe.zaas", "zosmf"))
    assert zosmf is not None
    if not any(r.certificate == ZOSMF_CA.id for r in site.database.stores[RING.id].connections):
        hint = FixHint("connect-ca", {"certificate": ZOSMF_CA.id, "ring": RING.id})
        found.append(finding("CH101", hint, "zosmf", RING.id))
    found += [
        finding("CE101", FixHint("renew", {"certificate": cert.id}), cert.id)
        for cert in site.database.certificates.values()
        if cert.not_after is not None and cert.not_after.before(AS_OF)
    ]
    if served is None or served.key != RSA:
        paths = "zowe.certificate.keystore.alias\ncomponents.zss.alias"
        hint = FixHint("rekey-rsa", {"certificate": served.id if served else "", "alias_paths": paths})
        found.append(finding("LK101", hint, served.id if served else "zowe"))
    names = zosmf.alt_names
    if names is not None and link.host is not None and link.host.value not in (*names.dns, *names.ips):
        values = {"certificate": zosmf.id, "host": link.host.value, "path": "zOSMF.host"}
        found.append(finding("NA103", FixHint("reissue-names", values), zosmf.id, "zosmf"))
    verdict = Answer3.FAILS if any(f.code != "LK101" for f in found) else Answer3.HOLDS
    because = tuple(f.id for f in found)
    return Report(
        AS_OF, verdict, (), tuple(site.endpoints.values()), (LinkResult(link, verdict, because, ()),), tuple(found), (),
        Summary(len(found), 0, 0, 0, 0, 0, 0, 0, 4, len(site.database.certificates), 2),
    )  # fmt: skip
