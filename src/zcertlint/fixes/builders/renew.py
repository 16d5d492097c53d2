"""E2: a certificate is issued again with its own key, signed in RACF; E7: by a CA outside of it."""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders._reissue import reissue
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import ForeignCaError, Plan
from zcertlint.fixes.quote import shown
from zcertlint.fixes.signing import known_certificate, signing
from zcertlint.model.certificate import Certificate, OwnerKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import StoreKind

__all__ = ["PRIORITY", "build"]

PRIORITY = 40


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """Renew the certificate that the hint names."""
    certificate = known_certificate(deployment, hint.values.get("certificate"))
    try:
        sign = signing(certificate, deployment, options.as_of, years=options.years, ca_years=options.ca_years)
    except ForeignCaError:
        from zcertlint.fixes.builders._foreign import ask_ca  # noqa: PLC0415 (few plans need it)

        return ask_ca(certificate, findings, deployment, options)
    advice: tuple[str, ...] = ()
    rings = tuple(ring.id for ring, _row in rings_of(deployment.database, certificate.id))
    holders: tuple[str, ...] = ()
    trusted = sign.self_signed or (
        certificate.owner is not None and certificate.owner.kind is OwnerKind.CERTAUTH
    )
    if trusted:
        holders = rings
        advice = _distribution(certificate, deployment)
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
        restart=restarts(deployment, (certificate.id,), holders, rings),
        advice=advice,
        distribute=trusted,
    )


def _distribution(certificate: Certificate, deployment: Deployment) -> tuple[str, ...]:
    """Who else trusts by it: what RACF renews is renewed on all of its key rings, and nowhere else."""
    outside = f"Whoever trusts {name_of(certificate)} outside of this RACF database needs the new certificate"
    remedy = "import it there before the old one ends; what it signed stays valid, its key is the same."
    lines = [f"{outside}: {remedy}"]
    for store in deployment.database.stores.values():
        held = (deployment.certificate(row.certificate) for row in store.connections)
        if store.kind is not StoreKind.KEY_RING and any(_same(certificate, other) for other in held):
            lines.append(f"{shown(store.title)} holds the old one: import the new one there too.")
    return tuple(lines)


def _same(one: Certificate, other: Certificate | None) -> bool:
    if other is None or one.subject is None or other.subject is None:
        return False
    return one.id == other.id or one.subject.same_as(other.subject)
