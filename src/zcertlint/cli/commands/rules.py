"""``zcertlint rules``: the rule catalogue."""

import json
from typing import Annotated

import typer

from zcertlint.cli.console import width, write
from zcertlint.engine.rulebook import Page, book
from zcertlint.errors import UsageError
from zcertlint.report import RuleText
from zcertlint.report.explain import render_rules_table

__all__ = ["HELP", "command"]

HELP = "List the rules."


def _row(page: Page) -> dict[str, object]:
    return {
        "id": page.id,
        "name": page.name,
        "title": page.title,
        "status": page.status,
        "severity": [severity.value for severity in page.severities],
        "confidence": page.confidence.value,
        "subject": page.subject,
        "fix": {
            "kind": page.fix_kind.value,
            "safety": page.fix_safety.value if page.fix_safety else None,
            "summary": page.fix_summary,
        },
        "breaks": list(page.breaks),
    }


def command(
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Print the catalogue."""
    pages = book()
    if form == "json":
        write(json.dumps({"schema": 1, "rules": [_row(page) for page in pages]}, indent=2) + "\n")
    elif form == "text":
        write(render_rules_table([RuleText.of(page) for page in pages], width()))
    else:
        raise UsageError(f"--format {form}: there are text and json")
