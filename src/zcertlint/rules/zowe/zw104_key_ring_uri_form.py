"""ZW104: a key ring is not written as safkeyring://OWNER/RING."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Severity, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.rules.zowe._sections import STORES, Section, Slip, fails, sections, text_of
from zcertlint.text.source import Span
from zcertlint.trust.zowe_settings import RingUri, UriForm, ring_uri

__all__ = ["key_ring_uri_form"]


@rule("ZW104", on=Deployment)
def key_ring_uri_form(deployment: Deployment, ctx: Context) -> Verdict:
    """Four slashes are how v1 and v2 write it; user IDs are upper case, and ring names keep their case."""
    if deployment.zowe is None:
        return Holds()
    slips = (slip for one in sections(deployment.zowe) for slip in _slips(one, deployment.zowe_major))
    return fails("ZW104", slips, ctx) or Holds()


def _slips(section: Section, major: int | None) -> Iterator[Slip]:
    for which in ("trustStore", *STORES) if section.old else STORES:
        entry = section.own(which, "file")
        text = text_of(entry)
        uri = ring_uri(text) if text else None
        if entry is not None and text and uri is not None:
            if uri.label is not None and uri.form in {UriForm.GOOD, UriForm.FOUR_SLASHES}:
                yield _slip(f"{section.name}.{which}.file", entry.span, text, uri, UriForm.LABEL.value)
            else:
                yield from _judged(f"{section.name}.{which}.file", entry.span, text, uri, major)
    for listed in section.authorities():
        uri = ring_uri(listed.value)
        if uri is not None and listed.span is not None:
            name = f"{section.name}.pem.certificateAuthorities"
            yield from _judged(name, listed.span, listed.value, uri, major)


def _judged(name: str, span: Span, text: str, uri: RingUri, major: int | None) -> Iterator[Slip]:
    if uri.form is UriForm.FOUR_SLASHES:
        if major is None or major >= 3:  # noqa: PLR2004 (version 3)
            severity = Severity.WARNING if major is None else Severity.ERROR
            words = "it has four slashes, as Zowe v1 and v2 write it; v3 documents two"
            yield _slip(name, span, text, uri, words, severity=severity, likely=True)
    elif uri.form is not UriForm.GOOD:
        yield _slip(name, span, text, uri, uri.form.value)
    elif uri.owner is not None and uri.owner != uri.owner.upper():
        words = f"user IDs are upper case, and {uri.owner} is not"
        yield _slip(name, span, text, uri, words, severity=Severity.WARNING, likely=True)


def _slip(
    name: str,
    span: Span,
    text: str,
    uri: RingUri,
    words: str,
    *,
    severity: Severity = Severity.ERROR,
    likely: bool = False,
) -> Slip:
    meant = f"{uri.proper}" if uri.proper else "safkeyring://OWNER/RING"
    if uri.label and ".pem." in name:
        meant += f"&{uri.label}"
    facts = {"meant": meant, "text": text, "wrong": words}
    return Slip(name, span, f"so does this: {words}", facts, severity, likely)
