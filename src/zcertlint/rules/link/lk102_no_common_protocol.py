"""LK102: the two sides of a link share no TLS version."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.link._sides import places, setting_ids, sides, words

__all__ = ["no_common_protocol"]


@rule("LK102", on=Link)
def no_common_protocol(link: Link, ctx: Context) -> Verdict:
    """Only where both sides are configured, or their product's default is known."""
    if ctx.judged(link).failing("LK102") is None:
        return Holds()
    server, client = sides(link, ctx)
    told = places(link, ctx)
    return Fails(
        {
            "client": link.client,
            "server": link.server,
            "offers": words(client.versions),
            "allows": words(server.versions),
        },
        primary=told[0][0] if told else link.span,
        related=told[1:],
        subjects=setting_ids(link, ctx),
        links=(link.id,),
    )
