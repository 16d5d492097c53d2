"""ZW113: AT-TLS is on, and beside it stand TLS settings that only Zowe's own TLS has."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._network import attls_on, tls_sections
from zcertlint.rules.zowe._sections import Slip, fails

__all__ = ["attls_with_tls_settings"]

_OWN = ("minTls", "maxTls", "ciphers", "curves")


@rule("ZW113", on=Deployment)
def attls_with_tls_settings(deployment: Deployment, ctx: Context) -> Verdict:
    """The schema has either ``attls: true`` alone, or the others."""
    if deployment.zowe is None:
        return Holds()
    return fails("ZW113", _slips(deployment.zowe), ctx) or Holds()


def _slips(settings: Settings) -> Iterator[Slip]:
    for path in tls_sections(settings):
        if not attls_on(settings, path):
            continue
        switch = settings.at(*path, "attls")
        for key in _OWN:
            entry = settings.at(*path, key)
            if entry is not None and switch is not None:
                name = ".".join((*path, key))
                related = ((switch.span, "AT-TLS is on here"),)
                yield Slip(name, entry.key_span, "and this", {"setting": name}, related=related)
