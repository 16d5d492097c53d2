"""ZW133: a shell variable or a tilde stands in a path or a label, and nobody expands it."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment, Located
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import Slip, fails, sections, text_of
from zcertlint.trust.zowe_settings import unexpanded

__all__ = ["variable_not_expanded"]


@rule("ZW133", on=Deployment)
def variable_not_expanded(deployment: Deployment, ctx: Context) -> Verdict:
    """Templates, ``${{ }}``, are something else."""
    if deployment.zowe is None:
        return Holds()
    slips = (slip for name, value in _values(deployment.zowe) for slip in _slips(name, value))
    return fails("ZW133", slips, ctx) or Holds()


def _values(settings: Settings) -> Iterator[tuple[str, Located]]:
    names = [f"zowe.setup.certificate.{key}" for key in ("pkcs12.directory", "pkcs12.import.keystore")]
    for section in sections(settings):
        names += [f"{section.name}.{which}.file" for which in ("keystore", "truststore", "trustStore")]
        names += [f"{section.name}.{key}" for key in ("keystore.alias", "pem.key", "pem.certificate")]
    for name in names:
        entry = settings.get(name)
        text = text_of(entry)
        if entry is not None and text:
            yield name, Located(text, entry.span)
    for section in sections(settings):
        for listed in section.authorities():
            yield f"{section.name}.pem.certificateAuthorities", listed


def _slips(name: str, value: Located) -> Iterator[Slip]:
    what = unexpanded(value.value, label=name.endswith(".alias"))
    if what is not None and value.span is not None:
        yield Slip(name, value.span, f"{what} here", {"setting": name, "what": what})
