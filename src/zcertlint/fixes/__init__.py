"""Fixes: commands as values, plans, rehearsal on a copy of the deployment, and the files of a change.

Everything is pure: files are returned as texts, and the application passes in how a deployment is built and
how the rules are run. Names are loaded when they are used, so that ``check`` does not pay for ``fix``.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zcertlint.fixes.change import make_change
    from zcertlint.fixes.options import FixOptions
    from zcertlint.fixes.outcome import Change, Refusal
    from zcertlint.fixes.patch import PatchEdit, patched_settings, patched_text
    from zcertlint.fixes.plan import Plan
    from zcertlint.fixes.rehearse import Rehearsal, rehearse
    from zcertlint.fixes.summary import summarise

__all__ = [
    "Change", "FixOptions", "PatchEdit", "Plan", "Refusal", "Rehearsal", "make_change", "patched_settings",
    "patched_text", "rehearse", "summarise",
]  # fmt: skip

_HOME = {
    "Change": "outcome",
    "FixOptions": "options",
    "PatchEdit": "patch",
    "Plan": "plan",
    "Refusal": "outcome",
    "Rehearsal": "rehearse",
    "make_change": "change",
    "patched_settings": "patch",
    "patched_text": "patch",
    "rehearse": "rehearse",
    "summarise": "summary",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
