"""CE109: the CN of a certificate in use is still the placeholder of a sample."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import below

__all__ = ["placeholder_subject"]

# Upper case: what the samples of z/OSMF and Zowe give to SUBJECTSDN before somebody changes them.
_CNS = {"XXXX.XXX.XXX.XXX", "HOST NAME", "HOSTNAME", "<HOSTNAME>"}
_START = "ZOWE DEVELOPMENT INSTANCES"


@rule("CE109", on=Certificate)
def placeholder_subject(certificate: Certificate, ctx: Context) -> Verdict:
    """Whether the names fail is another rule's; this one says where such a name comes from."""
    if certificate.subject is None or (not ctx.users(certificate.id) and not below(certificate, ctx)):
        return Holds()
    common = certificate.subject.common_name or ""
    facts = {"certificate": certificate.id, "cn": common}
    plain = " ".join(common.upper().split())
    if plain not in _CNS and not plain.startswith(_START):
        return Holds(facts)
    return Fails(facts, primary=certificate.span("subject"), subjects=(certificate.id,))
