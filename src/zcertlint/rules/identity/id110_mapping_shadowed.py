"""ID110: a filter is never asked, because the certificate itself is in RACF under another user."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import clients, filter_id, owner
from zcertlint.trust.identity import fit

__all__ = ["mapping_shadowed"]


@rule("ID110", on=NameFilter)
def mapping_shadowed(entry: NameFilter, ctx: Context) -> Verdict:
    """Only where it was written for that certificate: its whole subject, or a declared client's.

    A general filter fits every server's certificate too, and is not meant for them.
    """
    if entry.user is None:
        return Holds()
    declared = {certificate.id for _, certificate in clients(ctx.deployment)}
    for certificate in ctx.deployment.database.certificates.values():
        if not _elsewhere(certificate, entry) or fit(entry, certificate) is None:
            continue
        whole = entry.subject is not None and entry.subject.text == str(certificate.subject)
        if not whole and certificate.id not in declared:
            continue
        user = certificate.owner.user if certificate.owner is not None else None
        return Fails(
            {
                "label": entry.label,
                "owner": owner(entry),
                "user": entry.user,
                "certificate": certificate.id,
                "other": user,
            },
            primary=entry.span,
            related=((certificate.span(), f"the certificate itself belongs to {user}"),),
            subjects=(filter_id(entry), certificate.id),
        )
    return Holds()


def _elsewhere(certificate: Certificate, entry: NameFilter) -> bool:
    held = certificate.owner
    return held is not None and held.kind is OwnerKind.ID and held.user != entry.user
