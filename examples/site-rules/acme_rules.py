"""A rule of one site: labels of certificates in RACF begin with the name of the application.

Installed with ``pip install ./examples/site-rules``; run where zcertlint.yaml says ``rules: {site: [acme]}``.
"""

from zcertlint import Context, Fails, Holds, Verdict, site_rule
from zcertlint.model.certificate import Certificate

__all__ = ["label_without_application"]

_APPLICATIONS = ("Zowe", "zOSMF", "Default", "MQ", "DB2")


@site_rule(
    {
        "id": "XA101",
        "name": "label-without-application",
        "title": "A certificate in use has a label that names no application",
        "severity": "warning",
        "subject": "certificate",
        "why": "Acme's operators find the owner of a certificate by its label (standard SEC-12).",
        "sentences": {"fails": "the label '{label}' names no application of ours", "holds": "it names one"},
        "fix": {
            "kind": "manual",
            "safety": "advice",
            "summary": "Choose a label by SEC-12 at the next renewal",
        },
    },
    on=Certificate,
)
def label_without_application(certificate: Certificate, ctx: Context) -> Verdict:
    """Only what an endpoint serves; the CAs of others are not ours to name."""
    if certificate.label is None or not ctx.users(certificate.id):
        return Holds()
    if certificate.label.startswith(_APPLICATIONS):
        return Holds({"label": certificate.label})
    return Fails({"label": certificate.label}, primary=certificate.span(), subjects=(certificate.id,))
