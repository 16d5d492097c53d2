"""ZW119: a template decides a link, and only Zowe evaluates it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment

__all__ = ["unresolved_template"]


@rule("ZW119", on=Deployment)
def unresolved_template(deployment: Deployment, ctx: Context) -> Verdict:
    """Never judged as a text; the gap is each link's own, with the command that shows the value."""
    settings = deployment.zowe
    if settings is None:
        return Holds()
    waiting: dict[str, list[str]] = {}
    for link in ctx.deployment.links.values():
        for name in link.unresolved:
            waiting.setdefault(name, []).append(link.id)
    entries = [(name, entry) for name in waiting if (entry := settings.get(name)) is not None]
    if not entries:
        return Holds()
    return Fails(
        {
            "settings": ", ".join(name for name, _ in entries),
            "count": len({i for n in waiting for i in waiting[n]}),
        },
        primary=entries[0][1].span,
        related=tuple((entry.span, "so is this") for _, entry in entries[1:]),
        subjects=tuple(name for name, _ in entries),
    )
