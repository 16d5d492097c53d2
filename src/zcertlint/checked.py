"""What data sets hold, where CHECKCERT in the evidence shows it: the contents of an ADD that is rehearsed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from zcertlint.errors import InputError
from zcertlint.model.certificate import Certificate
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.readers import ReadContext, racdcert
from zcertlint.text.envelope import transcript_of
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["checked_sets"]

_COMMAND = lazy(r"(?i)RACDCERT\b.*\bCHECKC[A-Z]*\s*\(\s*'([A-Z0-9$#@.()]+)'")
_RECORD = lazy(r"\s*Start Date:")
_LABEL = lazy(r"\s*(?:Label:|Digital certificate information)")


def checked_sets(sources: Iterable[Source], certificates: Mapping[str, Certificate]) -> dict[str, DataSet]:
    """The first certificate of each data set that was checked, by the name of the data set.

    Args:
        sources: the evidence.
        certificates: of the security database: one that RACF knows is that certificate.
    """
    found: dict[str, DataSet] = {}
    for source in sources:
        if any("CHECKC" in line.upper() for line in source.lines):
            for name, certificate in _of_source(source):
                known = certificates.get(certificate.id, certificate)
                holder = known.id if known.owner is not None else None
                found[name] = DataSet(name, DataSetKind.CERTIFICATE, known, holder)
    return found


def _of_source(source: Source) -> Iterator[tuple[str, Certificate]]:
    try:
        transcript = transcript_of(source)
    except InputError:
        return
    for exchange in transcript.exchanges:
        command = _COMMAND.match(exchange.command or "")
        if command is None:
            continue
        lines = list(transcript.texts[exchange.start : exchange.end])
        certificate = _first(source, lines, exchange.at + 1)
        if certificate is not None:
            yield command[1].upper(), certificate


def _first(source: Source, lines: Sequence[str], line: int) -> Certificate | None:
    """The first certificate of an answer; without its label it is one that RACF does not have."""
    start = next((index for index, text in enumerate(lines) if _RECORD.match(text)), None)
    if start is None:
        return None
    labelled = any(_LABEL.match(text) for text in lines[:start])
    end = next(
        (index for index, text in enumerate(lines) if index > start and _RECORD.match(text)), len(lines)
    )
    head = (
        ()
        if labelled
        else ("Digital certificate information for CERTAUTH:", "", "  Label: x", "  Status: TRUST")
    )
    body = (*lines[:end],) if labelled else (*head, *lines[start:end])
    listing = ("READY", "RACDCERT CERTAUTH LIST", *body, "READY")
    facts = racdcert.read(Source(source.path, b"", listing, source.encoding), ReadContext())
    if not facts.certificates:
        return None
    first = facts.certificates[0]
    place = (("id", source.span(line)),)
    if labelled:
        return replace(first, spans=place)
    ident = f"file:{source.path}#{line}"
    return replace(
        first, id=ident, owner=None, label=None, trust=None, private_key=None, rings=None, spans=place
    )
