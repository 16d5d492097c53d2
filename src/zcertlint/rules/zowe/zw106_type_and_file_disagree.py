"""ZW106: the type says one kind of store, and file names the other."""

import re
from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import STORES, Section, Slip, fails, sections, text_of
from zcertlint.trust.zowe_settings import family_of_file, family_of_type

__all__ = ["type_and_file_disagree"]


@rule("ZW106", on=Deployment)
def type_and_file_disagree(deployment: Deployment, ctx: Context) -> Verdict:
    """Without a type Zowe's start scripts take PKCS12."""
    if deployment.zowe is None or deployment.zowe_major == 1:
        return Holds()
    slips = (slip for section in sections(deployment.zowe) for slip in _slips(section))
    return fails("ZW106", slips, ctx) or Holds()


def _slips(section: Section) -> Iterator[Slip]:
    for which in STORES:
        if section.own(which, "file") is None and section.own(which, "type") is None:
            continue
        kind, file = section.entry(which, "type"), section.entry(which, "file")
        path, word = text_of(file), text_of(kind)
        if file is None or path is None or (word is None and kind is not None):
            continue
        found = family_of_type(word or "PKCS12")
        if found is None or found == family_of_file(path):
            continue
        place = kind if kind is not None and word is not None else file
        other = ((file.span, "this is the store"),) if place is kind else ()
        ring = family_of_file(path) == "key ring"
        facts = {
            "meant": "JCERACFKS" if ring else "PKCS12",
            "word": word or "not given, and then taken as PKCS12",
            "file": path,
            "what": "a key ring" if ring else "a file",
        }
        meant = None if ring else _ring_meant(path)
        yield Slip(
            f"{section.name}.{which}.type",
            place.span,
            f"so in {which}",
            facts | {"address": meant},
            related=other,
            variant="address" if meant else None,
        )


def _ring_meant(text: str) -> str | None:
    """The address of a key ring that is written without its scheme, or with it in capitals."""
    found = re.fullmatch(r"(?i:safkeyring:/*)?([A-Za-z0-9$#@]{1,8})/([^/]+)", text.strip())
    return f"safkeyring://{found[1].upper()}/{found[2]}" if found else None
