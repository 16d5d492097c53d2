"""CE120: the CA that signs in RACF is in the database without its private key."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import below

__all__ = ["signing_ca_without_key"]

# The CAs that the jobs of z/OSMF and Zowe make.
_MADE_HERE = ("z/osmf certauth", "zowe development instances")


@rule("CE120", on=Certificate)
def signing_ca_without_key(ca: Certificate, ctx: Context) -> Verdict:
    """A CA from outside never has its key in RACF: only one that RACF itself made is meant."""
    if ca.private_key is not False or ca.owner is None or not _made_by_racf(ca):
        return Holds()
    issued = [child for child in below(ca, ctx) if child.owner is not None and child.private_key]
    if not issued:
        return Holds()
    return Fails(
        {"ca": ca.id, "certificate": issued[0].id},
        primary=ca.span("private_key"),
        related=tuple((child.span("issuer"), f"{child.id} is issued by it") for child in issued),
        subjects=(ca.id,),
    )


def _made_by_racf(ca: Certificate) -> bool:
    """RACF gives its own roots the serial number 00."""
    if not ca.self_issued:
        return False
    common = (ca.subject.common_name or "").casefold() if ca.subject is not None else ""
    return ca.serial == 0 or common.startswith(_MADE_HERE)
