"""One finding as a block of text: what, where, the other side, what it breaks, what to do."""

from zcertlint.engine.results import Finding, Report
from zcertlint.engine.verdict import Confidence
from zcertlint.records import dataclass
from zcertlint.report._excerpt import excerpt
from zcertlint.report._paint import Paint
from zcertlint.report._view import LIKELY, host_port, places
from zcertlint.report._words import cells, flat, visible, wrap
from zcertlint.text.source import Span

__all__ = ["block"]

_LEAST_GUTTER = 2
_LEAST_LABEL = 28  # columns that words beside a mark need to be readable


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a block is written from and on; ``gutter`` is the room for line numbers."""

    report: Report
    width: int
    paint: Paint
    gutter: int

    @property
    def bar(self) -> str:
        """The left edge of a line without a number."""
        return self.paint("frame", f"{' ' * self.gutter} |")


def block(finding: Finding, report: Report, width: int, paint: Paint) -> list[str]:
    """The lines of one finding."""
    numbers = [str(span.line) for span in places(finding) if span.line is not None]
    sheet = _Sheet(report, width, paint, max([_LEAST_GUTTER, *map(len, numbers)]))
    lines = _head(finding, sheet)
    if finding.primary.path:
        lines += [_arrow("-->", finding.primary, sheet), *_primary(finding, sheet)]
    for span, words in finding.related:
        lines += [_arrow(":::", span, sheet), *_marked(span, words, sheet, "-", "frame")]
    for name, texts in _remarks(finding, report):
        lines += _remark(name, texts, sheet)
    return lines


def _head(finding: Finding, sheet: _Sheet) -> list[str]:
    tag = f"{finding.severity.value}[{flat(finding.code)}]"
    known = " (in the baseline)" if finding.baselined else " (accepted)" if finding.suppressed else ""
    first, *rest = wrap(finding.message + known, sheet.width - len(tag) - 2, sheet.width - 4)
    head = sheet.paint(finding.severity.value, tag) + ": " + sheet.paint("strong", first)
    return [head, *("    " + sheet.paint("strong", line) for line in rest)]


def _arrow(arrow: str, span: Span, sheet: _Sheet) -> str:
    return f"{' ' * sheet.gutter}{sheet.paint('frame', arrow)} {visible(str(span))}"


def _primary(finding: Finding, sheet: _Sheet) -> list[str]:
    lines = _marked(finding.primary, "", sheet, "^", finding.severity.value)
    return [sheet.bar, *lines] if lines else []


def _marked(span: Span, words: str, sheet: _Sheet, mark: str, style: str) -> list[str]:
    """The source line with its mark; the words stand beside the mark or below it, or alone without a line."""
    room = sheet.width - sheet.gutter - 3
    shown = excerpt(span, sheet.report.sources, room)
    if shown is None:
        return [f"{sheet.bar} {line}" for line in wrap(words, room)] if words else []
    number = sheet.paint("frame", f"{span.line:>{sheet.gutter}} |")
    under = f"{sheet.bar} {' ' * shown.indent}{sheet.paint(style, mark * shown.length)}"
    lines = [f"{number} {shown.line}"]
    if not words:
        return [*lines, under]
    beside = room - shown.indent - shown.length - 1
    if cells(flat(words).strip()) <= beside:
        return [*lines, f"{under} {flat(words).strip()}"]
    indent = shown.indent if room - shown.indent >= _LEAST_LABEL else 0
    return [*lines, under, *(f"{sheet.bar} {' ' * indent}{line}" for line in wrap(words, room - indent))]


def _remarks(finding: Finding, report: Report) -> list[tuple[str, list[str]]]:
    """The remarks that a finding has, in the order in which they matter."""
    fix = finding.fix
    safety = f"   [{fix.safety.value}]" if fix.safety and fix.summary else ""
    remarks = [
        ("breaks", [host_port(report, link) for link in finding.links]),
        ("holds all the same", [host_port(report, link) for link in finding.spared]),
        ("you would see", [", ".join(finding.breaks)] if finding.breaks else []),
        ("note", [finding.note] if finding.note else []),
        ("note", [LIKELY] if finding.confidence is Confidence.LIKELY else []),
        ("fix", [fix.summary + safety] if fix.summary else []),
    ]
    return [(name, texts) for name, texts in remarks if texts]


def _remark(name: str, texts: list[str], sheet: _Sheet) -> list[str]:
    """``= name: text``; what goes on hangs under the name, further texts under the first."""
    start = f"{' ' * (sheet.gutter + 1)}= "
    column = len(start) + len(name) + 2
    lines: list[str] = []
    for number, text in enumerate(texts):
        hang = len(start) if number == 0 else column + 2
        first, *rest = wrap(text, sheet.width - column, sheet.width - hang)
        lead = f"{start}{sheet.paint('strong', f'{name}:')} " if number == 0 else " " * column
        lines += [lead + first, *(" " * hang + line for line in rest)]
    return lines
