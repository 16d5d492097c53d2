"""ZW122: links fail, and the list of messages for the system log has none that would tell."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Basis, Deployment
from zcertlint.rules.zowe._sections import text_of

__all__ = ["messages_not_watched"]

_WATCHED = ("ZWEAM400E", "ZWEAM511E", "ZWEAG182E")
_PATH = ("zowe", "sysMessages")


@rule("ZW122", on=Deployment)
def messages_not_watched(deployment: Deployment, ctx: Context) -> Verdict:
    """Only where the list is used and a configured link fails: nobody asks for messages that do not come."""
    settings = deployment.zowe
    entry = settings.at(*_PATH) if settings is not None else None
    if settings is None or entry is None or not entry.container:
        return Holds()
    items = [text_of(settings.at(*_PATH, index)) for index in settings.children(*_PATH)]
    if any(item and item in wanted for item in items for wanted in _WATCHED):
        return Holds()  # also a part of the id: Zowe looks for the text anywhere
    failing = [
        link
        for link in deployment.links.values()
        if link.basis is Basis.CONFIGURED and ctx.judged(link).answer is False
    ]
    if not failing:
        return Holds()
    return Fails(
        {"messages": ", ".join(_WATCHED), "count": len(failing)},
        primary=entry.key_span,
        subjects=(".".join(_PATH),),
    )
