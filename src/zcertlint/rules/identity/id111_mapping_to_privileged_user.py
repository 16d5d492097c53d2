"""ID111: a certificate logs on as a user with authority over the system."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.clients import Logon

__all__ = ["mapping_to_privileged_user"]

_POWERS = ("SPECIAL", "OPERATIONS")


@rule("ID111", on=Logon, hardening=True)
def mapping_to_privileged_user(logon: Logon, ctx: Context) -> Verdict:
    """SPECIAL, OPERATIONS or UID 0, as far as the user is shown."""
    user = ctx.deployment.database.security.user(logon.user)
    if user is None:
        return Holds()
    powers = [word for word in _POWERS if user.attributes is not None and word in user.attributes]
    powers += ["UID 0"] if user.uid == 0 else []
    if not powers:
        return Holds()
    return Fails(
        {"user": logon.user, "powers": " and ".join(powers)},
        primary=logon.span,
        related=((user.span, "the user"),),
        subjects=(logon.id,),
    )
