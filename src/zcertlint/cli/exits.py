"""Exit codes. 2 goes before 1."""

from enum import IntEnum

from zcertlint.engine.results import Report
from zcertlint.engine.verdict import Severity
from zcertlint.errors import UsageError

__all__ = ["Exit", "exit_of", "level"]

_COUNTED = {
    "error": frozenset((Severity.ERROR,)),
    "warning": frozenset((Severity.ERROR, Severity.WARNING)),
    "never": frozenset[Severity](),
}


class Exit(IntEnum):
    """What the caller learns from the exit code."""

    OK = 0
    FINDINGS = 1
    WRONG = 2  # an input, the call, the configuration, or zcertlint itself
    NOTHING = 3
    INTERRUPTED = 130


def level(word: str) -> str:
    """The word of ``--fail-on``.

    Raises:
        UsageError: there is no such word.
    """
    if word not in _COUNTED:
        raise UsageError(f"--fail-on {word}: expected error, warning or never")
    return word


def exit_of(report: Report, fail_on: str) -> Exit:
    """The code of a run: unreadable inputs first, then findings at or above ``fail_on``."""
    if report.problems:
        return Exit.WRONG
    found = any(f.severity in _COUNTED[fail_on] and not f.known for f in report.findings)
    return Exit.FINDINGS if found else Exit.OK
