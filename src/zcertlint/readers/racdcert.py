"""RACDCERT output as people keep it: LIST, LISTRING, LISTMAP, LISTCHAIN, CHECKCERT and the messages.

Screens, batch output, USS output, pasted fragments; several commands in one file. What a listing cannot show
stays unknown, and what is cut is not used.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from zcertlint.model.facts import AnswerKind, Facts, Problem, Unread
from zcertlint.readers import ReadContext
from zcertlint.readers._racdcert_command import Asked, owner_of, parse_command
from zcertlint.readers._racdcert_list import FIELDS, ListSection
from zcertlint.readers._racdcert_map import MapSection
from zcertlint.readers._racdcert_ring import RingSection
from zcertlint.readers._racdcert_scan import UNDERSTOOD, UNREAD, Overrun, Scan
from zcertlint.text.decode import LINE_LIMIT
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.model.certificate import Owner

__all__ = ["ENOUGH", "KIND", "UNREAD_LIMIT", "read", "recognise"]

KIND = "RACDCERT transcript"
ENOUGH: Final = 4_000
"""So many lines make up for what the pattern of a whole record costs."""
UNREAD_LIMIT: Final = 100_000
"""So many lines that were not understood are named one by one."""

_SIGNS = (
    "digital certificate information for",
    "digital ring information for",
    "certificate label name",
    "mapping information for",
    "certificate id:",
)
_MESSAGE = re.compile(r"\W*(?P<id>IRRD\d{3}I|ICH408I)\b\s*(?P<text>.*)")
_SIGN_LINES = re.compile(
    r"^[ \t]*racdcert\b[^\n]*\n[ \t>01+*-]*ich408i\b"
    r"|^[ \t>01+*-]*(?:irrd\d{3}i\b|label:[^\n]*\n[ \t>]*(?:status:|certificate id:)"
    r"|ring:[^\n]*\n[ \t]*(?=>)[^\n]*<[ \t]*$|chain information:[ \t]*$)"
    r"|cert owner\s+usage\s+default|\b(?:user \S+|certauth|site):[ ]*\n(?:[ \t>]*\n)?[ \t>]*label:",
    re.MULTILINE,
)
_KINDS = {
    "IRRD101I": AnswerKind.DENIED,
    "ICH408I": AnswerKind.DENIED,
    "IRRD105I": AnswerKind.NO_CERTIFICATES,
    "IRRD107I": AnswerKind.NO_SUCH_CERTIFICATE,
    "IRRD114I": AnswerKind.NO_SUCH_RING,
    "IRRD115I": AnswerKind.NO_RINGS,
}
_IMPLIED = {
    AnswerKind.NO_CERTIFICATES: "LIST",
    AnswerKind.NO_SUCH_RING: "LISTRING",
    AnswerKind.NO_RINGS: "LISTRING",
}
_USER = lazy(r"\buser\s+(\S+?)(?:\.|\s|$)", re.IGNORECASE)
_RING = lazy(r"\bring\s+(.+?)\s+does\s+not\s+exist", re.IGNORECASE)
_CERTIFICATE_NUMBER = lazy(r"certificate \d+:\Z", re.IGNORECASE)
# A listing whose lines were joined into one.
_FLATTENED = lazy(r"Serial Number:\s*>|Digital certificate information for|Cert Owner\s+USAGE", re.IGNORECASE)
_LONGEST_MESSAGE = 600
_CARRIAGE_CONTROL = 2  # SDSF shows from column 2 when column 1 is carriage control


def recognise(source: Source) -> bool:
    """Whether the text holds a RACDCERT listing, a part of one, or a RACDCERT message."""
    if not source.lines:
        return False
    text = folded(source)
    if any(sign in text for sign in _SIGNS):
        return True
    signs = ("ich408i", "irrd", "label:", "ring:", "cert owner", "chain information")
    return any(sign in text for sign in signs) and _SIGN_LINES.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """Every certificate, ring, filter and message of a transcript."""
    del context  # a listing needs no password
    scripts = transcript_of(source)
    scan = Scan(source, scripts.texts)
    try:
        _exchanges(scan, scripts.exchanges)
    except Overrun as overrun:
        _give_up(scan, overrun.index)
    if len(source.data) > LINE_LIMIT and max(map(len, source.lines), default=0) > LINE_LIMIT:
        number = next(number for number, line in enumerate(source.lines, 1) if len(line) > LINE_LIMIT)
        expected = "expected a line of a listing, this one is longer than 1 MiB"
        scan.problems.append(
            Problem("IN002", Span(source.path, number), expected, "Export it as text", fatal=False)
        )
    understood, unread = scan.marks.count(UNDERSTOOD), scan.marks.count(UNREAD)
    return Facts(
        KIND,
        source.path,
        certificates=tuple(scan.certificates),
        stores=tuple(scan.stores),
        filters=tuple(scan.filters),
        answers=tuple(scan.answers),
        problems=tuple(scan.problems),
        unread=tuple(_unread(scan)) if unread else (),
        lines=(understood, len(source.lines) - understood - unread, unread),
        marks=bytes(scan.marks),
    )


def _exchanges(scan: Scan, exchanges: Sequence[Exchange]) -> None:
    if len(scan.lines) < ENOUGH:
        for exchange in exchanges:
            _answer(scan, exchange)
        return
    from zcertlint.readers._racdcert_fast import Records, unhurried  # noqa: PLC0415 - for large listings only

    scan.records = Records(scan)
    with unhurried():
        for exchange in exchanges:
            _answer(scan, exchange)


def _unread(scan: Scan) -> Iterator[Unread]:
    """The lines that were not understood, as many as a report can use."""
    index = scan.marks.find(UNREAD)
    for _ in range(UNREAD_LIMIT):
        if index < 0:
            return
        yield Unread(Span(scan.source.path, index + 1))
        index = scan.marks.find(UNREAD, index + 1)


def _give_up(scan: Scan, index: int) -> None:
    """Say that nothing behind this line was read."""
    for line in range(index, len(scan.texts)):
        if scan.texts[line]:
            scan.marks[line] = UNREAD
    expected = "expected a listing, found more damaged or repeated records than any listing has"
    hint = "Nothing behind this line was read; take the listing again, or give the part that is whole"
    scan.problems.append(Problem("IN002", Span(scan.source.path, index + 1), expected, hint))


def _answer(scan: Scan, exchange: Exchange) -> None:
    """One command and what answers it."""
    asked = parse_command(exchange.command)
    if exchange.command is not None and not asked.function:
        return  # another command's answer, for another reader
    for index in range(exchange.at, exchange.start):
        scan.marks[index] = UNDERSTOOD
    if _columns_are_missing(scan, exchange):
        _truncated(scan, exchange, asked)
        return
    index, end = exchange.start, exchange.end
    texts = scan.texts
    above = (scan.lines[here].strip() for here in range(exchange.at - 1, -1, -1))
    scan.open_end = not exchange.closed and next(filter(None, above), "").endswith("READY")
    while index < end:
        text = texts[index]
        section = _section(scan, asked, index, text, end) if text else None
        if section is not None:
            index = max(section.run(index, end), index + 1)
            continue
        if text and (found := _MESSAGE.match(text)):
            _message(scan, asked, index, found)
        elif text and _FLATTENED.search(text):
            scan.marks[index] = UNREAD
        index += 1


def _section(
    scan: Scan, asked: Asked, index: int, text: str, end: int
) -> ListSection | RingSection | MapSection | None:
    """The section that begins on this line."""
    lower = text.casefold()
    if lower.startswith("digital certificate information"):
        return ListSection(scan, asked)
    if lower.startswith(("digital ring information", "certificate label name")):
        return RingSection(scan, asked)
    if lower.startswith("mapping information"):
        return MapSection(scan, asked)
    if lower.startswith("ring:") and (">" in text or _next(scan, index, end)[:1] == ">"):
        return RingSection(scan, asked)
    if lower.startswith("label:"):
        if asked.function == "LISTMAP":
            return MapSection(scan, asked)
        if asked.function.startswith("LIST") or _next(scan, index, end).casefold().startswith(
            ("status:", "certificate id:", "start date:")
        ):
            return ListSection(scan, asked)
        return None
    if _CERTIFICATE_NUMBER.match(text) or lower == "chain information:":
        return ListSection(scan, asked)
    # The first lines of the listing are missing.
    if text.partition(":")[0] in FIELDS and lower.startswith(
        ("certificate id:", "start date:", "serial number:")
    ):
        return ListSection(scan, asked)
    return None


def _next(scan: Scan, index: int, end: int) -> str:
    return next((scan.texts[here] for here in range(index + 1, end) if scan.texts[here]), "")


def _message(scan: Scan, asked: Asked, index: int, found: re.Match[str]) -> None:
    """A RACDCERT message in place of a listing, or beside one."""
    scan.marks[index] = UNDERSTOOD
    kind = _KINDS.get(found["id"])
    if kind is None or (found["id"] == "ICH408I" and not asked.function):
        return  # a message of RACF about something else
    owner: Owner | None = asked.owner
    name = asked.name
    message = found["text"][:_LONGEST_MESSAGE]
    named = _USER.search(message) if kind in {AnswerKind.NO_CERTIFICATES, AnswerKind.NO_RINGS} else None
    if named:
        owner = owner_of(named[1]) or owner
    elif kind is AnswerKind.NO_SUCH_RING and (ring := _RING.search(message)):
        name = ring[1]
    scan.answer(
        kind, asked, index, owner=owner, name=name, message=found["id"], function=_IMPLIED.get(kind, "")
    )


def _columns_are_missing(scan: Scan, exchange: Exchange) -> bool:
    """Whether SDSF shows that the left of the answer is cut off.

    From column 2 on nothing is missing when column 1 is carriage control: then headings are whole.
    """
    if exchange.lost_columns is None:
        return False
    if exchange.first_column > _CARRIAGE_CONTROL:
        return True
    heads = ("Digital ", "Mapping ", "IRRD")
    return not any(scan.texts[index].startswith(heads) for index in range(exchange.start, exchange.end))


def _truncated(scan: Scan, exchange: Exchange, asked: Asked) -> None:
    index = exchange.lost_columns or 0
    scan.problems.append(
        Problem(
            "IN002",
            Span(scan.source.path, index + 1, None, scan.lines[index].strip()),
            f"expected a listing from column 1, SDSF shows it from column {exchange.first_column}",
            "Scroll to the left (LEFT MAX) and copy it again, or print the output to a data set",
            fatal=False,
        )
    )
    name = None if asked.everything else asked.name
    scan.answer(AnswerKind.TRUNCATED, asked, index, owner=asked.owner, name=name)
