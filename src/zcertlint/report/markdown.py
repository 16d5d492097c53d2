"""A change ticket: what fails, the risk of leaving it, the plan, how to verify and how to go back."""

from zcertlint.engine.results import Answer3, Finding, Report
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.report import RenderOptions
from zcertlint.report._md import code, fence, md, para, table
from zcertlint.report._view import (
    LIKELY,
    accepted,
    call_paths,
    expiry,
    fixable,
    fresh,
    host_port,
    judged_at,
    link_codes,
    link_gaps,
    link_place,
    link_title,
    totals,
    verify_word,
)
from zcertlint.report._words import count
from zcertlint.text.source import Span

__all__ = ["FORMAT", "MEDIA", "render"]

FORMAT = "markdown"
MEDIA = ".md"


def render(report: Report, options: RenderOptions) -> str:
    """The ticket; its sections are those of a change record."""
    sections = [
        _head(report),
        _risk(report, options),
        _links(report),
        _findings(report),
        _gaps(report, options),
        _plan(report, options),
        _verify(report, options),
        _inputs(report),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _head(report: Report) -> list[str]:
    words = {
        Answer3.FAILS: "This deployment fails.",
        Answer3.HOLDS: "This deployment holds: nothing fails and nothing was left unknown.",
        Answer3.UNKNOWN: "It is not known whether this deployment works: nothing is shown to fail, "
        "but not everything could be judged.",
    }
    facts = [f"Judged at {judged_at(report.as_of)}."]
    facts += [f"{md(label)} is {md(value)}." for label, value in report.headline]
    lines = [
        f"# zcertlint: {report.verdict.value}",
        "",
        f"**{words[report.verdict]}** {md(totals(report))} {md(expiry(report))}".rstrip(),
        "",
        " ".join(facts),
    ]
    if report.problems:
        lines += ["", "Not read, or not completely:", "", *(f"- {para(text)}" for text in report.problems)]
    return lines


def _risk(report: Report, options: RenderOptions) -> list[str]:
    """What stops if nothing is changed; errors only, for a warning stops nothing today."""
    errors = [found for found in fresh(report) if found.severity is Severity.ERROR]
    if not errors:
        return []
    lines = ["## What fails, and the risk of leaving it", ""]
    explained: set[str] = set()
    for found in errors:
        lines.append(f"- **{md(found.code)}** {md(found.message)}")
        if found.links:
            lines.append(
                f"  - Does not connect: {', '.join(code(host_port(report, one)) for one in found.links)}"
            )
        if found.breaks:
            lines.append(f"  - Users see: {', '.join(md(text) for text in found.breaks)}")
        words = options.rules.get(found.code)
        if words and words.why and found.code not in explained:
            explained.add(found.code)
            lines.append(f"  - Why it matters: {md(' '.join(words.why.split()))}")
    return lines


def _links(report: Report) -> list[str]:
    if not report.links:
        return []
    rows = []
    for one in report.links:
        gaps = link_gaps(report, one) if one.verdict is Answer3.UNKNOWN else ()
        verdict = "**FAILS**" if one.verdict is Answer3.FAILS else one.verdict.value
        reasons = [*link_codes(report, one), *([count(len(gaps), "gap")] if gaps else [])]
        title, place, word = link_title(one), link_place(one.link), verify_word(one.link.verify)
        rows.append((code(title), code(place), word, verdict, md(", ".join(reasons))))
    return ["## Links", "", *table(("Link", "Host and port", "Verifies", "Verdict", "Because"), rows)]


def _findings(report: Report) -> list[str]:
    lines: list[str] = []
    for found in fresh(report):
        lines += ["", *_finding(found, report)]
    known = [found for found in report.findings if found.baselined]
    if known:
        lines += [
            "",
            f"In the baseline: {', '.join(f'{md(found.code)} {code(_subjects(found))}' for found in known)}",
        ]
    lines += [line for one in accepted(report) for line in ("", f"Accepted: {md(one)}")]
    return ["## Findings", *lines] if lines else []


def _finding(finding: Finding, report: Report) -> list[str]:
    """Both sides of the pair, what depends on it and what repairs it."""
    lines = [f"### {finding.severity.value} {md(finding.code)}: {md(finding.message)}", ""]
    lines.append(f"- Subject: {', '.join(code(one) for one in finding.subjects)}")
    if finding.primary.path:
        lines.append(f"- Where: {_place(finding.primary)}")
    lines += [f"- Other side: {_place(span)}: {md(words)}" for span, words in finding.related]
    if finding.links:
        lines.append(f"- Breaks: {', '.join(code(host_port(report, one)) for one in finding.links)}")
    if finding.spared:
        lines.append(
            f"- Holds all the same: {', '.join(code(host_port(report, one)) for one in finding.spared)}"
        )
    if finding.breaks:
        lines.append(f"- You would see: {', '.join(md(text) for text in finding.breaks)}")
    if finding.note:
        lines.append(f"- Note: {md(finding.note)}")
    if finding.confidence is Confidence.LIKELY:
        lines.append(f"- Confidence: {md(LIKELY)}")
    if finding.fix.summary:
        safety = f" ({finding.fix.safety.value})" if finding.fix.safety else ""
        lines.append(f"- Fix: {md(finding.fix.summary)}{safety}")
    return [*lines, f"- More: {code(finding.help)}"]


def _subjects(finding: Finding) -> str:
    return ", ".join(finding.subjects)


def _place(span: Span) -> str:
    text = f" {code(span.text)}" if span.text else ""
    return code(str(span)) + text


def _gaps(report: Report, options: RenderOptions) -> list[str]:
    gaps = [*report.gaps]
    gaps += [gap for one in report.links for gap in link_gaps(report, one) if not gap.code]
    if not gaps:
        return []
    rows = [
        (md(gap.code), code(gap.subject), md(gap.needs), code((gap.command or "").strip())) for gap in gaps
    ]
    lines = ["## Could not tell", "", *table(("Rule", "Subject", "Missing", "Shown by"), rows)]
    if any(gap.command for gap in gaps):
        lines += ["", f"One job for all of this: {code(f'zcertlint collect {call_paths(options.paths)}')}"]
    return lines


def _plan(report: Report, options: RenderOptions) -> list[str]:
    if options.plan is not None:
        return ["## Plan", "", *fence(options.plan)]
    able = fixable(report)
    if not able:
        return []
    folder = options.change_dir or "change/"
    call = f"zcertlint fix {call_paths(options.paths)} -o {folder}"
    return ["## Plan", "", f"{count(len(able), 'finding')} can be repaired by a rehearsed job: {code(call)}"]


def _verify(report: Report, options: RenderOptions) -> list[str]:
    if not fixable(report) and options.plan is None:
        return []
    folder = (options.change_dir or "change/").rstrip("/")
    codes = ", ".join(dict.fromkeys(found.code for found in fixable(report)))
    verify = code(f"{folder}/verify.jcl")
    gone = f"; expected: {md(codes)} gone and nothing new" if codes else "; expected: nothing new"
    return [
        "## Verify and back out",
        "",
        f"- Before: keep the listings below; {code(f'{folder}/backout.jcl')} is made from them.",
        f"- Verify: run {verify} (it reads only) and give its output to {code('zcertlint check')}{gone}.",
        f"- Back out: run {code(f'{folder}/backout.jcl')}; its first lines say what cannot be restored.",
        "- Servers read key rings when they start: plan the restart of what the findings name.",
    ]


def _inputs(report: Report) -> list[str]:
    rows = [(code(view.path), md(view.kind), code(view.sha256)) for view in report.inputs]
    return ["## Inputs", "", *table(("File", "Kind", "SHA-256"), rows)] if rows else []
