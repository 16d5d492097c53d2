"""ZW101: verifyCertificates is none of the three words."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment, Verify
from zcertlint.trust.needs import Need, config_command

__all__ = ["invalid_verify_certificates"]

_SETTING = "zowe.verifyCertificates"
_LEGAL = (Verify.STRICT.value, Verify.NONSTRICT.value, Verify.DISABLED.value)
_MEANT = {"NOSTRICT": "NONSTRICT", "NON-STRICT": "NONSTRICT", "NON_STRICT": "NONSTRICT", "NONE": "DISABLED"}


@rule("ZW101", on=Deployment)
def invalid_verify_certificates(deployment: Deployment, _ctx: Context) -> Verdict:
    """Upper and lower case do not matter to Zowe's scripts."""
    given = deployment.verify_given
    if given is None:
        waiting = tuple(link.id for link in deployment.links.values() if _SETTING in link.unresolved)
        if not waiting:
            return Holds({"value": Verify.STRICT.value})
        text = f"{_SETTING} is a template that only Zowe evaluates."
        return Unknown({}, (Need(_SETTING, text, config_command(_SETTING)),), waiting)
    word = given.value.upper()
    if word in _LEGAL or given.span is None:
        return Holds({"value": given.value})
    meant = _MEANT.get(word)
    return Fails(
        {"value": given.value, "meant": f"; {meant} was meant?" if meant else ""},
        primary=given.span,
        subjects=(_SETTING,),
    )
