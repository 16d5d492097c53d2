"""CE123: a label that commands, JCL or configuration files easily get wrong."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.rules._issuers import connected

__all__ = ["label_hard_to_use"]

_LONGEST = 32


@rule("CE123", on=Certificate)
def label_hard_to_use(certificate: Certificate, ctx: Context) -> Verdict:
    """Only what stands in a store that an endpoint uses; blanks and mixed case are no fault."""
    label = certificate.label
    if label is None or certificate.owner is None or certificate.id not in connected(ctx):
        return Holds()
    what = _what(label)
    if what is None:
        return Holds({"certificate": certificate.id})
    return Fails(
        {"certificate": certificate.id, "what": what},
        primary=certificate.span("label"),
        subjects=(certificate.id,),
    )


def _what(label: str) -> str | None:
    found = []
    if "'" in label:
        found.append("has an apostrophe, which commands write twice")
    if "&" in label:
        found.append("has an ampersand, which begins a symbol in JCL and a label in a key ring URI")
    if label.endswith("."):
        found.append("ends with a period, which is easily lost when it is copied")
    if len(label) >= _LONGEST:
        found.append(f"fills the {_LONGEST} characters that RACF keeps, so that a longer one is cut to it")
    return "; ".join(found) or None
