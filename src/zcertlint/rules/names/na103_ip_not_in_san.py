"""NA103: the host is an IP address and no iPAddress entry holds it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.names._hosts import on_name

__all__ = ["ip_not_in_san"]


@rule("NA103", on=Link)
def ip_not_in_san(link: Link, ctx: Context) -> Verdict:
    """Before z/OS 3.2 a listing shows the first address only: then it cannot be told."""
    return on_name("NA103", link, ctx)
