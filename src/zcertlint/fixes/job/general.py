"""RACF's commands beside RACDCERT as command values, and what they do in plain words."""

from collections.abc import Collection, Sequence

from zcertlint.fixes.commands.base import Effects
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Ralter, Rdefine, Rdelete
from zcertlint.fixes.commands.setropts import Setropts
from zcertlint.fixes.commands.users import AlterOmvs, ConnectGroup, DelUser, RemoveGroup
from zcertlint.fixes.job.racf import General
from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Database

__all__ = ["general_effect", "general_value"]

_SEGMENTS = frozenset(
    ("SSIGNON", "STDATA", "ADDMEM", "DELMEM", "NOSSIGNON", "NOSTDATA", "NOAPPLDATA", "WHEN")
)
_RAISED = frozenset(("SPECIAL", "NOSPECIAL", "REVOKE", "RESUME", "RESTRICTED", "NORESTRICTED", "DFLTGRP"))


def general_value(general: General) -> tuple[Effects, ...] | None:
    """The command values that play it, one for each user; None when an operand is not modelled."""
    match general.verb:
        case "SETROPTS":
            return _setropts(general)
        case "PERMIT":
            return _permit(general)
        case "RDEFINE" | "RALTER" | "RDELETE":
            return _profile(general)
        case _:
            return _user(general)


def _setropts(general: General) -> tuple[Effects, ...] | None:
    words = set(general.operands) - {"REFRESH"}
    known = {"RACLIST", "NORACLIST", "GENERIC", "CLASSACT", "NOCLASSACT"}
    if not words <= known or len(words & {"RACLIST", "NORACLIST"}) > 1:
        return None
    lists = general.lists
    return (
        Setropts(
            raclist=lists.get("RACLIST", ()),
            generic=lists.get("GENERIC", ()),
            active=lists.get("CLASSACT", ()),
            no_raclist=lists.get("NORACLIST", ()),
            inactive=lists.get("NOCLASSACT", ()),
            again=general.refresh,
        ),
    )


def _permit(general: General) -> tuple[Effects, ...] | None:
    simple = set(general.operands) <= {"CLASS", "ID", "ACCESS", "DELETE", "RESET"}
    if not simple or general.class_name is None or general.profile is None:
        return None
    if not general.delete and not general.reset and general.access is None:
        return None
    level = None if general.delete else general.access
    return (Permit(general.class_name, general.profile, general.ids, level, general.delete, general.reset),)


def _profile(general: General) -> tuple[Effects, ...] | None:
    if _SEGMENTS & set(general.operands) or general.source_class not in {None, general.class_name}:
        return None
    name, profile = general.class_name or "", general.profile or ""
    if general.verb == "RDEFINE":
        shared = (general.universal, general.source, general.app_data, general.owner)
        return (Rdefine(name, profile, *shared, warning="WARNING" in general.operands),)
    if general.verb == "RDELETE":
        return (Rdelete(name, profile),)
    words = set(general.operands)
    warning = True if "WARNING" in words else False if "NOWARNING" in words else None
    return (Ralter(name, profile, general.universal, general.app_data, general.owner, warning),)


def _user(general: General) -> tuple[Effects, ...] | None:
    words = set(general.operands)
    match general.verb:
        case "DELUSER":
            return tuple(DelUser(user) for user in general.ids)
        case "CONNECT" if general.group is not None and not words & {"REVOKE", "RESUME", "SPECIAL"}:
            return tuple(ConnectGroup(user, general.group) for user in general.ids)
        case "REMOVE" if general.group is not None:
            return tuple(RemoveGroup(user, general.group) for user in general.ids)
        case "ALTUSER" if not words & _RAISED:
            if general.uid is Absent.ABSENT:
                return tuple(AlterOmvs(user, none=True) for user in general.ids)
            uid = general.uid if isinstance(general.uid, int) else None
            return tuple(AlterOmvs(user, uid) for user in general.ids) if uid is not None else None
        case _:
            return None


def general_effect(
    general: General, before: Database, changed: Sequence[str], off: Collection[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """What it does, and the classes whose profiles it loads again.

    Args:
        general: the command.
        before: the database in front of it.
        changed: the classes that commands before it have changed.
        off: the classes that commands before it have taken out of storage (NORACLIST).
    """
    match general.verb:
        case "SETROPTS":
            return _setropts_effect(general, before, changed, off)
        case "PERMIT":
            who = ", ".join(general.ids)
            if general.delete:
                return f"takes {who} off the access list", ()
            level = general.access.value if general.access is not None else "access"
            emptied = "empties the access list" if general.reset else ""
            given = f"gives {level} to {who}" if who else ""
            return " and ".join(filter(None, (emptied, given))), ()
        case "RDEFINE":
            return "defines the profile", ()
        case "RALTER":
            return "changes the profile", ()
        case "RDELETE":
            return "deletes the profile and its access list", ()
        case "DELUSER":
            return "deletes the user, its certificates and its key rings", ()
        case "CONNECT":
            return f"connects {', '.join(general.ids)} to {general.group}", ()
        case "REMOVE":
            return f"takes {', '.join(general.ids)} out of {general.group}", ()
        case _:
            return "changes the OMVS segment", ()


def _setropts_effect(
    general: General, before: Database, changed: Sequence[str], off: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    lists = [one.raclist for one in before.security.classes if one.raclist is not None]
    names = tuple(dict.fromkeys((*general.lists.get("RACLIST", ()), *general.lists.get("GENERIC", ()))))
    if not general.refresh:
        # RACLIST of a class that is not RACLISTed loads its profiles; of another one nothing is known to happen.
        loaded = tuple(
            name for name in general.lists.get("RACLIST", ()) if not any(name in one for one in lists)
        )
        return _lists_effect(general, before), loaded
    if any(general.lists.get(keyword) for keyword in ("CLASSACT", "NOCLASSACT", "NORACLIST")):
        told = _lists_effect(general, before)
        return f"{told}; loads {', '.join(names)} again" if names else told, names
    not_listed = [name for name in names if name in off or (lists and not any(name in one for one in lists))]
    if names and len(not_listed) == len(names) and "GENERIC" not in general.lists:
        return f"no effect: {', '.join(names)} is not RACLISTed (ICH14070I)", names
    if changed and not set(changed) & set(names):
        return "not the classes that this job changes", names
    return f"loads {', '.join(names)} again", names


def _lists_effect(general: General, before: Database) -> str:
    """What becomes of the classes in each list; what is made active wakes the profiles that lie in it."""
    active = [one.active for one in before.security.classes if one.active is not None]
    told = []
    for keyword in ("CLASSACT", "NOCLASSACT", "GENERIC", "RACLIST", "NORACLIST"):
        names = general.lists.get(keyword, ())
        if not names:
            continue
        classes = ", ".join(names)
        many = len(names) > 1
        if keyword == "CLASSACT" and active and all(any(name in one for one in active) for name in names):
            told.append(f"{classes} {'are' if many else 'is'} active already")
        elif keyword == "CLASSACT":
            told.append(
                f"activates {classes}: profiles that lie dormant in {'them' if many else 'it'} begin to count"
            )
        elif keyword == "NOCLASSACT":
            told.append(f"makes {classes} inactive: {'their' if many else 'its'} profiles no longer count")
        elif keyword == "NORACLIST":
            told.append(f"keeps the profiles of {classes} in storage no longer")
        elif keyword == "RACLIST" and not general.refresh:
            told.append(f"loads the profiles of {classes} into storage")
        elif keyword == "GENERIC" and not general.refresh:
            told.append(f"generic profiles of {classes} count")
    return "; ".join(told) or f"{general.function} of {', '.join(general.classes)}"
