"""ZW138: a key ring is configured where there is no z/OS."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import STORES, Section, Slip, fails, sections, text_of
from zcertlint.trust.zowe_settings import ring_uri

__all__ = ["key_ring_off_platform"]


@rule("ZW138", on=Deployment)
def key_ring_off_platform(deployment: Deployment, ctx: Context) -> Verdict:
    """A zowe.yaml inside a ConfigMap is for a container."""
    if deployment.zowe is None or not deployment.zowe.in_container:
        return Holds()
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    return fails("ZW138", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    for which in STORES:
        entry = section.own(which, "file")
        text = text_of(entry)
        if entry is not None and text and ring_uri(text) is not None:
            yield Slip(f"{section.name}.{which}.file", entry.span, "and here", {"file": text})
    for listed in section.authorities():
        if ring_uri(listed.value) is not None and listed.span is not None:
            name = f"{section.name}.pem.certificateAuthorities"
            yield Slip(name, listed.span, "and here", {"file": listed.value})
