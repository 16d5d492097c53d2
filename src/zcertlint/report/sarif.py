"""SARIF 2.1.0, for code scanning and for collections of findings."""

from collections.abc import Iterable
from urllib.parse import quote

from zcertlint._version import __version__
from zcertlint.engine.results import Finding, Gap, InputView, Report
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.report import RenderOptions, RuleText
from zcertlint.report._view import iso, message_id
from zcertlint.report._words import flat, visible
from zcertlint.report.json import dumps, summary_dict
from zcertlint.text.source import Span

__all__ = ["FORMAT", "MEDIA", "render", "to_dict", "uri"]

FORMAT = "sarif"
MEDIA = ".sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub reads above 9.0 critical, from 7.0 high, from 4.0 medium, below low: an outage is no break-in.
_SECURITY = {"error": "7.5", "warning": "5.0", "note": "2.0"}
_PRECISION = {Confidence.CERTAIN.value: "very-high", Confidence.LIKELY.value: "high"}
_WORST_FIRST = ("error", "warning", "note")

Json = dict[str, object]


def render(report: Report, options: RenderOptions) -> str:
    """The log with a final line end."""
    return dumps(to_dict(report, options))


def to_dict(report: Report, options: RenderOptions) -> Json:
    """The log as plain dictionaries and lists: one run, its results in the order of the report."""
    codes = sorted({found.code for found in report.findings} | {gap.code for gap in report.gaps if gap.code})
    index = {code: number for number, code in enumerate(codes)}
    driver: Json = {
        "name": "zcertlint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, report.findings, options.rules.get(code)) for code in codes],
    }
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, index)],
        "artifacts": [_artifact(view) for view in dict.fromkeys(report.inputs)],
        "results": [_result(found, index) for found in report.findings],
        "properties": {
            "as_of": iso(report.as_of),
            "verdict": report.verdict.value,
            "summary": summary_dict(report.summary),
            "links": [
                {"id": one.link.id, "verdict": one.verdict.value, "because": list(one.because)}
                for one in report.links
            ],
        },
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def uri(path: str) -> str:
    """A path as a URI reference: relative where the path is relative, percent-encoded, with ``/``."""
    plain = visible(path)
    if plain[1:3] == ":/" and plain[0].isascii() and plain[0].isalpha():
        return f"file:///{plain[0]}:{quote(plain[2:])}"
    if plain.startswith("/"):
        return "file:///" + quote(plain.lstrip("/"))
    while plain.startswith("./"):
        plain = plain[2:].lstrip("/")
    return quote(plain)


def _rule(code: str, findings: Iterable[Finding], words: RuleText | None) -> Json:
    """The description of a rule, from the rule book where it is given, else from its findings."""
    own = [found for found in findings if found.code == code]
    levels = {_LEVEL[found.severity] for found in own} or {_book_level(words)}
    level = next(one for one in _WORST_FIRST if one in levels)
    name = words.name if words else own[0].name if own else ""
    title = words.title if words else own[0].title if own else ""
    sure = own[0].confidence.value if own else words.confidence if words else Confidence.CERTAIN.value
    rule: Json = {"id": code}
    if name:
        rule["name"] = name
    if title:
        rule["shortDescription"] = {"text": flat(title)}
    if words and words.why:
        rule["fullDescription"] = {"text": visible(words.why).replace("␊", "\n")}
    rule["help"] = _help(code, words)
    rule["defaultConfiguration"] = {"level": level}
    rule["properties"] = {
        "tags": list(dict.fromkeys(("security", "tls", "certificate", code.rstrip("0123456789")))),
        "precision": _PRECISION.get(sure, "high"),
        "problem.severity": {"note": "recommendation"}.get(level, level),
        "security-severity": _SECURITY[level],
    }
    return rule


def _book_level(words: RuleText | None) -> str:
    """The level of a rule that has gaps and no finding: the first severity that its book names."""
    first = words.severity.split()[0].strip(",;:") if words and words.severity.split() else ""
    return {"error": "error", "info": "note"}.get(first, "warning")


def _help(code: str, words: RuleText | None) -> Json:
    text = f"zcertlint explain {code}"
    if words is None:
        return {"text": text}
    from zcertlint.report.explain import render_rule, render_rule_markdown  # noqa: PLC0415 - only with a book

    return {"text": render_rule(words, 80), "markdown": render_rule_markdown(words)}


def _result(finding: Finding, index: dict[str, int]) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVEL[finding.severity],
        "kind": "fail",
        "message": {"text": flat(finding.message) or finding.code},
        "locations": [_location(finding.primary, finding.subjects)],
        "relatedLocations": [
            {"id": number, **_location(span), "message": {"text": flat(words) or "see also"}}
            for number, (span, words) in enumerate(finding.related, 1)
        ],
        "partialFingerprints": {"zcertlint/v1": finding.fingerprint},
        "baselineState": "unchanged" if finding.baselined else "new",
    }
    if finding.baselined:
        result["suppressions"] = [{"kind": "external", "justification": "in the baseline"}]
    elif finding.suppressed is not None:
        result["suppressions"] = [{"kind": "external", "justification": flat(finding.suppressed.reason)}]
    result["properties"] = {
        "id": finding.id,
        "confidence": finding.confidence.value,
        "subjects": list(finding.subjects),
        "breaks": list(dict.fromkeys(map(message_id, finding.breaks))),
        "messages": list(finding.breaks),
        "links": list(finding.links),
        "holds": list(finding.spared),
        "fix": {
            "kind": finding.fix.kind.value,
            "safety": finding.fix.safety.value if finding.fix.safety else None,
            "summary": finding.fix.summary,
        },
        "note": finding.note,
    }
    return result


def _location(span: Span, subjects: tuple[str, ...] = ()) -> Json:
    """A place in a file, and what stands for it in the security database."""
    location: Json = {}
    if span.path:
        physical: Json = {"artifactLocation": {"uri": uri(span.path)}}
        if span.line is not None and span.line >= 1:
            region: Json = {"startLine": span.line}
            if span.column is not None and span.column >= 1:
                region["startColumn"] = span.column
                if span.text:
                    region["endColumn"] = span.column + len(span.text)
            physical["region"] = region
        location["physicalLocation"] = physical
    if subjects:
        location["logicalLocations"] = [
            {"fullyQualifiedName": name, "kind": "resource"} for name in dict.fromkeys(map(flat, subjects))
        ]
    return location


def _artifact(view: InputView) -> Json:
    return {
        "location": {"uri": uri(view.path)},
        "description": {"text": flat(view.kind) or "input"},
        "length": view.size,
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": view.sha256},
    }


def _invocation(report: Report, index: dict[str, int]) -> Json:
    """Whether all could be read, and as notifications what could not be told."""
    return {
        "executionSuccessful": not report.problems,
        "toolExecutionNotifications": [
            *({"level": "error", "message": {"text": flat(text) or "problem"}} for text in report.problems),
            *(_notification(gap, index) for gap in report.gaps),
        ],
    }


def _notification(gap: Gap, index: dict[str, int]) -> Json:
    command = f" Shown by: {flat(gap.command)}" if gap.command else ""
    note: Json = {"level": "note", "message": {"text": (flat(gap.needs) + command).strip() or "not known"}}
    if gap.subject:
        note["locations"] = [_location(Span(""), (gap.subject,))]
    if gap.code in index:
        note["associatedRule"] = {"id": gap.code, "index": index[gap.code]}
    return note
