"""``zcertlint explain``: what a rule, a message, a return code or a pasted line means."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from zcertlint.cli.console import fail, width, write
from zcertlint.cli.exits import Exit
from zcertlint.engine.rulebook import Page, book, page
from zcertlint.errors import UsageError
from zcertlint.messages import Answer, Entry, Found, answer, entries, family_of
from zcertlint.messages.book import keys
from zcertlint.records import dataclass
from zcertlint.report import RuleText
from zcertlint.report.explain import (
    MessageText,
    render_message,
    render_message_markdown,
    render_rule,
    render_rule_markdown,
    render_short,
)
from zcertlint.text.patterns import lazy
from zcertlint.text.secrets import mask

__all__ = ["HELP", "Explained", "asks", "command", "explain"]

HELP = "Explain a rule (CH101), a message or return code (EZD1287I 435), or a line that somebody pasted."

_RULE = lazy(r"\b(?:IN|CE|CP|KR|CH|NA|LK|ID|ZW|ZM|AT|IT|SA|CG)\d{3}\b")
_STARTS = lazy(r"[A-Za-z]{2}\d{3}|[A-Za-z]{3,5}\d{3,5}[A-Za-z]?")
_QUOTED_SECRET = lazy(r"\b(password|passphrase|stash) '[^']{0,200}'?", re.IGNORECASE)
_MOST_STDIN = 4_000_000
_ONE_PASTE = 12
_MOST_ENTRIES = 20
_MOST_NAMING = 5
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Explained:
    """One question and what is known about it: rules, or entries of the message book, or look-alikes."""

    asked: str
    rules: tuple[Page, ...]
    answer: Answer

    @property
    def known(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.rules or self.answer.found)


def _built(rule: str) -> bool:
    try:
        page(rule)
    except KeyError:
        return False
    return True


def _is_whole(word: str) -> bool:
    """Whether nothing that follows belongs to it: a quoted text, a rule, a name of ours."""
    if len(word.split()) > 1 or _RULE.fullmatch(word.upper()):
        return True
    return "-" in word and (word in keys().names or any(one.name == word for one in book()))


def asks(arguments: Sequence[str]) -> list[str]:
    """The questions in the words of a command line.

    ``EZD1287I 435`` is one, ``CH101 KR105`` are two: an id begins a question, and other words go on with it. A
    quoted argument of several words, a rule, or a name is a question of its own.
    """
    found: list[list[str]] = []
    for word in arguments:
        if not found or _is_whole(word) or _STARTS.fullmatch(word) or _is_whole(found[-1][0]):
            found.append([word])
        else:
            found[-1].append(word)
    return [" ".join(words) for words in found]


def _from_stdin() -> list[str]:
    """What was piped in: a few lines are one message that was wrapped; many are a log of many messages."""
    text = sys.stdin.buffer.read(_MOST_STDIN).decode("utf-8", "replace")
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    return ["\n".join(lines)] if len(lines) <= _ONE_PASTE else list(dict.fromkeys(lines))


def explain(asked: str) -> Explained:
    """Look in the rule book by id and name, then in the message book, then for a rule that a line names."""
    plain = asked.strip()
    by_name = tuple(one for one in book() if one.id.lower() == plain.lower() or one.name == plain.lower())
    found = answer(asked)
    if by_name:
        return Explained(asked, by_name, found)
    named = dict.fromkeys(_RULE.findall(found.asked)) if not found.found else {}
    return Explained(asked, tuple(page(rule) for rule in named if _built(rule)), found)


def command(
    asked: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE|MESSAGE...",
            help="A rule id, a message id or code, a pasted line; - reads standard input.",
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="text, markdown or json.")] = "text",
) -> None:
    """Print what is known about each question, the best fit first."""
    if form not in {"text", "markdown", "json"}:
        raise UsageError(f"--format {form}: there are text, markdown and json")
    many = asked == ["-"]
    questions = _from_stdin() if many else asks(asked)
    if not any(question.strip() for question in questions):
        raise UsageError("explain: nothing was asked")
    explained = [explain(question) for question in questions]
    if many and len(explained) > 1:
        explained = _of_a_log(explained)
    if form == "json":
        write(json.dumps(_document(explained), indent=2) + "\n")
    elif any(one.known for one in explained):
        write("\n".join(_blocks([one for one in explained if one.known], markdown=form == "markdown")))
    strangers = [one for one in explained if not one.known]
    if strangers:
        fail("\n".join(_unknown(one) for one in strangers), Exit.WRONG)


def _of_a_log(explained: Iterable[Explained]) -> list[Explained]:
    """Each message of a log once; lines that say nothing known are left out unless none does."""
    rows = list(explained)
    first: dict[str, Explained] = {}
    for one in rows:
        if one.known:
            key = one.rules[0].id if one.rules else one.answer.found[0].entry.id
            first.setdefault(key, one)
    return list(first.values())[:_MOST_ENTRIES] or rows[:1]


def _blocks(explained: Iterable[Explained], *, markdown: bool) -> Iterable[str]:
    for one in explained:
        for rule in one.rules:
            text = RuleText.of(rule)
            yield render_rule_markdown(text) if markdown else render_rule(text, width())
        if one.rules:
            continue
        for number, found in enumerate(one.answer.found[: one.answer.alike]):
            last = number == one.answer.alike - 1
            words = MessageText.of(found, _built, one.answer if last else None)
            yield render_message_markdown(words) if markdown else render_message(words, width())
        if one.answer.cut:
            yield "Only the first 20,000 characters were looked at.\n"


def _shown(text: str) -> str:
    """A question as it may be repeated: short, on one line, without a password that stood in it."""
    short = " ".join(text[: _SHOWN * 2].split())
    short = short[:_SHOWN] + ("..." if len(short) > _SHOWN or len(text) > _SHOWN * 2 else "")
    return _QUOTED_SECRET.sub(r"\1 '********'", mask(short)[0])


def _unknown(one: Explained) -> str:
    rule = one.asked.strip().upper()
    naming = [entry for entry in entries() if rule in entry.rules] if _RULE.fullmatch(rule) else []
    if naming:
        first = (
            f"{rule}: a rule that this version does not have yet. The message book names it as a cause of:"
        )
        return first + "\n" + render_short(naming[:_MOST_NAMING], width() - 11)
    lines = [f"{_shown(one.asked)}: neither a rule nor in the message book"]
    for ident in one.answer.strangers:
        family = family_of(ident)
        if family is not None:
            lines.append(f"{ident} is a message of: {family[1]}")
    if one.answer.near:
        lines += ["these look alike, and may be something else:", render_short(one.answer.near, width() - 11)]
    else:
        lines.append("nothing in the book looks alike. `zcertlint rules` lists all rules")
    return "\n".join(lines)


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "family": entry.family,
        "title": entry.title,
        "text": list(entry.texts),
        "means": entry.means,
        "causes": [
            {"text": one.text, "rules": [{"id": rule, "built": _built(rule)} for rule in one.rules]}
            for one in entry.causes
        ],
        "look": list(entry.look),
        "fix": entry.fix,
        "see": list(entry.see),
    }


def _message(found: Found) -> dict[str, object]:
    return {"shown": found.shown, **_entry(found.entry)}


def _document(explained: Iterable[Explained]) -> dict[str, object]:
    """The document of ``--format json``; ``rules`` holds the pages of all questions."""
    rows = list(explained)
    pages = {one.id: one for row in rows for one in row.rules}
    return {
        "schema": 1,
        "asked": _shown(" ".join(row.asked for row in rows)),
        "rules": [
            {"id": p.id, "name": p.name, "title": p.title, "why": p.why, "fix": p.fix_summary}
            for p in pages.values()
        ],
        "answers": [
            {
                "asked": _shown(row.asked),
                "rules": [one.id for one in row.rules],
                "messages": [] if row.rules else [_message(one) for one in row.answer.found],
                "alike": 0 if row.rules else row.answer.alike,
                "values": [{"name": one.name, "text": one.text} for one in row.answer.values],
                "not_in_the_book": list(row.answer.strangers),
                "near": [] if row.known else [{"id": one.id, "title": one.title} for one in row.answer.near],
            }
            for row in rows
        ],
    }
