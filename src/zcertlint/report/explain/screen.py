"""A rule and the catalogue on a terminal."""

from collections.abc import Iterable

from zcertlint.report import RuleText
from zcertlint.report._words import cells, flat, visible, wrap

__all__ = ["render_rule", "render_rules_table"]

_INDENT = "  "
_NARROWEST = 40


def render_rule(page: RuleText, width: int = 80) -> str:
    """The page of a rule: what is wrong, why it matters, how it shows, what decides it, what repairs it."""
    width = max(_NARROWEST, width)
    first, *rest = wrap(page.title or page.name or page.id, width - len(page.id) - 3)
    lines = [f"{flat(page.id)}   {first}", *(" " * (len(page.id) + 3) + line for line in rest)]
    lines += wrap(", ".join(_facts(page)), width)
    for paragraph in page.why.split("\n\n"):
        if paragraph.strip():
            lines += ["", *wrap(" ".join(paragraph.split()), width)]
    lines += _section("You would see", page.breaks, width)
    lines += _section("What it says", [f"{verdict}: {words}" for verdict, words in page.sentences], width)
    if page.needs or page.command:
        lines += _section("What decides it", [page.needs] if page.needs else [], width, always=True)
        lines += [
            f"      {visible(line).rstrip()}" for line in page.command.strip("\n").split("\n") if line.strip()
        ]
    if page.fix:
        lines += _section("Fix", [page.fix + (f"   [{page.safety}]" if page.safety else "")], width)
    lines += _section("By hand", [page.otherwise] if page.otherwise else [], width)
    lines += _section(
        "Settings",
        [f"{one.name}: {one.default}" + (f" ({one.meaning})" if one.meaning else "") for one in page.params],
        width,
    )
    lines += _section("References", page.references, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_rules_table(rows: Iterable[RuleText], width: int = 80) -> str:
    """One line or more per rule: id, severity, what is wrong."""
    rules = list(rows)
    width = max(_NARROWEST, width)
    ident = max([4, *(cells(flat(rule.id)) for rule in rules)])
    severity = max([8, *(cells(_first_word(rule.severity)) for rule in rules)])
    column = ident + severity + 4
    lines = [f"{'rule':<{ident}}  {'severity':<{severity}}  wrong state"]
    for rule in rules:
        status = "" if rule.status in {"", "stable"} else f" ({rule.status})"
        text = rule.name + (f": {rule.title}" if rule.title else "") + status
        first, *rest = wrap(text, width - column)
        lines.append(f"{flat(rule.id):<{ident}}  {_first_word(rule.severity):<{severity}}  {first}".rstrip())
        lines += [" " * column + line for line in rest]
    return "\n".join(lines) + "\n"


def _first_word(severity: str) -> str:
    """The severity without the words that say when it is another."""
    words = flat(severity).split()
    return words[0].strip(",;:") if words else ""


def _facts(page: RuleText) -> list[str]:
    facts = [page.name, page.severity, page.confidence, f"on {page.subject}" if page.subject else ""]
    facts.append("" if page.status in {"", "stable"} else page.status)
    return [fact for fact in facts if fact]


def _section(title: str, texts: Iterable[str], width: int, *, always: bool = False) -> list[str]:
    """A title and its texts, each hanging under its first line; nothing when there are none."""
    lines: list[str] = []
    for text in texts:
        first, *rest = wrap(text, width - 2, width - 4)
        lines += [_INDENT + first, *(_INDENT * 2 + line for line in rest)]
    return ["", title, *lines] if lines or always else []
