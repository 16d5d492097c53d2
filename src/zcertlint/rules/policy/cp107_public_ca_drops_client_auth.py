"""CP107: Zowe presents a publicly trusted certificate with clientAuth, which the next one will not have."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules.policy._public import publicly_trusted

__all__ = ["public_ca_drops_client_auth"]


@rule("CP107", on=Certificate)
def public_ca_drops_client_auth(certificate: Certificate, ctx: Context) -> Verdict:
    """Only where it is also a client's: a server that never calls loses nothing."""
    usage = certificate.extended_usage
    if not isinstance(usage, frozenset) or "clientAuth" not in usage:
        return Holds()
    users = ctx.users(certificate.id)
    own = {user.id for user in users}
    calls = [link for link in ctx.deployment.links.values() if link.client in own]
    public = publicly_trusted(certificate)
    if public is None or not calls or _separate(ctx):
        return Holds()
    return Fails(
        {"certificate": certificate.id, "issuer": public, "client": calls[0].client},
        primary=certificate.span("extended_usage"),
        related=((certificate.span("issuer"), "its issuer"),),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
    )


def _separate(ctx: Context) -> bool:
    """Whether Zowe presents another certificate as a client (Zowe 3.5)."""
    settings = ctx.deployment.zowe
    return (
        settings is not None and settings.text("zowe.certificate.keystore.clientCertificateAlias") is not None
    )
