"""The document of the output contract; programs may rely on every key being there."""

import json

from zcertlint._version import __version__
from zcertlint.engine.results import Finding, InputView, LinkResult, Report, Summary
from zcertlint.model.deployment import Endpoint
from zcertlint.report import RenderOptions
from zcertlint.report._view import iso, message_id, places

__all__ = ["FORMAT", "MEDIA", "SCHEMA", "dumps", "render", "summary_dict", "to_dict"]

FORMAT = "json"
MEDIA = ".json"
SCHEMA = 1


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - a document has no options
    """The document with a final line end."""
    return dumps(to_dict(report))


def dumps(document: dict[str, object]) -> str:
    """JSON in UTF-8; what could act on a terminal is escaped, half a surrogate pair is replaced."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(char if char == "\n" or char.isprintable() else _escaped(char) for char in text)
    return text + "\n"


def _escaped(char: str) -> str:
    """A character that is not printable, as JSON writes it; half a surrogate pair cannot be read by all."""
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
        return "\ufffd"
    return json.dumps(char)[1:-1] if code != 0x7F else "\\u007f"  # noqa: PLR2004 - DEL


def to_dict(report: Report) -> dict[str, object]:
    """The document as plain dictionaries and lists, in the order of the report."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "zcertlint", "version": __version__},
        "as_of": iso(report.as_of),
        "verdict": report.verdict.value,
        "inputs": [_input(view) for view in report.inputs],
        "endpoints": [_endpoint(endpoint) for endpoint in report.endpoints],
        "links": [_link(result) for result in report.links],
        "findings": [_finding(finding) for finding in report.findings],
        "gaps": [
            {"code": gap.code, "subject": gap.subject, "needs": gap.needs, "command": gap.command}
            for gap in report.gaps
        ],
        "summary": summary_dict(report.summary),
        "next_expiry": None
        if report.next_expiry is None
        else {
            "certificate": report.next_expiry[0],
            "days_left": report.next_expiry[1],
        },
        "problems": list(report.problems),
    }


def summary_dict(summary: Summary) -> dict[str, object]:
    """The totals."""
    return {
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
        "baselined": summary.baselined,
        "suppressed": summary.suppressed,
        "gaps": summary.gaps,
        "links": {"holds": summary.links_hold, "fails": summary.links_fail, "unknown": summary.links_unknown},
        "rules_run": summary.rules_run,
        "certificates": summary.certificates,
        "keyrings": summary.keyrings,
    }


def _input(view: InputView) -> dict[str, object]:
    understood, noise, unread = view.lines
    return {
        "path": view.path,
        "kind": view.kind,
        "sha256": view.sha256,
        "bytes": view.size,
        "system": view.system,
        "problems": view.problems,
        "lines": {"understood": understood, "noise": noise, "unread": unread},
    }


def _endpoint(endpoint: Endpoint) -> dict[str, object]:
    return {
        "id": endpoint.id,
        "product": endpoint.product,
        "role": endpoint.role.value,
        "keystore": endpoint.keystore,
        "truststore": endpoint.truststore,
        "certificate": endpoint.certificate,
        "names": list(endpoint.names),
    }


def _link(result: LinkResult) -> dict[str, object]:
    link = result.link
    return {
        "id": link.id,
        "client": link.client,
        "server": link.server,
        "host": link.host.value if link.host else None,
        "port": link.port,
        "verify": link.verify.value,
        "basis": link.basis.value,
        "verdict": result.verdict.value,
        "because": list(result.because),
        "needs": list(result.needs),
    }


def _suppression(finding: Finding) -> dict[str, object] | None:
    entry = finding.suppressed
    if entry is None:
        return None
    return {
        "reason": entry.reason,
        "owner": entry.owner,
        "expires": entry.expires.isoformat() if entry.expires else None,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "title": finding.title,
        "message": finding.message,
        "subjects": list(finding.subjects),
        "where": [
            {"path": span.path, "line": span.line, "column": span.column, "text": span.text}
            for span in places(finding)
        ],
        "breaks": list(dict.fromkeys(message_id(text) for text in finding.breaks)),
        "messages": list(finding.breaks),
        "links": list(finding.links),
        "holds": list(finding.spared),
        "fix": {
            "kind": finding.fix.kind.value,
            "safety": finding.fix.safety.value if finding.fix.safety else None,
            "summary": finding.fix.summary,
        },
        "help": finding.help,
        "fingerprint": finding.fingerprint,
        "baselined": finding.baselined,
        "suppressed": _suppression(finding),
        "note": finding.note,
    }
