"""What the rules of ring access say alike."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Confidence, FactValue, Fails, FixHint, Holds, Unknown
from zcertlint.text.source import Span
from zcertlint.trust.access import Held
from zcertlint.trust.ring_access import LISTRING, Lack, RingAccess

__all__ = ["fails", "level_of", "open_or_holds"]


def level_of(has: Held | None) -> str:
    """The level that a user has, in a sentence."""
    if has is None:
        return "none"
    return has.most.value if has.level is not None else f"at most {has.most.value}"


def _links(access: RingAccess, lack: Lack, ctx: Context) -> tuple[str, ...]:
    """The links that fail of it: those of the servers that suffer."""
    ends = set(access.ends)
    judged = (ctx.judged(link) for link in ctx.deployment.links.values() if ends & {link.client, link.server})
    return ctx.failing(lack.value, judged)


def open_or_holds(access: RingAccess, lack: Lack, ctx: Context) -> Unknown | Holds:
    """Unknown where it cannot be told whether just this is lacking."""
    if access.about is not lack:
        return Holds()
    links = ctx.deployment.links.values()
    waiting = tuple(link.id for link in links if {link.client, link.server} & set(access.ends))
    return Unknown({"user": access.reader.user, "ring": access.reader.ring.title}, access.needs, waiting)


def fails(access: RingAccess, lack: Lack, ctx: Context, *, variant: str | None = None) -> Fails:
    """The finding: the profile that decides, whose servers they are, and the ring."""
    reader, profile, row = access.reader, access.profile, access.row
    facts: dict[str, FactValue] = {
        "user": reader.user,
        "ring": reader.ring.title,
        "product": reader.product,
        "class": access.class_name,
        "profile": profile.name if profile is not None else None,
        "wanted": access.wanted.value,
        "has": level_of(access.has),
        "label": row.label if row is not None else None,
        "owner": str(row.owner) if row is not None else None,
    }
    place = profile.span if profile is not None else access.place or reader.ring.span
    return Fails(
        facts,
        primary=place,
        related=tuple(_related(access, place)),
        subjects=(reader.id, reader.ring.id),
        confidence=Confidence.CERTAIN if access.certain else Confidence.LIKELY,
        links=_links(access, lack, ctx),
        variant=variant,
        fix=None if lack is Lack.CLASS else _hint(access, lack),
    )


def _hint(access: RingAccess, lack: Lack) -> FixHint:
    """What the builder needs: by RDATALIB the level for ring and key at once; LISTRING has levels of its own."""
    reader, profile = access.reader, access.profile
    level = access.wanted if access.class_name == "FACILITY" else access.enough
    return FixHint(
        "access",
        {
            "code": lack.value,
            "user": reader.user,
            "ring": reader.ring.title,
            "class": access.class_name,
            "resource": LISTRING if access.class_name == "FACILITY" else reader.resource,
            "profile": profile.id if profile is not None else "",
            "level": level.value,
            "key": access.enough.value,
            **({} if reader.sure else {"doubt": reader.question}),
        },
    )


def _related(access: RingAccess, place: Span) -> list[tuple[Span, str]]:
    reader, row = access.reader, access.row
    found = []
    if reader.said is not None:
        found.append((reader.said, f"{reader.product} runs under {reader.user}"))
    if row is not None and row.span != place:
        found.append((row.span, f"the key of {row.owner}"))
    elif reader.ring.span != place:
        found.append((reader.ring.span, "the key ring"))
    return [(span, words) for span, words in found if span.path]
