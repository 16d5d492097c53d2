"""ZW140: pem.key or pem.certificate has no value at all, not even an empty one."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Section, Slip, fails, sections

__all__ = ["pem_value_null"]


@rule("ZW140", on=Deployment)
def pem_value_null(deployment: Deployment, ctx: Context) -> Verdict:
    """Refused before v2.17; where the version is not known, it is harmless until somebody says otherwise."""
    if deployment.zowe is None or deployment.zowe_major == 1:
        return Holds()
    version = deployment.zowe_version
    refused = version is not None and (2, 0) <= version < (2, 17)
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section, refused=refused))
    return fails("ZW140", slips, ctx) or Holds()


def _slips(section: Section, *, refused: bool) -> Iterator[Slip]:
    for key in ("key", "certificate"):
        entry = section.own("pem", key)
        if entry is not None and not entry.container and entry.value is None:
            name = f"{section.name}.pem.{key}"
            severity = Severity.ERROR if refused else Severity.INFO
            variant = None if refused else "harmless"
            yield Slip(name, entry.key_span, "nor has this", {"setting": name}, severity, variant=variant)
