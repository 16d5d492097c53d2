"""What the rules about names have in common: the place of the host, and what the fix needs."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Fails, FixHint, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.text.source import Span
from zcertlint.trust.names import address_of

__all__ = ["host_place", "names_hint", "on_name"]


def host_place(link: Link) -> Span:
    """Where the configuration names the host."""
    return link.host.span if link.host is not None and link.host.span is not None else link.span


def names_hint(certificate: Certificate, link: Link) -> FixHint | None:
    """What the reissue-names builder needs; None for a certificate that is not in RACF."""
    if link.host is None or certificate.owner is None:
        return None
    values = {"certificate": certificate.id, "host": link.host.value}
    names = certificate.alt_names
    if link.server == "zosmf":
        values["path"] = "zOSMF.host"
        usable = [n for n in names.dns if not n.startswith("*")] if names is not None else []
        others = [ip for ip in names.ips if not _loopback(ip)] if names is not None else []
        if usable or others:
            values["alternative"] = (usable or others)[0]
    return FixHint("reissue-names", values)


def _loopback(ip: str) -> bool:
    address = address_of(ip)
    return address is None or address.is_loopback


def on_name(code: str, link: Link, ctx: Context) -> Verdict:
    """The verdict of a rule that fails when the client refuses the certificate's names."""
    judged = ctx.judged(link)
    certificate = judged.certificate
    if judged.failing(code) is None or certificate is None or link.host is None:
        return ctx.unknown(code, (judged,)) or Holds()
    common = certificate.subject.common_name if certificate.subject is not None else None
    return Fails(
        {
            "host": link.host.value,
            "client": link.client,
            "server": link.server,
            "certificate": certificate.id,
            "names": str(certificate.alt_names),
            "cn": common or "none",
        },
        primary=host_place(link),
        related=((certificate.span("alt_names", "subject"), f"its names: {certificate.alt_names}"),),
        subjects=(certificate.id, link.host.value),
        confidence=ctx.confidence(ctx.client(link), ctx.server(link)),
        links=(link.id,),
        fix=names_hint(certificate, link),
        breaks=_seen(link),
    )


def _seen(link: Link) -> tuple[str, ...] | None:
    """What this client would show; None takes the rule book's, which are those of a call to z/OSMF."""
    if link.client == "browser":
        return ("ERR_CERT_COMMON_NAME_INVALID", "SSL_BAD_CERT_DOMAIN")
    return None if link.server == "zosmf" else ("ZWEAM511E",)
