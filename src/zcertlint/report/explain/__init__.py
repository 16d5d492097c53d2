"""What ``explain`` prints: the page of a rule, an entry of the message book, the table of all rules."""

from zcertlint.report.explain.markdown import render_rule_markdown
from zcertlint.report.explain.message import (
    MessageText,
    render_message,
    render_message_markdown,
    render_short,
)
from zcertlint.report.explain.screen import render_rule, render_rules_table

__all__ = [
    "MessageText",
    "render_message",
    "render_message_markdown",
    "render_rule",
    "render_rule_markdown",
    "render_rules_table",
    "render_short",
]
