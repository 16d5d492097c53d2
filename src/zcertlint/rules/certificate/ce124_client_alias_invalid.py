"""CE124: clientCertificateAlias does not name a certificate that Zowe can present as a client."""

from dataclasses import replace

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.model.settings import Setting
from zcertlint.model.store import Connection, Store, Usage
from zcertlint.trust.needs import Need, list_certificate, need_contents, need_store
from zcertlint.trust.questions import choice_need
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["client_alias_invalid"]

_PATH = ("certificate", "keystore", "clientCertificateAlias")
_SINCE = (3, 5)
_AUTH = {"clientAuth", "anyExtendedKeyUsage"}


@rule("CE124", on=Setting)
def client_alias_invalid(setting: Setting, ctx: Context) -> Verdict:
    """An empty one is none; a store that is missing or empty is the finding of its own rule."""
    if setting.path[-3:] != _PATH or "setup" in setting.path or setting.template or setting.container:
        return Holds()
    if setting.value in {None, ""}:
        return Holds()
    alias = str(setting.value)
    fails = Fails({"alias": alias}, primary=setting.span, subjects=(".".join(setting.path),))
    if _too_old(ctx):
        version = ctx.deployment.zowe_version
        told = ".".join(map(str, version)) if version else f"v{ctx.deployment.zowe_major}"
        return replace(fails, facts={**fails.facts, "version": told}, variant="version")
    store = ctx.deployment.store(_keystore(setting, ctx))
    if store is None:
        return Holds()
    fails = replace(fails, facts={**fails.facts, "store": store.title})
    chosen = select(store, alias)
    match chosen.reason:
        case SelectionReason.NOT_SHOWN:
            return Unknown({"alias": alias}, (need_store(store),))
        case SelectionReason.OPEN:
            return Unknown({"alias": alias}, (choice_need(store, chosen),))
        case SelectionReason.NOT_ON_RING:
            return replace(fails, related=((store.span, "its contents"),))
        case SelectionReason.NEARLY if chosen.connection is not None:
            near = chosen.connection
            facts = {**fails.facts, "near": near.label or ""}
            return replace(
                fails, facts=facts, variant="near", related=((near.span, "the label that is there"),)
            )
        case SelectionReason.CHOSEN | SelectionReason.IS_A_CA if chosen.connection is not None:
            return _entry(fails, store, chosen.connection, ctx)
        case _:
            return Holds()


def _too_old(ctx: Context) -> bool:
    version, major = ctx.deployment.zowe_version, ctx.deployment.zowe_major
    if version is not None:
        return version < _SINCE
    return major is not None and major < _SINCE[0]


def _keystore(setting: Setting, ctx: Context) -> str | None:
    """The keystore in which the label is looked up: that of the component, or of those without one of their own."""
    path = setting.path[2:] if setting.path[0] == "haInstances" else setting.path
    own = path[1] if path[0] == "components" else None
    settings = ctx.deployment.zowe
    for end in ctx.deployment.endpoints.values():
        name = _component(end)
        if name is None or settings is None or end.keystore is None:
            continue
        if own is None and (
            name == "zss" or settings.at("components", name, "certificate", "keystore", "file")
        ):
            continue
        if own in {None, name}:
            return end.keystore
    return None


def _component(end: Endpoint) -> str | None:
    return end.id.removeprefix("zowe.").partition("@")[0] if end.product == "zowe" else None


def _entry(fails: Fails, store: Store, row: Connection, ctx: Context) -> Verdict:
    """The label is there: may the certificate behind it be presented?"""
    fails = replace(fails, related=((row.span, f"its entry in {store.title}"),))
    if row.usage is not Usage.PERSONAL:
        return replace(fails, facts={**fails.facts, "usage": row.usage.value}, variant="usage")
    certificate = ctx.deployment.certificate(row.certificate)
    if certificate is None or not certificate.shown:
        return Unknown({"alias": fails.facts["alias"]}, (need_contents(store.id, row),))
    fails = replace(fails, facts={**fails.facts, "certificate": certificate.id})
    if certificate.private_key is False:
        return replace(fails, related=((certificate.span("private_key"), "Private Key"),), variant="key")
    usage = certificate.extended_usage
    if isinstance(usage, frozenset) and not usage & _AUTH:
        facts = {**fails.facts, "what": ", ".join(sorted(usage))}
        place = (certificate.span("extended_usage"), "its extended key usage")
        links = ctx.failing("CE124", map(ctx.judged, ctx.deployment.links.values()))
        return replace(fails, facts=facts, related=(place,), variant="auth", links=links)
    return _key_unknown(certificate) or Holds({"alias": fails.facts["alias"]})


def _key_unknown(certificate: Certificate) -> Unknown | None:
    if certificate.private_key is not None or certificate.owner is None or certificate.label is None:
        return None
    text = f"No input shows whether the private key of {certificate.id} is there."
    command = list_certificate(certificate.owner, certificate.label)
    return Unknown({"alias": certificate.label}, (Need(certificate.id, text, command),))
