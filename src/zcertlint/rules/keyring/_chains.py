"""A server's own chain: which of its CAs are in its store."""

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.trust.chain import StoreView

__all__ = ["OwnChain", "own_chain"]


@dataclass(frozen=True, slots=True)
class OwnChain:
    """The CAs above a server's certificate, as far as keys or names surely tell.

    Attributes:
        certificate: what it serves.
        missing: intermediates that are not in its store, the lowest first.
        root: the self-signed CA at the top; None where no input shows it.
        held: whether any CA of the chain is in the store.
        root_held: whether the root is.
    """

    certificate: Certificate
    missing: tuple[Certificate, ...]
    root: Certificate | None
    held: bool
    root_held: bool


def own_chain(endpoint: Endpoint, store: Store, ctx: Context) -> OwnChain | None:
    """The chain above what the endpoint serves; None where its store or a CA of it cannot be told.

    Of several issuers of one key (a renewed CA, a cross-certificate) one in the store goes first. One that is
    connected and NOTRUST is not missing: its status is the fault.
    """
    certificate = ctx.deployment.certificate(endpoint.certificate)
    view = StoreView.of(store, ctx.judge.certificates)
    if certificate is None or certificate.subject is None or not store.shown or not view.complete:
        return None
    issuers, held, here = ctx.judge.issuers, False, certificate
    missing: list[Certificate] = []
    seen = {here.id}
    connected = {c.id for c in (*view.present, *view.refused)}
    while issuers.self_signed(here) is False:
        known = [ca for ca in issuers.namesakes(here) if ca.id not in seen]
        found = [ca for ca in known if issuers.edge(here, ca).answer is True]
        if not found:
            return None
        if any(ca.id in connected and ca not in found for ca in known):
            return None  # a namesake with another key stands there instead (KR117)
        there = [ca for ca in found if ca.id in connected or view.has(ca)]
        here = (there or [ca for ca in found if issuers.self_signed(ca)] or found)[0]
        seen.add(here.id)
        held = held or bool(there)
        if issuers.self_signed(here) is True:
            return OwnChain(certificate, tuple(missing), here, held, bool(there))
        if issuers.self_signed(here) is None:
            return None
        if not there:
            missing.append(here)
    return None
