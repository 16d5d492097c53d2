"""ZW143: an environment variable changes which certificates are used or checked."""

import re

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Slip, fails

__all__ = ["certificate_setting_in_environment"]

# Ports and addresses of ZSS (ZWED_agent_https_port …) decide no certificate.
_NAMES = (
    r"APIML_ATTLS_LOAD_KEYRING|ZWED_SKIP_VALIDATE_CERT|ZWED_node_https_\w+|GSK_\w+"
    r"|ZWED_agent_https_(?:keyring|label|password)"
)
_HARMLESS = r"ZWED_node_https_(?:port|ipAddresses)"
_NOTES = {
    "APIML_ATTLS_LOAD_KEYRING": "The name says the reverse of what it does: true means that the key ring is not loaded."
}


@rule("ZW143", on=Deployment)
def certificate_setting_in_environment(deployment: Deployment, ctx: Context) -> Verdict:
    """The links that it decides are open (trust.handshake)."""
    settings = deployment.zowe
    if settings is None:
        return Holds()
    slips = []
    for path, entry in settings.entries.items():
        key = path[-1]
        if (
            path[-3:-1] != ("zowe", "environments")
            or not re.fullmatch(_NAMES, key)
            or re.fullmatch(_HARMLESS, key)
        ):
            continue
        if entry.value in {None, ""} and not entry.container:
            continue
        facts = {"name": key}
        slips.append(Slip(".".join(path), entry.key_span, f"and {key}", facts, note=_NOTES.get(key)))
    return fails("ZW143", slips, ctx) or Holds()
