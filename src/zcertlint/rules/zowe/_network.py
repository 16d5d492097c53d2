"""The TLS settings of zowe.network, and what components override of them."""

from collections.abc import Iterator

from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import enabled

__all__ = ["attls_on", "limits", "tls_sections"]

_BASE = ("zowe", "network")


def tls_sections(settings: Settings) -> Iterator[tuple[str, ...]]:
    """Every ``zowe.network.server.tls`` and ``…client.tls``, the general ones first."""
    found = [
        path
        for path, entry in settings.entries.items()
        if entry.container
        and path[-1] == "tls"
        and path[-4:-2] == _BASE
        and path[-2] in {"server", "client"}
        and enabled(settings, path)
    ]
    yield from sorted(found, key=len)


def attls_on(settings: Settings, path: tuple[str, ...]) -> bool:
    """Whether AT-TLS is switched on in this section."""
    entry = settings.at(*path, "attls")
    return entry is not None and not entry.template and str(entry.value).lower() == "true"


def limits(settings: Settings, path: tuple[str, ...]) -> tuple[Setting | None, Setting | None]:
    """MinTls and maxTls that count in this section: its own, else the general ones."""
    general = (*_BASE, path[-2], "tls")

    def one(key: str) -> Setting | None:
        own = settings.at(*path, key)
        return own if own is not None else settings.at(*general, key)

    return one("minTls"), one("maxTls")
