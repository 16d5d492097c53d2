"""NA110: a host name of the shipped samples is still configured."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.settings import Setting
from zcertlint.trust.hosts import SAMPLES, is_host

__all__ = ["placeholder_domain"]


@rule("NA110", on=Setting)
def placeholder_domain(setting: Setting, ctx: Context) -> Verdict:
    """Exactly a sample's name: domains that are reserved for examples are no fault as such."""
    name = str(setting.value or "")
    if not is_host(setting.path) or setting.container or name.casefold() not in SAMPLES:
        return Holds()
    called = [
        ctx.judged(link)
        for link in ctx.deployment.links.values()
        if link.host is not None and link.host.value == name
    ]
    return Fails(
        {"setting": ".".join(setting.path), "host": name},
        primary=setting.span,
        subjects=(name.casefold(),),
        links=ctx.failing("NA110", called),
    )
