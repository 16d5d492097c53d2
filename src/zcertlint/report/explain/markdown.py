"""The page of a rule in Markdown: documentation and the help text of SARIF."""

from zcertlint.report import RuleText
from zcertlint.report._md import code, fence, md, para, table

__all__ = ["render_rule_markdown"]


def render_rule_markdown(page: RuleText) -> str:
    """The page with a heading per question, its values escaped."""
    title = f": {md(page.title)}" if page.title else ""
    lines = [f"# {md(page.id)}{title}", ""]
    rows = [
        ("Name", code(page.name)),
        ("Severity", md(page.severity)),
        ("Confidence", md(page.confidence)),
        ("Looks at", md(page.subject)),
        ("Status", md(page.status)),
    ]
    lines += table(("", ""), [row for row in rows if row[1]])
    for paragraph in page.why.split("\n\n"):
        if paragraph.strip():
            lines += ["", para(" ".join(paragraph.split()))]
    if page.breaks:
        lines += ["", "## You would see", "", *(f"- {para(text)}" for text in page.breaks)]
    if page.sentences:
        lines += ["", "## What it says", ""]
        lines += table(
            ("Verdict", "Sentence"), [(md(verdict), md(words)) for verdict, words in page.sentences]
        )
    if page.needs or page.command:
        lines += ["", "## What decides it"]
        lines += ["", para(page.needs)] if page.needs else []
        lines += ["", *fence(page.command)] if page.command.strip() else []
    if page.fix:
        safety = f" ({md(page.safety)})" if page.safety else ""
        lines += ["", "## Fix", "", para(page.fix) + safety]
    if page.otherwise:
        lines += ["", "## By hand", "", para(page.otherwise)]
    if page.params:
        lines += ["", "## Settings", ""]
        rows3 = [(code(one.name), code(one.default), md(one.meaning)) for one in page.params]
        lines += table(("Name", "Default", "Meaning"), rows3)
    if page.references:
        lines += ["", "## References", "", *(f"- {para(text)}" for text in page.references)]
    return "\n".join(lines) + "\n"
