"""What can be told of a YAML file line by line, also when it is broken."""

import re
from functools import lru_cache

from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["line_counts", "top_keys", "without_fences"]

_KEY = re.compile(r"([ \t]*)(?:\"([^\"]{1,80})\"|'([^']{1,80})'|([A-Za-z_][\w./-]{0,79}))[ \t]*:(?=[ \t]|$)")
_FLOW = re.compile(
    r"(?:\"([^\"]{1,80})\"|'([^']{1,80})'|([A-Za-z_][\w.-]{0,79}))\s*:|\"[^\"]*\"|'[^']*'|[{}\[\]]"
)
_FENCE = lazy(r"[ \t]*(?:```|~~~)\w*[ \t]*")
_FLOW_LIMIT = 65536
_MARKERS = ("---", "%YAML", "<<<<<<<", "```", "~~~")


def _significant(line: str) -> bool:
    text = line.strip().removeprefix("\ufeff")
    return bool(text) and not text.startswith("#")


def _flow_keys(text: str) -> frozenset[str]:
    """The keys of the outermost braces."""
    depth = 0
    found: set[str] = set()
    for part in _FLOW.finditer(text):
        key = part[1] or part[2] or part[3]
        if key is not None:
            if depth == 1:
                found.add(key)
        elif part[0] in {"{", "["}:
            depth += 1
        elif part[0] in {"}", "]"}:
            depth -= 1
    return frozenset(found)


@lru_cache(maxsize=8)
def _keys(lines: tuple[str, ...]) -> frozenset[str]:
    """See :func:`top_keys`."""
    indent: str | None = None
    found: set[str] = set()
    for number, raw in enumerate(lines):
        line = raw.removeprefix("\ufeff") if number == 0 else raw
        if not _significant(line) or (indent is None and line.startswith(_MARKERS)):
            continue
        key = _KEY.match(line)
        if indent is None:
            if line.lstrip().startswith("{"):
                return _flow_keys("\n".join(lines[number : number + 200])[:_FLOW_LIMIT])
            if key is None:
                return frozenset()
            indent = key[1]
        if line.startswith("--- ") or line == "---":
            break
        if key is not None and key[1] == indent:
            found.add(key[2] or key[3] or key[4])
    return frozenset(found)


def top_keys(source: Source) -> frozenset[str]:
    """The keys at the level of the first one, whether or not the rest is YAML; empty for other text.

    The first line that is neither blank nor a comment must hold a key, or the brace of
    JSON, which is YAML too.
    """
    return _keys(source.lines)


def without_fences(source: Source) -> Source:
    """The source with Markdown's code fences made blank."""
    if not any(_FENCE.fullmatch(line) for line in source.lines):
        return source
    lines = tuple("" if _FENCE.fullmatch(line) else line for line in source.lines)
    return Source(source.path, source.data, lines, source.encoding, source.system)


def line_counts(source: Source) -> tuple[int, int, int]:
    """(understood, blank or comment, not understood) of a file that was read as YAML."""
    used = sum(1 for line in source.lines if _significant(line))
    return used, len(source.lines) - used, 0
