"""KR113: the gateway picks its client certificate from several on the key ring."""

from collections.abc import Iterable

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._rows import places, row_title, usable_keys, used_ring
from zcertlint.trust.stores import is_ca

__all__ = ["several_server_certificates"]

_GATEWAYS = {"zowe.gateway", "zowe.apiml"}


@rule("KR113", on=Endpoint)
def several_server_certificates(endpoint: Endpoint, ctx: Context) -> Verdict:
    """Told where one of them is served by nobody: several services with an alias each are meant so.

    A label-less user without a DEFAULT is KR101, and who has one serves it; a leftover jwtsecret is KR130, a CA
    connected PERSONAL KR133, and the twin of a renewal, while both are valid, KR120.
    """
    store = ctx.deployment.store(endpoint.keystore)
    if store is None or endpoint.id.partition("@")[0] not in _GATEWAYS or not used_ring(store, ctx):
        return Holds()
    settings = ctx.deployment.zowe
    if settings is not None and settings.text("zowe.certificate.keystore.clientCertificateAlias") is not None:
        return Holds()  # then it is told which one (CE124)
    usable = usable_keys(store, ctx)
    found = [(row, c) for row, c in usable if row.label != "jwtsecret" and is_ca(c) is not True]
    served = [certificate for _, certificate in found if ctx.users(certificate.id)]
    spare = [
        row for row, certificate in found if certificate not in served and not _twin(certificate, served, ctx)
    ]
    if len(found) < 2 or not spare:  # noqa: PLR2004 (several)
        return Holds()
    labels = ", ".join(f"'{row_title(row)}'" for row, _ in found)
    return Fails(
        {"store": store.title, "endpoint": endpoint.id, "labels": labels},
        primary=spare[0].span,
        related=(
            *((row.span, "has a private key too") for row, _ in found if row is not spare[0]),
            *places((endpoint,), "serves this one"),
        ),
        subjects=(store.id,),
        confidence=Confidence.LIKELY,
    )


def _twin(certificate: Certificate, served: Iterable[Certificate], ctx: Context) -> bool:
    """Whether it has a served one's subject and has not ended: either of the two is taken for the other."""
    subject, end = certificate.subject, certificate.not_after
    if subject is None or end is None or end.before(ctx.as_of) is not False:
        return False
    return any(other.subject is not None and other.subject.same_as(subject) for other in served)
