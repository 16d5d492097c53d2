"""ZW114: the oldest TLS version that is wanted is newer than the newest."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._network import attls_on, limits, tls_sections
from zcertlint.rules.zowe._sections import Slip, fails, text_of
from zcertlint.trust.needs import Need, config_command

__all__ = ["tls_range_empty"]

_ORDER = ("TLSV1", "TLSV1.0", "TLSV1.1", "TLSV1.2", "TLSV1.3")


@rule("ZW114", on=Deployment)
def tls_range_empty(deployment: Deployment, ctx: Context) -> Verdict:
    """A component takes what it does not override from zowe.network."""
    settings = deployment.zowe
    if settings is None:
        return Holds()
    slips, needs = [], []
    for path in tls_sections(settings):
        low, high = limits(settings, path)
        if attls_on(settings, path) or low is None or high is None:
            continue
        templates = [".".join(entry.path) for entry in (low, high) if entry.template]
        needs += [
            Need(name, f"{name} is a template that only Zowe evaluates.", config_command(name))
            for name in templates
        ]
        least, most = (text_of(low) or "").upper(), (text_of(high) or "").upper()
        if least in _ORDER and most in _ORDER and _ORDER.index(least) > _ORDER.index(most):
            facts = {"low": text_of(low), "high": text_of(high), "section": ".".join(path)}
            related = ((high.span, "this is less"),)
            slips.append(Slip(".".join(low.path), low.span, "and here", facts, related=related))
    found = fails("ZW114", slips, ctx)
    if found is not None:
        return found
    return Unknown({}, tuple(dict.fromkeys(needs))) if needs else Holds()
