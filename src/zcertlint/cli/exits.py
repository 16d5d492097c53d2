"""Exit codes. 2 goes before 1."""

from enum import IntEnum

from zcertlint.engine.results import Report
from zcertlint.engine.verdict import Severity

__all__ = ["Exit", "exit_of"]


class Exit(IntEnum):
    """What the caller learns from the exit code."""

    OK = 0
    FINDINGS = 1
    WRONG = 2  # an input, the call, the configuration, or zcertlint itself
    NOTHING = 3
    INTERRUPTED = 130


def exit_of(report: Report, fail_on: str) -> Exit:
    """The code of a run: unreadable inputs first, then findings at or above ``fail_on``."""
    if report.problems:
        return Exit.WRONG
    counted = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}.get(fail_on, set())
    found = any(f.severity in counted and not f.known for f in report.findings)
    return Exit.FINDINGS if found else Exit.OK
