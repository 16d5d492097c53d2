"""NA108: the client accepts the host from the CN, for want of a DNS name."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.names._hosts import host_place, names_hint
from zcertlint.trust.names import NameReason
from zcertlint.trust.needs import need_names

__all__ = ["name_only_in_cn"]


@rule("NA108", on=Link)
def name_only_in_cn(link: Link, ctx: Context) -> Verdict:
    """The link holds; the finding breaks nothing yet."""
    judged = ctx.judged(link)
    certificate, name = judged.certificate, judged.name
    if certificate is None or name is None or link.host is None:
        return Holds()
    if name.reason is NameReason.NOT_SHOWN:
        return Unknown({"subject": certificate.id}, (need_names(certificate, link.host.value),), (link.id,))
    if name.reason is not NameReason.COMMON_NAME:
        return Holds()
    return Fails(
        {"certificate": certificate.id, "host": link.host.value},
        primary=certificate.span("alt_names", "subject"),
        related=((host_place(link), "the host that is called"),),
        subjects=(certificate.id, link.host.value),
        confidence=ctx.confidence(ctx.server(link)),
        spared=(link.id,),
        fix=names_hint(certificate, link),
    )
