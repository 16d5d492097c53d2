"""NA101: the certificate has DNS names, and the host is none of them."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.names._hosts import on_name

__all__ = ["host_not_in_san"]


@rule("NA101", on=Link)
def host_not_in_san(link: Link, ctx: Context) -> Verdict:
    """Before z/OS 3.2 a listing shows the first name of each type: then it cannot be told."""
    return on_name("NA101", link, ctx)
