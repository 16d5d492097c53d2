"""ZW123: Zowe's started task runs under another user than the owner of its key ring."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Level, Profile, Started
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import text_of
from zcertlint.text.source import Span
from zcertlint.trust.zowe_settings import UriForm, ring_uri

__all__ = ["ring_owner_not_started_task_user"]

_FORMS = {UriForm.GOOD, UriForm.FOUR_SLASHES}


@rule("ZW123", on=Deployment)
def ring_owner_not_started_task_user(deployment: Deployment, _ctx: Context) -> Verdict:
    """Only where the user is said: by the STARTED profile of the task, else by zowe.setup.security."""
    settings = deployment.zowe
    file = settings.get("zowe.certificate.keystore.file") if settings is not None else None
    uri = ring_uri(text_of(file) or "")
    if (
        settings is None
        or file is None
        or uri is None
        or uri.form not in _FORMS
        or not uri.owner
        or not uri.ring
    ):
        return Holds()
    told = _user(deployment, settings)
    if told is None or told[0] == uri.owner.upper():
        return Holds()
    user, place, shown = told
    read = _may_read(deployment, user, f"{uri.owner}.{uri.ring}.LST".upper())
    return Fails(
        {"owner": uri.owner.upper(), "user": user, "ring": uri.ring},
        primary=file.span,
        related=((place, f"the task runs under {user}"),),
        subjects=(f"user:{user}", f"ring:{uri.owner.upper()}/{uri.ring}"),
        severity=Severity.INFO if read else Severity.WARNING,
        confidence=None if shown else Confidence.LIKELY,
        variant=None if read else "unproven",
    )


def _user(deployment: Deployment, settings: Settings) -> tuple[str, Span, bool] | None:
    """The user of the task, where it is said, and whether RACF shows it."""
    task = (settings.text("zowe.setup.security.stcs.zowe") or "ZWESLSTC").upper()
    best: tuple[int, Profile, str] | None = None
    for profile in deployment.database.security.profiles:
        name = profile.name.upper().partition(".")[0]
        if profile.class_name == "STARTED" and isinstance(profile.started, Started) and profile.started.user:
            fits = name == task or (name.endswith("*") and task.startswith(name.rstrip("*")))
            if fits and not profile.started.user.startswith("=") and (best is None or len(name) > best[0]):
                best = (len(name), profile, profile.started.user)
    if best is not None:
        return best[2].upper(), best[1].span, True
    entry = settings.get("zowe.setup.security.users.zowe")
    user = text_of(entry)
    return (user.upper(), entry.span, False) if entry is not None and user else None


def _may_read(deployment: Deployment, user: str, name: str) -> bool:
    """Whether an RDATALIB profile of the ring, by its own name, lets the user read it."""
    listed = [
        entry
        for profile in deployment.database.security.profiles
        if profile.class_name == "RDATALIB" and profile.name.upper() == name
        for entry in profile.access or ()
    ]
    return any(e.who.upper() in {user, "*"} and e.level and e.level.covers(Level.READ) for e in listed)
