"""ZW131: a text without quotes is read as a number, a flag, a date or nothing."""

import re
from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import Slip, fails, family, sections

__all__ = ["value_read_as_another_type"]

_SETUP = (
    "pkcs12.name", "pkcs12.password", "pkcs12.caAlias", "pkcs12.caPassword", "pkcs12.import.alias",
    "pkcs12.import.password", "keyring.owner", "keyring.name", "keyring.label", "keyring.caLabel",
    "keyring.connect.user", "keyring.connect.label", "keyring.import.password", "keyring.zOSMF.ca",
    "keyring.zOSMF.user",
)  # fmt: skip
_WORDS = {"yes", "no", "on", "off"}


@rule("ZW131", on=Deployment)
def value_read_as_another_type(deployment: Deployment, ctx: Context) -> Verdict:
    """Types are those of YAML 1.2, as the configuration manager reads: ``yes`` is a text."""
    if deployment.zowe is None:
        return Holds()
    slips = [slip for entry in _texts(deployment.zowe) for slip in _slips(entry)]
    return fails("ZW131", [*slips, *_words(deployment.zowe)], ctx) or Holds()


def _words(settings: Settings) -> Iterator[Slip]:
    """Components switched by a word that older readers of YAML take for a flag: to Zowe it is a text."""
    for path, entry in settings.entries.items():
        switch = path[-1] == "enabled" and path[-3:-2] == ("components",)
        if switch and isinstance(entry.value, str) and entry.value.lower() in _WORDS:
            meant = "true" if entry.value.lower() in {"yes", "on"} else "false"
            name = ".".join(path)
            facts = {"setting": name, "kind": "a text", "word": entry.value, "meant": meant}
            yield Slip(name, entry.span, "a text too", facts, likely=True, variant="word")


def _texts(settings: Settings) -> Iterator[Setting]:
    for section in sections(settings):
        for which, key in (("keystore", "alias"), ("keystore", "password"), ("truststore", "password")):
            entry = section.own(which, key)
            # A ring's password is the word, whatever else stands there (ZW108).
            if entry is not None and (key == "alias" or family(section, which) == "PKCS12"):
                yield entry
    for name in _SETUP:
        entry = settings.get(f"zowe.setup.certificate.{name}")
        if entry is not None:
            yield entry


def _slips(entry: Setting) -> Iterator[Slip]:
    kind, likely = _read_as(entry)
    if kind is not None:
        name = ".".join(entry.path)
        variant = None if entry.raw or entry.value is not None else "empty"
        facts = {"setting": name, "kind": kind}
        yield Slip(name, entry.span, f"read as {kind}", facts, likely=likely, variant=variant)


def _read_as(entry: Setting) -> tuple[str | None, bool]:
    """What YAML reads, and whether only some readers do."""
    if "flag" in entry.told or isinstance(entry.value, bool):
        return "true or false", False
    if "number" in entry.told or isinstance(entry.value, int | float):
        return "a number", False
    # A key with nothing behind it is null too; an alias without a value is ZW111, one of set-up has its default.
    bare = not entry.raw and entry.path[-1] == "password" and "setup" not in entry.path
    if entry.value is None and not entry.container and (entry.raw or bare):
        return "nothing (null)", False
    if isinstance(entry.value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", entry.raw):
        return "a date", True
    return None, False
