"""What a run hands to reports and fixes: findings, link results, gaps, totals."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum

from zcertlint.engine.tuning import Suppression
from zcertlint.engine.verdict import Confidence, FixHint, Severity
from zcertlint.model.deployment import Endpoint, Link
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "Answer3",
    "Finding",
    "Fix",
    "FixKind",
    "Gap",
    "InputView",
    "LinkResult",
    "Report",
    "Safety",
    "Summary",
]


class Answer3(Enum):
    """The three answers, of a link or of the whole run."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class FixKind(Enum):
    """The form in which a finding is repaired."""

    JCL = "jcl"
    YAML = "yaml"
    MANUAL = "manual"
    NONE = "none"


class Safety(Enum):
    """``ready``: rehearsed and reversible; ``review``: rehearsed, look twice; ``advice``: text only."""

    READY = "ready"
    REVIEW = "review"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Fix:
    """What repairs a finding: its form, its safety word (None for ``none``) and one line about it."""

    kind: FixKind
    safety: Safety | None
    summary: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, ready to be shown.

    Attributes:
        id: ``CODE-fingerprint``, unique in a report. code, name: of the rule.
        title: a few words from the rule book. message: the sentence, filled in.
        subjects: ids of what is wrong.
        primary: the place where the wrong fact stands. related: other places, each with a few words.
        breaks: message ids and texts that a user would see.
        links: ids of links that it breaks. spared: ids of links that live on in spite of it.
        note: one more sentence, or None.
        fingerprint: stable between runs and machines.
        suppressed: the site's decision to accept it, or None.
    """

    id: str
    code: str
    name: str
    severity: Severity
    confidence: Confidence
    title: str
    message: str
    subjects: tuple[str, ...]
    primary: Span
    related: tuple[tuple[Span, str], ...]
    breaks: tuple[str, ...]
    links: tuple[str, ...]
    spared: tuple[str, ...]
    fix: Fix
    hint: FixHint | None
    fingerprint: str
    note: str | None = None
    baselined: bool = False
    suppressed: Suppression | None = None

    @property
    def known(self) -> bool:
        """Whether it does not count: it is in the baseline, or the site accepts it."""
        return self.baselined or self.suppressed is not None

    @property
    def help(self) -> str:
        """The command that explains it."""
        return f"zcertlint explain {self.code}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be told, with the command that would show it."""

    code: str
    subject: str
    needs: str
    command: str | None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The verdict on one link.

    Attributes:
        because: ids of the findings that break it. needs: what is missing when it is unknown.
    """

    link: Link
    verdict: Answer3
    because: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputView:
    """One input: path, kind in a user's words, digest, size, number of problems.

    Attributes:
        lines: how many were understood, are known noise, were not understood. unread: the numbers of the last.
    """

    path: str
    kind: str
    sha256: str
    size: int
    system: str | None
    problems: int
    lines: tuple[int, int, int] = (0, 0, 0)
    unread: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """The totals."""

    errors: int
    warnings: int
    infos: int
    baselined: int
    gaps: int
    links_hold: int
    links_fail: int
    links_unknown: int
    rules_run: int
    certificates: int
    keyrings: int
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run of ``check`` says.

    Attributes:
        as_of: the moment judged at, UTC.
        verdict: over all, as the contract defines it.
        next_expiry: (id, title, days) of the certificate in use that ends first, or None.
        headline: the facts of the configuration that the first lines of a report tell (label, value).
    """

    as_of: datetime
    verdict: Answer3
    inputs: tuple[InputView, ...]
    endpoints: tuple[Endpoint, ...]
    links: tuple[LinkResult, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    summary: Summary
    next_expiry: tuple[str, int] | None = None
    headline: tuple[tuple[str, str], ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    problems: tuple[str, ...] = ()

    def finding(self, ident: str) -> Finding | None:
        """The finding of this id."""
        return next((found for found in self.findings if found.id == ident), None)
