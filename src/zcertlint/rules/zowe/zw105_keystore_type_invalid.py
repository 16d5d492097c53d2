"""ZW105: a store has a type that Zowe does not know."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.rules.zowe._sections import STORES, Slip, fails, sections, text_of
from zcertlint.trust.zowe_settings import STORE_TYPES, family_of_file, schema_applied

__all__ = ["keystore_type_invalid"]


@rule("ZW105", on=Deployment)
def keystore_type_invalid(deployment: Deployment, ctx: Context) -> Verdict:
    """Java does not mind the case of a type; the schema does, where it is applied."""
    settings = deployment.zowe
    if settings is None or deployment.zowe_major == 1:
        return Holds()
    exact = schema_applied(settings, deployment.zowe_major) is True
    return fails("ZW105", _slips(settings, exact=exact), ctx) or Holds()


def _slips(settings: Settings, *, exact: bool) -> Iterator[Slip]:
    for section in sections(settings):
        for which in () if section.old else STORES:
            entry, file = section.own(which, "type"), text_of(section.entry(which, "file"))
            yield from _slip(f"{section.name}.{which}.type", entry, file, exact=exact)
    name = "zowe.setup.certificate.type"
    ring = settings.text("zowe.setup.certificate.keyring.name")
    yield from _slip(name, settings.get(name), f"safkeyring://X/{ring}" if ring else None, exact=exact)


def _slip(name: str, entry: Setting | None, file: str | None, *, exact: bool) -> Iterator[Slip]:
    word = text_of(entry)
    if entry is None or word is None or word in STORE_TYPES or (word.upper() in STORE_TYPES and not exact):
        return
    meant = word.upper() if word.upper() in STORE_TYPES else None
    if meant is None and file is not None:
        meant = "JCERACFKS" if family_of_file(file) == "key ring" else "PKCS12"
    facts = {"setting": name, "word": word, "meant": meant or "PKCS12, or JCERACFKS for a key ring"}
    yield Slip(name, entry.span, f"{word} is no type either", facts)
