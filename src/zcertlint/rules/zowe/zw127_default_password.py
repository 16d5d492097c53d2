"""ZW127: a PKCS12 file has the password that the documentation shows."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import STORES, Slip, fails, family, sections

__all__ = ["default_password"]


@rule("ZW127", on=Deployment, hardening=True)
def default_password(deployment: Deployment, ctx: Context) -> Verdict:
    """The word is right for a key ring, which has no password."""
    if deployment.zowe is None:
        return Holds()
    return fails("ZW127", _slips(deployment.zowe), ctx) or Holds()


def _slips(settings: Settings) -> Iterator[Slip]:
    names = [
        f"{section.name}.{which}.password"
        for section in sections(settings)
        for which in STORES
        if family(section, which) == "PKCS12"
    ]
    for name in (*names, "zowe.setup.certificate.pkcs12.password"):
        entry = settings.get(name)
        if entry is not None and entry.value == "password":
            yield Slip(name, entry.span, "and here", {"setting": name})
