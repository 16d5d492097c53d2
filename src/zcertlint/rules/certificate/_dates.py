"""What the rules about dates share: the answer where no input tells a date, or a time zone decides."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Unknown
from zcertlint.model.certificate import Certificate, Moment
from zcertlint.model.deployment import Endpoint
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need, export_command, list_certificate

__all__ = ["date_unknown", "serving_places"]


def date_unknown(code: str, certificate: Certificate, moment: Moment | None, ctx: Context) -> Unknown:
    """The date stays open, also where no link asks for it (nobody verifies, or the client holds the certificate).

    Args:
        code: CE101 for the end, CE102 for the start: whose conditions on the links tell what is missing.
        certificate: the certificate in use.
        moment: the date as a listing shows it; None when no input does.
        ctx: the run.
    """
    asked = ctx.unknown(code, ctx.serving(certificate.id))
    if asked is not None:
        return asked
    command = export_command(certificate)
    word = "ended" if code == "CE101" else "begun"
    text = f"Has {certificate.id} {word}? Its listing shows local time, and the time zone decides."
    if moment is None:
        text = f"No input shows the dates of {certificate.id}."
        if certificate.owner is not None and certificate.label is not None:
            command = list_certificate(certificate.owner, certificate.label)
    return Unknown({"subject": certificate.id}, (Need(certificate.id, text, command),))


def serving_places(
    certificate: Certificate, users: tuple[Endpoint, ...], ctx: Context
) -> tuple[tuple[Span, str], ...]:
    """The other side of the pair: where each endpoint is told to serve it, by a label or as the DEFAULT."""
    places = []
    for user in users:
        store = ctx.deployment.store(user.keystore)
        if user.sends == certificate.id and user.certificate != certificate.id and user.span is not None:
            places.append((user.span, f"{user.id} presents it when it calls"))
            continue
        rows = [row for row in store.connections if row.certificate == certificate.id] if store else []
        if user.alias is not None and user.alias.span is not None:
            places.append((user.alias.span, f"{user.id} serves it"))
        elif rows:
            places.append(
                (rows[0].span, f"{user.id} serves it: the DEFAULT of {store.title if store else ''}")
            )
        elif user.span is not None:
            places.append((user.span, f"{user.id} serves it"))
    shown = dict(reversed(places))
    return tuple((span, shown[span]) for span in dict.fromkeys(span for span, _ in places))
