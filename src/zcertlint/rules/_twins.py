"""What could take a certificate's place at once: a renewed one of its subject that is there already."""

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import Usage
from zcertlint.trust.stores import newer_twin

__all__ = ["replacement", "serves_default"]


def serves_default(endpoint: Endpoint) -> bool:
    """Whether it serves the DEFAULT of its ring; Zowe always asks for a label (its absence is ZW111)."""
    return endpoint.alias is None and not endpoint.alias_open and endpoint.product != "zowe"


def replacement(certificate: Certificate, endpoint: Endpoint, ctx: Context) -> Certificate | None:
    """The newer certificate that this endpoint only has to be told to serve; None when there is none.

    For one that serves the DEFAULT it is on the ring; a label may also name one of the same owner, once connected.
    """
    store = ctx.deployment.store(endpoint.keystore)
    rows = store.connections if store is not None else ()
    connected = {row.certificate for row in rows if row.usage is Usage.PERSONAL}
    owner = None if serves_default(endpoint) else certificate.owner
    others = (
        other
        for other in ctx.judge.certificates.values()
        if other.id in connected or (owner is not None and other.owner == owner)
    )
    return newer_twin(certificate, others, ctx.as_of)
