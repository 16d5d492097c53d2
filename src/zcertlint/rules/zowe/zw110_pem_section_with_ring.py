"""ZW110: PEM files are configured beside a key ring."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Section, Slip, fails, family, sections, text_of
from zcertlint.trust.zowe_settings import ring_uri

__all__ = ["pem_section_with_ring"]


@rule("ZW110", on=Deployment)
def pem_section_with_ring(deployment: Deployment, ctx: Context) -> Verdict:
    """An empty ``key: ""`` is what old schemas ask for; a ring in certificateAuthorities is how it is written."""
    if deployment.zowe is None:
        return Holds()
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    return fails("ZW110", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    if family(section, "keystore") != "key ring":
        return
    for key in ("key", "certificate"):
        entry = section.own("pem", key)
        text = text_of(entry)
        if entry is not None and text is not None and ring_uri(text) is None:
            yield Slip(f"{section.name}.pem.{key}", entry.span, "and this one", {"file": text})
    for listed in section.authorities():
        if ring_uri(listed.value) is None and listed.span is not None:
            name = f"{section.name}.pem.certificateAuthorities"
            yield Slip(name, listed.span, "and this one", {"file": listed.value})
