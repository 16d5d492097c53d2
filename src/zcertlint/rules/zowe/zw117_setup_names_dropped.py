"""ZW117: set-up is given more names than it puts into a certificate in RACF."""

from ipaddress import ip_address

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import text_of
from zcertlint.trust.zowe_settings import RING_TYPES

__all__ = ["setup_names_dropped"]

_SETUP = "zowe.setup.certificate"
_ONE_NAME = (3, 1)  # its JCL takes zowe.externalDomains.0 and nothing else


@rule("ZW117", on=Deployment)
def setup_names_dropped(deployment: Deployment, _ctx: Context) -> Verdict:
    """One domain and one address (v3.1 and later: the first external domain alone); only where set-up makes it."""
    settings = deployment.zowe
    if settings is None or not _generates(settings):
        return Holds()
    given = _list(settings, "zowe", "setup", "certificate", "san")
    names = given or _list(settings, "zowe", "externalDomains")
    version = deployment.zowe_version
    if version is not None and version >= _ONE_NAME:
        first = next(iter(_list(settings, "zowe", "externalDomains")), None)
        kept = [] if first is None else [text_of(first)]
    else:
        kept = [next((text_of(n) for n in names if _address(n) is kind), None) for kind in (False, True)]
    dropped = [name for name in names if text_of(name) not in kept]
    if not dropped:
        return Holds()
    return Fails(
        {
            "dropped": ", ".join(str(text_of(name)) for name in dropped),
            "kept": ", ".join(k for k in kept if k),
        },
        primary=dropped[0].span,
        related=tuple((name.span, "nor this") for name in dropped[1:]),
        subjects=(f"{_SETUP}.san" if given else "zowe.externalDomains",),
    )


def _generates(settings: Settings) -> bool:
    """Whether set-up makes the certificate itself, in a key ring."""
    kind = (settings.text(f"{_SETUP}.type") or "").upper()
    taken = (f"{_SETUP}.keyring.connect.label", f"{_SETUP}.keyring.import.dsName")
    named = settings.text(f"{_SETUP}.keyring.name") is not None
    return kind in RING_TYPES and named and not any(settings.text(name) for name in taken)


def _list(settings: Settings, *path: str) -> list[Setting]:
    items = (settings.at(*path, index) for index in settings.children(*path))
    return [item for item in items if item is not None and text_of(item)]


def _address(name: Setting) -> bool:
    try:
        ip_address((text_of(name) or "").strip())
    except ValueError:
        return False
    return True
