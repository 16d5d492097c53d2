"""ID116: the settings leave API ML without a mapper from certificate to user, or with two."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.identity import x509_logon
from zcertlint.trust.needs import Need, config_command

__all__ = ["identity_mapper_unusable"]

_CORES = ("apiml", "zaas", "gateway")


@rule("ID116", on=Deployment)
def identity_mapper_unusable(deployment: Deployment, _ctx: Context) -> Verdict:
    """Zowe v3's scripts take the internal mapper where nothing is set; the schema's default says otherwise."""
    zowe = deployment.zowe
    if zowe is None or deployment.zowe_major != 3 or x509_logon(zowe) is None:  # noqa: PLR2004 (version 3)
        return Holds()
    internal = _first(zowe, "useInternalMapper")
    external = _first(zowe, "x509.externalMapperUrl")
    for entry in (internal, external):
        if entry is not None and entry.template:
            path = ".".join(entry.path)
            text = f"{path} is a template that only Zowe evaluates."
            return Unknown({}, (Need(path, text, config_command(path)),))
    url = external if external is not None and external.value else None
    if internal is None:
        return Holds()
    given = str(internal.value).lower()
    if given == "true" and url is not None:
        return _fails(internal, "both", ((url.span, "the external mapper"),))
    if given == "false" and url is None:
        return _fails(internal, None, ())
    return Holds()


def _fails(entry: Setting, variant: str | None, related: tuple[tuple[Span, str], ...]) -> Fails:
    return Fails(
        {"setting": ".".join(entry.path)},
        primary=entry.span,
        related=related,
        subjects=(".".join(entry.path),),
        variant=variant,
    )


def _first(zowe: Settings, key: str) -> Setting | None:
    for core in _CORES:
        entry = zowe.get(f"components.{core}.apiml.security.{key}")
        if entry is not None and entry.value is not None:
            return entry
    return None
