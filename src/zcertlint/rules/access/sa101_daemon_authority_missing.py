"""SA101: ZSS may not make security environments for its users without their passwords."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, FixHint, Holds, Unknown, Verdict
from zcertlint.model.access import Purpose, Wanted
from zcertlint.model.deployment import Database
from zcertlint.model.security import Level, Profile
from zcertlint.rules.access._profiles import ask_access, decided, rlist, told_missing
from zcertlint.text.source import Span
from zcertlint.trust.access import allows, covers, deleted, is_generic
from zcertlint.trust.needs import Need

__all__ = ["daemon_authority_missing"]

_SERVER, _DAEMON = "BPX.SERVER", "BPX.DAEMON"


@rule("SA101", on=Wanted)
def daemon_authority_missing(need: Wanted, ctx: Context) -> Verdict:
    """READ is enough on both. BPX.SERVER may be replaced by UID 0, BPX.DAEMON only where it is not defined."""
    database = ctx.deployment.database
    if need.purpose is not Purpose.IDENTITY or not any(_given(database, one) for one in (_SERVER, _DAEMON)):
        return Holds()
    found = decided(database, need.class_name, need.resource)
    if found is None:
        text = f"Has {need.user}, under whom ZSS runs, READ on {need.resource}? No input shows it."
        ident = f"profile:{need.class_name}/{need.resource}"
        return _unknown(need, Need(ident, text, rlist(need.class_name, need.resource)))
    root = _is_root(database, need.user)
    if isinstance(found, Profile):
        allowed = allows(database, found, need.user, need.level)
        if allowed or (root and need.resource == _SERVER):
            return Holds()
        return ask_access(database, found, need.user, need.level) or _fails(need, found, root=root)
    if root:
        return Holds()
    if root is None:
        text = f"{need.resource} is not defined: has {need.user}, under whom ZSS runs, UID 0?"
        return _unknown(need, Need(need.id, text, f"LISTUSER {need.user} OMVS"))
    return _fails(need, found, root=root)


def _given(database: Database, resource: str) -> bool:
    """Whether an input shows anything of the resource."""
    shown = any(
        one.class_name == "FACILITY" and one.name.upper() == resource for one in database.security.profiles
    )
    return (
        shown
        or told_missing(database, "FACILITY", resource) is not None
        or decided(database, "FACILITY", resource) is not None
        or deleted(database, "FACILITY", resource) is not None
    )


def _is_root(database: Database, ident: str) -> bool | None:
    """Whether the user has UID 0; without an OMVS segment it has not."""
    user = database.security.user(ident)
    return None if user is None or user.uid is None else user.uid == 0


def _unknown(need: Wanted, what: Need) -> Unknown:
    return Unknown({"user": need.user, "resource": need.resource}, (what,))


def _fails(need: Wanted, found: Profile | Span, *, root: bool | None) -> Verdict:
    if need.doubt is not None:
        who, command = need.doubt
        return _unknown(need, Need(need.id, f"ZSS needs READ on {need.resource}: {who}?", command))
    profile = found if isinstance(found, Profile) else None
    ident = profile.id if profile is not None else f"profile:{need.class_name}/{need.resource}"
    # With READ the server's own identity counts beside its user's.
    level = Level.UPDATE if need.resource == _SERVER else Level.READ
    values = {"code": "SA101", "profile": ident, "user": need.user, "level": level.value}
    said = ((need.said, f"Zowe's task runs under {need.user}"),) if need.said is not None else ()
    # A server with UID 0 needs no access to BPX.SERVER.
    certain = need.sure and (need.resource == _DAEMON or root is False)
    return Fails(
        {
            "user": need.user,
            "resource": need.resource,
            "profile": profile.name if profile is not None else None,
        },
        primary=found.span if isinstance(found, Profile) else found,
        related=(*(((need.span, "ZSS is used"),) if need.span.line is not None else ()), *said),
        subjects=(need.id, ident),
        confidence=None if certain else Confidence.LIKELY,
        variant=None if profile is not None else "undefined",
        fix=FixHint(
            "authority" if profile is None or _opens_more(profile) else "access",
            {**values, "resource": need.resource, **_unsure(need)},
        ),
    )


def _unsure(need: Wanted) -> dict[str, str]:
    said = f"no input shows that ZSS runs under {need.user}: {need.shows}"
    return {} if need.sure else {"unsure": said}


def _opens_more(profile: Profile) -> bool:
    """Whether READ on it makes a user a superuser as well: no plan gives that beside what is needed."""
    return is_generic(profile) and covers(profile.name, "BPX.SUPERUSER")
