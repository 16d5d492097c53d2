"""``zcertlint explain``: what a rule, or a message that somebody pasted, means."""

import json
from typing import Annotated

import typer

from zcertlint.cli.console import width, write
from zcertlint.engine.rulebook import Page, book
from zcertlint.errors import UsageError
from zcertlint.report import RuleText
from zcertlint.report.explain import render_rule, render_rule_markdown

__all__ = ["HELP", "command", "pages_for"]

HELP = "Explain a rule (CH101) or a message that somebody pasted (ZWEAM701E ...)."


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).lower().split())


def pages_for(asked: str) -> list[Page]:
    """The rules that a code, a name or a pasted message leads to.

    A message leads to each rule whose page names it as what a user would see: by its id, or by its words.
    """
    words = _plain(asked)
    exact = [page for page in book() if page.id.lower() == words or page.name == asked.strip().lower()]
    if exact:
        return exact
    found = []
    for page in book():
        for message in page.breaks:
            known = _plain(message)
            if (known and known in words) or (len(words) > 3 and words in known) or _same_code(known, words):  # noqa: PLR2004
                found.append(page)
                break
    return found


def _same_code(known: str, words: str) -> bool:
    """Whether both name one message and one return code: ``EZD1287I ... RC: 435``."""
    first, asked = known.split(), words.split()
    if not first or first[0] not in asked:
        return False
    codes = [word for word in first[1:] if word.isdigit()]
    return bool(codes) and all(code in asked for code in codes)


def command(
    asked: Annotated[list[str], typer.Argument(metavar="CODE|MESSAGE...", help="A rule id, or a message.")],
    form: Annotated[str, typer.Option("--format", help="text, markdown or json.")] = "text",
) -> None:
    """Print the page of each rule that fits."""
    text = " ".join(asked)
    pages = pages_for(text)
    if not pages:
        raise UsageError(
            f"{text}: no rule of this name, and no rule names this message. `zcertlint rules` lists all rules"
        )
    if form == "json":
        rows = [
            {"id": p.id, "name": p.name, "title": p.title, "why": p.why, "fix": p.fix_summary} for p in pages
        ]
        write(json.dumps({"schema": 1, "asked": text, "rules": rows}, indent=2, ensure_ascii=False) + "\n")
        return
    if form not in {"text", "markdown"}:
        raise UsageError(f"--format {form}: there are text, markdown and json")
    if form == "markdown":
        write("\n".join(render_rule_markdown(RuleText.of(page)) for page in pages))
        return
    write("\n".join(render_rule(RuleText.of(page), width()) for page in pages))
