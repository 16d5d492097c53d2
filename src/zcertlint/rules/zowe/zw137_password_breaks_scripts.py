"""ZW137: a PKCS12 password holds characters that shell scripts change."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import Slip, fails, store_passwords

__all__ = ["password_breaks_scripts"]

_SETUP = ("pkcs12.password", "pkcs12.caPassword", "pkcs12.import.password")


@rule("ZW137", on=Deployment)
def password_breaks_scripts(deployment: Deployment, ctx: Context) -> Verdict:
    """The reader keeps of a password only that it has one of them."""
    if deployment.zowe is None:
        return Holds()
    return fails("ZW137", _slips(deployment.zowe), ctx) or Holds()


def _slips(settings: Settings) -> Iterator[Slip]:
    for entry in store_passwords(settings, *_SETUP):
        if "shell" in entry.told:
            name = ".".join(entry.path)
            yield Slip(name, entry.span, "and this one", {"setting": name})
