"""What a person sees on a terminal."""

from collections.abc import Iterable

from zcertlint.engine.results import Answer3, Finding, Gap, InputView, LinkResult, Report
from zcertlint.engine.verdict import Severity
from zcertlint.report import RenderOptions
from zcertlint.report._block import block
from zcertlint.report._excerpt import excerpt
from zcertlint.report._paint import Paint
from zcertlint.report._view import (
    accepted,
    call_paths,
    expiry,
    fixable,
    fresh,
    judged_at,
    link_codes,
    link_gaps,
    link_title,
    one_line,
    run_on,
    totals,
    verify_word,
)
from zcertlint.report._words import cells, count, flat, plural, visible, wrap
from zcertlint.text.source import Span

__all__ = ["FORMAT", "MEDIA", "render"]

FORMAT = "text"
MEDIA = ".txt"

_NARROWEST = 40
_GROUPS = 12  # commands that are shown before the rest is only counted
_LONGEST_LINE = 1_000  # columns of a line that was not understood
_NEEDS = 4  # questions that are shown for one command
_LINK_COLUMN = 38
_REASONS = 12  # columns that codes need at least


def render(report: Report, options: RenderOptions) -> str:
    """The screen; what matters most stands first, and what could not be told is never left out."""
    width = max(_NARROWEST, options.width)
    paint = Paint(options.color)
    if options.quiet:
        return "\n".join(
            [*(_line(found, paint) for found in fresh(report)), *wrap(totals(report), width), ""]
        )
    found = [block(one, report, width, paint) for one in report.findings if options.verbose or not one.known]
    sections = [_header(report, options, width), _problems(report, width)]
    gaps = _gaps(report, options, width, paint)
    links = _links(report, width, paint)
    if _well(report):
        sections += [links if options.verbose else [], _accepted(report, width), _all_well(report, width)]
        return _join(sections)
    if report.verdict is Answer3.UNKNOWN:
        sections += [_not_known(report, width, paint), gaps, *found, links]
    else:
        sections += [*found, _nothing_new(report, options, width), links, gaps]
    sections += [_accepted(report, width), _totals(report, options, width)]
    return _join(sections)


def _join(sections: Iterable[list[str]]) -> str:
    """The sections with an empty line between them."""
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _line(finding: Finding, paint: Paint) -> str:
    """One finding on one line, its severity coloured."""
    word = f": {finding.severity.value} "
    return one_line(finding).replace(word, f": {paint(finding.severity.value, word[2:-1])} ", 1)


def _well(report: Report) -> bool:
    """Whether nothing at all is left to say."""
    silent = not fresh(report) and not report.gaps and not report.problems
    return silent and report.verdict is Answer3.HOLDS


def _header(report: Report, options: RenderOptions, width: int) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for view in report.inputs:
        kinds.setdefault(view.kind, []).append(view.path)
    words = []
    for kind, paths in kinds.items():
        name = paths[0].rpartition("/")[2]
        alone = kind if kind.startswith(name) else f"{name} ({kind})"
        words.append(alone if len(paths) == 1 else f"{len(paths):,} {plural(kind)}")
    read = f"Read {count(len(report.inputs), 'file')}: {', '.join(words)}." if words else "Read no files."
    facts = [f"Judged at {judged_at(report.as_of)}."]
    facts += [f"{label} is {value}." for label, value in report.headline]
    lines = [*wrap(read, width, width), *wrap(" ".join(facts), width)]
    if options.verbose:
        for view in report.inputs:
            understood, noise, unread = view.lines
            counts = (
                f"{view.size:,} bytes; lines: {understood:,} understood, {noise:,} noise, {unread:,} unread"
            )
            system = f"; system {view.system}" if view.system else ""
            problems = f"; {count(view.problems, 'problem')}" if view.problems else ""
            lines.append(f"  {visible(view.path)}")
            lines += [f"      {line}" for line in wrap(f"{view.kind}; {counts}{system}{problems}", width - 6)]
            lines.append(f"      sha256 {visible(view.sha256)}")
            lines += _not_understood(report, view)
    return lines


def _not_understood(report: Report, view: InputView) -> list[str]:
    """Each line that no reader understood, with its place."""
    lines = ["      not understood:"] if view.unread else []
    for number in view.unread:
        shown = excerpt(Span(view.path, number), report.sources, _LONGEST_LINE)
        lines.append(
            f"        {visible(view.path)}:{number}: {shown.line if shown is not None else ''}".rstrip()
        )
    return lines


def _problems(report: Report, width: int) -> list[str]:
    """What could not be read, one after the other; nothing was concluded from it."""
    lines = ["Not read, or not completely"] if report.problems else []
    for problem in report.problems:
        first, *rest = wrap(problem, width - 2, width - 4)
        lines += ["  " + first, *("    " + line for line in rest)]
    return lines


def _all_well(report: Report, width: int) -> list[str]:
    held = report.summary.links_hold
    known = report.summary.baselined + report.summary.suppressed
    fix = f"Nothing new to fix ({known:,} known)." if known else "Nothing to fix."
    links = "The one link holds." if held == 1 else f"All {held:,} links hold."
    first = f"{links} {fix} Nothing was left unknown."
    if not held:
        first = f"There is no TLS link in these files, so nothing was judged but what stands in them. {fix}"
    return [*wrap(first, width), *wrap(f"{run_on(report)}. {expiry(report)}".rstrip(), width)]


def _accepted(report: Report, width: int) -> list[str]:
    """What the site has decided to live with, never hidden."""
    lines = accepted(report)
    if not lines:
        return []
    return ["Accepted by zcertlint.yaml", *(line for one in lines for line in _hanging(one, width))]


def _not_known(report: Report, width: int, paint: Paint) -> list[str]:
    """The first words where nothing is known to fail: that this proves nothing yet."""
    many = len(report.gaps) or sum(len(result.needs) for result in report.links)
    serious = any(found.severity is not Severity.INFO for found in fresh(report))
    start = "Nothing is shown to fail" if serious else "Nothing wrong was found"
    what = f"{count(many, 'question')} could not be answered" if many else "not everything could be judged"
    unknown = report.summary.links_unknown
    links = f", and {count(unknown, 'link')} may or may not work" if unknown else ""
    text = f"{start}, but that is no all-clear: {what}{links}."
    return [paint(Severity.WARNING.value, line) for line in wrap(text, width)]


def _nothing_new(report: Report, options: RenderOptions, width: int) -> list[str]:
    if fresh(report) or options.verbose or not report.summary.baselined:
        return []
    text = (
        f"Nothing new: {count(report.summary.baselined, 'finding')} in the baseline (--verbose shows them)."
    )
    return wrap(text, width)


def _links(report: Report, width: int, paint: Paint) -> list[str]:
    """The table of links: who calls whom, what the client checks, the verdict and the reasons."""
    if not report.links:
        return []
    rows = [(flat(link_title(one)), verify_word(one.link.verify), one) for one in report.links]
    longest = max(cells(title) for title, _, _ in rows)
    verify = max([6, *(len(word) for _, word, _ in rows)])
    after = verify + len("unknown") + 4
    column = max(len("Links"), min(max(longest, _LINK_COLUMN), width - after - _REASONS))
    lines = [f"{paint('strong', 'Links')}{' ' * (column - 1)}{'verify':<{verify}}  verdict"]
    for title, word, result in rows:
        pad = " " * (column + 2 - cells(title))
        long = cells(title) > column
        if long:
            lines.append(f"  {title}")
        start = " " * (column + 4) if long else f"  {title}{pad}"
        verdict = _verdict(result, paint)
        reasons = wrap(_reasons(report, result), width - column - after - 4)
        lines.append(f"{start}{word:<{verify}}  {verdict}  {reasons[0]}".rstrip())
        lines += [" " * (column + after + 4) + reason for reason in reasons[1:]]
    return lines


def _verdict(result: LinkResult, paint: Paint) -> str:
    match result.verdict:
        case Answer3.FAILS:
            return paint(Severity.ERROR.value, "FAILS") + "  "
        case Answer3.UNKNOWN:
            return paint(Severity.WARNING.value, "unknown")
        case Answer3.HOLDS:
            return "holds  "


def _reasons(report: Report, result: LinkResult) -> str:
    codes = " ".join(link_codes(report, result))
    if result.verdict is Answer3.UNKNOWN:
        many = len(link_gaps(report, result))
        return " ".join(part for part in (count(many, "gap") if many else "", codes) if part)
    return codes


def _gaps(report: Report, options: RenderOptions, width: int, paint: Paint) -> list[str]:
    """What could not be told, each command once with everything that it answers."""
    named = [gap for result in report.links for gap in link_gaps(report, result) if not gap.code]
    groups: dict[tuple[str, int], list[Gap]] = {}
    for number, gap in enumerate([*report.gaps, *named], 1):
        groups.setdefault((gap.command, 0) if gap.command else ("", number), []).append(gap)
    if not groups:
        return []
    lines = [paint("strong", "Could not tell")]
    shown = list(groups.items()) if options.verbose else list(groups.items())[:_GROUPS]
    for (command, _), gaps in shown:
        lines += _group(gaps, width, verbose=options.verbose)
        if command:
            lines += [f"      {visible(line).rstrip()}" for line in command.split("\n")]
    left = sum(len(gaps) for gaps in groups.values()) - sum(len(gaps) for _, gaps in shown)
    if left:
        lines += _hanging(f"{count(left, 'more question')}; --verbose shows them all.", width)
    if any(gap.command for gap in report.gaps):
        collect = f"zcertlint collect {call_paths(options.paths)}"
        lines += ["  " + line for line in _call("One job for all of this:", collect, width - 2)]
    return lines


def _group(gaps: list[Gap], width: int, *, verbose: bool) -> list[str]:
    needs = list(dict.fromkeys(_question(gap) for gap in gaps))
    shown = needs if verbose or len(needs) <= _NEEDS + 1 else needs[:_NEEDS]
    lines = [line for need in shown for line in _hanging(need, width)]
    if len(shown) < len(needs):
        lines += _hanging(f"and {count(len(needs) - len(shown), 'more question')} that this answers:", width)
    return lines


def _question(gap: Gap) -> str:
    """What is missing, with the subject unless the words already name it."""
    return gap.needs if not gap.subject or gap.subject in gap.needs else f"{gap.subject}: {gap.needs}"


def _hanging(text: str, width: int) -> list[str]:
    return ["  " + line for line in wrap(text, width - 2)]


def _totals(report: Report, options: RenderOptions, width: int) -> list[str]:
    lines = wrap(f"{totals(report)} {expiry(report)}".rstrip(), width)
    able = fixable(report)
    if able:
        fix = f"zcertlint fix {call_paths(options.paths)} -o {options.change_dir or 'change/'}"
        lines += _call(f"Fixes for {count(len(able), 'finding')}:", fix, width)
    if fresh(report):
        lines += _call("More on a finding:", f"zcertlint explain {fresh(report)[0].code}", width)
    return lines


def _call(words: str, command: str, width: int) -> list[str]:
    """Words and a command that stays on one line."""
    shown = visible(command)
    return [f"{words} {shown}"] if len(words) + 1 + cells(shown) <= width else [words, f"    {shown}"]
