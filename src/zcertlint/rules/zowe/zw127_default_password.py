"""ZW127: a PKCS12 file has the password that the documentation shows."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import Slip, fails, store_passwords

__all__ = ["default_password"]


@rule("ZW127", on=Deployment, hardening=True)
def default_password(deployment: Deployment, ctx: Context) -> Verdict:
    """The word is right for a key ring, which has no password."""
    if deployment.zowe is None:
        return Holds()
    return fails("ZW127", _slips(deployment.zowe), ctx) or Holds()


def _slips(settings: Settings) -> Iterator[Slip]:
    for entry in store_passwords(settings, "pkcs12.password"):
        if entry.value == "password":
            name = ".".join(entry.path)
            yield Slip(name, entry.span, "and here", {"setting": name})
