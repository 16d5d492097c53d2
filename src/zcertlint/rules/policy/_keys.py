"""What the rules about keys share: which certificates count, and the gap of a key that no input shows."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Unknown
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Endpoint
from zcertlint.rules._issuers import below
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["alias_places", "in_use", "key_gap"]


def in_use(certificate: Certificate, ctx: Context) -> bool:
    """Whether an endpoint serves it, or it issued what one serves."""
    return bool(ctx.users(certificate.id) or below(certificate, ctx))


def key_gap(certificate: Certificate) -> Unknown | None:
    """Unknown where a listing does not show kind or size; None where no command would."""
    if certificate.owner is None or certificate.label is None or not certificate.shown:
        return None
    text = f"No input shows which key {certificate.id} has."
    command = list_certificate(certificate.owner, certificate.label)
    return Unknown({"subject": certificate.id}, (Need(certificate.id, text, command),))


def alias_places(users: tuple[Endpoint, ...]) -> tuple[tuple[Span, str], ...]:
    """Where endpoints are told to serve it."""
    return tuple(
        (user.alias.span, f"{user.id} serves it") for user in users if user.alias and user.alias.span
    )
