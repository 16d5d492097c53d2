"""ZW116: no external domain is configured."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import text_of, whole

__all__ = ["external_domains_missing"]

_PATH = ("zowe", "externalDomains")


@rule("ZW116", on=Deployment)
def external_domains_missing(deployment: Deployment, _ctx: Context) -> Verdict:
    """An empty list counts where it stands, none at all only in a whole configuration."""
    settings = deployment.zowe
    entry = settings.at(*_PATH) if settings is not None else None
    if settings is None or (entry is None and not whole(settings)):
        return Holds()
    items = [settings.at(*_PATH, index) for index in settings.children(*_PATH)]
    if any(item is not None and (item.template or text_of(item)) for item in (entry, *items)):
        return Holds()
    place = entry if entry is not None else settings.get("zowe")
    if place is None:
        return Holds()
    return Fails({}, primary=place.key_span, subjects=(".".join(_PATH),))
