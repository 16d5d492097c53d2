"""ZW141: a key ring is written with the name of a Java provider in front."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment, Located
from zcertlint.rules.zowe._sections import STORES, Section, Slip, fails, sections, text_of
from zcertlint.trust.zowe_settings import ring_uri

__all__ = ["key_ring_scheme_explicit"]


@rule("ZW141", on=Deployment)
def key_ring_scheme_explicit(deployment: Deployment, ctx: Context) -> Verdict:
    """safkeyringjce, safkeyringjcecca, safkeyringjcehybrid: API ML makes them of the type by itself."""
    if deployment.zowe is None:
        return Holds()
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    return fails("ZW141", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    found = []
    for which in STORES:
        entry = section.own(which, "file")
        text = text_of(entry)
        if entry is not None and text:
            found.append((f"{section.name}.{which}.file", Located(text, entry.span)))
    found += [(f"{section.name}.pem.certificateAuthorities", one) for one in section.authorities()]
    for name, value in found:
        uri = ring_uri(value.value)
        if uri is not None and uri.scheme != "safkeyring" and value.span is not None:
            facts = {"text": value.value, "scheme": uri.scheme}
            yield Slip(name, value.span, f"{uri.scheme} here too", facts)
