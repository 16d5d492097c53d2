"""ID113: the user that a certificate leads to cannot log on."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Absent
from zcertlint.model.clients import Logon
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import User
from zcertlint.text.source import Span
from zcertlint.trust.access import covering, undefined
from zcertlint.trust.needs import Need

__all__ = ["mapped_user_unusable"]

_UNIQUE = "BPX.UNIQUE.USER"


@rule("ID113", on=Logon)
def mapped_user_unusable(logon: Logon, ctx: Context) -> Verdict:
    """Without an OMVS segment a user can still be given one at logon: where BPX.UNIQUE.USER is defined."""
    database = ctx.deployment.database
    user = database.security.user(logon.user)
    if user is None:
        return _not_shown(logon, ctx)
    if user.revoked:
        return _fails(logon, "it is revoked", ((user.span, "the user"),))
    lacks, where = _lacks(user, ctx)
    if lacks is None:
        if user.uid is None or user.revoked is None:
            text = (
                f"Can {logon.user}, whom certificates lead to, log on? Its listing does not show all of it."
            )
            return Unknown({"user": logon.user}, (Need(logon.id, text, f"LISTUSER {logon.user} OMVS"),))
        return Holds({"user": logon.user})
    if covering(database, "FACILITY", _UNIQUE) is not None:
        return Holds({"user": logon.user})
    if not undefined(database, "FACILITY", _UNIQUE):
        text = f"{logon.user}: {lacks}. Does {_UNIQUE} give it one at logon?"
        return Unknown({"user": logon.user}, (Need(logon.id, text, f"RLIST FACILITY {_UNIQUE}"),))
    return _fails(logon, f"{lacks}, and {_UNIQUE} is not defined", ((where, "what is shown of it"),))


def _lacks(user: User, ctx: Context) -> tuple[str | None, Span]:
    if user.uid is Absent.ABSENT:
        return "it has no OMVS segment with a UID", user.span
    groups = ctx.deployment.database.security.groups
    group = next((one for one in groups if one.id == user.default_group), None)
    if group is not None and group.gid is Absent.ABSENT:
        return f"its default group {group.id} has no GID", group.span
    return None, user.span


def _not_shown(logon: Logon, ctx: Context) -> Verdict:
    database = ctx.deployment.database
    gone = [a for a in database.answers if a.kind is AnswerKind.NO_SUCH_USER and a.name == logon.user]
    if gone:
        return _fails(logon, "it does not exist", ((gone[0].span, "RACF says so"),))
    if database.security.unload is not None:
        return _fails(logon, "it does not exist", ((database.security.unload, "every user stands here"),))
    text = f"Can {logon.user}, whom certificates lead to, log on? No input shows this user."
    return Unknown({"user": logon.user}, (Need(logon.id, text, f"LISTUSER {logon.user} OMVS"),))


def _fails(logon: Logon, why: str, related: tuple[tuple[Span, str], ...]) -> Fails:
    return Fails(
        {"user": logon.user, "why": why},
        primary=logon.span,
        related=related,
        subjects=(logon.id,),
    )
