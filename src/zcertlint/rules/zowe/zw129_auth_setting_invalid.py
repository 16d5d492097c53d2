"""ZW129: an authentication setting has a value that this version does not know."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._auth import auth_settings
from zcertlint.rules.zowe._sections import Slip, fails, text_of

__all__ = ["auth_setting_invalid"]

_PROVIDERS = ("zosmf", "saf", "dummy")  # dummy is for tests, and legal
_AUTHORIZATION = ("endpoint", "native", "dummy")


@rule("ZW129", on=Deployment)
def auth_setting_invalid(deployment: Deployment, ctx: Context) -> Verdict:
    """``auto`` is a word of v2 only."""
    if deployment.zowe is None or deployment.zowe_major == 1:
        return Holds()
    return fails("ZW129", _slips(deployment.zowe, deployment.zowe_major), ctx) or Holds()


def _slips(settings: Settings, major: int | None) -> Iterator[Slip]:
    modes = ("jwt", "ltpa") if major == 3 else ("auto", "jwt", "ltpa")  # noqa: PLR2004 (version 3)
    for keys, legal in (
        (("auth", "provider"), _PROVIDERS),
        (("auth", "zosmf", "jwtAutoconfiguration"), modes),
        (("authorization", "provider"), _AUTHORIZATION),
    ):
        for entry in auth_settings(settings, *keys):
            word = text_of(entry)
            if word is not None and word.lower() not in legal:
                name = ".".join(entry.path)
                shown = [known for known in legal if known != "dummy"]
                facts = {"setting": name, "word": word, "legal": " or ".join(shown)}
                yield Slip(name, entry.span, f"{word} is not {' or '.join(shown)}", facts)
