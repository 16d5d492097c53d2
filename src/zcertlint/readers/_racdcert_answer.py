"""The answers of a transcript to RACDCERT commands: which section reads which lines, and the messages."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from zcertlint.model.facts import AnswerKind, Facts, Problem, Unread
from zcertlint.readers._racdcert_command import Asked, parse_command
from zcertlint.readers._racdcert_list import FIELDS, ListSection
from zcertlint.readers._racdcert_map import MapSection
from zcertlint.readers._racdcert_message import MESSAGE, take_message
from zcertlint.readers._racdcert_ring import RingSection
from zcertlint.readers._racdcert_scan import UNDERSTOOD, UNREAD, Overrun, Scan
from zcertlint.text.decode import LINE_LIMIT
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source, Span

__all__ = ["ENOUGH", "UNREAD_LIMIT", "read_transcript"]

ENOUGH: Final = 4_000
"""So many lines make up for what the pattern of a whole record costs."""
UNREAD_LIMIT: Final = 100_000
"""So many lines that were not understood are named one by one."""

_LISTING = frozenset(("LIST", "LISTRING", "LISTMAP", "LISTCHAIN", "LISTTOKEN", "CHECKCERT"))
_CERTIFICATE_NUMBER = lazy(r"certificate \d+:\Z", re.IGNORECASE)
# A listing whose lines were joined into one.
_FLATTENED = lazy(
    r"Serial Number:\s*>|Digital certificate information for|Cert Owner\s+USAGE|Chain information: ?Chain contains",
    re.IGNORECASE,
)
_EDGES = frozenset((72, 79, 80))  # the widths of data sets and screens
_WHOLE_NAME = 72  # where a full line of a name is shown, nothing that is shorter was cut
_SEVERAL = 3
_CARRIAGE_CONTROL = 2  # SDSF shows from column 2 when column 1 is carriage control


def read_transcript(source: Source, kind: str) -> Facts:
    """Every certificate, ring, filter and message of a transcript."""
    scripts = transcript_of(source)
    scan = Scan(source, scripts.texts)
    try:
        _exchanges(scan, scripts.exchanges)
    except Overrun as overrun:
        _give_up(scan, overrun.index)
    understood, unread = scan.marks.count(UNDERSTOOD), scan.marks.count(UNREAD)
    return Facts(
        kind,
        source.path,
        certificates=tuple(scan.certificates),
        stores=tuple(scan.stores),
        cut=tuple(scan.cut),
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
    batch = next(filter(None, above), "").endswith("READY")
    scan.open_end = batch and not exchange.closed
    width = max(map(len, scan.lines[index:end]), default=0)
    scan.edge = width if width in _EDGES or _is_cut(scan.lines, index, end, width) else 0
    if width > LINE_LIMIT:
        _too_long(scan, index, end)
    answered = asked
    unclaimed: list[int] = []
    last = exchange.start - 1
    while index < end:
        text = texts[index]
        if not text:
            index += 1
        elif (section := _section(scan, asked, index, text, end)) is not None:
            index = max(section.run(index, end), index + 1)
            answered = Asked()  # a message below a listing is not the answer to its command
            last = index - 1
        elif MESSAGE.match(text):
            index = take_message(scan, answered, index, end)
            last = index - 1
        else:
            if _FLATTENED.search(text):
                scan.marks[index] = UNREAD
            elif asked.function in _LISTING:
                unclaimed.append(index)
            index += 1
    if batch:  # a person's text does not stand between READY and READY
        _settle(scan, unclaimed, end if exchange.closed else last)
    if asked.function == "LISTTOKEN":
        _tokens(scan, exchange, unclaimed)


def _is_cut(lines: Sequence[str], start: int, end: int, width: int) -> bool:
    """Whether lines that have nothing in common end at one column, the last that is used.

    In a whole listing a name between ``>`` and ``<``, or a row of digits, is the longest line; and one field may
    have the same length in several records.
    """
    if not 0 < width < _WHOLE_NAME:
        return False
    longest = (lines[index] for index in range(start, end) if len(lines[index]) == width)
    cut = (line for line in longest if not line.endswith(("<", "&lt;", " ", "-")) and ":" not in line[-4:])
    return len({line.partition(":")[0] for line in cut}) >= _SEVERAL


def _too_long(scan: Scan, start: int, end: int) -> None:
    """An answer holds a line that was cut when the file was loaded."""
    index = next(index for index in range(start, end) if len(scan.lines[index]) > LINE_LIMIT)
    expected = "expected a line of a listing, this one is longer than 1 MiB"
    span = Span(scan.source.path, index + 1)
    scan.problems.append(Problem("IN002", span, expected, "Export it as text", fatal=False))


def _settle(scan: Scan, unclaimed: Sequence[int], last: int) -> None:
    """Lines that no section claims: those up to the last one that was used are part of the answer."""
    for index in unclaimed:
        if index < last:
            scan.marks[index] = UNREAD


def _tokens(scan: Scan, exchange: Exchange, lines: Sequence[int]) -> None:
    """The answer to LISTTOKEN: what it shows is not used, and that is said."""
    if not lines:
        return
    for index in lines:
        scan.marks[index] = UNREAD
    scan.problem(
        "IN008",
        exchange.at if scan.texts[exchange.at] else lines[0],
        "certificates in key rings; what is kept in PKCS#11 tokens (LISTTOKEN) is not analysed",
        "List the key rings that the servers use, with RACDCERT LISTRING",
    )


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
