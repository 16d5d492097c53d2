"""SA112: Zowe's user may not make the PassTickets with which it logs users on to z/OSMF."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, FixHint, Holds, Unknown, Verdict
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.security import Level, Profile
from zcertlint.rules.access._profiles import ask_access, decided, rlist, told_missing
from zcertlint.rules.access._tickets import CLASS, given
from zcertlint.text.source import Span
from zcertlint.trust.access import active, allows, held
from zcertlint.trust.needs import Need
from zcertlint.trust.wanted import Runner, Tickets, tickets, zowe_user

__all__ = ["passticket_authority_missing"]


@rule("SA112", on=Deployment)
def passticket_authority_missing(deployment: Deployment, _ctx: Context) -> Verdict:
    """UPDATE makes tickets, READ only checks them. What no profile covers nobody may do: the class is RACLISTed."""
    use, runner, database = tickets(deployment), zowe_user(deployment), deployment.database
    if use is None or runner is None or runner.exempt or active(database, CLASS) is False:
        return Holds()
    if not given(database, use.application):
        return Holds()
    questions = []
    for found in _profiles(deployment, use):
        if found is None:
            questions.append(_not_shown(database, use, runner))
        elif not isinstance(found, Profile) or allows(database, found, runner.user, Level.UPDATE) is False:
            return _fails(use, runner, found, database)
        elif (open_ := ask_access(database, found, runner.user, Level.UPDATE)) is not None:
            questions += open_.needs
    return Unknown({"user": runner.user}, tuple(dict.fromkeys(questions))) if questions else Holds()


def _profiles(deployment: Deployment, use: Tickets) -> list[Profile | Span | None]:
    """What decides about tickets for the users that certificates lead to, and for everybody else."""
    database = deployment.database
    own = [decided(database, CLASS, f"IRRPTAUTH.{use.application}.{one.user}") for one in deployment.logons]
    found: list[Profile | Span | None] = [one for one in own if one is not None]
    name = f"IRRPTAUTH.{use.application}.*"
    exact = (one for one in database.security.profiles if one.class_name == CLASS and one.name == name)
    others = next(exact, None) or decided(database, CLASS, name)
    return [*found, others] if others is not None or not found else found


def _not_shown(database: Database, use: Tickets, runner: Runner) -> Need:
    name = f"IRRPTAUTH.{use.application}.*"
    text = f"May {runner.user} make PassTickets for {use.application}? No input shows which profile decides."
    # RLIST says of a generic name only that there is no profile of that name.
    command = f"SEARCH CLASS({CLASS})" if told_missing(database, CLASS, name) else rlist(CLASS, name)
    return Need(f"profile:{CLASS}/{name}", text, command)


def _fails(use: Tickets, runner: Runner, found: Profile | Span, database: Database) -> Verdict:
    resource = f"IRRPTAUTH.{use.application}.*"
    if runner.doubt is not None and isinstance(found, Profile):
        who, command = runner.doubt
        text = f"Making PassTickets for {use.application} takes UPDATE on {found.name}: {who}?"
        return Unknown({"user": runner.user}, (Need(f"user:{runner.user}", text, command),))
    profile = found if isinstance(found, Profile) else None
    level = held(database, profile, runner.user).level if profile is not None else None
    ident = profile.id if profile is not None else f"profile:{CLASS}/{resource}"
    values = {"code": "SA112", "profile": ident, "user": runner.user, "level": "UPDATE", "resource": resource}
    if not runner.sure:
        values["unsure"] = f"no input shows that Zowe runs under {runner.user}: {runner.shows}"
    doubt = "" if runner.doubt is None else runner.doubt[0]
    said = ((runner.span, f"Zowe's task runs under {runner.user}"),) if runner.span is not None else ()
    return Fails(
        {
            "user": runner.user,
            "application": use.application,
            "profile": profile.name if profile is not None else resource,
            "level": level.value if level is not None else None,
        },
        primary=found.span if isinstance(found, Profile) else found,
        related=((use.reason.span, "makes Zowe log users on to z/OSMF with PassTickets"), *said),
        subjects=(f"user:{runner.user}", ident),
        confidence=None if use.given is not None and runner.sure else Confidence.LIKELY,
        variant=None if profile is not None else "undefined",
        fix=FixHint("access", values)
        if profile is not None
        else FixHint("authority", {**values, "application": use.application, "doubt": doubt}),
    )
