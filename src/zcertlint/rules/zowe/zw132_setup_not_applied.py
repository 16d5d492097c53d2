"""ZW132: zowe.setup.certificate names one store, and zowe.certificate, which Zowe runs with, another."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import ring_id
from zcertlint.rules.zowe._sections import text_of
from zcertlint.trust.zowe_settings import RING_TYPES, family_of_file, ring_uri

__all__ = ["setup_not_applied"]

_SETUP = "zowe.setup.certificate"
_SAMPLE = "/var/zowe/keystore"  # stands in every sample: nobody chose it


@rule("ZW132", on=Deployment)
def setup_not_applied(deployment: Deployment, _ctx: Context) -> Verdict:
    """Not where an input shows the store that is in use: then the set-up is history."""
    settings = deployment.zowe
    file = settings.get("zowe.certificate.keystore.file") if settings is not None else None
    path = text_of(file)
    if settings is None or file is None or path is None:
        return Holds()
    named = _ring(settings, path) if _kind(settings) == "key ring" else _file(settings, path)
    if named is None or _shown(path, deployment):
        return Holds()
    entry, title = named
    return Fails(
        {"setup": title, "used": path},
        primary=file.span,
        related=((entry.span, f"set-up makes {title}"),),
        subjects=("zowe.certificate.keystore.file",),
        confidence=Confidence.LIKELY,
    )


def _kind(settings: Settings) -> str | None:
    word = (settings.text(f"{_SETUP}.type") or "").upper()
    return "key ring" if word in RING_TYPES else "PKCS12" if word == "PKCS12" else None


def _shown(path: str, deployment: Deployment) -> bool:
    uri = ring_uri(path)
    ident = ring_id(uri.owner.upper(), uri.ring) if uri and uri.owner and uri.ring else f"store:{path}"
    store = deployment.store(ident)
    return store is not None and store.shown


def _ring(settings: Settings, path: str) -> tuple[Setting, str] | None:
    """The ring that set-up names, when the configuration has another, or a file."""
    entry = settings.get(f"{_SETUP}.keyring.name")
    name = text_of(entry)
    if entry is None or name is None:
        return None
    uri = ring_uri(path)
    owner = settings.text(f"{_SETUP}.keyring.owner") or settings.text("zowe.setup.security.users.zowe")
    if (
        uri is not None
        and (uri.ring or "").rstrip("/") == name  # a slash behind it is ZW104's
        and (owner is None or uri.owner is None or uri.owner.upper() == owner)
    ):
        return None
    return entry, f"the key ring {owner or 'ZWESVUSR'}/{name}"


def _file(settings: Settings, path: str) -> tuple[Setting, str] | None:
    """The folder that set-up names, when neither store lies in it."""
    entry = settings.get(f"{_SETUP}.pkcs12.directory")
    folder = text_of(entry)
    if entry is None or folder is None or folder.rstrip("/") == _SAMPLE or _kind(settings) != "PKCS12":
        return None
    trust = settings.text("zowe.certificate.truststore.file") or ""
    inside = folder.rstrip("/") + "/"
    if path.startswith(inside) or trust.startswith(inside) or family_of_file(path) == "key ring":
        return None  # a ring beside the default set-up is how many sites run
    return entry, f"keystores under {folder}"
