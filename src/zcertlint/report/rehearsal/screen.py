"""A rehearsal on a terminal."""

from collections.abc import Iterable

from zcertlint.engine.results import Answer3, Finding, Gap, Report
from zcertlint.engine.verdict import Severity
from zcertlint.model.change import Change, Ending, Played
from zcertlint.records import dataclass
from zcertlint.report import RenderOptions
from zcertlint.report._block import block
from zcertlint.report._paint import Paint
from zcertlint.report._view import fresh, judged_at, one_line
from zcertlint.report._words import cells, count, flat, plural, visible, wrap

__all__ = ["Rehearsal", "effect_text", "render_text"]

_NARROWEST = 60
_COMMAND = 46  # columns of the command, of a screen of 80
_NAMES = 3  # links that are named in one sentence
_GAPS = 8  # questions that are shown before the rest is only counted


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is shown.

    Attributes:
        before, after: the reports. change: the commands.
        healed: ids of links that hold afterwards and did not before.
        left: jobs in folders that were not played. hints: what is not played and should be known.
        diff: the model before and after as a unified diff; () when it was not asked for.
    """

    before: Report
    after: Report
    change: Change
    healed: tuple[str, ...] = ()
    diff: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def render_text(shown: Rehearsal, options: RenderOptions) -> str:
    """The screen."""
    width = max(_NARROWEST, options.width)
    paint = Paint(options.color)
    new = _new(shown)
    if options.quiet:
        return "\n".join([*(one_line(found) for found in new), *_totals(shown, width), ""])
    sections = [
        _header(shown, width),
        _problems(shown.after, width),
        *_commands(shown.change, width, paint, verbose=options.verbose),
        *(block(found, shown.after, width, paint) for found in new),
        _gaps(shown, width, paint, verbose=options.verbose),
        _diff(shown.diff, paint),
        _totals(shown, width),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _new(shown: Rehearsal) -> list[Finding]:
    """What the change is to blame for: its own findings, and those of the deployment that were not there."""
    known = {found.id for found in shown.before.findings}
    return [found for found in fresh(shown.after) if found.id not in known]


def _header(shown: Rehearsal, width: int) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for view in shown.after.inputs:
        kinds.setdefault(view.kind, []).append(view.path)
    words = []
    for kind, paths in kinds.items():
        name = paths[0].rpartition("/")[2]
        alone = kind if kind.startswith(name) else f"{name} ({kind})"
        words.append(alone if len(paths) == 1 else f"{len(paths):,} {plural(kind)}")
    lines = wrap(f"Read {count(len(shown.after.inputs), 'file')}: {', '.join(words)}.", width, width)
    if shown.left:
        lines += wrap(f"Not played, because another job was named: {', '.join(shown.left)}.", width)
    lines.append(f"Played on a copy of the system; judged at {judged_at(shown.after.as_of)}.")
    for hint in shown.hints:
        lines += wrap(visible(flat(hint)), width, width)
    return lines


def _problems(report: Report, width: int) -> list[str]:
    lines = ["Not read, or not completely"] if report.problems else []
    for problem in report.problems:
        first, *rest = wrap(problem, width - 2, width - 4)
        lines += ["  " + first, *("    " + line for line in rest)]
    return lines


def _commands(change: Change, width: int, paint: Paint, *, verbose: bool) -> Iterable[list[str]]:
    """One table for each file, each command with its line number and what it would do."""
    paths = list(dict.fromkeys(played.span.path for played in change.commands))
    gutter = max((len(str(played.span.line or 0)) for played in change.commands), default=1)
    for path in paths:
        lines = [paint("strong", visible(path))] if len(paths) > 1 else []
        heading = ""
        for played in change.commands:
            if played.span.path == path:
                if (said := _heading(played)) != heading and (heading or played.condition):
                    heading = said
                    text = wrap(said, width - gutter - 3)
                    lines += [f" {' ' * gutter}  {paint('frame', line)}" for line in text]
                lines += _command(played, gutter, width, paint)
                if verbose:
                    lines += _details(played, gutter, width)
        yield lines
    if not change.commands:
        yield ["The job holds no command that TSO would run."]


def _heading(played: Played) -> str:
    """The condition under which the next commands are run, or that there is none, or none any more."""
    if played.condition:
        return f"if {visible(flat(played.condition))}:"
    return "as its conditions are met here:" if played.guarded else "in any case:"


def _command(played: Played, gutter: int, width: int, paint: Paint) -> list[str]:
    room = min(_COMMAND, width - gutter - 34) if width < 100 else width // 2  # noqa: PLR2004 (a wide screen)
    text = visible(flat(played.text))
    left = wrap(text, room, room - 2)
    left = [left[0], *(f"  {line}" for line in left[1:])]
    start = gutter + 3 + room + 2
    right = wrap(effect_text(played), max(width - start, 24))
    style = {Ending.FAILS: Severity.ERROR.value, Ending.NOT_MODELLED: Severity.WARNING.value}.get(
        played.ending
    )
    lines = []
    for index in range(max(len(left), len(right))):
        number = f"{played.span.line or '':>{gutter}}" if index == 0 else " " * gutter
        command = left[index] if index < len(left) else ""
        effect = right[index] if index < len(right) else ""
        if cells(command) > room:  # one word that is longer than its column
            lines.append(f" {number}  {command}".rstrip())
            number, command = " " * gutter, ""
            if not effect:
                continue
        pad = " " * (room + 2 - cells(command))
        shown = paint(style, effect) if style is not None and effect else effect
        lines.append(f" {paint('frame', number)}  {command}{pad}{shown}".rstrip())
    return lines


def effect_text(played: Played, word: str = "FAILS") -> str:
    """What it would do, the failure first."""
    match played.ending:
        case Ending.FAILS:
            return f"{word}: {played.reason}"
        case Ending.NOT_MODELLED:
            return f"cannot tell: {played.effect}"
        case _:
            return played.effect


def _details(played: Played, gutter: int, width: int) -> list[str]:
    """With --verbose: what of the effect is believed only, and the classes that are changed."""
    lines = [f"believed: {doubt}" for doubt in played.doubts] if played.carried_out else []
    lines += [f"changes {', '.join(played.classes)}"] if played.classes else []
    indent = " " * (gutter + 5)
    return [f"{indent}{part}" for line in lines for part in wrap(line, width - gutter - 5)]


def _gaps(shown: Rehearsal, width: int, paint: Paint, *, verbose: bool) -> list[str]:
    """What could not be told, with the command that shows it; what was open before is only counted."""
    known = {(gap.needs, gap.command) for gap in shown.before.gaps}
    new = [gap for gap in shown.after.gaps if (gap.needs, gap.command) not in known]
    old = len(shown.after.gaps) - len(new)
    if not new:
        return [f"{count(old, 'question')} of the system as it is: zcertlint check tells."] if old else []
    lines = [paint("strong", "Could not tell")]
    listed = new if verbose else new[:_GAPS]
    for gap in listed:
        lines += _gap(gap, width)
    left = len(new) - len(listed)
    if left:
        lines.append(f"  {count(left, 'more question')}; --verbose shows them all.")
    if old:
        lines += [
            f"  {line}"
            for line in wrap(f"Beside {count(old, 'question')} of the system as it is.", width - 2)
        ]
    return lines


def _gap(gap: Gap, width: int) -> list[str]:
    lines = [f"  {line}" for line in wrap(gap.needs, width - 2)]
    return [*lines, *(f"      {visible(line)}" for line in (gap.command or "").split("\n") if line)]


def _diff(lines: tuple[str, ...], paint: Paint) -> list[str]:
    styles = {"+": "strong", "-": Severity.WARNING.value}
    return [paint(styles[line[:1]], visible(line)) if line[:1] in styles else visible(line) for line in lines]


def _totals(shown: Rehearsal, width: int) -> list[str]:
    """Links and findings, before and after."""
    before, after = shown.before, shown.after
    lines: list[str] = []
    if after.links:
        was = count(before.summary.links_hold, "link") + (
            " holds" if before.summary.links_hold == 1 else " hold"
        )
        lines += wrap(f"Before: {was}. After: {_links(shown)}.", width)
    open_ = sum(played.ending is Ending.NOT_MODELLED for played in shown.change.commands)
    if open_:
        whose = "it does" if open_ == 1 else "they do"
        text = f"Of {count(open_, 'command')} it cannot be told what {whose}: what is said of afterwards may be other."
        lines += wrap(text, width)
    waiting = sum(bool(played.condition) and bool(played.classes) for played in shown.change.commands)
    if waiting:
        stands = "stands" if waiting == 1 else "stand"
        text = (
            f"{count(waiting, 'change')} {stands} under a condition that cannot be told: it is taken as met."
        )
        lines += wrap(text, width)
    new = len(_new(shown))
    kept = {found.id for found in after.findings}
    gone = [found for found in fresh(before) if found.id not in kept]
    told = f"Findings: {new} new" if new else "No new finding"
    told += f", {len(gone)} gone ({', '.join(sorted({found.code for found in gone}))})" if gone else ""
    still = len(fresh(after)) - new
    told += f"; {still} that {'is' if still == 1 else 'are'} there without the change" if still else ""
    return [*lines, *wrap(told + ".", width)]


def _links(shown: Rehearsal) -> str:
    after = shown.after
    total = after.summary
    parts = [f"{total.links_hold} {'holds' if total.links_hold == 1 else 'hold'}"]
    held = shown.change.held
    failing = [one.link.id for one in after.links if one.verdict is Answer3.FAILS]
    broken = [link for link in failing if link in held]
    if broken:
        names = ", ".join(broken) if len(broken) <= _NAMES else str(len(broken))
        parts.append(f"{names} {'FAILS' if len(broken) == 1 else 'FAIL'}")
    rest = len(failing) - len(broken)
    if rest:
        parts.append(f"{rest} {'fails' if rest == 1 else 'fail'} as before")
    unknown = [one.link.id for one in after.links if one.verdict is Answer3.UNKNOWN]
    unsure = [link for link in unknown if link in held]
    if unsure:
        names = ", ".join(unsure) if len(unsure) <= _NAMES else str(len(unsure))
        parts.append(f"of {names} it cannot be told")
    if len(unknown) > len(unsure):
        parts.append(f"{len(unknown) - len(unsure)} unknown as before")
    if shown.healed:
        parts.append(f"{', '.join(shown.healed)} {'holds' if len(shown.healed) == 1 else 'hold'} now")
    return ", ".join(parts)
