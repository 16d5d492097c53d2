"""Recipes for what no job of ours does: told, not written."""

from collections.abc import Iterable, Iterator, Sequence

from zcertlint.fixes.quote import shown
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.text.patterns import lazy

__all__ = ["EXTERNAL_CA", "NOT_TRUSTED", "in_order", "name_of", "restarts", "zowe_restart"]

EXTERNAL_CA = (
    "Make a request from the existing certificate: RACDCERT GENREQ(LABEL(...)) ID(...) DSN(...). Send it to the CA.",
    "While you wait, never delete the certificate and never REKEY again: its entry holds the private key.",
    "When the CA answers: ADD its new intermediates CERTAUTH TRUST and CONNECT them to the key rings first.",
    "Then RACDCERT ADD('signed') ID(...) TRUST, without WITHLABEL: the key finds the entry; label and key rings stay.",
    "LIST must show Private Key YES, the label and the rings as before; refresh DIGTCERT and DIGTRING; restart.",
)

NOT_TRUSTED = (
    "RACF gave it NOTRUST for a reason: an issuer is missing, a signature or a date is wrong.",
    "RACDCERT LISTCHAIN(LABEL(...)) first; ALTER(LABEL(...)) TRUST only when the chain is complete.",
)

_ATTLS = (
    "AT-TLS: raise EnvironmentUserInstance in the TTLSEnvironmentAction, then F PAGENT,UPDATE: System SSL keeps a"
    " key ring until there is a new environment."
)
_ZOSMF = "z/OSMF: stop and start its server; it reads its key ring when it starts."
_RINGS, _SETTINGS = "key rings", "zowe.yaml"
_ZOWE_LINE = lazy(r"Zowe: stop all HA members(?: \((.*)\))?, then start them; it reads (.*) when it starts\.")
# Who is called first is restarted first.
_ORDER = ("AT-TLS", "With AT-TLS", "z/OSMF", "Zowe")


def _zowe(systems: Iterable[str | None], what: str = _RINGS) -> str:
    names = sorted({shown(name) for name in systems if name})
    members = f"all HA members ({', '.join(names)})" if names else "all HA members"
    return f"Zowe: stop {members}, then start them; it reads {what} when it starts."


def zowe_restart(deployment: Deployment) -> tuple[str, ...]:
    """What must be restarted when only zowe.yaml has changed: nobody else reads it."""
    ends = deployment.endpoints.values()
    return (_zowe((end.system for end in ends if end.product == "zowe"), _SETTINGS),)


def _one_zowe(texts: tuple[str, ...]) -> tuple[str, ...]:
    """One line for Zowe, where plans have several: all members, for all reasons."""
    found = [match for text in texts if (match := _ZOWE_LINE.fullmatch(text))]
    if len(found) < 2:  # noqa: PLR2004 (one line is one line)
        return texts
    names = sorted({name for match in found for name in (match[1] or "").split(", ") if name})
    reads = {match[2] for match in found}
    what = f"{_RINGS} and {_SETTINGS}" if len(reads) > 1 else reads.pop()
    line = _zowe(names, what)
    first = found[0].string
    return tuple(
        line if text == first else text for text in texts if not _ZOWE_LINE.fullmatch(text) or text == first
    )


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """What must be restarted, each once, in the order in which to do it."""
    unique = _one_zowe(tuple(dict.fromkeys(texts)))
    if any(text.startswith("AT-TLS:") for text in unique):
        unique = tuple(text for text in unique if not text.startswith("With AT-TLS"))

    def rank(text: str) -> int:
        return next((n for n, word in enumerate(_ORDER) if text.startswith(f"{word}:")), len(_ORDER))

    return tuple(sorted(unique, key=rank))


def restarts(
    deployment: Deployment, certificates: Iterable[str], stores: Iterable[str], beside: Iterable[str] = ()
) -> tuple[str, ...]:
    """What must be restarted after these certificates and stores have changed.

    ``beside`` are other key rings that hold the certificates: who reads them may be shown by nothing.
    """
    changed, rings = set(certificates), set(stores)
    found = [
        endpoint
        for endpoint in deployment.endpoints.values()
        if endpoint.certificate in changed or endpoint.keystore in rings or endpoint.truststore in rings
    ]
    zowe = [endpoint for endpoint in found if endpoint.product == "zowe"]
    texts = [_zowe(endpoint.system for endpoint in zowe)] if zowe else []
    for endpoint in found:
        if endpoint.product == "zosmf":
            texts.append(_ZOSMF)
        elif endpoint.product not in {"zowe", "attls"} and not endpoint.attls:
            texts.append(f"{shown(endpoint.id)}: restart it if it reads certificates only when it starts.")
    if any(endpoint.attls or endpoint.product in {"attls", "zowe"} for endpoint in found):
        texts.append(_ATTLS if any(e.attls or e.product == "attls" for e in found) else f"With {_ATTLS}")
    used = {end.keystore for end in deployment.endpoints.values()}
    used |= {end.truststore for end in deployment.endpoints.values()}
    kept = {ident for ident in (*rings, *beside) if ident.startswith("ring:")}
    return in_order((*texts, *_others(sorted(kept - used), deployment)))


def _others(rings: Sequence[str], deployment: Deployment) -> Iterator[str]:
    """Who else reads these key rings: what AT-TLS uses by the Policy Agent files; else nobody knows."""
    from zcertlint.trust.policy_uses import environments  # noqa: PLC0415 (few deployments have such files)

    ends = environments(deployment.policies) if deployment.policies else ()
    unknown = []
    for ident in rings:
        owner, _, name = ident.removeprefix("ring:").partition("/")
        ring = deployment.store(ident) or Store(ident, StoreKind.KEY_RING, owner, name, StoreState.NOT_SHOWN)
        users = [env for env in ends if env.uses(ring)]
        for env in users:
            by = f" ({', '.join(map(shown, env.rules))})" if env.rules else ""
            what = f"{shown(env.title)}{by} uses {shown(ring.title)}"
            yield f"{what}: AT-TLS reads it again in a new environment."
        if not users:
            unknown.append(shown(ident.removeprefix("ring:")))
    if unknown:
        names = ", ".join(unknown)
        yield f"Whatever else reads {names}: no input shows who does; key rings are read at start."


def name_of(certificate: Certificate) -> str:
    """A certificate as a sentence names it: ``CERTAUTH 'zOSMFCA'``."""
    if certificate.owner is None or certificate.label is None:
        return shown(certificate.id)
    return f"{certificate.owner} '{shown(certificate.label)}'"
