"""LK104: a certificate of the chain is signed with an algorithm that the client does not accept."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.trust.pairs import outside

__all__ = ["signature_not_accepted"]


@rule("LK104", on=Link)
def signature_not_accepted(link: Link, ctx: Context) -> Verdict:
    """What every client refuses (MD5), and what some refuse on principle (SHA-1), is CP102."""
    judged = ctx.judged(link)
    failing, accepted = judged.failing("LK104"), ctx.judge.pairs(link)
    if failing is None or accepted is None or judged.certificate is None or judged.chain is None:
        return ctx.unknown("LK104", (judged,)) or Holds()
    path = ctx.judge.sent_path(link, judged.certificate, judged.chain)
    refused = [found for found, answer in outside(path, accepted) if answer is False]
    first, setting = refused[0], accepted.setting
    listed = ", ".join(sorted(accepted.accepted))
    place = (setting.span, "the list that counts") if setting is not None else (link.span, "the call")
    return Fails(
        {
            "certificate": first.id,
            "signature": first.signature,
            "key": str(first.key),
            "client": link.client,
            "accepted": f"only {listed}" if setting is not None else "by default, without TLS 1.3 or at all",
        },
        primary=first.span("signature"),
        related=(place, *((other.span("signature"), "not accepted either") for other in refused[1:])),
        subjects=(link.client, *(found.id for found in refused)),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link), believed=failing.believed),
        links=(link.id,),
    )
