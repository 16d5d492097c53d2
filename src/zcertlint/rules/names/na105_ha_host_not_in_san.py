"""NA105: an HA member is called by a host name that the certificate lacks."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.names._hosts import on_name

__all__ = ["ha_host_not_in_san"]


@rule("NA105", on=Link)
def ha_host_not_in_san(link: Link, ctx: Context) -> Verdict:
    """Every service of a member is called by one name, so it is one finding with all links."""
    return on_name("NA105", link, ctx)
