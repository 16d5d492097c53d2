"""ZW125: a component overrides a part of zowe.certificate, and the schema asks for all of it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Section, Slip, fails, sections
from zcertlint.trust.needs import Need
from zcertlint.trust.zowe_settings import schema_applied

__all__ = ["partial_certificate_override"]

_ASKED = (
    ("keystore", "type"), ("keystore", "file"), ("keystore", "alias"), ("truststore", "type"), ("truststore", "file"),
)  # fmt: skip


@rule("ZW125", on=Deployment)
def partial_certificate_override(deployment: Deployment, ctx: Context) -> Verdict:
    """Since v2.9, where the schema is applied; Zowe's own samples show the partial form all the same."""
    settings = deployment.zowe
    if settings is None:
        return Holds()
    slips = []
    for section in sections(settings, running=False):
        missing = [] if section.old or not section.override else _missing(section)
        entry = settings.at(*section.path)
        if missing and entry is not None:
            facts = {"section": section.name, "missing": ", ".join(missing)}
            slips.append(Slip(section.name, entry.key_span, f"lacks {', '.join(missing)}", facts))
    if not slips:
        return Holds()
    version, major = deployment.zowe_version, deployment.zowe_major
    applied = schema_applied(settings, major)
    if applied is False or (version is not None and version < (2, 9)):
        return Holds()
    if applied is None or (major != 3 and version is None):  # noqa: PLR2004 (version 3)
        text = f"Is this Zowe v2.9 or later? {slips[0].subject} is refused there; give --zowe-version."
        return Unknown({"section": slips[0].subject}, (Need(slips[0].subject, text, None),))
    return fails("ZW125", slips, ctx) or Holds()


def _missing(section: Section) -> list[str]:
    return [".".join(keys) for keys in _ASKED if section.own(*keys) is None]
