"""KR128: a PEM key in an old form (PKCS#1) where Java reads it, which takes PKCS#8 only."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting
from zcertlint.text.source import Span
from zcertlint.trust.stores import base_name

__all__ = ["key_format_not_accepted"]

_OLD = ("-----BEGIN RSA PRIVATE KEY", "-----BEGIN EC PRIVATE KEY", "-----BEGIN DSA PRIVATE KEY")
_JAVA = {
    "gateway", "zaas", "discovery", "api-catalog", "caching-service", "apiml", "metrics-service", "cloud-gateway",
}  # fmt: skip


@rule("KR128", on=Setting)
def key_format_not_accepted(setting: Setting, ctx: Context) -> Verdict:
    """Zowe's own pem.key is read by app-server (OpenSSL), which takes both forms; a component's, by that component.

    Of the key only its first line is known: what follows is never read. An encrypted one is not judged.
    """
    if setting.path[-3:] != ("certificate", "pem", "key") or _is_off(setting, ctx):
        return Holds()
    place = _old_form(setting, ctx.deployment)
    if place is None:
        return Holds()
    reader = _reader(setting)
    name = ".".join(setting.path)
    return Fails(
        {
            "setting": name,
            "file": str(setting.value),
            "form": (place.text or "").strip("-").removeprefix("BEGIN "),
            "reader": reader,
        },
        primary=setting.span,
        related=((place, "PKCS#1; PKCS#8 begins with BEGIN PRIVATE KEY"),),
        subjects=(name,),
        severity=Severity.INFO if reader is None else Severity.ERROR,
        variant="shared" if reader is None else None,
    )


def _component(setting: Setting) -> tuple[str, ...]:
    """The keys that lead to the component whose own key it is; () for Zowe's."""
    path = setting.path
    return path[: path.index("components") + 2] if "components" in path else ()


def _is_off(setting: Setting, ctx: Context) -> bool:
    component, zowe = _component(setting), ctx.deployment.zowe
    switch = zowe.at(*component, "enabled") if zowe is not None and component else None
    return switch is not None and str(switch.value).lower() == "false"


def _reader(setting: Setting) -> str | None:
    """The Java component that alone reads this key; None for what OpenSSL, or an unknown program, reads."""
    component = _component(setting)
    return component[-1] if component and component[-1] in _JAVA else None


def _old_form(setting: Setting, deployment: Deployment) -> Span | None:
    """Where the key of the only input with this file name begins, when it is in an old form."""
    if setting.template or not isinstance(setting.value, str) or not setting.value:
        return None
    wanted = base_name(setting.value)
    found = [p.span for p in deployment.problems if p.code == "IN007" and base_name(p.span.path) == wanted]
    if len({span.path for span in found}) != 1:
        return None
    return next((span for span in found if (span.text or "").startswith(_OLD)), None)
