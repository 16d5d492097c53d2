"""ZW126: set-up gives the CA and the server certificate one subject."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment

__all__ = ["ca_and_leaf_one_name"]

_DNAME = "zowe.setup.certificate.dname"
# What set-up takes for a name that is not given (defaults.yaml).
_CA, _LEAF = "Zowe Development Instances CA", "Zowe Development Instances Certificate"


@rule("ZW126", on=Deployment)
def ca_and_leaf_one_name(deployment: Deployment, _ctx: Context) -> Verdict:
    """All other parts of the two subjects are the same setting."""
    settings = deployment.zowe
    if settings is None or settings.unresolved(f"{_DNAME}.commonName"):
        return Holds()
    authority, leaf = settings.get(f"{_DNAME}.caCommonName"), settings.get(f"{_DNAME}.commonName")
    one = settings.text(f"{_DNAME}.caCommonName") or _CA
    other = settings.text(f"{_DNAME}.commonName") or _LEAF
    place = leaf if leaf is not None and settings.text(f"{_DNAME}.commonName") else authority
    if place is None or _plain(one) != _plain(other) or settings.unresolved(f"{_DNAME}.caCommonName"):
        return Holds()
    related = ((authority.span, "the CA's"),) if authority is not None and authority is not place else ()
    return Fails({"name": other}, primary=place.span, related=related, subjects=(f"{_DNAME}.commonName",))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
