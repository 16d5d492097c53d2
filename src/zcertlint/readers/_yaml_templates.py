"""``${{ }}`` in a zowe.yaml, as far as it can be told without evaluating JavaScript.

configmgr evaluates the text as JavaScript. Only a plain reference to a value of the same file is resolved
here; everything else stays a template and decides nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from zcertlint.model.settings import Scalar, Setting
from zcertlint.readers._yaml_values import is_secret, masked

__all__ = ["resolve_templates"]

_TEMPLATE = r"\$\{\{(.*?)\}\}"
_REFERENCE = r"\s*([A-Za-z_]\w*)((?:\??\.[A-Za-z_]\w*|(?:\?\.)?\[(?:'[^'\\]*'|\"[^\"\\]*\"|\d+)\])+)\s*"
_STEP = r"\.([A-Za-z_]\w*)|\[(?:'([^']*)'|\"([^\"]*)\"|(\d+))\]"
_CHAIN = 20  # references to references
_LONGEST = 4096
Entries = Mapping[tuple[str, ...], Setting]


def resolve_templates(entries: Entries) -> Entries:
    """The entries with every resolvable template replaced by the value that it refers to."""
    if not any(entry.template for entry in entries.values()):
        return entries
    return {path: _resolved(entries, entry) if entry.template else entry for path, entry in entries.items()}


def _resolved(entries: Entries, entry: Setting) -> Setting:
    found = _evaluate(entries, entry, _CHAIN)
    if found is None:
        return entry
    value, raw = found
    if is_secret(entry.path):
        value = masked(value)
        raw = value if isinstance(value, str) else ""
    return replace(entry, value=value, raw=raw, template=False)


def _evaluate(entries: Entries, entry: Setting, budget: int) -> tuple[Scalar, str] | None:
    """The value of an entry and its characters; None when it cannot be told."""
    if not entry.template:
        return entry.value, entry.raw
    if budget <= 0 or not isinstance(entry.value, str) or len(entry.value) > _LONGEST:
        return None
    text = entry.value
    whole = re.fullmatch(_TEMPLATE, text.strip(), re.DOTALL)
    if whole is not None and "${{" not in whole[1]:
        return _target(entries, whole[1], budget)
    parts: list[str] = []
    end = 0
    for found in re.finditer(_TEMPLATE, text, re.DOTALL):
        target = _target(entries, found[1], budget)
        if target is None or target[0] is None:
            return None
        value, raw = target
        parts += [text[end : found.start()], value if isinstance(value, str) else raw]
        end = found.end()
    joined = "".join([*parts, text[end:]])
    if end == 0 or "${{" in joined or len(joined) > _LONGEST:
        return None
    return joined, joined


def _target(entries: Entries, expression: str, budget: int) -> tuple[Scalar, str] | None:
    reference = re.fullmatch(_REFERENCE, expression)
    if reference is None:
        return None
    steps = [next(part for part in step if part) for step in re.findall(_STEP, reference[2]) if any(step)]
    entry = entries.get((reference[1], *steps))
    if entry is None or entry.container:
        return None
    return _evaluate(entries, entry, budget - 1)
