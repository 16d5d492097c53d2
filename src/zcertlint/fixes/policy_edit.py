"""Edits of Policy Agent files: a value is replaced, or a line is added; comments, layout and line ends stay.

What is never done: an edit of a file whose text is not as it was read (EBCDIC, lines with numbers in front), of one
whose braces have no partners, of a line that would become longer than its record.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.diff import is_text, lines_of, unified
from zcertlint.fixes.quote import shown
from zcertlint.model.policy import Policy, PolicyBlock, PolicyParam
from zcertlint.records import dataclass
from zcertlint.text.secrets import mask
from zcertlint.text.source import Source, Span
from zcertlint.trust.policy_uses import title_of

__all__ = ["INSTANCE", "PolicyEdit", "edited", "label_edit", "patched", "policy_diff", "raised"]

INSTANCE = "EnvironmentUserInstance"
_HIGHEST = 65535
_RECORD, _NUMBERED = 80, 72
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class PolicyEdit:
    """One value of one block, or one line that is added to it.

    Attributes:
        block: the block as people name it. place: of its type, where a line is added to it; else of the keyword.
        keyword: the parameter. line, column: where its value starts, from 1.
        old, new: the value before and after; ``old`` is "" for a line that is added.
        added: the line that is added behind ``line``; ``column`` counts in it. None for a value.
    """

    file: str
    block: str
    place: Span
    keyword: str
    line: int
    column: int
    old: str
    new: str
    added: str | None = None

    @property
    def words(self) -> str:
        """The edit in a sentence."""
        if self.added is not None:
            return f"`{self.keyword} {self.new}` is added"
        return f"{self.keyword} `{shown(self.old)}` becomes `{shown(self.new)}`"


def label_edit(title: str, param: PolicyParam, label: str) -> PolicyEdit:
    """The edit that gives a parameter of this block another label.

    Raises:
        UnsafeValueError: Policy Agent may read the label as something else.
    """
    plain = all(" " <= char <= "~" for char in label) and label == label.strip(" ")
    if not plain or "#" in label or not label or {label[0], label[-1]} & {'"', "'"} or label in {"{", "}"}:
        raise UnsafeValueError(f"'{shown(label)}' may be read as something else there")
    return PolicyEdit(
        param.span.path, title, param.name_span, param.name, param.span.line or 0, param.span.column or 0,
        param.value, label,
    )  # fmt: skip


def raised(action: PolicyBlock, source: Source | None) -> PolicyEdit:
    """The edit that raises the instance of an environment by one, so that AT-TLS makes a new one.

    Raises:
        UnsafeValueError: it is no number, or stands there twice.
    """
    found = action.all(INSTANCE)
    title = title_of(action)
    if not found:
        return _added(action, source)
    if len(found) > 1:
        raise UnsafeValueError(f"{INSTANCE} stands in {title} {len(found)} times")
    param = found[0]
    if not (param.value.isascii() and param.value.isdecimal()) or int(param.value) > _HIGHEST:
        raise UnsafeValueError(f"{INSTANCE} of {title} is no number from 0 to {_HIGHEST}")
    new = str((int(param.value) + 1) % (_HIGHEST + 1))
    return PolicyEdit(
        param.span.path, title, action.span, param.name, param.span.line or 0, param.span.column or 0,
        param.value, new,
    )  # fmt: skip


def _added(action: PolicyBlock, source: Source | None) -> PolicyEdit:
    """A line behind the first parameter, in the columns of the others; without one, behind the brace."""
    params, inner = action.params, action.blocks
    first = next((param for param in params if param.named("HandshakeRole")), params[0] if params else None)
    behind = first.name_span.line if first is not None else action.opened
    lines = source.lines if source is not None else ()
    if first is not None:
        indent = _before(lines, first.name_span)
    elif inner:
        indent = _before(lines, inner[0].span)
    else:
        indent = _before(lines, action.span) + "  "
    column = len(indent) + len(INSTANCE) + 2
    values = {param.span.column or 0 for param in params if param.value}
    if len(values) == 1 and (len(params) > 1 or _apart(params[0])) and (shared := values.pop()) > column:
        column = shared
    text = (indent + INSTANCE).ljust(column - 1) + "1"
    return PolicyEdit(
        action.span.path, title_of(action), action.span, INSTANCE, behind or 0, column, "", "1", text
    )


def _apart(param: PolicyParam) -> bool:
    """Whether more than a blank stands between a keyword and its value: the values have their column."""
    return (param.span.column or 0) > (param.name_span.column or 0) + len(param.name) + 1


def _before(lines: Sequence[str], place: Span) -> str:
    """What stands in front of a word: its indentation."""
    line = lines[place.line - 1] if place.line is not None and place.line <= len(lines) else ""
    front = line[: (place.column or 1) - 1]
    return front if not front.strip() else " " * len(front)


def edited(source: Source, edits: Sequence[PolicyEdit]) -> tuple[list[str], dict[int, tuple[str, ...]]]:
    """The lines of the file, and by index what stands in place of those that change.

    Raises:
        UnsafeValueError: the file cannot be patched.
    """
    lines = _as_read(source)
    changed: dict[int, tuple[str, ...]] = {}
    by_line: defaultdict[int, list[PolicyEdit]] = defaultdict(list)
    for edit in edits:
        by_line[edit.line].append(edit)
    for number, here in by_line.items():
        text = old = lines[number - 1]
        for edit in sorted((one for one in here if one.added is None), key=lambda one: -one.column):
            text = _with_value(text, edit)
        new = [text if text == old else _fitted(text, old, source.path, number)]
        for edit in here:
            if edit.added is not None:
                ending = old[len(old.rstrip("\r\n")) :] or "\n"
                new.append(_fitted(edit.added + ending, old, source.path, number, added=True))
        changed[number - 1] = tuple(new)
    return lines, changed


def _as_read(source: Source) -> list[str]:
    """The lines with their ends, where they are what was read."""
    if not is_text(source):
        raise UnsafeValueError(f"{source.path} is not UTF-8")
    lines = lines_of(source)
    bare = [line.rstrip("\r\n") for line in lines]
    if bare:
        bare[0] = bare[0].removeprefix(_BOM)
    if tuple(bare) != source.lines:
        raise UnsafeValueError(f"the lines of {source.path} are not as they stand in the file")
    return lines


def _with_value(text: str, edit: PolicyEdit) -> str:
    start = edit.column - 1 + (len(_BOM) if text.startswith(_BOM) else 0)
    if not edit.old or text[start : start + len(edit.old)] != edit.old:
        raise UnsafeValueError(f"{edit.file}:{edit.line} is not as it was read")
    if text[start - 1 : start] in {'"', "'"} and text[start - 1] in edit.new:
        raise UnsafeValueError(f"'{shown(edit.new)}' cannot stand between these quotes")
    return text[:start] + edit.new + text[start + len(edit.old) :]


def _fitted(new: str, old: str, file: str, number: int, *, added: bool = False) -> str:
    """The line in the record of the old one: padded as that was, its sequence number in its columns."""
    before, after = old.rstrip("\r\n"), new.rstrip("\r\n")
    ending = new[len(after) :]
    numbered = before[_NUMBERED:_RECORD].isdecimal() and len(before) == _RECORD
    if len(before) != _RECORD or not (numbered or before.endswith(" ")):
        return new
    if numbered and added:
        raise UnsafeValueError(f"{file}:{number + 1} would need a sequence number")
    room = _NUMBERED if numbered else _RECORD
    tail = before[_NUMBERED:] if numbered else ""
    body = after.removesuffix(tail).rstrip()
    if len(body) > room:
        raise UnsafeValueError(f"{file}:{number} would be longer than its record")
    return body.ljust(room) + tail + ending


def policy_diff(policy: Policy, source: Source, edits: Sequence[PolicyEdit], name: str) -> tuple[str, Source]:
    """The diff of one file, and the file with the edits made.

    Raises:
        UnsafeValueError: it cannot be patched, or the patch would tell a password.
    """
    if not policy.whole:
        raise UnsafeValueError(f"braces of {source.path} have no partner")
    lines, changed = edited(source, edits)
    bare = [line.rstrip("\r\n") for line in lines]
    secret = {number - 1 for number in policy.secrets}
    secret |= {index for index, line in enumerate(bare) if mask(line)[0] != line}
    after = [line for index, line in enumerate(lines) for line in changed.get(index, (line,))]
    data = "".join(after)
    made = replace(
        source,
        data=data.encode("utf-8"),
        lines=tuple(line.rstrip("\r\n") for line in data.removeprefix(_BOM).split("\n"))[: len(after)],
    )
    return unified(name, lines, changed, secret), made


def patched(policy: Policy, edits: Sequence[PolicyEdit]) -> Policy:
    """The policy as the edited file would be read, for a second patch on top of the first."""
    return _Patched([edit for edit in edits if edit.file == policy.path]).policy(policy)


class _Patched:
    def __init__(self, edits: Sequence[PolicyEdit]) -> None:
        self._values: Mapping[tuple[int, int], str] = {
            (edit.line, edit.column): edit.new for edit in edits if edit.added is None
        }
        self._added = {edit.place: edit for edit in edits if edit.added is not None}
        self._behind = [edit.line for edit in self._added.values()]

    def policy(self, policy: Policy) -> Policy:
        return replace(
            policy,
            statements=tuple(map(self._param, policy.statements)),
            blocks=tuple(map(self._block, policy.blocks)),
            secrets=frozenset(map(self._line, policy.secrets)),
        )

    def _line(self, line: int) -> int:
        return line + sum(line > behind for behind in self._behind)

    def _span(self, span: Span) -> Span:
        return replace(span, line=self._line(span.line or 0))

    def _param(self, param: PolicyParam) -> PolicyParam:
        span = self._span(param.span)
        new = self._values.get((param.span.line or 0, param.span.column or 0))
        value = param.value if new is None else new
        rest = param.rest if new is None else param.rest.replace(param.value, value, 1)
        span = span if new is None else replace(span, text=value)
        return PolicyParam(param.name, value, span, self._span(param.name_span), rest)

    def _block(self, block: PolicyBlock) -> PolicyBlock:
        params = [self._param(param) for param in block.params]
        edit = self._added.get(block.span)
        if edit is not None and edit.added is not None:
            line = self._line(edit.line) + 1
            start = len(edit.added) - len(edit.added.lstrip()) + 1
            place = Span(edit.file, line, edit.column, edit.new)
            name = Span(edit.file, line, start, edit.keyword)
            new = PolicyParam(edit.keyword, edit.new, place, name, edit.new)
            params = sorted([*params, new], key=lambda one: one.name_span.line or 0)
        return replace(
            block,
            span=self._span(block.span),
            opened=self._line(block.opened),
            params=tuple(params),
            blocks=tuple(map(self._block, block.blocks)),
        )
