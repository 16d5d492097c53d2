"""ZW118: a setting of another Zowe version, which this one does not read."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import Slip, enabled, fails

__all__ = ["setting_of_another_version"]

_V1 = ("externalCertificate", "internalCertificate", "jobPrefix", "identifier")
_TWO, _THREE = 2, 3


@rule("ZW118", on=Deployment)
def setting_of_another_version(deployment: Deployment, ctx: Context) -> Verdict:
    """Only where the version is known: by the call, or by what only one has."""
    settings, major = deployment.zowe, deployment.zowe_major
    if settings is None or major is None:
        return Holds()
    slips = []
    for entry, other, instead in _strangers(settings, major):
        name = ".".join(entry.path)
        facts = {"setting": name, "other": other, "version": f"v{major}", "instead": instead}
        slips.append(Slip(name, entry.key_span, f"of {other}: {instead}", facts))
    return fails("ZW118", slips, ctx) or Holds()


def _strangers(settings: Settings, major: int) -> Iterator[tuple[Setting, str, str]]:
    """(setting, the version it is of, what to do instead)."""
    if major >= _TWO:
        for key in _V1:
            entry = settings.at("zowe", key)
            if entry is not None:
                yield entry, "v1", "zowe.certificate and zowe.job took its place"
    if major >= _THREE:
        yield from _of_v2(settings)
    else:
        for key in ("zaas", "apiml"):
            entry = settings.at("components", key)
            if entry is not None and enabled(settings, entry.path):
                yield entry, "v3", "before v3 the gateway does its work"


def _of_v2(settings: Settings) -> Iterator[tuple[Setting, str, str]]:
    for path, entry in settings.entries.items():
        instead = _instead(settings, path, entry)
        if instead is not None:
            yield entry, "v2", instead


def _instead(settings: Settings, path: tuple[str, ...], entry: Setting) -> str | None:
    word = str(entry.value).lower()
    if path == ("zowe", "useConfigmgr"):
        return "v3 always uses the configuration manager" if word == "false" else None
    if path[:1] != ("components",) or not enabled(settings, path):
        return None
    on = entry.container and settings.flag(".".join((*path, "enabled"))) is not False
    match path[1:]:
        case ("metrics-service" | "cloud-gateway" | "jobs-api" | "files-api",) if on:
            return "the component is gone"
        case ("gateway", "server", "internal") if on:
            return "the internal connector is gone"
        case (_, "spring", "profiles", "active") if "attls" in word:
            return "zowe.network.server.tls.attls and zowe.network.client.tls.attls switch AT-TLS on"
        case ("gateway" | "zaas", "apiml", "security", "auth", "zosmf", "serviceId") if word == "zosmf":
            return "v3 registers z/OSMF as ibmzosmf"
        case ("gateway" | "zaas", "apiml", "security", "zosmf", "applid"):
            return "zOSMF.applId is read"
        case _:
            return None
