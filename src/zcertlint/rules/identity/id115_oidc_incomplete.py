"""ID115: logon by OIDC is on, and what it needs is not."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need, config_command

__all__ = ["oidc_incomplete"]

_CORES = ("apiml", "zaas", "gateway")


@rule("ID115", on=Deployment)
def oidc_incomplete(deployment: Deployment, _ctx: Context) -> Verdict:
    """With validationType endpoint the tokens are checked by a call, and no key is fetched."""
    zowe = deployment.zowe
    base = _base(zowe)
    if zowe is None or base is None:
        return Holds()
    switched = zowe.get(f"{base}.enabled")
    on = switched.span if switched is not None else Span(zowe.path)
    by_call = (zowe.text(f"{base}.validationType") or "JWK").lower() == "endpoint"
    for key in ("registry", "userInfo.uri" if by_call else "jwks.uri"):
        path = f"{base}.{key}"
        if zowe.unresolved(path):
            text = f"{path} is a template that only Zowe evaluates."
            return Unknown({}, (Need(path, text, config_command(path)),))
        if zowe.text(path) is None:
            return Fails(
                {"setting": path},
                primary=on,
                subjects=(path,),
                breaks=("ZWEAT610E",) if key == "registry" else (),
            )
    return _registry(deployment, zowe, f"{base}.registry") or Holds()


def _base(zowe: Settings | None) -> str | None:
    """Under which component OIDC is switched on."""
    for core in _CORES if zowe is not None else ():
        base = f"components.{core}.apiml.security.oidc"
        if zowe is not None and zowe.flag(f"{base}.enabled"):
            return base
    return None


def _registry(deployment: Deployment, zowe: Settings, path: str) -> Fails | None:
    """The registry's name must be the one that RACMAP gave the users; nothing is concluded without a map."""
    maps = [one for one in deployment.database.security.identity_maps if one.registry]
    entry, name = zowe.get(path), zowe.text(path)
    if not maps or entry is None or name is None or name in {one.registry for one in maps}:
        return None
    return Fails(
        {"registry": name, "mapped": ", ".join(sorted({one.registry or "" for one in maps}))},
        primary=entry.span,
        related=((maps[0].span, f"users are mapped for {maps[0].registry}"),),
        subjects=(path,),
        confidence=None if deployment.database.security.unload is not None else Confidence.LIKELY,
        variant="registry",
        breaks=("ZWEAT609W",),
    )
