"""ZW112: a key stands where the schema has none of this name."""

from dataclasses import replace

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._schema import unknown_keys
from zcertlint.rules.zowe._sections import Slip, broken, fails

__all__ = ["unknown_certificate_setting"]

_ONCE_LEGAL = "createZosmfTrust"  # of zowe.setup.certificate in v2.9 to v2.11


@rule("ZW112", on=Deployment)
def unknown_certificate_setting(deployment: Deployment, ctx: Context) -> Verdict:
    """v1 has another file; what some v2 had is told only where the version is known to be another."""
    settings = deployment.zowe
    if settings is None or deployment.zowe_major == 1:
        return Holds()
    version = deployment.zowe_version
    gone = deployment.zowe_major == 3 or (version is not None and version >= (2, 12))  # noqa: PLR2004
    slips = []
    for found in unknown_keys(settings):
        entry = settings.at(*found.path)
        if entry is None or (found.path[-1] == _ONCE_LEGAL and not gone):
            continue
        name = ".".join(found.path)
        meant = f"; {found.meant} was meant?" if found.meant else ""
        slips.append(Slip(name, entry.key_span, f"nor this{meant}", {"key": name, "meant": meant}))
    verdict = fails("ZW112", slips, ctx)
    if verdict is None:
        return Holds()
    astray = any(str(slip.facts["meant"]).count(".keystore.alias ") for slip in slips)
    return replace(verdict, links=broken("ZW111", ctx)) if astray else verdict
