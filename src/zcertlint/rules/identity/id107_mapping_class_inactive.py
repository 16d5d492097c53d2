"""ID107: filters are defined, and the class that holds them is not in use."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import ClassOptions
from zcertlint.rules.identity._filters import fitted
from zcertlint.trust.identity import x509_logon
from zcertlint.trust.needs import Need

__all__ = ["mapping_class_inactive"]


@rule("ID107", on=Deployment)
def mapping_class_inactive(deployment: Deployment, ctx: Context) -> Verdict:
    """DIGTNMAP holds the filters, DIGTCRIT the criteria of MULTIID ones; both are used from storage only."""
    filters = [entry for entry in deployment.database.filters if entry.names is None or fitted(entry, ctx)]
    if not filters:
        return Holds()
    wanted = ["DIGTNMAP"] + (["DIGTCRIT"] if any(entry.user is None for entry in filters) else [])
    options = deployment.database.security.classes
    for name in wanted:
        for one in options:
            lacks = _lacks(name, one)
            if lacks is not None:
                return Fails(
                    {"class": name, "lacks": lacks, "label": filters[0].label},
                    primary=one.span,
                    related=((filters[0].span, "a filter that then leads nobody to a user"),),
                    subjects=(f"class:{name}",),
                )
    waiting = any(fitted(entry, ctx) for entry in filters) and x509_logon(deployment.zowe) is not None
    known = [one for one in options if one.active is not None and one.raclist is not None]
    if known or not waiting:
        return Holds()
    text = "Is the class DIGTNMAP active and RACLISTed? Without it no filter leads a client to a user."
    return Unknown({}, (Need("class:DIGTNMAP", text, "SETROPTS LIST"),))


def _lacks(name: str, options: ClassOptions) -> str | None:
    if options.active is not None and name not in options.active:
        return "active"
    lists = (options.raclist, options.global_raclist)
    if options.raclist is not None and not any(name in one for one in lists if one is not None):
        return "RACLISTed"
    return None
