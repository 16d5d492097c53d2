"""E2: a certificate is issued again with its own key, signed in RACF; label and key rings stay."""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders._reissue import reissue
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan
from zcertlint.fixes.signing import known_certificate, signing
from zcertlint.model.certificate import OwnerKind
from zcertlint.model.deployment import Deployment

__all__ = ["PRIORITY", "build"]

PRIORITY = 40


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """Renew the certificate that the hint names."""
    certificate = known_certificate(deployment, hint.values.get("certificate"))
    sign = signing(certificate, deployment, options.as_of, years=options.years, ca_years=options.ca_years)
    advice: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    if sign.self_signed or (certificate.owner is not None and certificate.owner.kind is OwnerKind.CERTAUTH):
        holders = tuple(ring.id for ring, _row in rings_of(deployment.database, certificate.id))
        outside = (
            f"Whoever trusts {name_of(certificate)} outside of this RACF database needs the new certificate"
        )
        remedy = (
            "EXPORT it FORMAT(CERTB64) and import it there; what it signed stays valid, its key is the same."
        )
        advice = (f"{outside}: {remedy}",)
    return reissue(
        "renew",
        sign,
        deployment,
        options,
        findings=findings,
        title=f"renew {name_of(certificate)} until {sign.not_after} with the same key, signed by"
        f" {'itself' if sign.self_signed else name_of(sign.signer)}",
        why="the same key keeps the label, the key rings and what partners know of it",
        safety=Safety.REVIEW,
        restart=restarts(deployment, (certificate.id,), holders),
        advice=advice,
    )
