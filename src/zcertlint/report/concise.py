"""One line per finding, as compilers print it, so that editors and ``grep`` can use it."""

from zcertlint.engine.results import Report
from zcertlint.report import RenderOptions
from zcertlint.report._view import fresh, one_line

__all__ = ["FORMAT", "MEDIA", "render"]

FORMAT = "concise"
MEDIA = ".txt"


def render(report: Report, options: RenderOptions) -> str:
    """``path:line:col: severity CODE message [subjects]`` per finding; nothing else.

    Findings of the baseline are shown with ``verbose`` only.
    """
    found = report.findings if options.verbose else fresh(report)
    return "".join(one_line(finding) + "\n" for finding in found)
