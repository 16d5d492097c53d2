"""ID114: the user that a certificate leads to may not use the application."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.clients import Logon
from zcertlint.model.security import Level, Profile
from zcertlint.trust.access import active, allows, deciding
from zcertlint.trust.needs import Need

__all__ = ["mapped_user_lacks_appl"]

_OMVS = "OMVSAPPL"
_ZOSMF = "IZUDFLT"


@rule("ID114", on=Logon)
def mapped_user_lacks_appl(logon: Logon, ctx: Context) -> Verdict:
    """A name without a profile is open to everybody."""
    database = ctx.deployment.database
    if active(database, "APPL") is False:
        return Holds()
    needs = []
    for name in _names(ctx):
        profile = deciding(database, "APPL", name)
        if profile is None:
            text = f"May {logon.user}, whom certificates lead to, use {name}?"
            needs.append(Need(f"profile:APPL/{name}", text, f"RLIST APPL {name} ALL"))
        if not isinstance(profile, Profile):
            continue
        allowed = allows(database, profile, logon.user, Level.READ)
        if allowed is False:
            return _fails(logon, name, profile)
        if allowed is None:
            text = f"May {logon.user}, whom certificates lead to, use {name}? What is shown does not tell."
            command = (
                f"LISTUSER {logon.user} OMVS" if profile.access is not None else f"RLIST APPL {name} ALL"
            )
            needs.append(Need(profile.id, text, command))
    return Unknown({"user": logon.user}, tuple(needs)) if needs else Holds({"user": logon.user})


def _names(ctx: Context) -> tuple[str, ...]:
    """OMVSAPPL, and z/OSMF's where Zowe asks z/OSMF who a user is."""
    zowe = ctx.deployment.zowe
    if zowe is None or "zosmf" not in ctx.deployment.endpoints:
        return (_OMVS,)
    paths = [f"components.{core}.apiml.security.auth.provider" for core in ("apiml", "zaas", "gateway")]
    provider = next((text for path in paths if (text := zowe.text(path))), "zosmf")
    if provider.lower() != "zosmf" or zowe.unresolved("zOSMF.applId"):
        return (_OMVS,)
    return (_OMVS, zowe.text("zOSMF.applId") or _ZOSMF)


def _fails(logon: Logon, name: str, profile: Profile) -> Fails:
    return Fails(
        {"user": logon.user, "application": name, "profile": profile.name},
        primary=profile.span,
        related=((logon.span, f"certificates lead to {logon.user}"),),
        subjects=(logon.id, profile.id),
        breaks=None if name != _OMVS else ("EACCES", "ICH408I"),
    )
