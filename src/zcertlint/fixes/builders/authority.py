"""What no profile gives today: BPX.SERVER and BPX.DAEMON, the key of PassTickets, the right to make them.

Only the last one is ever defined, and only where it is shown that no profile of the class covers it, so that the new
one takes nothing from anybody: without one RACF refuses everybody. The others are advice: defining a BPX profile
puts every daemon of the system under its control, and the key of PassTickets is a secret that stands in no job.
"""

from collections.abc import Callable

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Rdefine
from zcertlint.fixes.commands.reads import Rlist
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import shown
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.security import Level
from zcertlint.trust.access import active, in_storage

__all__ = ["PRIORITY", "build"]

PRIORITY = 68
_CLASS = "PTKTDATA"


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The right to make PassTickets, or advice.

    Raises:
        RefusedError: what is missing is for a person to define; the advice says how, and what else comes with it.
    """
    make = _MADE.get(hint.values.get("code", ""))
    if make is None:
        raise RefusedError("there is no repair of an authority for it")
    return make(hint, findings, deployment, options)


def _daemon(hint: FixHint, _findings: tuple[str, ...], _site: Deployment, _options: FixOptions) -> Plan:
    resource, user = hint.values.get("resource", ""), shown(hint.values.get("user", ""))
    name = hint.values.get("profile", "").rpartition("/")[2]
    if any(sign in name for sign in "*%&"):
        wider, level = shown(name), hint.values.get("level", "READ")
        raise RefusedError(
            f"{wider} decides about BPX.SUPERUSER too, and READ there makes {user} a superuser",
            (
                (
                    f"A profile of its own, with the access list of today: RDEFINE FACILITY {resource} FROM({wider});"
                    f" PERMIT {resource} CLASS(FACILITY) ID({user}) ACCESS({level}); SETROPTS RACLIST(FACILITY)"
                    f" REFRESH. {wider} covers {resource} already, so nothing new comes under control."
                ),
                f"The way back: RDELETE FACILITY {resource}, and the refresh again.",
            ),
        )
    raise RefusedError(
        f"a plan never defines {resource}: that is a decision about every daemon of the system",
        (
            (
                "Once it is defined, every program that a daemon's address space loads must be program controlled"
                " (extattr +p, PADS): sshd, ftpd, inetd and cron stop where one is not. Without BPX.DAEMON every user"
                " with UID 0 has daemon authority."
            ),
            (
                f"When that is prepared: RDEFINE FACILITY {resource} UACC(NONE), PERMIT {resource} CLASS(FACILITY) for"
                f" {user} and for the user of every daemon and server that needs it today, then SETROPTS"
                " RACLIST(FACILITY) REFRESH."
            ),
            f"The way back: RDELETE FACILITY {resource}, and the refresh again.",
            "Zowe's user with UID 0 would do without, and is what nobody should want.",
        ),
    )


def _key(hint: FixHint, _findings: tuple[str, ...], _site: Deployment, options: FixOptions) -> Plan:
    name, variant = shown(hint.values.get("application", "")), hint.values.get("variant", "")
    if variant == "class":
        raise RefusedError(
            f"a plan never activates a class: {_CLASS} wakes every profile that is defined in it",
            (
                (
                    f"See what is there: SEARCH CLASS({_CLASS}); then SETROPTS CLASSACT({_CLASS}) RACLIST({_CLASS})"
                    f" GENERIC({_CLASS}), which the health check RACF_PTKTDATA_CLASS asks for."
                ),
            ),
        )
    verb = "RALTER" if variant == "key" else "RDEFINE"
    more = "" if variant == "key" else " UACC(NONE)"
    enhanced = options.since(2, 4)
    since = "" if enhanced else ", z/OS 2.4 or later"
    hsm = (
        f"With a key in ICSF (enhanced PassTickets{since}): {verb} {_CLASS} {name}"
        f" SSIGNON(EPTKEYLABEL(?KEYLABEL) TYPE(UPPER) TIMEOUT(60)){more}, where ?KEYLABEL is the label of an"
        " HMAC key in a CKDS with records of variable length; whether a ticket may be used twice is REPLAY's."
    )
    typed = (
        f"{verb} {_CLASS} {name} SSIGNON(KEYENCRYPTED(?KEY)) APPLDATA('NO REPLAY PROTECTION'){more},"
        " typed at a terminal: ?KEY is 16 hexadecimal digits that stand in no data set."
    )
    raise RefusedError(
        "the key of PassTickets is a secret, which no job of ours holds",
        (
            *((typed,) if enhanced is False else (hsm, f"Else: {typed}")),
            f"Then SETROPTS RACLIST({_CLASS}) REFRESH; RLIST {_CLASS} {name} SSIGNON NORACF shows that there is a key.",
            "Where z/OSMF runs on a system with another RACF database, the same key is defined there.",
        ),
    )


def _right(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """RDEFINE IRRPTAUTH.applid.*, PERMIT UPDATE."""
    user, name = hint.values.get("user", ""), hint.values.get("resource", "")
    if doubt := hint.values.get("doubt"):
        raise RefusedError(f"it is not shown {doubt}", _by_hand(user, name))
    database = deployment.database
    _takes_nothing(database, user, name)
    commands = (
        Rdefine(_CLASS, name, Level.NONE),
        Permit(_CLASS, name, (user,), Level.UPDATE),
    )
    undo, lost = way_back(commands, database, options.as_of)
    return Plan(
        key=plan_key("authority", name, user),
        builder="authority",
        findings=findings,
        title=f"define {_CLASS} {shown(name)} and PERMIT {user} UPDATE to it",
        why=f"no profile covers it, so RACF lets nobody make PassTickets for {shown(hint.values['application'])}",
        safety=Safety.REVIEW,
        steps=(Step(f"the right to make PassTickets for {shown(hint.values['application'])}", commands),),
        proof=(Rlist(_CLASS, name),),
        backout=(Step(f"{_CLASS} {shown(name)} is gone again", undo),) if undo else (),
        lost=lost,
        reasons=(
            *filter(None, (hint.values.get("unsure"),)),
            (
                f"{user} can then log any user on to {shown(hint.values['application'])} without a password: that is"
                " what Zowe needs it for"
            ),
        ),
        proves=f"RLIST {_CLASS} {name} AUTHUSER must show {user} with UPDATE, and nobody else that you do not expect.",
    )


def _by_hand(user: str, name: str) -> tuple[str, ...]:
    return (
        (
            f"RDEFINE {_CLASS} {shown(name)} UACC(NONE); PERMIT {shown(name)} CLASS({_CLASS}) ID({shown(user)})"
            f" ACCESS(UPDATE); SETROPTS RACLIST({_CLASS}) REFRESH."
        ),
        (
            f"Before that, SEARCH CLASS({_CLASS}) shows which profiles begin with IRRPTAUTH: a new one hides a more"
            " general one from whoever uses it now."
        ),
    )


def _takes_nothing(database: Database, user: str, name: str) -> None:
    """A new profile may be defined only where all of the class are shown, none of them for this right.

    Raises:
        RefusedError: one may be there, or the class would not use it.
    """
    security = database.security
    whole = security.unload is not None and _CLASS in security.unload_classes
    listed = [one for one in security.searches if one.class_name == _CLASS and one.complete]
    if not whole and not listed:
        raise RefusedError(
            f"whether another profile would be hidden is not shown: SEARCH CLASS({_CLASS})",
            _by_hand(user, name),
        )
    names = {one.name for one in security.profiles if one.class_name == _CLASS}
    names |= {one for search in listed for one in search.names}
    first = name.partition(".")[0]
    near = sorted(
        one for one in names if any(s in one.partition(".")[0] for s in "*%&") or one.startswith(f"{first}.")
    )
    others = [one for one in near if not _of_another(one, name)]
    if others:
        raise RefusedError(
            f"it would stand beside {', '.join(map(shown, others))}, which somebody may use",
            _by_hand(user, name),
        )
    generic = [one.generic for one in security.classes if one.generic is not None]
    if not generic or not all(_CLASS in one for one in generic):
        raise RefusedError(
            f"generic profiles are not shown to be in use for {_CLASS} (SETROPTS LIST): the name would be taken as it"
            " stands",
            _by_hand(user, name),
        )
    if active(database, _CLASS) is not True or in_storage(database, _CLASS) is not True:
        raise RefusedError(
            f"{_CLASS} is not shown to be active and RACLISTed (SETROPTS LIST), without which nobody makes PassTickets",
            _by_hand(user, name),
        )


def _of_another(one: str, name: str) -> bool:
    """Whether a profile is plainly for another application, or for single users of this one."""
    mine, theirs = name.split("."), one.split(".")
    if len(theirs) < 3 or any(sign in theirs[0] for sign in "*%&"):  # noqa: PLR2004 (IRRPTAUTH.applid.user)
        return False
    plain = not any(sign in theirs[1] for sign in "*%&")
    return plain and theirs[1] != mine[1]


_MADE: dict[str, Callable[[FixHint, tuple[str, ...], Deployment, FixOptions], Plan]] = {
    "SA101": _daemon,
    "SA111": _key,
    "SA112": _right,
}
