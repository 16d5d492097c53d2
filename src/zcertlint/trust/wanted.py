"""Which access the servers and users of a deployment need, beside that to key rings.

Sources: facts on SAF, 1 (pthread_security_np), 2 (APPL) and 3 (PassTickets); z/OSMF Configuration Guide, security;
Zowe's API ML, which logs a user whom it knows without a password on to z/OSMF with a PassTicket.
"""

from collections.abc import Iterator

from zcertlint.model.access import Purpose, Wanted
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Level, Profile, Security, Started
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.source import Span
from zcertlint.trust.access import covers
from zcertlint.trust.identity import x509_logon
from zcertlint.trust.zowe_settings import UriForm, ring_uri

__all__ = [
    "ZOSMF_TASK",
    "Runner",
    "Tickets",
    "task_runner",
    "tickets",
    "wanted",
    "zosmf_application",
    "zosmf_user",
    "zowe_user",
]

ZOSMF_TASK = "IZUSVR1"

_CORES = ("apiml", "zaas", "gateway")
_USER, _TASK, _GUEST, _PREFIX = "ZWESVUSR", "ZWESLSTC", "IZUGUEST", "IZUDFLT"
_ZOSMF_USER = "IZUSVR"
_NAMES_AN_OWNER = {UriForm.GOOD, UriForm.FOUR_SLASHES}


# --- who --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Runner:
    """The user of a started task.

    Attributes:
        user: the user ID. span: where it is said; None for the product's default. sure: whether RACF says it.
        exempt: whether the task is shown to run TRUSTED or PRIVILEGED: RACF then refuses nothing.
        doubt, shows: as in :class:`~zcertlint.model.access.Wanted`.
    """

    user: str
    span: Span | None
    sure: bool
    exempt: bool = False
    doubt: tuple[str, str] | None = None
    shows: str = ""


def zowe_user(deployment: Deployment) -> Runner | None:
    """The user of Zowe's started task; None where a template or =MEMBER stands in its place, or several may be it."""
    settings = deployment.zowe
    if settings is None or settings.unresolved("zowe.setup.security.users.zowe"):
        return None
    task = (settings.text("zowe.setup.security.stcs.zowe") or _TASK).upper()
    shown, runner = task_runner(deployment.database.security, task)
    if shown:
        return runner
    entry = settings.get("zowe.setup.security.users.zowe")
    named = settings.text("zowe.setup.security.users.zowe")
    shows = f"RLIST STARTED {task}.* STDATA NORACF"
    if entry is not None and named:
        return Runner(named.upper(), entry.span, sure=False, shows=shows)
    doubt = f"under which user Zowe's started task {task} runs"
    doubtful = _doubtful(deployment, settings)
    return Runner(_USER, None, sure=False, doubt=(doubt, shows) if doubtful else None, shows=shows)


def zosmf_user(security: Security, settings: Settings | None) -> Runner | None:
    """The user of z/OSMF's server: by its STARTED profile, by what Zowe's set-up was told, or the usual one.

    None where RACF shows several or a word like =MEMBER, or where a template stands in zowe.yaml.
    """
    shown, runner = task_runner(security, ZOSMF_TASK)
    if shown:
        return runner
    path = "zowe.setup.certificate.keyring.zOSMF.user"
    if settings is not None and settings.unresolved(path):
        return None
    entry = settings.get(path) if settings is not None else None
    named = settings.text(path) if settings is not None else None
    if entry is not None and named:
        return Runner(named.upper(), entry.span, sure=False)
    return Runner(_ZOSMF_USER, None, sure=False)


def task_runner(security: Security, task: str) -> tuple[bool, Runner | None]:
    """Whether STARTED profiles show the user of a task, and the user; None for several or a word like =MEMBER."""
    profiles = _started(security, task)
    segments = {one.started for one in profiles if isinstance(one.started, Started)}
    users = {one.user or "=" for one in segments}
    if not users:
        return False, None
    user = users.pop()
    if users or user.startswith("="):
        return True, None  # several, or the name of the procedure or of the job
    exempt = any(one.trusted or one.privileged for one in segments)
    return True, Runner(user.upper(), profiles[0].span, sure=True, exempt=exempt)


def _started(security: Security, task: str) -> tuple[Profile, ...]:
    """The STARTED profiles that may give the task its user, the closest alone where one is closer than all others.

    By the name of the procedure: the job's name, behind the period, is for whoever starts it to choose.
    """
    whole = security.unload is not None and "STARTED" in security.unload_classes
    fitting: dict[int, list[Profile]] = {}
    for profile in security.profiles:
        if profile.class_name == "STARTED" and isinstance(profile.started, Started):
            name = profile.name.upper().partition(".")[0]
            asked = any(one.startswith(f"{task}.") for one in profile.asked)
            if covers(name, task) and (whole or asked or name.rstrip("*")):
                rank = len(task) + 1 if name == task else len(name.rstrip("*"))
                fitting.setdefault(rank, []).append(profile)
    return tuple(fitting[max(fitting)]) if fitting else ()


def _doubtful(deployment: Deployment, settings: Settings) -> bool:
    """Whether something speaks against the default: another owner of Zowe's key ring, or no user of that name."""
    uri = ring_uri(settings.text("zowe.certificate.keystore.file") or "")
    owner = uri.owner.upper() if uri is not None and uri.form in _NAMES_AN_OWNER and uri.owner else _USER
    security = deployment.database.security
    return owner != _USER or (security.unload is not None and security.user(_USER) is None)


# --- what -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tickets:
    """PassTickets with which Zowe logs users on to z/OSMF.

    Attributes:
        application: the APPL that they are for. given: the setting that names it; None for the default.
        reason: the setting that makes Zowe use them.
    """

    application: str
    given: Setting | None
    reason: Setting


def tickets(deployment: Deployment) -> Tickets | None:
    """The use of PassTickets that the configuration shows; None where it shows none, or a template decides.

    A user whose password Zowe does not see (client certificate, OIDC) is logged on to z/OSMF, where z/OSMF
    authenticates, with a PassTicket for zOSMF.applId.
    """
    zowe = deployment.zowe
    if zowe is None or not any(end.id.partition("@")[0] == "zosmf" for end in deployment.endpoints.values()):
        return None
    reason = x509_logon(zowe) or _oidc(zowe)
    if reason is None or not _asks_zosmf(zowe) or zowe.unresolved("zOSMF.applId"):
        return None
    name = zowe.text("zOSMF.applId")
    return Tickets((name or _PREFIX).upper(), zowe.get("zOSMF.applId") if name else None, reason)


def _oidc(zowe: Settings) -> Setting | None:
    for core in _CORES:
        path = f"components.{core}.apiml.security.oidc.enabled"
        if zowe.flag(path) and zowe.flag(f"components.{core}.enabled") is not False:
            return zowe.get(path)
    return None


def _asks_zosmf(zowe: Settings) -> bool:
    """Whether z/OSMF authenticates: the first of the components that says who does, decides; the default is z/OSMF."""
    for core in _CORES:
        entry = zowe.get(f"components.{core}.apiml.security.auth.provider")
        if entry is not None and entry.value not in {None, ""}:
            return not entry.template and str(entry.value).lower() == "zosmf"
    return True


def zosmf_application(deployment: Deployment) -> tuple[str, bool] | None:
    """z/OSMF's own APPL and whether something names it: its SAF prefix, else what Zowe was told, else the default."""
    own, zowe = deployment.zosmf, deployment.zowe
    for settings, path in ((own, "saf_prefix"), (zowe, "zOSMF.applId")):
        if settings is not None and settings.unresolved(path):
            return None
        name = settings.text(path) if settings is not None else None
        if name:
            return name.upper(), True
    return _PREFIX, False


# --- both -------------------------------------------------------------------------------------------------------


def wanted(deployment: Deployment) -> tuple[Wanted, ...]:
    """Every access that is needed."""
    return (*_identities(deployment), *_applications(deployment))


def _identities(deployment: Deployment) -> Iterator[Wanted]:
    """ZSS makes security environments for its users, without their passwords when a token or certificate came."""
    zss = next((end for end in deployment.endpoints.values() if end.id.partition("@")[0] == "zowe.zss"), None)
    runner = zowe_user(deployment)
    if zss is None or runner is None or runner.exempt:
        return
    switched = deployment.zowe.get("components.zss.enabled") if deployment.zowe is not None else None
    span = switched.span if switched is not None else zss.span or Span("")
    for resource in ("BPX.SERVER", "BPX.DAEMON"):
        yield Wanted(
            Purpose.IDENTITY, runner.user, "FACILITY", resource, Level.READ, span,
            runner.span, runner.sure, runner.doubt, runner.shows,
        )  # fmt: skip


def _applications(deployment: Deployment) -> Iterator[Wanted]:
    """READ on z/OSMF's APPL for the user under whom z/OSMF takes requests before anybody has logged on.

    The users that certificates lead to are told by the rule about them. A refusal in a log shows that somebody was
    kept out, not that somebody should be let in.
    """
    ends = deployment.endpoints.values()
    zosmf = next((end for end in ends if end.id.partition("@")[0] == "zosmf"), None)
    named, own = zosmf_application(deployment), deployment.zosmf
    if named is None or zosmf is None or (own is not None and own.unresolved("unauth_user")):
        return
    entry = own.get("unauth_user") if own is not None else None
    told = own.text("unauth_user") if own is not None else None
    guest = (told or _GUEST).upper()
    if guest in {logon.user for logon in deployment.logons}:
        return
    said = entry.span if entry is not None and told else None
    span = zosmf.span or Span("")
    application, sure = named
    sure = sure and said is not None
    yield Wanted(
        Purpose.APPLICATION, guest, "APPL", application, Level.READ, span, said, sure,
        shows="UNAUTH_USER and SAF_PREFIX of IZUPRMxx",
    )  # fmt: skip
