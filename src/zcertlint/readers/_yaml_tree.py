"""A YAML file as flat settings with their places.

The tree is built from parser events and never by a recursive composer: PyYAML's crashes the process on deep
nesting. Values are typed as YAML 1.2 and configmgr do (``yes``, ``0777`` and ``12:30:45`` are no traps).
"""

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from zcertlint.errors import InputError
from zcertlint.model.settings import Setting, Settings
from zcertlint.readers._yaml_errors import syntax_error, too_deep
from zcertlint.readers._yaml_templates import resolve_templates
from zcertlint.readers._yaml_values import is_secret, masked, told_of, typed
from zcertlint.records import dataclass
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark
    from yaml.error import Mark
    from yaml.events import ScalarEvent

__all__ = ["compose"]

_SIZE = 16 << 20
_LINE = 1 << 16
_DEPTH = 100
_ENTRIES = 200_000
# YAML ends lines at these too, we do not: line numbers would shift.
_OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\r\u0085\u2028\u2029", " "))
_FORBIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}


@dataclass(slots=True, eq=False)
class _Node:
    """A scalar (``children`` is None), a list (keys are None) or a mapping."""

    line: int
    column: int
    value: str = ""
    raw: str = ""
    plain: bool = False
    mapping: bool = False
    children: "list[tuple[_Node | None, _Node]] | None" = None


@dataclass(slots=True)
class _Flat:
    source: Source
    entries: dict[tuple[str, ...], Setting] = field(default_factory=dict)
    duplicates: list[tuple[tuple[str, ...], Span, Span]] = field(default_factory=list)
    count: int = 0


def compose(source: Source, prefix: tuple[str, ...] = ()) -> Settings:
    """The first document of ``source`` as settings.

    Args:
        source: the file, decoded.
        prefix: keys to put in front of every path, for a fragment of a larger file.

    Raises:
        InputError: it is no YAML, or larger, deeper or wider than any configuration; with the line, the
            column in the text, and what to do. The message never holds a value of the file.
    """
    text = _checked_text(source)
    roots = _documents(source, text)
    flat = _Flat(source)
    root = roots[0] if roots else None
    if (
        root is not None
        and not root.mapping
        and not (root.children is None and root.plain and not root.value)
    ):
        raise InputError(
            source.path,
            root.line,
            f"column {root.column}: the top level should be keys with values (key: value)",
            "Check that this is the whole file.",
        )
    if root is not None and root.mapping:
        _flatten(flat, root, prefix, 0)
    entries = resolve_templates(flat.entries)
    return Settings(source.path, entries, tuple(flat.duplicates), max(1, len(roots)))


def _checked_text(source: Source) -> str:
    if len(source.data) > _SIZE:
        raise InputError(
            source.path, None, "a configuration of at most 16 MiB was expected", "Is this the right file?"
        )
    text = "\n".join(source.lines).translate(_OTHER_LINE_ENDS).removeprefix("\ufeff")
    bad = re.search(_FORBIDDEN, text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        raise InputError(
            source.path,
            line,
            f"column {column}: the character U+{ord(bad[0]):04X} stands where text was expected",
            "Remove it, or transfer the file again with the right code page.",
        )
    for number, line_text in enumerate(source.lines, 1):
        if len(line_text) > _LINE:
            raise InputError(
                source.path,
                number,
                "a line of at most 65536 characters was expected",
                "Is this the right file?",
            )
    return text


def _documents(source: Source, text: str) -> list[_Node | None]:
    """The root of each document."""
    import yaml  # noqa: PLC0415 (slow to import)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(source, text, yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        raise syntax_error(source, line, column, error.problem) from None
    except yaml.YAMLError:
        raise InputError(
            source.path, None, "YAML was expected, but the text cannot be decoded", "Check the code page."
        ) from None


def _build(source: Source, text: str, events: Iterator[object]) -> list[_Node | None]:
    """Nodes from events, without recursion; an alias is the node itself."""
    import yaml  # noqa: PLC0415

    roots: list[_Node | None] = []
    anchors: dict[str, _Node] = {}
    stack: list[tuple[_Node, list[_Node]]] = []
    for event in events:
        match event:
            case yaml.DocumentStartEvent():
                roots.append(None)
                anchors = {}
                continue
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                container, parts = stack.pop()
                if container.mapping:
                    container.children = list(zip(parts[::2], parts[1::2], strict=True))
                else:
                    container.children = [(None, part) for part in parts]
                continue
            case yaml.ScalarEvent():
                node = _scalar(text, event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                line, column, _ = _place(event.start_mark)
                node = _Node(line, column, mapping=isinstance(event, yaml.MappingStartEvent), children=[])
            case yaml.AliasEvent():
                if event.anchor not in anchors:
                    line, column, _ = _place(event.start_mark)
                    raise syntax_error(source, line, column, "undefined alias")
                node = anchors[event.anchor]
            case _:
                continue
        if stack:
            stack[-1][1].append(node)
        else:
            roots[-1] = node
        if isinstance(event, yaml.AliasEvent):
            continue
        if event.anchor is not None:
            anchors[event.anchor] = node
        if node.children is not None:
            stack.append((node, []))
            if len(stack) > _DEPTH:
                raise too_deep(source, node.line, node.column, _DEPTH)
    return roots


def _scalar(text: str, event: "ScalarEvent") -> _Node:
    line, column, start = _place(event.start_mark)
    raw = text[start : _place(event.end_mark)[2]].rstrip()
    plain = (event.tag is None and event.implicit[0]) or event.tag in _CORE_TAGS
    if event.anchor is not None or event.tag is not None:
        properties = re.match(r"(?:[&!]\S*[ ]+)+", raw)
        if properties is not None:
            raw, column = raw[properties.end() :], column + properties.end()
    return _Node(line, column, event.value, raw, plain)


def _place(mark: "Mark | CMark | None") -> tuple[int, int, int]:
    """Line and column from 1, and the index in the text."""
    return (1, 1, 0) if mark is None else (mark.line + 1, mark.column + 1, mark.index)


def _flatten(flat: _Flat, node: _Node, path: tuple[str, ...], depth: int) -> None:
    """The entries below ``node``, which has children."""
    if depth > _DEPTH:
        raise too_deep(flat.source, node.line, node.column, _DEPTH)
    pairs: list[tuple[str, _Node, _Node]]
    if node.mapping:
        pairs = _pairs(flat, node, path, depth)
    else:
        pairs = [(str(number), item, item) for number, (_, item) in enumerate(node.children or ())]
    for key, key_node, value in pairs:
        flat.count += 1
        if flat.count > _ENTRIES:
            raise InputError(
                flat.source.path,
                value.line,
                f"at most {_ENTRIES} values were expected",
                "Is this the right file?",
            )
        inner = (*path, key)
        flat.entries[inner] = _setting(flat.source, inner, key_node, value)
        if value.children is not None:
            _flatten(flat, value, inner, depth + 1)


def _pairs(flat: _Flat, node: _Node, path: tuple[str, ...], depth: int) -> list[tuple[str, _Node, _Node]]:
    """The keys of a mapping: the later of two wins, what ``<<`` brings yields to both."""
    own: dict[str, tuple[_Node, _Node]] = {}
    merged: list[_Node] = []
    for key_node, value in node.children or ():
        if key_node is None:
            continue
        if key_node.plain and key_node.value == "<<" and (sources := _merge_sources(value)):
            merged += sources
            continue
        key = key_node.value if key_node.children is None else "?"
        before = own.pop(key, None)
        if before is not None:
            flat.duplicates.append(
                ((*path, key), _span(flat.source, before[0], key), _span(flat.source, key_node, key))
            )
        own[key] = (key_node, value)
    for source in merged:
        if depth > _DEPTH:
            raise too_deep(flat.source, node.line, node.column, _DEPTH)
        for key, key_node, value in _pairs(flat, source, path, depth + 1):
            flat.count += 1
            if flat.count > _ENTRIES:
                raise too_deep(flat.source, node.line, node.column, _DEPTH)
            own.setdefault(key, (key_node, value))
    return [(key, key_node, value) for key, (key_node, value) in own.items()]


def _merge_sources(value: _Node) -> list[_Node]:
    if value.mapping:
        return [value]
    items = [item for _, item in value.children or ()]
    return items if items and all(item.mapping for item in items) else []


def _setting(source: Source, path: tuple[str, ...], key_node: _Node, node: _Node) -> Setting:
    key_span = _span(source, key_node, key_node.raw or None)
    if node.children is not None:
        return Setting(path, None, "", False, True, _span(source, node, None), key_span)
    value = typed(node.value) if node.plain else node.value
    raw = node.value if node.plain else node.raw
    secret = is_secret(path)
    told: tuple[str, ...] = ()
    if secret:
        told = told_of(value)
        value = masked(value)
        raw = value if isinstance(value, str) else ""
    shown = None if secret else node.raw.split("\n", 1)[0] or None
    template = isinstance(value, str) and "${{" in node.value
    if key_node is node:
        key_span = _span(source, node, shown)
    return Setting(
        path,
        value,
        raw,
        template,
        container=False,
        span=_span(source, node, shown),
        key_span=key_span,
        told=told,
    )


def _span(source: Source, node: _Node, text: str | None) -> Span:
    return Span(source.path, node.line, node.column, text)
