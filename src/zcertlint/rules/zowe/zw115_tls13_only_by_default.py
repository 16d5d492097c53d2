"""ZW115: neither minTls nor maxTls is set, and API ML of v3 then speaks TLS 1.3 only."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._network import attls_on, tls_sections
from zcertlint.rules.zowe._schema import unknown_keys
from zcertlint.rules.zowe._sections import whole

__all__ = ["tls13_only_by_default"]


@rule("ZW115", on=Deployment)
def tls13_only_by_default(deployment: Deployment, _ctx: Context) -> Verdict:
    """A part of a configuration proves nothing, nor does one whose version is not known."""
    settings = deployment.zowe
    if settings is None or deployment.zowe_major != 3 or not whole(settings):  # noqa: PLR2004 (version 3)
        return Holds()
    found = tuple(tls_sections(settings))
    if any(settings.at(*path, key) is not None for path in found for key in ("minTls", "maxTls")):
        return Holds()
    if any(path[-2] == "server" and attls_on(settings, path) for path in found):
        return Holds()  # the policy of AT-TLS says which versions
    if any((found.meant or "").endswith(("minTls", "maxTls")) for found in unknown_keys(settings)):
        return Holds()  # it stands in the wrong place (ZW112)
    place = settings.get("zowe.network") or settings.get("zowe")
    if place is None:
        return Holds()
    return Fails({}, primary=place.key_span, subjects=("zowe.network.server.tls.minTls",))
