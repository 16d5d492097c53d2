"""The keys that the schema has under zowe.certificate, zowe.setup.certificate and zowe.network.

Source: facts on zowe.yaml, 2, 3 and 4. Every level there has ``additionalProperties: false``.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from zcertlint.model.settings import Settings
from zcertlint.records import dataclass

__all__ = ["Misplaced", "unknown_keys"]

Tree = Mapping[str, "Tree"]

_LEAF: Final[Tree] = {}
_STORE: Final[Tree] = dict.fromkeys(("type", "file", "password"), _LEAF)
_CERTIFICATE: Final[Tree] = {
    # Of the version that has no clientCertificateAlias yet, CE124 tells.
    "keystore": {**_STORE, "alias": _LEAF, "clientCertificateAlias": _LEAF},
    "truststore": _STORE,
    "pem": dict.fromkeys(("key", "certificate", "certificateAuthorities"), _LEAF),
}
_SETUP: Final[Tree] = {
    "type": _LEAF,
    "pkcs12": {
        **dict.fromkeys(("directory", "lock", "name", "password", "caAlias", "caPassword"), _LEAF),
        "import": dict.fromkeys(("keystore", "password", "alias"), _LEAF),
    },
    "keyring": {
        **dict.fromkeys(("owner", "name", "label", "caLabel"), _LEAF),
        "connect": dict.fromkeys(("user", "label"), _LEAF),
        "import": dict.fromkeys(("dsName", "password"), _LEAF),
        "zOSMF": dict.fromkeys(("ca", "user"), _LEAF),
    },
    "dname": dict.fromkeys(
        ("caCommonName", "commonName", "orgUnit", "org", "locality", "state", "country"), _LEAF
    ),
    "validity": _LEAF,
    "san": _LEAF,
    "importCertificateAuthorities": _LEAF,
}
_TLS: Final[Tree] = dict.fromkeys(("attls", "minTls", "maxTls", "ciphers", "curves"), _LEAF)
# Where vipaIp and validatePortFree stand differs between schemas: both places are taken.
_PLACES: Final[Tree] = dict.fromkeys(("vipaIp", "validatePortFree"), _LEAF)
_NETWORK: Final[Tree] = {
    "server": {"tls": _TLS, "listenAddresses": _LEAF, **_PLACES},
    "client": {"tls": _TLS},
    **_PLACES,
}
# What belongs one level higher or lower, and is often found here.
_STRAYS: Final[Mapping[tuple[str, ...], Mapping[str, str]]] = {
    ("zowe",): {
        "keystore": "zowe.certificate.keystore",
        "truststore": "zowe.certificate.truststore",
        "pem": "zowe.certificate.pem",
        "tls": "zowe.network.server.tls",
        "components": "components",
        "zOSMF": "zOSMF",
        "haInstances": "haInstances",
    },
    (): {
        "certificate": "zowe.certificate",
        "keystore": "zowe.certificate.keystore",
        "truststore": "zowe.certificate.truststore",
        "network": "zowe.network",
        "externalDomains": "zowe.externalDomains",
        "verifyCertificates": "zowe.verifyCertificates",
    },
}


# Settings of zowe that decide links: a name that is nearly one of these is a slip, where the right one is not there.
_DECIDING = ("certificate", "network", "externalDomains", "verifyCertificates")
_STORES = ("keystore", "truststore", "trustStore")


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A key that the schema does not have where it stands; ``meant``: the path that was meant, where one is near."""

    path: tuple[str, ...]
    meant: str | None


def unknown_keys(settings: Settings) -> Iterator[Misplaced]:
    """Every key that is not in the schema, the outermost of a branch."""
    for parent, strays in _STRAYS.items():
        if parent == () and not settings.has("zowe"):
            continue
        for key, meant in strays.items():
            if settings.at(*parent, key) is not None:
                yield Misplaced((*parent, key), meant)
    yield from _slips(settings)
    yield from _below(settings, ("zowe", "setup", "certificate"), _SETUP, _SETUP)
    for path, entry in settings.entries.items():
        if not entry.container:
            continue
        last = path[-1]
        inside = "components" in path or path[0] == "zowe"
        if last == "certificate" and inside and _is_section(path):
            yield from _below(settings, path, _CERTIFICATE, _CERTIFICATE)
        elif last == "network" and path[-2:-1] == ("zowe",) and inside:
            yield from _below(settings, path, _NETWORK, _NETWORK)


def _slips(settings: Settings) -> Iterator[Misplaced]:
    """Keys of zowe that are nearly a deciding one, or hold stores under another name."""
    from difflib import get_close_matches  # noqa: PLC0415 (only when a key is unknown)

    missing = [name for name in _DECIDING if settings.at("zowe", name) is None]
    for key in settings.children("zowe"):
        if key in _DECIDING or key in _STRAYS["zowe",]:
            continue
        stores = any(settings.at("zowe", key, store) is not None for store in _STORES)
        near = get_close_matches(key.lower(), [name.lower() for name in missing], n=1, cutoff=0.85)
        if stores and "certificate" in missing:
            yield Misplaced(("zowe", key), "zowe.certificate")
        elif near:
            meant = next(name for name in missing if name.lower() == near[0])
            yield Misplaced(("zowe", key), f"zowe.{meant}")


def _is_section(path: tuple[str, ...]) -> bool:
    if path == ("zowe", "certificate"):
        return True
    return "components" in path and path.index("components") + 3 == len(path)


def _below(settings: Settings, path: tuple[str, ...], tree: Tree, top: Tree) -> Iterator[Misplaced]:
    for key in settings.children(*path):
        if key not in tree:
            yield Misplaced((*path, key), _meant(path, key, tree, top))
        elif tree[key]:
            yield from _below(settings, (*path, key), tree[key], top)


def _meant(path: tuple[str, ...], key: str, tree: Tree, top: Tree) -> str | None:
    """The same name in another case, the same name in another place, a name that is nearly it."""
    from difflib import get_close_matches  # noqa: PLC0415 (only when a key is unknown)

    folded = {name.casefold(): name for name in tree}
    near = folded.get(key.casefold().replace("_", "").replace("-", ""))
    if near is not None:
        return ".".join((*path, near))
    base = path[: _base_length(path)]
    places = [".".join((*base, *place)) for place in _places(top, key)]
    if places:
        return " or ".join(places[:2])
    close = get_close_matches(key, list(tree), n=1, cutoff=0.6)
    return ".".join((*path, close[0])) if close else None


def _base_length(path: tuple[str, ...]) -> int:
    ends = [number for number, key in enumerate(path, 1) if key in {"certificate", "network"}]
    return ends[0] if ends else len(path)


def _places(tree: Tree, key: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in tree.items():
        if name == key:
            yield (*above, name)
        yield from _places(inner, key, (*above, name))
