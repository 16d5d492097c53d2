"""Which TLS versions and cipher suites a side allows, where its configuration or its product tells.

Source: facts on zowe.yaml, 3 (zowe.network.server.tls and client.tls, what API ML, ZSS and app-server make of
them), RFC 8446 (what a suite of TLS 1.3 is) and the names of the IANA registry.
"""

from collections.abc import Iterable

from zcertlint.model.certificate import KeyKind
from zcertlint.model.deployment import Endpoint, Link, Stack
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass

__all__ = ["Side", "common_suites", "common_versions", "side_of", "suite_setting"]

_ORDER = ("TLSv1.2", "TLSv1.3")
_BOTH = frozenset(_ORDER)
_NEW = "TLSv1.3"
_SUITES_13 = ("TLS_AES_", "TLS_CHACHA20_POLY1305_")
_JAVA = frozenset(("gateway", "zaas", "discovery", "api-catalog", "caching-service", "apiml"))
_V3, _V2 = 3, 2


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a link allows.

    Attributes:
        versions: TLS versions; None when not known. suites: IANA names as configured; None when not configured.
        settings: the settings that say so, for the places.
    """

    versions: frozenset[str] | None
    suites: frozenset[str] | None
    settings: tuple[Setting, ...] = ()


_UNKNOWN = Side(None, None)


def side_of(end: Endpoint, link: Link, zowe: Settings | None, major: int | None, *, server: bool) -> Side:
    """What an endpoint allows as server, or as client, of a link; unknown where AT-TLS makes its TLS."""
    if end.attls if server else end.attls_out:
        return _UNKNOWN
    if end.product == "zowe" and zowe is not None:
        return _zowe(end, zowe, major, server=server)
    if not server and link.stack is Stack.BROWSER:
        return Side(_BOTH, None)
    return _UNKNOWN


def _zowe(end: Endpoint, zowe: Settings, major: int | None, *, server: bool) -> Side:
    if any("network" in path for path in zowe.entries if path[0] == "haInstances"):
        return _UNKNOWN  # a member of its own
    name = end.id.removeprefix("zowe.").partition("@")[0]
    role = "server" if server else "client"
    low, high = _found(zowe, name, role, "minTls"), _found(zowe, name, role, "maxTls")
    suites = _suites(zowe, name, role)
    used = [entry for entry in (low, high) if entry is not None]
    if any(entry.template for entry in used):
        return Side(None, suites)
    versions: frozenset[str] | None
    if name not in _JAVA:
        versions = _range(low, high, default=_BOTH)
    elif major == _V3:
        if not used and not server:
            # A client of API ML without settings of its own takes the server's.
            used = [e for key in ("minTls", "maxTls") if (e := _found(zowe, name, "server", key)) is not None]
            low, high = _found(zowe, name, "server", "minTls"), _found(zowe, name, "server", "maxTls")
        versions = frozenset({_NEW}) if not used else _range(low, high, default=None, only_max=low is None)
    elif major == _V2 and not used:
        versions = frozenset({"TLSv1.2"})
    else:
        versions = None
    return Side(versions, suites, tuple(used))


def _range(
    low: Setting | None, high: Setting | None, *, default: frozenset[str] | None, only_max: bool = False
) -> frozenset[str] | None:
    """The versions between two settings; None where one is no version or nothing lies between (ZW114)."""
    first = str(low.value) if low is not None else _ORDER[0]
    last = str(high.value) if high is not None else _ORDER[-1]
    if low is None and high is None:
        return default
    if first not in _ORDER or last not in _ORDER:
        return None
    if only_max:
        return frozenset({last})
    return frozenset(_ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]) or None


def _found(zowe: Settings, name: str, role: str, key: str) -> Setting | None:
    tail = ("zowe", "network", role, "tls", key)
    for path in (("components", name, *tail), tail):
        entry = zowe.at(*path)
        if entry is not None and entry.value not in {None, ""}:
            return entry
    return None


def suite_setting(zowe: Settings | None, end: str, role: str) -> Setting | None:
    """The list of cipher suites of an endpoint as ``server`` or ``client``."""
    name = end.removeprefix("zowe.").partition("@")[0]
    tail = ("zowe", "network", role, "tls", "ciphers")
    for path in (("components", name, *tail), tail):
        entry = zowe.at(*path) if zowe is not None else None
        if entry is not None and entry.container and zowe is not None and any(zowe.children(*path)):
            return entry
    return None


def _suites(zowe: Settings, name: str, role: str) -> frozenset[str] | None:
    entry = suite_setting(zowe, name, role)
    if entry is None:
        return None
    items = [item for key in zowe.children(*entry.path) if (item := zowe.at(*entry.path, key)) is not None]
    return None if any(item.template for item in items) else frozenset(str(item.value) for item in items)


def common_versions(sides: Iterable[Side]) -> frozenset[str] | None:
    """The versions that every side allows; None when one of them is not known."""
    lists = [side.versions for side in sides]
    known = [versions for versions in lists if versions is not None]
    return frozenset.intersection(*known) if len(known) == len(lists) else None


def common_suites(versions: Iterable[str], sides: Iterable[Side], key: KeyKind) -> bool | None:
    """Whether some suite that both sides allow fits a version and the server's key; None when not known."""
    lists = [side.suites for side in sides]
    known = [suites for suites in lists if suites is not None]
    if not known or key not in {KeyKind.RSA, KeyKind.EC}:
        return None
    shared = frozenset.intersection(*known)
    fitting = any(_fits(suite, version, key) for suite in shared for version in versions)
    if not fitting:
        return False
    return True if len(known) == len(lists) else None


def _fits(suite: str, version: str, key: KeyKind) -> bool:
    """Whether a suite serves this version with a certificate of this key."""
    modern = suite.startswith(_SUITES_13)
    if version == _NEW:
        return modern
    if modern:
        return False
    return "_ECDSA_" in suite if key is KeyKind.EC else "_ECDSA_" not in suite
