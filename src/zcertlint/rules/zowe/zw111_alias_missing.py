"""ZW111: a keystore is configured without the alias of the certificate to serve."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._schema import unknown_keys
from zcertlint.rules.zowe._sections import Section, Slip, fails, sections

__all__ = ["alias_missing"]


@rule("ZW111", on=Deployment)
def alias_missing(deployment: Deployment, ctx: Context) -> Verdict:
    """What a component's own section lacks is ZW125's word; an empty alias in it is this one's."""
    if deployment.zowe is None:
        return Holds()
    # What stands in the wrong place is ZW112's, of which version 1 has none.
    astray = {found.meant for found in unknown_keys(deployment.zowe)} if deployment.zowe_major != 1 else set()
    every = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    slips = (slip for slip in every if slip.subject not in astray)
    return fails("ZW111", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    keystore, alias = section.own("keystore"), section.own("keystore", "alias")
    if keystore is None or not keystore.container or (section.override and alias is None):
        return
    if alias is not None and (alias.template or alias.container or alias.value not in {None, ""}):
        return
    place = alias.key_span if alias is not None else keystore.key_span
    yield Slip(f"{section.name}.keystore.alias", place, "nor has this one", {"section": section.name})
