"""Which TLS links of a Zowe deployment will work, which will not and why.

The public API; everything is imported when it is used::

    from datetime import UTC, datetime
    import zcertlint

    report = zcertlint.check(["zowe.yaml"], as_of=datetime.now(UTC))
    for finding in report.findings:
        print(finding.code, finding.message)
"""

from typing import TYPE_CHECKING, Any

from zcertlint._version import __version__

if TYPE_CHECKING:
    from zcertlint.api import check, explain, rehearse
    from zcertlint.engine.results import Finding, Gap, LinkResult, Report
    from zcertlint.engine.rule import Context
    from zcertlint.engine.site import site_rule
    from zcertlint.engine.verdict import Confidence, Fails, Holds, Severity, Unknown, Verdict
    from zcertlint.errors import ConfigError, InputError, UsageError, ZcertlintError
    from zcertlint.rehearsal import Rehearsed

__all__ = [
    "Confidence",
    "ConfigError",
    "Context",
    "Fails",
    "Finding",
    "Gap",
    "Holds",
    "InputError",
    "LinkResult",
    "Rehearsed",
    "Report",
    "Severity",
    "Unknown",
    "UsageError",
    "Verdict",
    "ZcertlintError",
    "__version__",
    "check",
    "explain",
    "rehearse",
    "site_rule",
]  # fmt: skip

_WHERE = {
    "check": "zcertlint.api",
    "explain": "zcertlint.api",
    "rehearse": "zcertlint.api",
    "Rehearsed": "zcertlint.rehearsal",
    "Finding": "zcertlint.engine.results",
    "Gap": "zcertlint.engine.results",
    "LinkResult": "zcertlint.engine.results",
    "Report": "zcertlint.engine.results",
    "Context": "zcertlint.engine.rule",
    "site_rule": "zcertlint.engine.site",
    "Confidence": "zcertlint.engine.verdict",
    "Fails": "zcertlint.engine.verdict",
    "Holds": "zcertlint.engine.verdict",
    "Severity": "zcertlint.engine.verdict",
    "Unknown": "zcertlint.engine.verdict",
    "Verdict": "zcertlint.engine.verdict",
    "ConfigError": "zcertlint.errors",
    "InputError": "zcertlint.errors",
    "UsageError": "zcertlint.errors",
    "ZcertlintError": "zcertlint.errors",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (the values are of many types)
    """Import a public name when it is first used: start-up is a feature."""
    if name not in _WHERE:
        raise AttributeError(f"module 'zcertlint' has no attribute {name!r}")
    import importlib  # noqa: PLC0415

    value = getattr(importlib.import_module(_WHERE[name]), name)
    globals()[name] = value
    return value
