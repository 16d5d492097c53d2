"""A CA that was created again: what its old key signed is trusted by nobody who has the new one only.

The CA with the old key is connected where it is still there; else what it signed is issued again under the new one.
"""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders import connect_ca
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.builders._reissue import reissue
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError
from zcertlint.fixes.signing import known_certificate, under
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment
from zcertlint.trust.issue import Issuers

__all__ = ["PRIORITY", "build"]

PRIORITY = 42


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """CONNECT the right generation, or sign again with the one that is there."""
    idents = subjects(hint)
    if len(idents) != 2:  # noqa: PLR2004 (the CA and what it did not sign)
        raise RefusedError("the finding does not name a CA and a certificate")
    new, child = (known_certificate(deployment, ident) for ident in idents)
    old = _issuer(child, deployment)
    if old is not None:
        rings = _trusting(new, deployment)
        if len(rings) != 1:
            raise RefusedError(
                f"{name_of(new)} is on {len(rings)} key rings: connect {name_of(old)} to each by hand"
            )
        return connect_ca.build(
            FixHint("connect-ca", {"certificate": old.id, "ring": rings[0]}), findings, deployment, options
        )
    sign = under(child, new, options.as_of, years=options.years)
    rings = tuple(ring.id for ring, _row in rings_of(deployment.database, child.id))
    return reissue(
        "generation",
        sign,
        deployment,
        options,
        findings=findings,
        title=f"issue {name_of(child)} again with the same key until {sign.not_after}, signed by the {name_of(new)}"
        " that is there now",
        why="the CA was created again with another key: what the old key signed is trusted by nobody who has the new CA"
        " only",
        safety=Safety.REVIEW,
        restart=restarts(deployment, (child.id,), (), rings),
        advice=(
            f"Partners that still trust the old {name_of(new)} need the new one before the restart.",
            f"Everything else that the old {name_of(new)} signed has the same fault.",
        ),
    )


def _issuer(child: Certificate, deployment: Deployment) -> Certificate | None:
    """The CA that surely issued it, where RACF has it."""
    issuers = Issuers(deployment.database.certificates.values())
    edges = (issuers.edge(child, other) for other in issuers.namesakes(child))
    sure = [edge.issuer for edge in edges if edge.answer and edge.issuer.owner is not None]
    return sure[0] if len(sure) == 1 else None


def _trusting(ca: Certificate, deployment: Deployment) -> tuple[str, ...]:
    """The key rings with this CA by which an endpoint trusts."""
    used = {end.truststore for end in deployment.endpoints.values()}
    return tuple(ring.id for ring, _row in rings_of(deployment.database, ca.id) if ring.id in used)
