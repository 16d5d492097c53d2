"""Writes docs/rules/ from the rule book: `python scripts/make_rule_pages.py`, or `make docs`.

`--check` writes nothing and ends with 1 when a page is not what the book says; `--to FOLDER` names another
folder. The words of a rule stand in rules/ and nowhere else: these pages are never edited.
"""
# ruff: noqa: INP001 (a script, no package)

import argparse
import sys
from itertools import groupby
from pathlib import Path

from zcertlint.engine.rulebook import book
from zcertlint.report import RuleText
from zcertlint.report.explain import render_rule_markdown

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"
MADE = "<!-- Made from the rule book by `make docs`; change rules/, not this page. -->\n\n"
# The families in words, by the first two letters of an id.
FAMILIES = {
    "AT": "AT-TLS policy",
    "CE": "One certificate",
    "CG": "A change by somebody, rehearsed",
    "CH": "Trust across a link",
    "CP": "Algorithms",
    "ID": "Who a certificate is",
    "IN": "Whether an input can be trusted",
    "IT": "ITM and OMEGAMON",
    "KR": "Key rings and keystores",
    "LK": "Keys and protocols of a link",
    "NA": "Names",
    "SA": "Access",
    "ZM": "z/OSMF",
    "ZW": "zowe.yaml",
}
INTRODUCTION = """# Rules

What zcertlint looks at, as `zcertlint rules` lists it; `zcertlint explain CH101` prints a page on the screen. The id
of a rule never changes its meaning. Each rule has three answers: a subject *holds*, *fails*, or cannot be told,
which is a gap with the command that closes it.
"""


def index(texts: list[RuleText]) -> str:
    """One table for each family."""
    lines = [INTRODUCTION]
    for family, rules in groupby(texts, key=lambda text: text.id[:2]):
        lines += [
            f"## {FAMILIES.get(family, family)}",
            "",
            "| rule | severity | wrong state |",
            "|---|---|---|",
        ]
        for rule in rules:
            severity = rule.severity.partition(":")[0]
            title = rule.title.replace("|", "\\|").replace("<", "&lt;")
            lines.append(f"| [{rule.id}]({rule.id}.md) | {severity} | {title} |")
        lines.append("")
    return MADE + "\n".join(lines)


def pages() -> dict[str, str]:
    """The text of each file of the folder, by its name."""
    texts = [RuleText.of(page) for page in book()]
    made = {f"{text.id}.md": MADE + render_rule_markdown(text) for text in texts}
    return {"README.md": index(texts), **made}


def main() -> int:
    """Write the pages, or say which are not current."""
    options = argparse.ArgumentParser(description="Write docs/rules/ from the rule book.")
    options.add_argument("--check", action="store_true", help="write nothing, say what is not current")
    options.add_argument("--to", type=Path, default=FOLDER, help="the folder (default: docs/rules)")
    asked = options.parse_args()
    wanted = pages()
    found = {path.name: path.read_text(encoding="utf-8") for path in asked.to.glob("*.md")}
    stale = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if asked.check:
        if stale:
            sys.stderr.write(f"not current, run `make docs`: {', '.join(stale)}\n")
        return 1 if stale else 0
    asked.to.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (asked.to / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (asked.to / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
