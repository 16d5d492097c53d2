"""What ``rehearse`` prints: the commands and what each would do, then what is new, then before and after."""

from zcertlint.report.rehearsal.document import render_json
from zcertlint.report.rehearsal.screen import Rehearsal, render_text

__all__ = ["Rehearsal", "render_json", "render_text"]
