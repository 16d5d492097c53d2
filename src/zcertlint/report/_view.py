"""What several formats say of a report, in the same words."""

import re
from datetime import UTC, datetime

from zcertlint.engine.results import Answer3, Finding, FixKind, Gap, LinkResult, Report, Safety
from zcertlint.model.deployment import Basis, Link, Verify
from zcertlint.report._words import count, flat
from zcertlint.text.source import Span

__all__ = [
    "LIKELY", "accepted", "call_paths", "expiry", "fixable", "fresh", "host_port", "iso", "judged_at", "link_codes",
    "link_gaps", "link_place", "link_title", "message_id", "one_line", "places", "run_on", "totals",
    "verify_word",
]  # fmt: skip

LIKELY = "likely, not certain: it rests on a product's default or on something that no input shows"

_MESSAGE_ID = r"[A-Z]{2,}[A-Z0-9]*\d{2,}[A-Z]?\b"


def fresh(report: Report) -> tuple[Finding, ...]:
    """The findings that are neither in the baseline nor accepted by the site."""
    return tuple(found for found in report.findings if not found.known)


def fixable(report: Report) -> tuple[Finding, ...]:
    """The findings for which ``zcertlint fix`` may write something that can be run."""
    return tuple(
        found
        for found in fresh(report)
        if found.fix.kind in {FixKind.JCL, FixKind.YAML} and found.fix.safety in {Safety.READY, Safety.REVIEW}
    )


def accepted(report: Report) -> tuple[str, ...]:
    """One line for each finding that the site accepts: what, why, who answers for it, until when."""
    lines = []
    for found in report.findings:
        entry = found.suppressed
        if entry is None:
            continue
        until = f" until {entry.expires}" if entry.expires else ""
        who = f" ({entry.owner})" if entry.owner else ""
        lines.append(flat(f"{found.code} {', '.join(found.subjects)}{until}: {entry.reason}{who}"))
    return tuple(lines)


def iso(moment: datetime) -> str:
    """UTC in ISO 8601 with ``Z``; a moment without a zone is UTC."""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"


def judged_at(moment: datetime) -> str:
    """``2026-11-21 09:00 UTC``; with seconds when there are any."""
    day, clock = iso(moment).rstrip("Z").split("T")
    return f"{day} {clock.removesuffix(':00')} UTC"


def places(finding: Finding) -> tuple[Span, ...]:
    """The primary place, then the others."""
    return (finding.primary, *(span for span, _ in finding.related))


def one_line(finding: Finding) -> str:
    """``path:line:col: severity CODE message [subjects]``."""
    subjects = ", ".join(finding.subjects)
    line = f"{finding.primary}: {finding.severity.value} {finding.code} {finding.message}"
    return flat(f"{line} [{subjects}]" if subjects else line)


def message_id(text: str) -> str:
    """The message id that a text starts with; the text itself when there is none."""
    match = re.match(_MESSAGE_ID, text)
    return match.group() if match else text


def link_place(link: Link) -> str:
    """``host:port`` as far as they are known, else nothing."""
    host = link.host.value if link.host else None
    if host is None:
        return "" if link.port is None else f"port {link.port}"
    return host if link.port is None else f"{f'[{host}]' if ':' in host else host}:{link.port}"


def host_port(report: Report, ident: str) -> str:
    """A link's id, with host and port in brackets where they are known."""
    result = next((one for one in report.links if one.link.id == ident), None)
    place = link_place(result.link) if result else ""
    return f"{ident} ({place})" if place else ident


def link_title(result: LinkResult) -> str:
    """The id of a link, marked where nothing in the configuration shows the call."""
    return result.link.id + (" (assumed)" if result.link.basis is Basis.ASSUMED else "")


def verify_word(verify: Verify) -> str:
    """Zowe's values as Zowe writes them; what other clients do, in small letters."""
    word = str(verify.value)
    return word.lower() if verify in {Verify.NAME, Verify.CHAIN} else word


def link_codes(report: Report, result: LinkResult) -> tuple[str, ...]:
    """The codes of the findings that break a link, each once."""
    found = (report.finding(ident) for ident in result.because)
    return tuple(
        dict.fromkeys(one.code if one else ident for one, ident in zip(found, result.because, strict=True))
    )


def link_gaps(report: Report, result: LinkResult) -> tuple[Gap, ...]:
    """What is missing to judge a link; its own needs where no gap names the link."""
    own = tuple(gap for gap in report.gaps if result.link.id in gap.links)
    if own or result.verdict is not Answer3.UNKNOWN:
        return own
    return tuple(Gap("", result.link.id, need, None, (result.link.id,)) for need in result.needs)


def expiry(report: Report) -> str:
    """A sentence on the certificate in use that ends first; empty when there is none."""
    if report.next_expiry is None:
        return ""
    title, days = report.next_expiry
    if days < 0:
        return f"Next expiry: {title}, expired {count(-days, 'day')} ago."
    return f"Next expiry: {title} " + ("today." if days == 0 else f"in {count(days, 'day')}.")


def call_paths(paths: tuple[str, ...]) -> str:
    """The PATHs of the call, quoted for a shell; a placeholder when they are not known."""
    if not paths:
        return "PATH..."
    import shlex  # noqa: PLC0415 - only for the last lines of a report

    return " ".join(shlex.quote(path) for path in paths)


def totals(report: Report) -> str:
    """One sentence: what was found, how the links stand, what was looked at."""
    total = report.summary
    found = [count(total.errors, "error"), count(total.warnings, "warning")]
    if total.infos:
        found.append(count(total.infos, "info"))
    if total.baselined:
        found.append(f"{total.baselined:,} in the baseline")
    if total.suppressed:
        found.append(f"{total.suppressed:,} suppressed")
    if total.gaps:
        found.append(count(total.gaps, "gap"))
    return f"{', '.join(found)}; {_links_total(report)}; {run_on(report)}."


def _links_total(report: Report) -> str:
    total = report.summary
    number = total.links_hold + total.links_fail + total.links_unknown
    if not number:
        return "no links"
    states = [
        (total.links_hold, "holds", "hold"),
        (total.links_fail, "fails", "fail"),
        (total.links_unknown, "unknown", "unknown"),
    ]
    words = [f"{many:,} {one if many == 1 else more}" for many, one, more in states if many]
    return f"{count(number, 'link')}: {', '.join(words)}"


def run_on(report: Report) -> str:
    """``153 rules run on 14 certificates and 2 key rings``."""
    total = report.summary
    looked = f"{count(total.certificates, 'certificate')} and {count(total.keyrings, 'key ring')}"
    return f"{count(total.rules_run, 'rule')} run on {looked}"
