"""KR119: certificates of people are connected to a trust store."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import AltNames, Certificate, OwnerKind
from zcertlint.model.store import Connection, Store, Usage
from zcertlint.rules.keyring._rows import places, trusting, used_ring
from zcertlint.trust.stores import is_ca

__all__ = ["people_in_truststore"]


@rule("KR119", on=Store)
def people_in_truststore(store: Store, ctx: Context) -> Verdict:
    """A CA is enough to accept everybody that it issued; the certificate itself maps a person, on no ring."""
    ends = trusting(store, ctx)
    if not used_ring(store, ctx) or not ends:
        return Holds()
    people = [row for row in store.connections if _person(row, store, ctx)]
    if not people:
        return Holds()
    return Fails(
        {"store": store.title, "count": len(people), "first": people[0].certificate},
        primary=people[0].span,
        related=(*((row.span, "and this one") for row in people[1:5]), *places(ends[:1], "trusts by it")),
        subjects=(store.id,),
    )


def _person(row: Connection, store: Store, ctx: Context) -> bool:
    """Whether an entry is surely somebody's: of another user, without its key, and no name of a host in it."""
    certificate = ctx.deployment.certificate(row.certificate)
    if certificate is None or row.usage is not Usage.PERSONAL or row.owner is None:
        return False
    other = row.owner.kind is OwnerKind.ID and row.owner.user != store.owner
    keyless = certificate.private_key is False and is_ca(certificate) is False
    return other and keyless and not _names_host(certificate) and not ctx.users(certificate.id)


def _names_host(certificate: Certificate) -> bool:
    names = certificate.alt_names
    common = certificate.subject.common_name if certificate.subject is not None else None
    hosts = isinstance(names, AltNames) and bool(names.dns or names.ips)
    return hosts or common is None or ("." in common and " " not in common)
