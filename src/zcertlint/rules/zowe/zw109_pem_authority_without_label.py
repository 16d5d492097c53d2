"""ZW109: an entry of pem.certificateAuthorities names a key ring and no label."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import Section, Slip, fails, sections
from zcertlint.trust.zowe_settings import UriForm, ring_uri

__all__ = ["pem_authority_without_label"]


@rule("ZW109", on=Deployment)
def pem_authority_without_label(deployment: Deployment, ctx: Context) -> Verdict:
    """v3's app-server takes every CA of the ring then; v1 and v2 stop."""
    if deployment.zowe is None:
        return Holds()
    slips = (slip for one in sections(deployment.zowe) for slip in _slips(one, deployment.zowe_major))
    return fails("ZW109", slips, ctx) or Holds()


def _slips(section: Section, major: int | None) -> Iterator[Slip]:
    for listed in section.authorities():
        uri = ring_uri(listed.value)
        if (
            uri is None
            or uri.label
            or uri.form not in {UriForm.GOOD, UriForm.FOUR_SLASHES}
            or listed.span is None
        ):
            continue
        fatal = major in {1, 2}
        yield Slip(
            f"{section.name}.pem.certificateAuthorities",
            listed.span,
            "no label here either",
            {"entry": listed.value},
            Severity.ERROR if fatal else Severity.WARNING,
            variant=None if fatal else "expanded",
        )
