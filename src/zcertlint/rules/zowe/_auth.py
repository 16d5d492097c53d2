"""Where the authentication settings stand: under zaas or apiml, and under the gateway, where v3 still looks."""

from collections.abc import Iterator

from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import enabled

__all__ = ["auth_settings", "provider", "security_setting"]

_COMPONENTS = ("apiml", "zaas", "gateway")


def auth_settings(settings: Settings, *keys: str) -> Iterator[Setting]:
    """Every place of one setting of ``apiml.security``, the one that counts first."""
    for name in _COMPONENTS:
        entry = settings.at("components", name, "apiml", "security", *keys)
        if entry is not None and not entry.container and enabled(settings, entry.path):
            yield entry


def security_setting(settings: Settings, *keys: str) -> Setting | None:
    """The one that counts."""
    return next((entry for entry in auth_settings(settings, *keys) if entry.value not in {None, ""}), None)


def provider(settings: Settings) -> Setting | None:
    """Who authenticates, as far as the file says; None is z/OSMF."""
    return security_setting(settings, "auth", "provider")
