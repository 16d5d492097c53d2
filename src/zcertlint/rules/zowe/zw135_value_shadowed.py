"""ZW135: a setting of a later configuration file that never counts."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.trust.stores import base_name

__all__ = ["value_shadowed"]

_DECIDING = {"certificate", "internalCertificate", "externalCertificate", "network", "verifyCertificates"}
_DEFAULTS = "defaults.yaml"  # Zowe appends its own, which is there to be overridden


@rule("ZW135", on=Deployment)
def value_shadowed(deployment: Deployment, _ctx: Context) -> Verdict:
    """To override is what several files are for: only what decides certificates and links at run time is told."""
    settings = deployment.zowe
    if settings is None:
        return Holds()
    found = [
        (".".join(path), kept, lost)
        for path, kept, lost in settings.shadowed
        if (_DECIDING & set(path) or path[:1] == ("zOSMF",) or path[:2] == ("zowe", "externalDomains"))
        and path[:2] != ("zowe", "setup")
        and base_name(lost.path) != _DEFAULTS
    ]
    if not found:
        return Holds()
    name, kept, lost = found[0]
    more = [f"{other[0]} is not used either" for other in found[1:]]
    return Fails(
        {"setting": name, "kept": kept.path, "lost": lost.path, "count": len(found)},
        primary=lost,
        related=((kept, "this counts"), *((o[2], text) for o, text in zip(found[1:], more, strict=True))),
        subjects=tuple(other[0] for other in found),
    )
