"""CP108: several systems serve with one key in ICSF."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.trust.needs import Need

__all__ = ["hardware_key_not_everywhere"]


@rule("CP108", on=Certificate)
def hardware_key_not_everywhere(certificate: Certificate, ctx: Context) -> Verdict:
    """RACF's database is shared, the key data sets of ICSF may not be; zcertlint.yaml tells."""
    if certificate.hardware_key is None:
        return Holds()
    users = ctx.users(certificate.id)
    systems = tuple(dict.fromkeys(user.system for user in users if user.system is not None))
    facts = {
        "certificate": certificate.id,
        "label": certificate.hardware_key,
        "systems": ", ".join(systems),
        "subject": certificate.id,
    }
    if len(systems) <= 1:
        return Holds(facts)
    config = ctx.deployment.config
    shared = config.flag("zos.shared_keys") if config is not None else None
    if shared:
        return Holds(facts)
    if shared is None:
        text = (
            f"Do {', '.join(systems)} share the PKDS and TKDS of ICSF? The private key of {certificate.id} is there "
            "(zos.shared_keys in zcertlint.yaml)."
        )
        return Unknown(facts, (Need(certificate.id, text, "D ICSF,KDS"),))
    entry = config.get("zos.shared_keys") if config is not None else None
    return Fails(
        facts,
        primary=certificate.span("hardware_key"),
        related=((entry.span, "the systems do not share their keys"),) if entry is not None else (),
        subjects=(certificate.id,),
        confidence=ctx.confidence(*users),
    )
