"""NA109: names are not checked on this link, and would fail if they were."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Link, Verify
from zcertlint.rules.names._hosts import host_place, names_hint
from zcertlint.trust.names import match_host
from zcertlint.trust.needs import need_names
from zcertlint.trust.stacks import profile

__all__ = ["names_hidden_by_verification"]


@rule("NA109", on=Link)
def names_hidden_by_verification(link: Link, ctx: Context) -> Verdict:
    """Only where the setting hides it: ZSS never checks names and is not meant."""
    certificate = ctx.judged(link).certificate
    if link.verify not in {Verify.NONSTRICT, Verify.DISABLED} or link.host is None or certificate is None:
        return Holds()
    if ctx.client(link).attls_out:
        return Holds()  # AT-TLS looks at no names, whatever the setting
    match = match_host(certificate, link.host.value, profile(link.stack))
    if match.answer is None:
        return Unknown({"subject": certificate.id}, (need_names(certificate, link.host.value),), (link.id,))
    if match.answer:
        return Holds()
    verify = ctx.deployment.verify
    related = [(certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}")]
    if verify is not None and verify.span is not None:
        related.append((verify.span, "names are not checked"))
    return Fails(
        {
            "client": link.client,
            "server": link.server,
            "host": link.host.value,
            "names": str(certificate.alt_names),
            "verify": link.verify.value,
        },
        primary=host_place(link),
        related=tuple(related),
        subjects=(certificate.id, link.host.value),
        confidence=ctx.confidence(ctx.server(link)),
        spared=(link.id,),
        fix=names_hint(certificate, link),
    )
