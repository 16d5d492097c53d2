"""SA115: the user of z/OSMF's requests before logon may not use z/OSMF's application."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, FixHint, Holds, Verdict
from zcertlint.model.access import Purpose, Wanted
from zcertlint.model.deployment import Database
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import Profile
from zcertlint.rules.access._profiles import ask_access
from zcertlint.trust.access import active, allows, deciding

__all__ = ["appl_access_missing"]


@rule("SA115", on=Wanted)
def appl_access_missing(need: Wanted, ctx: Context) -> Verdict:
    """A name without a profile is open to everybody. Of the users that certificates lead to ID114 speaks."""
    database = ctx.deployment.database
    if need.purpose is not Purpose.APPLICATION or active(database, need.class_name) is False:
        return Holds()
    profile = deciding(database, need.class_name, need.resource)
    if not isinstance(profile, Profile) or (need.said is None and _gone(database, need.user)):
        return Holds()
    if allows(database, profile, need.user, need.level) is not False:
        return ask_access(database, profile, need.user, need.level) or Holds()
    values = {"profile": profile.id, "user": need.user, "level": need.level.value, "resource": need.resource}
    if not need.sure:
        values["unsure"] = f"no input shows that this is z/OSMF's user and application: {need.shows}"
    said = ((need.said, f"requests before logon run under {need.user}"),) if need.said is not None else ()
    return Fails(
        {"user": need.user, "application": need.resource, "profile": profile.name},
        primary=profile.span,
        related=((need.span, "z/OSMF is used"), *said),
        subjects=(need.id, profile.id),
        confidence=None if need.sure else Confidence.LIKELY,
        fix=FixHint("access", {"code": "SA115", **values}),
    )


def _gone(database: Database, ident: str) -> bool:
    """Whether the user of the default name is shown not to exist: then it has another name."""
    if database.security.user(ident) is not None:
        return False
    told = any(one.kind is AnswerKind.NO_SUCH_USER and one.name == ident for one in database.answers)
    return told or database.security.unload is not None
