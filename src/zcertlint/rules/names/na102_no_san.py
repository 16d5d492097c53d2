"""NA102: the certificate has no dNSName, and the CN does not count or is not the host."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.names._hosts import on_name

__all__ = ["no_san"]


@rule("NA102", on=Link)
def no_san(link: Link, ctx: Context) -> Verdict:
    """Where the CN saves it for this client, NA108 speaks."""
    return on_name("NA102", link, ctx)
