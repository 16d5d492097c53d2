"""ZW128: z/OSMF is asked at logon, and the configuration does not say where it is."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._auth import provider
from zcertlint.rules.zowe._sections import text_of, whole

__all__ = ["zosmf_section_incomplete"]

_KEYS = ("host", "port", "applId")


@rule("ZW128", on=Deployment)
def zosmf_section_incomplete(deployment: Deployment, _ctx: Context) -> Verdict:
    """A part of a configuration may leave the rest to another file."""
    settings = deployment.zowe
    if settings is None or not whole(settings):
        return Holds()
    section = settings.get("zOSMF")
    asked = provider(settings)
    if asked is not None and (asked.template or str(asked.value).lower() != "zosmf"):
        return Holds()
    missing = []
    for key in _KEYS:
        entry = settings.at("zOSMF", key)
        if entry is None or not (entry.template or text_of(entry)):
            missing.append(key)
    place = section or settings.get("components") or settings.get("zowe")
    if not missing or place is None:
        return Holds()
    return Fails(
        {"missing": ", ".join(f"zOSMF.{key}" for key in missing)},
        primary=place.key_span,
        related=((asked.span, "z/OSMF is the provider"),) if asked is not None else (),
        subjects=tuple(f"zOSMF.{key}" for key in missing),
        # applId has a default, IZUDFLT, that may even be right.
        confidence=Confidence.LIKELY if missing == ["applId"] or asked is None else None,
    )
