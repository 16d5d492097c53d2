"""What the rules about dates share: the answer where no input tells a date, or a time zone decides."""

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Unknown
from zcertlint.model.certificate import Certificate, Moment
from zcertlint.trust.needs import Need, export_command, list_certificate

__all__ = ["date_unknown"]


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
