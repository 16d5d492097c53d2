"""ZW128: z/OSMF is asked at logon, and the configuration does not say where it is."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._auth import provider
from zcertlint.rules.zowe._sections import text_of, whole

__all__ = ["zosmf_section_incomplete"]

_SECTION = "zOSMF"
_KEYS = ("host", "port", "applId")


@rule("ZW128", on=Deployment)
def zosmf_section_incomplete(deployment: Deployment, _ctx: Context) -> Verdict:
    """A part of a configuration may leave the rest to another file."""
    settings = deployment.zowe
    if settings is None or settings.at("zowe", _SECTION) is not None:
        return Holds()  # one level too low: ZW112 tells
    section, slip = settings.get(_SECTION), _section_slip(settings)
    if not whole(settings) and (slip is None or not settings.has("zowe.certificate")):
        return Holds()
    asked = provider(settings)
    if asked is not None and (asked.template or str(asked.value).lower() != "zosmf"):
        return Holds()
    missing = []
    for key in _KEYS:
        entry = settings.at(_SECTION, key)
        if entry is None or not (entry.template or text_of(entry)):
            missing.append(key)
    slips = [(slip, _SECTION)] if slip is not None else _key_slips(settings, missing)
    place = slips[0][0] if slips else section or settings.get("components") or settings.get("zowe")
    if not missing or place is None:
        return Holds()
    return Fails(
        {
            "missing": ", ".join(f"{_SECTION}.{key}" for key in missing),
            "written": ", ".join(".".join(entry.path) for entry, _ in slips) or None,
            "meant": ", ".join(name for _, name in slips) or None,
        },
        primary=place.key_span,
        related=((asked.span, "z/OSMF is the provider"),) if asked is not None else (),
        subjects=tuple(f"{_SECTION}.{key}" for key in missing),
        # applId has a default, IZUDFLT, that may even be right.
        confidence=Confidence.LIKELY if missing == ["applId"] or asked is None else None,
        variant="misspelt" if slips else None,
    )


def _folded(key: str) -> str:
    return key.casefold().translate({ord(sign): None for sign in "-_/ "})


def _section_slip(settings: Settings) -> Setting | None:
    """A section whose name is nearly zOSMF, where there is none of that name."""
    if settings.has(_SECTION):
        return None
    found = (settings.at(key) for key in settings.children() if _folded(key) == _SECTION.casefold())
    return next((entry for entry in found if entry is not None), None)


def _key_slips(settings: Settings, missing: list[str]) -> list[tuple[Setting, str]]:
    """Keys of the section that are nearly the missing ones."""
    from difflib import get_close_matches  # noqa: PLC0415 (only when a key is unknown)

    own = {_folded(key): key for key in settings.children(_SECTION) if key not in _KEYS}
    slips = []
    for key in missing:
        near = get_close_matches(_folded(key), own, n=1, cutoff=0.75)
        entry = settings.at(_SECTION, own.pop(near[0])) if near else None
        if entry is not None:
            slips.append((entry, f"{_SECTION}.{key}"))
    return slips
