"""E10: access. A plan changes the profile that protects the resource today, and activates no class.

Why so narrow: a new profile hides the one that covers the resource now, and with BPX.DAEMON, BPX.SERVER or an APPL
profile the definition alone takes the system from everybody who is not on its list. The one exception is a key ring
under a generic profile that covers the rings of other owners too: its own profile begins as a copy (RDEFINE FROM), so
nobody loses anything, and the rings of the others stay closed.
"""

from collections.abc import Callable

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import restarts
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.permit import Permit, find_profile
from zcertlint.fixes.commands.profiles import Rdefine, Rdelete
from zcertlint.fixes.commands.reads import Rlist
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import shown
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.security import Level, Profile
from zcertlint.records import dataclass
from zcertlint.trust.access import is_generic, is_user

__all__ = ["PRIORITY", "build"]

PRIORITY = 70
_OWN_KEY = (
    "Serve a certificate of the server's own user: its key takes READ to the ring, by whichever profile.",
    (
        "Else a profile OWNER.RING.LST of class RDATALIB that permits the ring's owner and everybody who reads the ring"
        " today: it takes the ring from all others, and the class must be active and RACLISTed."
    ),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Who needs which access to what, by which profile.

    Attributes:
        ring: the key ring that is read then. apart: whether the profile covers so much beside the resource that the
            resource gets one of its own, a copy of it. doubt: the command that shows the user, where nothing does.
        unsure: why the user may be another one, as a sentence.
    """

    profile: Profile
    resource: str
    user: str
    level: Level
    why: str
    ring: str | None = None
    apart: bool = False
    doubt: str | None = None
    unsure: str | None = None


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
    made = _commands(wanted)
    undo, lost = way_back(made, deployment.database, options.as_of)
    if wanted.apart:  # with the profile its access list goes
        undo = tuple(command for command in undo if isinstance(command, Rdelete))
    reasons = _reasons(wanted, deployment.database)
    name = wanted.resource if wanted.apart else profile.name
    note = f"the access list of {profile.class_name} {shown(name)}"
    return Plan(
        key=plan_key("access", f"{profile.class_name}/{name}", wanted.user, wanted.level.value),
        builder="access",
        findings=findings,
        title=f"PERMIT {wanted.user} {wanted.level.value} to {profile.class_name} {shown(name)}"
        + (", a copy of " + shown(profile.name) if wanted.apart else ""),
        why=wanted.why,
        safety=Safety.REVIEW if reasons or lost else Safety.READY,
        steps=(Step(note, made),),
        proof=(Rlist(profile.class_name, name),),
        backout=(Step(f"{note} as before", undo),) if undo else (),
        lost=lost,
        reasons=reasons,
        advice=_groups(wanted, deployment.database),
        restart=restarts(deployment, (), (wanted.ring,)) if wanted.ring is not None else (),
    )


def _commands(wanted: _Wanted) -> tuple[Command, ...]:
    """PERMIT; for one resource of many that a generic profile covers, on a copy of that profile."""
    profile = wanted.profile
    if not wanted.apart:
        return (Permit(profile.class_name, profile.name, (wanted.user,), wanted.level),)
    return (
        Rdefine(profile.class_name, wanted.resource, source=profile.name),
        Permit(profile.class_name, wanted.resource, (wanted.user,), wanted.level),
    )


def _reasons(wanted: _Wanted, database: Database) -> tuple[str, ...]:
    profile, found = wanted.profile, []
    if wanted.doubt:
        found.append(f"no input shows that the server runs under {wanted.user}: {wanted.doubt}")
    if wanted.unsure:
        found.append(wanted.unsure)
    if wanted.apart:
        found.append(
            f"{shown(wanted.resource)} gets a profile of its own, a copy of {shown(profile.name)}: who is permitted"
            " there from now on is not permitted here"
        )
        found += [doubt for command in _commands(wanted) for doubt in command.doubts(database)]
    elif is_generic(profile):
        found.append(
            f"{shown(profile.name)} is generic: {wanted.user} gets {wanted.level.value} to every resource of class"
            f" {profile.class_name} that it covers"
            + (f", not only to {shown(wanted.resource)}" if wanted.resource != profile.name else "")
        )
    own = next((entry for entry in profile.access or () if entry.who == wanted.user), None)
    if own is not None:
        level = own.level.value if own.level is not None else "an access that cannot be read"
        found.append(f"{wanted.user} stands on the list with {level}, which somebody may have meant")
    if wanted.ring is not None and wanted.level is Level.CONTROL:
        found.append("that the private key takes CONTROL, and nothing less, is not confirmed everywhere")
    if profile.class_name == "FACILITY" and wanted.ring is not None and wanted.level is Level.UPDATE:
        found.append(f"with UPDATE to IRR.DIGTCERT.LISTRING {wanted.user} reads every key ring of the system")
    raclist = [one.raclist for one in database.security.classes if one.raclist is not None]
    if (
        raclist
        and not any(profile.class_name in names for names in raclist)
        and is_generic(profile)
        and not wanted.apart
    ):
        found.append(
            f"{profile.class_name} is not RACLISTed: SETROPTS GENERIC({profile.class_name}) REFRESH too"
        )
    return tuple(found)


def _groups(wanted: _Wanted, database: Database) -> tuple[str, ...]:
    """Groups that have the access already, which many sites prefer to single users."""
    enough = [
        entry.who
        for entry in wanted.profile.access or ()
        if entry.level is not None
        and entry.level.covers(wanted.level)
        and entry.who not in {"*", "&RACUID"}
        and not is_user(database, entry.who)
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
    why = f"{user} needs {level} to {shown(resource)}"
    return _Wanted(profile, resource, user, Level(level), why, unsure=hint.values.get("unsure"))


def _application(hint: FixHint, deployment: Deployment) -> _Wanted:
    """ID114: an APPL profile that is defined asks for READ."""
    profile = _profile(hint, deployment.database)
    user, name = hint.values.get("user", ""), hint.values.get("application", profile.name)
    why = f"certificates lead to {user}, and {shown(name)} lets only those in who have READ"
    return _Wanted(profile, name, user, Level.READ, why)


def _ring(hint: FixHint, deployment: Deployment) -> _Wanted:
    """SA104 to SA106: the user of a server reads a ring."""
    values = hint.values
    user, ring, key = values.get("user", ""), values.get("ring", ""), values.get("key", "READ")
    if values.get("code") == "SA105" and values.get("class") == "FACILITY":
        raise RefusedError(
            f"CONTROL to IRR.DIGTCERT.GENCERT would let {user} sign with every CA of the system", _OWN_KEY
        )
    if not values.get("profile") and values.get("class") == "FACILITY":
        raise RefusedError(
            "IRR.DIGTCERT.LISTRING is not defined: that is a decision about every key ring of the system",
            (
                f"RDEFINE FACILITY IRR.DIGTCERT.LISTRING UACC(NONE), and PERMIT {user} and every other server READ.",
            ),
        )
    if not values.get("profile"):
        raise RefusedError(
            f"no profile covers {values.get('resource', '')}, and a new one would take the ring from everybody who"
            " reads it by IRR.DIGTCERT.LISTRING",
            _OWN_KEY if key != Level.READ.value else (),
        )
    profile = _profile(hint, deployment.database)
    if profile.class_name == "FACILITY" and key != Level.READ.value:
        raise RefusedError(f"LISTRING would let {user} read the ring, and never the key on it", _OWN_KEY)
    level, resource = Level(values.get("level", "READ")), values.get("resource", profile.name)
    why = f"the server runs under {user}, and the profile alone decides who reads {shown(ring)}"
    owner = profile.class_name == "RDATALIB" and _first(profile.name) == _first(resource)
    apart = is_generic(profile) and not owner
    return _Wanted(profile, resource, user, level, why, f"ring:{ring}", apart, values.get("doubt"))


def _first(name: str) -> str:
    return name.upper().partition(".")[0]


_WANTED: dict[str, Callable[[FixHint, Deployment], _Wanted]] = {
    "ID114": _application,
    "SA104": _ring,
    "SA105": _ring,
    "SA106": _ring,
}
