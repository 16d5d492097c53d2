"""ID112: a filter that no logon reaches, because the gateway does not trust the CA of the certificates it is for."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint, Link, Stack
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import filter_id, owner
from zcertlint.trust.identity import fit, x509_logon

__all__ = ["mapping_issuer_untrusted"]

_CORE = {"zowe.gateway", "zowe.apiml"}


@rule("ID112", on=NameFilter)
def mapping_issuer_untrusted(entry: NameFilter, ctx: Context) -> Verdict:
    """Beside CH102, which is the outage of the client's link: this tells whose logon waits for it."""
    if x509_logon(ctx.deployment.zowe) is None:
        return Holds()  # then it is for another program
    met = list(_met(entry, ctx))
    if not met or any(trusted is not False for *_, trusted in met):
        return Holds()
    client, certificate, gateway, _ = met[0]
    store = ctx.deployment.store(gateway.truststore)
    return Fails(
        {
            "label": entry.label,
            "owner": owner(entry),
            "client": client.id,
            "issuer": str(certificate.issuer),
            "store": store.title if store is not None else "its trust store",
        },
        primary=entry.span,
        related=(
            (certificate.span("issuer"), f"the issuer of the certificate of {client.id}"),
            *(((store.span, "no CA here leads to it"),) if store is not None else ()),
        ),
        subjects=(filter_id(entry), certificate.id),
        confidence=ctx.confidence(gateway),
    )


def _met(entry: NameFilter, ctx: Context) -> Iterator[tuple[Endpoint, Certificate, Endpoint, bool | None]]:
    """Each call of a declared client that the filter fits: client, certificate, gateway, whether it is trusted."""
    for link in ctx.deployment.links.values():
        client, gateway = ctx.client(link), ctx.server(link)
        if client.product != "client" or gateway.id.partition("@")[0] not in _CORE:
            continue
        certificate = ctx.deployment.certificate(client.certificate)
        if certificate is not None and fit(entry, certificate) is not None:
            yield client, certificate, gateway, _trusted(link, certificate, ctx)


def _trusted(link: Link, certificate: Certificate, ctx: Context) -> bool | None:
    """Whether the gateway's trust store has an anchor for it; None where nothing shows the store."""
    gateway = ctx.server(link)
    if gateway.attls:
        return None  # AT-TLS asks for the certificate, with the key ring of its own policy
    return ctx.judge.chain(certificate, gateway, ctx.client(link), Stack.JSSE).answer
