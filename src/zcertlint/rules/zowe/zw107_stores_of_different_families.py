"""ZW107: keystore and truststore are of different kinds."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Section, Slip, fails, family, sections

__all__ = ["stores_of_different_families"]


@rule("ZW107", on=Deployment)
def stores_of_different_families(deployment: Deployment, ctx: Context) -> Verdict:
    """Zowe's start scripts write the trust store's address by the type of the keystore."""
    if deployment.zowe is None or deployment.zowe_major == 1:
        return Holds()
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    return fails("ZW107", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    if section.override and section.own("keystore") is None and section.own("truststore") is None:
        return  # it takes both from zowe.certificate
    key, trust = family(section, "keystore"), family(section, "truststore")
    if key is None or trust is None or key == trust:
        return
    place = section.entry("truststore", "type") or section.entry("truststore", "file")
    other = section.entry("keystore", "type") or section.entry("keystore", "file")
    if place is None or other is None:
        return
    facts = {"key": _title(key), "trust": _title(trust)}
    related = ((other.span, f"the keystore is {_title(key)}"),)
    yield Slip(f"{section.name}.truststore.type", place.span, "so here", facts, related=related)


def _title(kind: str) -> str:
    return "a key ring" if kind == "key ring" else "a PKCS12 file"
