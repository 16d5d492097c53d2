"""Settings that a YAML file lacks, as lines that are added to it: below a mapping's key, or below a sibling."""

from collections.abc import Mapping

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.diff import is_text, lines_of
from zcertlint.fixes.patch import PatchEdit, edit_for
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source, Span

__all__ = ["beside", "grown"]

_Path = tuple[str, ...]
_Tree = dict[str, "_Tree | str"]
_REST = lazy(r"\s*(?:#.*)?\Z")
_STEP = 2  # blanks, where the file shows no step of its own


def beside(setting: Setting, key: str, text: str, value: str, sources: Mapping[str, Source]) -> PatchEdit:
    """A setting more, below one that has a line of its own.

    Args:
        setting: the sibling, a scalar.
        key: of the new one.
        text: the value as it is written.
        value: the value itself.
        sources: the files, by path.

    Raises:
        UnsafeValueError: the sibling does not stand alone on its line.
    """
    old = edit_for(setting, "x", sources)
    line = _line(setting.span, sources)
    indent = (setting.key_span.column or 0) - 1
    alone = not line[: max(indent, 0)].strip() and _REST.match(line, old.column - 1 + len(old.old))
    if setting.key_span.line != setting.span.line or indent < 0 or alone is None or not alone:
        raise _refuse(setting, "it does not stand alone on its line")
    path = (*setting.path[:-1], key)
    below = (f"{' ' * indent}{key}: {text}",)
    return PatchEdit(old.file, path, old.line, len(line) + 1, "", "", value, below, ((path, value),))


def grown(
    settings: Settings, wanted: Mapping[_Path, str], sources: Mapping[str, Source]
) -> tuple[PatchEdit, ...]:
    """Settings more, each in the deepest mapping on its path that is there; plain words as values.

    Raises:
        UnsafeValueError: that mapping is not written in lines of its own (``{a: b}``), or none is there.
    """
    groups: dict[_Path, dict[_Path, str]] = {}
    for path, value in wanted.items():
        depth = next((n for n in range(len(path) - 1, 0, -1) if settings.at(*path[:n]) is not None), 0)
        groups.setdefault(path[:depth], {})[path] = value
    return tuple(_group(settings, above, found, sources) for above, found in groups.items())


def _group(
    settings: Settings, above: _Path, wanted: Mapping[_Path, str], sources: Mapping[str, Source]
) -> PatchEdit:
    mapping = settings.at(*above)
    first = next((settings.at(*above, key) for key in settings.children(*above)), None)
    if mapping is None or first is None or not mapping.container:
        raise UnsafeValueError(
            f"{'.'.join(above) or settings.path} is no mapping to which a setting could be added"
        )
    place, child = mapping.key_span, first.key_span
    line = _line(place, sources)
    start, indent = (place.column or 0) - 1, (child.column or 0) - 1
    key = f"{above[-1]}:"
    proper = start >= 0 and line[start:].startswith(key) and _REST.match(line, start + len(key)) is not None
    proper = proper and not line[:start].strip() and not _line(child, sources)[:indent].strip()
    if not proper or child.path != place.path or (child.line or 0) <= (place.line or 0) or indent <= start:
        raise _refuse(mapping, "it is not written in lines of its own")
    tree: _Tree = {}
    for path, value in wanted.items():
        node = tree
        for part in path[len(above) : -1]:
            inner = node.setdefault(part, {})
            node = inner if isinstance(inner, dict) else {}
        node[path[-1]] = value
    below = tuple(f"{' ' * indent}{text}" for text in _written(tree, indent - start or _STEP))
    target = next(iter(wanted))
    return PatchEdit(
        place.path,
        target,
        place.line or 0,
        len(line) + 1,
        "",
        "",
        wanted[target],
        below,
        tuple(wanted.items()),
    )


def _written(tree: _Tree, step: int) -> list[str]:
    out = []
    for key, inner in tree.items():
        if isinstance(inner, str):
            out.append(f"{key}: {inner}")
        else:
            out += [f"{key}:", *(f"{' ' * step}{line}" for line in _written(inner, step))]
    return out


def _line(place: Span, sources: Mapping[str, Source]) -> str:
    """The line of a place, without its line end."""
    source = sources.get(place.path)
    lines = lines_of(source) if source is not None and is_text(source) else []
    if place.line is None or not 0 < place.line <= len(lines):
        raise UnsafeValueError(f"{place} is not at hand as text: no patch can be written for it")
    return lines[place.line - 1].rstrip("\r\n")


def _refuse(setting: Setting, why: str) -> UnsafeValueError:
    return UnsafeValueError(f"{'.'.join(setting.path)} ({setting.key_span}) cannot be added to: {why}")
