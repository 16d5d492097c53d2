"""E10: access. A plan changes the profile that protects the resource today; it defines none and activates no class.

Why so narrow: a new profile hides the one that covers the resource now, and with BPX.DAEMON, BPX.SERVER or an APPL
profile the definition alone takes the system from everybody who is not on its list.
"""

import re
from collections.abc import Callable

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.permit import Permit, find_profile
from zcertlint.fixes.commands.reads import Rlist
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import shown
from zcertlint.model.certificate import OwnerKind
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.security import Level, Profile
from zcertlint.model.store import Usage
from zcertlint.records import dataclass

__all__ = ["PRIORITY", "build"]

PRIORITY = 70


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Who needs which access to what, by which profile."""

    profile: Profile
    resource: str
    user: str
    level: Level
    why: str


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """PERMIT on the profile that covers the resource."""
    wanted = _WANTED.get(hint.values.get("code", ""), _named)(hint, deployment)
    profile = wanted.profile
    if profile.grouped is not None:
        raise RefusedError(
            f"{profile.name} is a member of a profile of {profile.grouped}: PERMIT belongs there"
        )
    if profile.access is None:
        raise RefusedError(
            f"the access list is not shown: RLIST {profile.class_name} {profile.name} AUTHUSER"
        )
    own = next((entry.level for entry in profile.access if entry.who == wanted.user), None)
    if own is not None and own.covers(wanted.level):
        raise RefusedError(f"{wanted.user} has {own.value} to {profile.name} already")
    command = Permit(profile.class_name, profile.name, (wanted.user,), wanted.level)
    undo, lost = way_back((command,), deployment.database, options.as_of)
    reasons = _reasons(wanted, deployment.database)
    return Plan(
        key=plan_key("access", profile.id, wanted.user, wanted.level.value),
        builder="access",
        findings=findings,
        title=f"PERMIT {wanted.user} {wanted.level.value} to {profile.class_name} {shown(profile.name)}",
        why=wanted.why,
        safety=Safety.REVIEW if reasons or lost else Safety.READY,
        steps=(Step(f"the access list of {profile.class_name} {shown(profile.name)}", (command,)),),
        proof=(Rlist(profile.class_name, profile.name),),
        backout=(Step(f"the access list of {profile.class_name} {shown(profile.name)} as before", undo),)
        if undo
        else (),
        lost=lost,
        reasons=reasons,
        advice=_groups(wanted),
        restart=(),
    )


def _reasons(wanted: _Wanted, database: Database) -> tuple[str, ...]:
    profile, found = wanted.profile, []
    if _is_generic(profile):
        found.append(
            f"{shown(profile.name)} is generic: {wanted.user} gets {wanted.level.value} to every resource of class"
            f" {profile.class_name} that it covers, not only to {shown(wanted.resource)}"
        )
    own = next((entry for entry in profile.access or () if entry.who == wanted.user), None)
    if own is not None:
        level = own.level.value if own.level is not None else "an access that cannot be read"
        found.append(f"{wanted.user} stands on the list with {level}, which somebody may have meant")
    raclist = [one.raclist for one in database.security.classes if one.raclist is not None]
    if raclist and not any(profile.class_name in names for names in raclist) and _is_generic(profile):
        found.append(
            f"{profile.class_name} is not RACLISTed: SETROPTS GENERIC({profile.class_name}) REFRESH too"
        )
    return tuple(found)


def _is_generic(profile: Profile) -> bool:
    return profile.generic is True or any(sign in profile.name for sign in "*%")


def _groups(wanted: _Wanted) -> tuple[str, ...]:
    """Groups that have the access already, which many sites prefer to single users."""
    enough = [
        entry.who
        for entry in wanted.profile.access or ()
        if entry.level is not None and entry.level.covers(wanted.level) and entry.who not in {"*", "&RACUID"}
    ]
    if not enough:
        return ()
    who = ", ".join(enough)
    return (
        f"Instead, where one of these is a group: CONNECT {wanted.user} GROUP(...); {who} have the access.",
    )


def _profile(hint: FixHint, database: Database) -> Profile:
    ident = next(
        (one for one in (hint.values.get("profile", ""), *subjects(hint)) if one.startswith("profile:")), ""
    )
    class_name, _, name = ident.removeprefix("profile:").partition("/")
    found = find_profile(database, class_name, name)
    if found is None:
        raise RefusedError("the profile that protects the resource is not shown")
    return found


def _named(hint: FixHint, deployment: Deployment) -> _Wanted:
    """What a predicate says: profile, user, level, and the resource."""
    profile = _profile(hint, deployment.database)
    user, level = hint.values.get("user", ""), hint.values.get("level", "READ")
    resource = hint.values.get("resource", profile.name)
    return _Wanted(profile, resource, user, Level(level), f"{user} needs {level} to {shown(resource)}")


def _application(hint: FixHint, deployment: Deployment) -> _Wanted:
    """ID114: an APPL profile that is defined asks for READ."""
    profile = _profile(hint, deployment.database)
    user, name = hint.values.get("user", ""), hint.values.get("application", profile.name)
    why = f"certificates lead to {user}, and {shown(name)} lets only those in who have READ"
    return _Wanted(profile, name, user, Level.READ, why)


def _ring(hint: FixHint, deployment: Deployment) -> _Wanted:
    """SA104 to SA106: the user of a server reads a ring."""
    ident = next((one for one in subjects(hint) if one.startswith("ring:")), "")
    user = next((one for one in subjects(hint) if one.startswith("user:")), "").removeprefix("user:")
    owner, _, ring = ident.removeprefix("ring:").partition("/")
    resource = f"{owner}.{ring}.LST".upper()
    found = _covering(deployment.database, "RDATALIB", resource)
    if found is None or not user:
        raise RefusedError(
            f"no profile of class RDATALIB that covers {resource} is shown, and a new one would take the ring from"
            f" everybody who reads it by IRR.DIGTCERT.LISTRING: RLIST RDATALIB {resource} ALL"
        )
    level = _ring_level(deployment, ident, user)
    why = f"the server runs under {user}, and the profile alone decides who reads {owner}/{ring}"
    return _Wanted(found, resource, user, level, why)


def _ring_level(deployment: Deployment, ident: str, user: str) -> Level:
    """READ for the ring; more for a private key of another owner that the user serves from it."""
    store = deployment.store(ident)
    levels = {Level.READ}
    for row in store.connections if store is not None else ():
        served = any(
            end.keystore == ident and end.certificate == row.certificate
            for end in deployment.endpoints.values()
        )
        if served and row.usage is Usage.PERSONAL and row.owner is not None and row.owner.user != user:
            levels.add(Level.UPDATE if row.owner.kind is OwnerKind.ID else Level.CONTROL)
    return next(level for level in (Level.CONTROL, Level.UPDATE, Level.READ) if level in levels)


def _covering(database: Database, class_name: str, resource: str) -> Profile | None:
    """The profile that decides, of those that are shown: the discrete one, else the most specific generic one."""
    known = [one for one in database.security.profiles if one.class_name == class_name]
    exact = next((one for one in known if one.name.upper() == resource), None)
    if exact is not None:
        return exact
    fitting = [one for one in known if _is_generic(one) and _pattern(one.name).fullmatch(resource)]
    return max(fitting, key=lambda one: len(re.split(r"[*%]", one.name)[0]), default=None)


def _pattern(name: str) -> re.Pattern[str]:
    """A generic name of a general resource: ``%`` one character, ``*`` to the end of a part, ``**`` any parts.

    A ``*`` at the very end, as a part of its own, stands for one part or more.
    """
    parts = name.upper().split(".")
    text = ""
    for number, part in enumerate(parts):
        dot = r"\." if number else ""
        if part == "**":
            text += rf"(?:{dot}[^ ]*)?" if number else r"[^ ]*"
        elif part == "*" and number == len(parts) - 1:
            text += dot + r"[^ ]+"
        else:
            text += dot + "".join(
                r"[^.]*" if char == "*" else "[^.]" if char == "%" else re.escape(char) for char in part
            )
    return re.compile(text)


_WANTED: dict[str, Callable[[FixHint, Deployment], _Wanted]] = {
    "ID114": _application,
    "SA104": _ring,
    "SA105": _ring,
    "SA106": _ring,
}
