"""What the rules about protocols share: what each side of a link allows, and where that stands."""

from zcertlint.engine.rule import Context
from zcertlint.model.deployment import Link
from zcertlint.text.source import Span
from zcertlint.trust.protocols import Side, side_of

__all__ = ["places", "setting_ids", "sides", "words"]


def sides(link: Link, ctx: Context) -> tuple[Side, Side]:
    """What the server allows, and what the client does."""
    zowe, major = ctx.deployment.zowe, ctx.deployment.zowe_major
    return (
        side_of(ctx.server(link), link, zowe, major, server=True),
        side_of(ctx.client(link), link, zowe, major, server=False),
    )


def words(values: frozenset[str] | None) -> str:
    """A set for a sentence."""
    return ", ".join(sorted(values)) if values else "none"


def setting_ids(link: Link, ctx: Context) -> tuple[str, ...]:
    """The settings of both sides by name, as subjects: one setting speaks for many links."""
    paths = (".".join(entry.path) for side in sides(link, ctx) for entry in side.settings)
    return tuple(dict.fromkeys(paths)) or (link.id,)


def places(link: Link, ctx: Context) -> tuple[tuple[Span, str], ...]:
    """The settings of both sides, the server's first."""
    server, client = sides(link, ctx)
    found = [(entry.span, f"{link.server} as a server") for entry in server.settings]
    found += [(entry.span, f"{link.client} as a client") for entry in client.settings]
    return tuple(found)
