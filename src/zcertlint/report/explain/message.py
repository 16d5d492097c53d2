"""An entry of the message book on a terminal and in Markdown."""

from collections.abc import Callable, Iterable

from zcertlint.messages import Answer, Entry, Found
from zcertlint.records import dataclass
from zcertlint.report._md import code, md, para
from zcertlint.report._words import cells, flat, wrap

__all__ = ["MessageText", "render_message", "render_message_markdown", "render_short"]

_NARROWEST = 40
_NUMBER = 5
_VALUE = 60
_MOST_STRANGERS = 5
_CHECK = "To have it checked: zcertlint check <folder with zowe.yaml and the listings>"
_PENDING = "A rule in brackets is not checked by this version yet."


@dataclass(frozen=True, slots=True)
class MessageText:
    """What ``explain`` shows of one entry.

    Attributes:
        heading: ``EZD1287I RC 435``, or the words of a message that has no id.
        title: what happened.
        emitted: the text of the message, where the heading does not show it.
        means, fix: paragraphs; "" for none.
        causes: each with its rules as text; a rule in brackets is not checked by this version.
        look: what to look at.
        pending: whether a rule stands in brackets. checked: whether one does not.
        see: headings of other entries.
        values: name, value and meaning of what the pasted text itself tells.
        others: headings and titles of what the text also contains.
        strangers: ids and codes in the text that the book does not have.
    """

    heading: str
    title: str
    emitted: str
    means: str
    causes: tuple[tuple[str, str], ...]
    look: tuple[str, ...]
    fix: str
    pending: bool
    checked: bool
    see: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    strangers: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: Found, built: Callable[[str], bool], answer: Answer | None = None) -> "MessageText":
        """The words of an entry.

        Args:
            found: the entry, and what to call it.
            built: whether this version has the rule.
            answer: where the entry was found: its values and other entries are shown too.
        """
        entry = found.entry
        values = tuple((one.name, _cut(one.text), one.meaning) for one in answer.values) if answer else ()
        others = answer.found[answer.alike :] if answer else ()
        return cls(
            heading=heading(entry, found.shown),
            title=_title(entry, found.shown),
            emitted="" if _nameless(entry) else _emitted(entry),
            means=entry.means,
            causes=tuple(
                (one.text, ", ".join(rule if built(rule) else f"({rule})" for rule in one.rules))
                for one in entry.causes
            ),
            look=entry.look,
            fix=entry.fix,
            pending=not all(built(rule) for rule in entry.rules),
            checked=any(built(rule) for rule in entry.rules),
            see=entry.see,
            values=values,
            others=tuple((heading(one.entry, one.shown), one.entry.title) for one in others),
            strangers=answer.strangers[:_MOST_STRANGERS] if answer else (),
        )


def _cut(text: str) -> str:
    return text if len(text) <= _VALUE else text[: _VALUE - 3] + "..."


def _nameless(entry: Entry) -> bool:
    """Whether the id is a name of ours, which nobody has seen."""
    return entry.id == entry.id.lower() and " " not in entry.id


def _emitted(entry: Entry) -> str:
    return (
        entry.texts[0].replace("%s", "...").replace("%d", "n").replace("*", "...").strip()
        if entry.texts
        else ""
    )


def heading(entry: Entry, shown: str = "") -> str:
    """What to call an entry: its id, or its words in quotes."""
    return f'"{_emitted(entry)}"' if _nameless(entry) and entry.texts else shown or entry.id


def _title(entry: Entry, shown: str) -> str:
    return f"AT-TLS: {entry.title}" if entry.family == "gsk" and shown.startswith("EZD") else entry.title


def render_message(message: MessageText, width: int = 80) -> str:
    """What it means, its causes from the most usual, which one it is, and what repairs it."""
    width = max(_NARROWEST, width)
    head = flat(message.heading)
    if cells(head) + 3 + 20 <= width:
        first, *rest = wrap(message.title, width - cells(head) - 3)
        lines = [f"{head}   {first}", *(" " * (cells(head) + 3) + line for line in rest)]
    else:
        lines = [*wrap(head, width), *(f"  {line}" for line in wrap(message.title, width - 2))]
    if message.emitted:
        lines += [f"  {line}" for line in wrap(f'"{message.emitted}"', width - 2)]
    if message.means:
        lines += ["", *wrap(message.means, width)]
    lines += _values(message, width)
    if message.causes:
        lines += ["", "Most often" if len(message.causes) > 1 else "Why"]
        for number, (text, rules) in enumerate(message.causes, 1):
            lines += _cause(f"{number:>3}. " if len(message.causes) > 1 else "  ", text, rules, width)
    if message.look:
        lines += ["", "Which one it is" if len(message.causes) > 1 else "Look at"]
        lines += _items(message.look, width)
    if message.fix:
        lines += ["", "Fix", *_items((message.fix,), width)]
    notes = [_CHECK] if message.checked else []
    notes += [_PENDING] if message.pending else []
    lines += ["", *(line for note in notes for line in wrap(note, width))] if notes else []
    if message.others:
        lines += ["", "Also in this text", *_pairs(message.others, width)]
    if message.strangers:
        lines += ["", *wrap(_stranger(message), width)]
    if message.see:
        lines += ["", *wrap(f"See also: {', '.join(message.see)}", width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_short(entries: Iterable[Entry], width: int = 80) -> str:
    """One line or more for each entry: what it is called, and its title."""
    return "\n".join(_pairs([(heading(one), one.title) for one in entries], width))


def _stranger(message: MessageText) -> str:
    return f"Also in this text, and not in the book: {', '.join(message.strangers)}."


def _values(message: MessageText, width: int) -> list[str]:
    if not message.values:
        return []
    lines = ["", "In your text"]
    for name, value, meaning in message.values:
        first, *rest = wrap(f"{name} {value}: {meaning}", width - 2, width - 4)
        lines += [f"  {first}", *(f"    {line}" for line in rest)]
    return lines


def _cause(mark: str, text: str, rules: str, width: int) -> list[str]:
    """A cause with its rules at the right edge, on its last line where there is room."""
    first, *rest = wrap(text, width - len(mark))
    lines = [mark + first, *(" " * len(mark) + line for line in rest)]
    if not rules:
        return lines
    room = width - cells(lines[-1]) - len(rules)
    if room > 1:
        lines[-1] += " " * room + rules
    else:
        lines += [" " * max(len(mark), width - len(line)) + line for line in wrap(rules, width - len(mark))]
    return lines


def _items(texts: Iterable[str], width: int) -> list[str]:
    lines: list[str] = []
    for text in texts:
        first, *rest = wrap(text, width - 2, width - 4)
        lines += [f"  {first}", *(f"    {line}" for line in rest)]
    return lines


def _pairs(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    lines: list[str] = []
    for head, title in pairs:
        first, *rest = wrap(f"{flat(head)}  {title}", width - 2, width - 4)
        lines += [f"  {first}", *(f"    {line}" for line in rest)]
    return lines


def render_message_markdown(message: MessageText) -> str:
    """The same with a heading per question, its values escaped."""
    lines = [f"# {md(message.heading)}: {md(message.title)}"]
    if message.emitted:
        lines += ["", f"> {md(message.emitted)}"]
    if message.means:
        lines += ["", para(message.means)]
    if message.values:
        lines += ["", "## In your text", ""]
        lines += [f"- {md(name)} {code(value)}: {md(meaning)}" for name, value, meaning in message.values]
    if message.causes:
        lines += ["", "## Most often", ""]
        lines += [
            f"{number}. {para(text)}" + (f" ({md(rules)})" if rules else "")
            for number, (text, rules) in enumerate(message.causes, 1)
        ]
    if message.look:
        lines += ["", "## Which one it is", "", *(f"- {para(text)}" for text in message.look)]
    if message.fix:
        lines += ["", "## Fix", "", para(message.fix)]
    if message.pending:
        lines += ["", _PENDING]
    if message.others:
        lines += ["", "## Also in this text", ""]
        lines += [f"- {md(head)}: {md(title)}" for head, title in message.others]
    if message.strangers:
        lines += ["", md(_stranger(message))]
    if message.see:
        lines += ["", f"See also: {md(', '.join(message.see))}"]
    return "\n".join(lines) + "\n"
