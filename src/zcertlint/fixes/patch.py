"""Edits of single values of a YAML file, and the patch of them; comments, quotes, line ends stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.diff import diff_names, ended, is_text, lines_of, unified
from zcertlint.fixes.quote import shown
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.secrets import secret_lines
from zcertlint.text.source import Source, Span

__all__ = [
    "PatchEdit",
    "after_edits",
    "edit_for",
    "moved",
    "patched_settings",
    "patched_text",
    "render_patch",
]

_DOUBLE = lazy(r'"(?:[^"\\]|\\.)*"')
_SINGLE = lazy(r"'(?:[^']|'')*'")
_PLAIN = lazy(r"[^\s#\"'&*!|>%@`\[\]{},](?:[^\s#,\[\]{}]|\s+(?=[^\s#]))*")
_PLAIN_SAFE = lazy(r"[A-Za-z0-9_/](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?\Z")


@dataclass(frozen=True, slots=True)
class PatchEdit:
    """One value of one file.

    Attributes:
        file: as reached from the command line. path: the keys that lead to the value.
        line, column: where the value starts, from 1.
        old, new: the characters in the file before and after, with their quotes; "" where lines are added.
        value: the new value itself.
        below: lines that are added below this one, without line ends.
        added: the settings in those lines, each with its value.
    """

    file: str
    path: tuple[str, ...]
    line: int
    column: int
    old: str
    new: str
    value: str
    below: tuple[str, ...] = ()
    added: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def dotted(self) -> str:
        """The setting as people name it."""
        return ".".join(self.path)

    @property
    def words(self) -> str:
        """What it does, for a person."""
        if self.added:
            return "add " + " and ".join(f"{'.'.join(path)}: {shown(value)}" for path, value in self.added)
        return f"set {self.dotted} to {shown(self.new)}"


def _refuse(setting: Setting, why: str) -> UnsafeValueError:
    return UnsafeValueError(f"{'.'.join(setting.path)} ({setting.span}) cannot be patched: {why}")


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: str, old: str) -> str:
    """The value in the style of the old one."""
    if old.startswith('"') or (not old.startswith("'") and _PLAIN_SAFE.match(value) is None):
        return _quoted(value)
    if old.startswith("'"):
        return "'" + value.replace("'", "''") + "'"
    return value


def _loaded(text: str) -> object:
    import yaml  # noqa: PLC0415 (slow, and needed for patches only)

    try:
        loaded: object = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    return loaded


def edit_for(setting: Setting, value: str, sources: Mapping[str, Source]) -> PatchEdit:
    """The edit that gives a setting another value.

    Raises:
        UnsafeValueError: the value is not a plain scalar on one line of a text file, or the new value cannot
            be written there and be read back.
    """
    source, line, column = sources.get(setting.span.path), setting.span.line, setting.span.column
    if setting.template or setting.container or source is None or line is None or column is None:
        raise _refuse(setting, "it is a template, a mapping, or its file is not at hand")
    if not is_text(source):
        raise _refuse(setting, f"{source.path} is not UTF-8")
    if any(not " " <= char <= "~" for char in value):
        raise _refuse(setting, f"'{shown(value)}' has characters that an upload may change")
    lines = lines_of(source)
    text = lines[line - 1].rstrip("\r\n") if line <= len(lines) else ""
    start = column - 1
    if setting.value is None and not setting.raw and text[:start].endswith(":") and not text[start:].strip():
        return PatchEdit(setting.span.path, setting.path, line, column, "", " " + _quoted(value), value)
    pattern = {'"': _DOUBLE, "'": _SINGLE}.get(text[start : start + 1], _PLAIN)
    match = pattern.match(text, start)
    old = match.group().rstrip() if match else ""
    loaded = _loaded(old)
    # A number or a date, which this reader of YAML may take otherwise than the one that read the file.
    typed = old == setting.raw and not isinstance(loaded, str)
    if not old or (loaded != setting.value and not typed):
        raise _refuse(setting, "what stands in that place is not that value")
    new = _written(value, old)
    if _loaded(new) != value:
        new = _quoted(value)
    if _loaded(new) != value:
        raise _refuse(setting, "the new value would not be read back")
    return PatchEdit(setting.span.path, setting.path, line, column, old, new, value)


def patched_text(source: Source, edits: Sequence[PatchEdit]) -> str:
    """The text of the file with the edits made; its line ends are kept."""
    return "".join(_patched(source, edits))


def _patched(source: Source, edits: Sequence[PatchEdit]) -> list[str]:
    """The lines as they were counted before, each with what is added below it."""
    lines = lines_of(source)
    places: dict[tuple[int, int], PatchEdit] = {}
    for edit in edits:
        if edit.below:
            continue
        other = places.setdefault((edit.line, edit.column), edit)
        if other.new != edit.new:
            raise UnsafeValueError(f"{edit.dotted} and {other.dotted} are one value (an anchor) and want two")
    for edit in sorted(places.values(), key=lambda one: (one.line, -one.column)):
        start = edit.column - 1
        text = lines[edit.line - 1]
        if text[start : start + len(edit.old)] != edit.old:
            raise UnsafeValueError(f"{edit.dotted}: {edit.file}:{edit.line} is not as it was read")
        lines[edit.line - 1] = text[:start] + edit.new + text[start + len(edit.old) :]
    growing: dict[int, dict[tuple[str, ...], PatchEdit]] = {}
    for edit in edits:
        if edit.below and growing.setdefault(edit.line, {}).setdefault(edit.path, edit) != edit:
            raise UnsafeValueError(f"{edit.dotted}: two plans add it, each in its own way")
    for number, found in growing.items():
        text = lines[number - 1]
        end = "\r\n" if text.endswith("\r\n") else "\n"
        if not text.endswith("\n"):
            raise UnsafeValueError(
                f"{source.path}:{number} has no line end, below which a line could be added"
            )
        lines[number - 1] = text + "".join(f"{line}{end}" for edit in found.values() for line in edit.below)
    return lines


def patched_settings(settings: Settings, edits: Sequence[PatchEdit]) -> Settings:
    """The settings as the edited file would be read; every value that stands in an edited place changes."""
    places = {(edit.file, edit.line, edit.column): edit for edit in edits if not edit.below}
    entries = dict(settings.entries)
    for one in edits:
        for path, value in one.added:
            place = Span(one.file, one.line)
            for depth in range(1, len(path)):
                above = Setting(path[:depth], None, "", False, True, place, place)
                entries.setdefault(path[:depth], above)
            entries[path] = Setting(path, value, value, False, False, place, place)
    for path, entry in settings.entries.items():
        edit = places.get((entry.span.path, entry.span.line or 0, entry.span.column or 0))
        if edit is not None and not entry.container:
            entries[path] = replace(entry, value=edit.value, raw=edit.new)
    return replace(settings, entries=entries)


def after_edits(sources: Mapping[str, Source], edits: Sequence[PatchEdit]) -> Mapping[str, Source]:
    """The files with the edits made, for a second patch on top of the first."""
    changed = dict(sources)
    for file in {edit.file for edit in edits}:
        text = patched_text(sources[file], [edit for edit in edits if edit.file == file])
        changed[file] = replace(sources[file], data=text.encode("utf-8"))
    return changed


def moved(edits: Sequence[PatchEdit], earlier: Sequence[PatchEdit]) -> tuple[PatchEdit, ...]:
    """The edits where their lines stand after the earlier ones have added some."""
    return tuple(
        replace(
            edit,
            line=edit.line
            + sum(len(one.below) for one in earlier if one.file == edit.file and one.line < edit.line),
        )
        for edit in edits
    )


def render_patch(edits: Sequence[PatchEdit], sources: Mapping[str, Source]) -> str:
    """The unified diff of all edits; empty without any."""
    names = diff_names(sorted({edit.file for edit in edits}))
    return "".join(
        _diff(sources[file], [edit for edit in edits if edit.file == file], name)
        for file, name in names.items()
    )


def _diff(source: Source, edits: Sequence[PatchEdit], name: str) -> str:
    before, after = lines_of(source), _patched(source, edits)
    secret = secret_lines([line.rstrip("\r\n") for line in before])
    return unified(name, before, {edit.line - 1: ended(after[edit.line - 1]) for edit in edits}, secret)
